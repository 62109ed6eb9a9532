"""All public letters of a year, or of a few, side by side."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from councils.models import Council
from letters import published
from public.comparison import Row, row
from public.figures import NOT_STATED


@dataclass(frozen=True)
class Letters:
    """What the letters state. `councils` are all bodies of the register by their keys, `years` who has a letter."""

    councils: Mapping[int, Council]
    years: Mapping[int, Collection[int]]
    stated: Mapping[tuple[int, str, int], Any]

    def state(self, year_ending: int, measure: str) -> bool:
        """Whether any letter of the year states the figure."""
        return any(key[:2] == (year_ending, measure) for key in self.stated)

    def rows(self, year_ending: int, measure: str) -> list[Row]:
        """A row for each letter of the year."""
        return [
            row(self.councils[council], self.stated.get((year_ending, measure, council)), NOT_STATED)
            for council in self.years.get(year_ending, ())
        ]


def letters_of(years: Collection[int], measures: Collection[str], now: datetime) -> Letters:
    """The letters of these years, with these figures. Three queries, however many there are."""
    councils = Council.objects.only("name", "short_name", "slug", "kind", "first_day", "last_day")
    have: dict[int, list[int]] = {}
    letters = published.letters(now).filter(review__year_ending__in=years).order_by("council__name")
    for year_ending, council in letters.values_list("review__year_ending", "council"):
        have.setdefault(year_ending, []).append(council)
    return Letters(councils.in_bulk(), have, _stated(years, measures, now))


def _stated(
    years: Collection[int], measures: Collection[str], now: datetime
) -> dict[tuple[int, str, int], Any]:
    statistics = published.statistics(now).filter(letter__review__year_ending__in=years, measure__in=measures)
    bare = statistics.select_related(None).only(
        "measure", "percent", "value", "numerator", "denominator", "average"
    )
    marked = bare.annotate(council=F("letter__council"), year=F("letter__review__year_ending"))
    return {(each.year, each.measure, each.council): each for each in marked}
