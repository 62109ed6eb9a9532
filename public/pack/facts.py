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
from public import comparison, panels
from public.comparison import Average, Row
from public.panels import Fact, Panel
from public.series import Series, over_the_years


@dataclass(frozen=True)
class Beside:
    """A headline figure beside similar authorities; `ours` is the average that we work out from their letters."""

    measure: Measure
    row: Row
    ours: Average | None


@dataclass(frozen=True)
class Facts:
    """What the letter of a year states, and what is known around it."""

    council: Council
    letter: Any
    today: date
    replaced: Any
    panels: list[Panel]
    others: list[Fact]
    series: list[Series]
    beside: list[Beside]
    years_without_letter: list[int]

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
        return self.council.last_day is not None and self.council.last_day < self.today

    @property
    def successors(self) -> list[str]:
        return [str(each.successor or each.successor_label) for each in self.council.successions.all()]


def gather(council: Council, letter: Any, letters: list, now: datetime) -> Facts:
    """Everything for the pack of `letter`, one of the council's public `letters`. The council comes with lineage."""
    every = list(published.statistics(now).filter(letter__council=council))
    stated = {each.measure: each for each in every if each.letter_id == letter.pk}
    have_letter = {each.review.year_ending for each in letters}
    return Facts(
        council=council,
        letter=letter,
        today=timezone.localdate(now),
        replaced=published.replaced(now).filter(council=council, review=letter.review).last(),
        panels=panels.headline(council, letter.review.year_ending, stated),
        others=panels.others(stated),
        series=over_the_years(have_letter, every),
        beside=_beside(council, letter.review.year_ending, stated, now),
        years_without_letter=_without_letter(council, have_letter, now),
    )


def _beside(council: Council, year: int, stated: Mapping[str, Any], now: datetime) -> list[Beside]:
    similar = _similar(council, year, now)
    return [
        Beside(
            MEASURES[slug],
            comparison.row(council, stated.get(slug), ""),
            comparison.our_average(similar.get(slug, [])),
        )
        for slug in HEADLINE
        if slug in stated
    ]


def _similar(council: Council, year: int, now: datetime) -> dict[str, list[Row]]:
    """What the year's letters to similar authorities state, the council's own among them, by measure."""
    if council.similar_group is None:
        return {}
    statistics = (
        published.statistics(now)
        .filter(
            letter__review__year_ending=year,
            letter__council__kind__in=council.similar_group.kinds,
            measure__in=HEADLINE,
        )
        .select_related(None)
        .defer("sources")
    )
    rows: dict[str, list[Row]] = {}
    for statistic in statistics:
        rows.setdefault(statistic.measure, []).append(comparison.row(council, statistic, ""))
    return rows


def _without_letter(council: Council, have_letter: set[int], now: datetime) -> list[int]:
    """The published years, from the council's first letter on, in which it existed and has none; newest first."""
    return [
        edition.year_ending
        for edition in published.editions(now)
        if edition.year_ending >= min(have_letter)
        and edition.year_ending not in have_letter
        and council.existed_in_year_of(date(edition.year_ending, 3, 31))
    ]
