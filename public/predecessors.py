"""The figures of the councils that a council took over from, for the years before it did.

Councils keep their own figures: nothing here is joined to the successor's. Where it can be said what their cases
come to together, the counts are added up, never the rates, and marked as ours. One step back is taken; a council
that had taken over from others itself has theirs on its own page.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

from councils.kinds import CouncilKind
from councils.models import Council, Succession
from letters.measures import HEADLINE, MEASURES, Measure
from public.comparison import Average, Row, average_of, row
from public.figures import NOT_STATED, years
from public.record import Record
from public.sentences import ENOUGH_TO_COMPARE


@dataclass(frozen=True)
class OfYear:
    """One figure in one year: a row for each council, and what their counts come to, or whose are `missing`.

    `with_letter` has the keys of the councils that have a letter for that year.
    """

    year: int
    rows: tuple[Row, ...]
    with_letter: frozenset[int]
    sum: Average | None
    missing: tuple[Council, ...]

    @property
    def years(self) -> str:
        return years(self.year)

    @property
    def sum_is_of_few(self) -> bool:
        return self.sum is not None and self.sum.base < ENOUGH_TO_COMPARE


@dataclass(frozen=True)
class Figure:
    """One headline figure of all those councils, latest year first."""

    measure: Measure
    of_years: tuple[OfYear, ...]

    @property
    def span(self) -> str:
        """Its years: "2019–20", or "2014–15 to 2019–20"."""
        first, last = self.of_years[-1].years, self.of_years[0].years
        return first if first == last else f"{first} to {last}"

    @property
    def counts_are_ours(self) -> bool:
        return any(row.count_is_ours for each in self.of_years for row in each.rows)


@dataclass(frozen=True)
class Before:
    """The councils that were taken over from on one day, and what their letters about the years before it say."""

    council: Council
    day: date
    over: bool
    successions: tuple[Succession, ...]
    letters: tuple[Any, ...]
    statistics: tuple[Any, ...] = field(repr=False)

    @property
    def councils(self) -> list[Council]:
        return [each.predecessor for each in self.successions]

    @property
    def letters_by_council(self) -> list[tuple[Succession, list[Any]]]:
        """Each council that was taken over from, with its letters, oldest first."""
        return [
            (each, [letter for letter in reversed(self.letters) if letter.council == each.predecessor])
            for each in self.successions
        ]

    @property
    def divided(self) -> list[Council]:
        """Those whose cases went to several successors: nobody can tell how many to each."""
        return [
            each.predecessor
            for each in self.successions
            if each.how == Succession.How.SPLIT or each.was_divided
        ]

    @property
    def existed_before(self) -> bool:
        """Whether the successor was there already, with figures of its own that a sum would leave out."""
        return self.council.existed_on(self.day - timedelta(days=1))

    @property
    def has_sums(self) -> bool:
        return len(self.successions) > 1 and not self.divided and not self.existed_before

    @property
    def kinds(self) -> list[str]:
        """What kinds of councils they were: "County councils", "District councils"."""
        return sorted({CouncilKind(each.kind).plural for each in self.councils})

    @cached_property
    def figures(self) -> list[Figure]:
        """The headline figures that any of their letters states."""
        stated = {
            (each.measure, each.letter.review.year_ending, each.letter.council_id): each
            for each in self.statistics
        }
        found = []
        for slug in HEADLINE:
            if in_years := sorted({year for measure, year, _ in stated if measure == slug}, reverse=True):
                of_years = tuple(self._of_year(slug, year, stated) for year in in_years)
                found.append(Figure(MEASURES[slug], of_years))
        return found

    def _of_year(self, slug: str, year: int, stated: Mapping) -> OfYear:
        with_letter = frozenset(each.council_id for each in self.letters if each.review.year_ending == year)
        statistics = [stated.get((slug, year, council.pk)) for council in self.councils]
        rows = tuple(
            row(council, statistic, _without(council, year, with_letter))
            for council, statistic in zip(self.councils, statistics, strict=True)
        )
        missing = tuple(
            each.council
            for each, statistic in zip(rows, statistics, strict=True)
            if not _is_known(each, statistic)
        )
        known = (each.rate.known_counts for each in rows if each.rate and each.rate.base != 0)
        return OfYear(
            year, rows, with_letter, average_of(known) if self.has_sums and not missing else None, missing
        )


def _without(council: Council, year: int, with_letter: Collection[int]) -> str:
    """Why it has no figure of that year, if it has none."""
    if council.pk in with_letter:
        return NOT_STATED
    return (
        "No letter published"
        if council.existed_in_year_of(date(year, 3, 31))
        else f"Did not exist in {years(year)}"
    )


def _is_known(row: Row, statistic: Any) -> bool:
    """Whether its cases can be added up. Where no recommendations were due, or no case was, there are none to add."""
    if row.rate is None:
        return statistic is not None and statistic.none_due
    return row.rate.base == 0 or row.rate.known_counts is not None


def before(record: Record, today: date) -> list[Before]:
    """The councils that it took over from, with what their letters say, by the day it did; latest day first.

    One that went on under another name is the same council, not one that was taken over from.
    """
    successions = record.council.predecessions.all()
    taken_over = (each for each in successions if each.how != Succession.How.RENAMED)
    days = groupby(taken_over, key=lambda each: each.day)
    found = [_before(record, day, tuple(group), day <= today) for day, group in days]
    return [each for each in reversed(found) if each.letters]


def _before(record: Record, day: date, successions: tuple[Succession, ...], over: bool) -> Before:
    """Of the years that have ended by that day."""
    whose = {each.predecessor_id for each in successions}

    def counts(letter) -> bool:
        return letter.council_id in whose and date(letter.review.year_ending, 3, 31) < day

    letters = tuple(each for each in record.letters if counts(each))
    statistics = tuple(each for each in record.statistics if counts(each.letter))
    return Before(record.council, day, over, successions, letters, statistics)
