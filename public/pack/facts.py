"""What is published of a council for the year of a letter: all that its pack says stands on this."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from councils.models import Council
from letters import published
from letters.measures import HEADLINE, MEASURES, Measure
from public import comparison, lineage, panels, signs, similar
from public.comparison import Average, Row
from public.decisions.of_year import OfYear, newest_year, of_year
from public.figures import years
from public.panels import Fact, Panel
from public.put_right import Entry, of_letter
from public.record import Record
from public.series import Series, headline, over_the_years
from public.signs import Sign
from public.without_letter import Why, without_letter


@dataclass(frozen=True)
class Beside:
    """A headline figure beside similar authorities; `ours` is the average that we work out from their letters."""

    measure: Measure
    row: Row
    ours: Average | None


@dataclass(frozen=True)
class Facts:
    """What the letter of a year states, and what is known around it."""

    record: Record
    letter: Any
    today: date
    replaced: Any
    put_right: list[Entry]
    panels: list[Panel]
    others: list[Fact]
    series: list[Series]
    beside: list[Beside]
    signs: tuple[Sign, ...]
    decided: OfYear
    years_without_letter: list[int]

    @property
    def council(self) -> Council:
        return self.record.council

    @property
    def year(self) -> int:
        return self.letter.review.year_ending

    @property
    def years(self) -> str:
        return self.letter.review.years

    @cached_property
    def rates(self) -> Mapping[str, Row]:
        """The headline figures that the letter states, by measure."""
        return {each.measure.slug: each.row for each in self.beside if each.row.rate is not None}

    @property
    def none_due(self) -> bool:
        return any(panel.none_due for panel in self.panels)

    @property
    def is_abolished(self) -> bool:
        over = self.council.last_day is not None and self.council.last_day < self.today
        return over and not lineage.is_renamed(self.council)

    @property
    def successors(self) -> list[str]:
        return [str(each.successor or each.successor_label) for each in self.council.successions.all()]


@dataclass(frozen=True)
class WithoutLetter:
    """What is published of a council of which no letter is, for the newest year in which anything was decided."""

    council: Council
    year: int
    decided: OfYear

    @property
    def years(self) -> str:
        return years(self.year)


def gather_without_letter(council: Council, now: datetime) -> WithoutLetter | None:
    """Everything for the pack of a council without letters; None where nothing was decided about it either."""
    seen_at = published.shown_as_of(now)
    year = newest_year(council, seen_at)
    return WithoutLetter(council, year, of_year(council, year, None, seen_at)) if year else None


def gather(record: Record, letter: Any, now: datetime) -> Facts:
    """Everything for the pack of `letter`, one of the council's own in its record."""
    council, year = record.council, letter.review.year_ending
    stated = {each.measure: each for each in record.statistics if each.letter_id == letter.pk}
    averages = similar.averages(council, HEADLINE, (year - 1, year), now)
    pairs = signs.pairs(headline(record.of_the_body, record.statistics_of_the_body), year)
    beside = [
        Beside(MEASURES[slug], comparison.row(council, stated[slug], ""), averages.get((slug, year)))
        for slug in HEADLINE
        if slug in stated
    ]
    upheld = next((each.row.rate for each in beside if each.measure.slug == "upheld"), None)
    decided = of_year(council, year, upheld, published.shown_as_of(now))
    return Facts(
        record=record,
        letter=letter,
        today=timezone.localdate(now),
        replaced=published.replaced(now).filter(council=council, review=letter.review).last(),
        put_right=of_letter(letter, now),
        panels=panels.headline(council, year, stated),
        others=panels.others(stated),
        series=over_the_years(record.of_the_body, record.statistics_of_the_body, record.former),
        beside=beside,
        signs=signs.signs(council, year, pairs, averages, decided.overdue).found,
        decided=decided,
        years_without_letter=_without_letter(record, now),
    )


def _without_letter(record: Record, now: datetime) -> list[int]:
    """The published years since the body's first letter of which nobody knows why it has none; newest first."""
    council = record.council
    said = dict(
        published.no_letters(now).filter(council=council).values_list("review__year_ending", "reason")
    )
    withdrawn = {each.review.year_ending: each for each in published.withdrawn(now).filter(council=council)}
    missing = [
        edition.year_ending
        for edition in published.editions(now)
        if edition.year_ending >= min(record.of_the_body)
        and edition.year_ending not in record.of_the_body
        and council.existed_in_year_of(date(edition.year_ending, 3, 31))
    ]
    return [
        year
        for year in missing
        if without_letter(council, year, withdrawn.get(year), said.get(year, "")).why is Why.NOT_KNOWN
    ]
