"""All letters and figures that a council's page draws on: its own, and those of the bodies before it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Q

from councils.models import Council, Succession
from letters import published
from letters.measures import HEADLINE


@dataclass(frozen=True)
class Record:
    """Public letters, newest first, and what they state."""

    council: Council
    letters: list[Any]
    statistics: list[Any]

    @property
    def own(self) -> list[Any]:
        """The letters to the council under its present name."""
        return [each for each in self.letters if each.council_id == self.council.pk]

    @cached_property
    def of_the_body(self) -> dict[int, Any]:
        """A letter for each year that has one: its own, else the one under a former name."""
        former = {
            each.predecessor_id
            for each in self.council.predecessions.all()
            if each.how == Succession.How.RENAMED
        }
        found = {each.review.year_ending: each for each in self.letters if each.council_id in former}
        return found | {each.review.year_ending: each for each in self.own}

    @property
    def former(self) -> dict[int, Council]:
        """The body under its former name, in the years in which it bore it."""
        letters = self.of_the_body.items()
        return {year: each.council for year, each in letters if each.council_id != self.council.pk}

    @property
    def statistics_of_the_body(self) -> list[Any]:
        keys = {each.pk for each in self.of_the_body.values()}
        return [each for each in self.statistics if each.letter_id in keys]


def of(council: Council, now: datetime) -> Record:
    """What is public at `now`, in two queries; of the bodies before it, the letters and the figures that are drawn."""
    bodies = [council, *(each.predecessor for each in council.predecessions.all())]
    letters = list(published.letters(now).filter(council__in=bodies).order_by("-review__year_ending"))
    if not letters:
        return Record(council, [], [])
    wanted = Q(letter__council=council) | Q(measure__in=[*HEADLINE, "upheld-per-100000"])
    figures = published.statistics(now).filter(wanted, letter__in=[each.pk for each in letters])
    return Record(council, letters, list(figures))
