"""What a group of councils' letters state of one figure in one year, side by side. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from councils.models import Council
from public.figures import NOT_STATED, count_of, counted, percent, whole
from public.sentences import Rate

NONE_DUE = "No recommendations were due"


class Sort(StrEnum):
    """The order of the table; a minus sign turns it round."""

    NAME = "name"
    RATE = "rate"
    RATE_DOWN = "-rate"
    BASE = "base"
    BASE_DOWN = "-base"


@dataclass(frozen=True)
class Row:
    """One council, and its rate as its letter states it; without one, `without` says why there is none."""

    council: Council
    rate: Rate | None = None
    without: str = ""

    @cached_property
    def count(self) -> int | None:
        """The count stated, or the only one that the stated rate and base allow."""
        if self.rate is None or self.rate.count is not None:
            return self.rate and self.rate.count
        return self.rate.our_count if self.rate.base else None

    @property
    def count_is_ours(self) -> bool:
        return self.rate is not None and self.rate.count is None and self.count is not None

    @property
    def too_few(self) -> bool:
        return self.rate is not None and self.rate.too_few

    @property
    def has_cases(self) -> bool:
        """Whether its letter states something of at least one case, as far as it says of how many."""
        return self.rate is not None and self.rate.base != 0

    @cached_property
    def drawn(self) -> bool:
        """Whether it has a place in a drawing: its letter states a rate and a base, and a count that fits them."""
        return self.rate is not None and self.rate.interval is not None

    @property
    def position(self) -> float:
        """Where it is drawn, in per cent: the share itself where the count is known, else the rate as printed."""
        assert self.rate is not None
        return float(self.rate.percent) if self.count is None else 100 * self.count / self.rate.base

    @property
    def count_written(self) -> str:
        return NOT_STATED if self.rate is None else count_of(self.count, self.rate.base)

    @property
    def rate_written(self) -> str:
        return NOT_STATED if self.rate is None else percent(self.rate.percent)

    @property
    def average_written(self) -> str:
        return NOT_STATED if self.rate is None else percent(self.rate.average)

    @property
    def words(self) -> str:
        """The row in a line: "Adur: 1 of 3, 33%, too few to compare"."""
        return f"{self.council.name}: {self.figures_written}"

    @property
    def figures_written(self) -> str:
        few = ", too few to compare" if self.too_few else ""
        return f"{self.count_written}, {self.rate_written}{few}"


@dataclass(frozen=True)
class Average:
    """Our average of a group: the counts of its letters added up, and their bases."""

    letters: int
    count: int
    base: int

    @property
    def exactly(self) -> float:
        """In per cent."""
        return 100 * self.count / self.base

    @property
    def place(self) -> float:
        """Where it is drawn, in per cent."""
        return round(self.exactly, 2)

    @property
    def rounded(self) -> int:
        return whole(self.exactly)

    @property
    def counts_written(self) -> str:
        return count_of(self.count, self.base)

    @property
    def written(self) -> str:
        return f"{self.counts_written}, {percent(self.rounded)}"

    @property
    def letters_written(self) -> str:
        return counted(self.letters, "letter", "letters")


def is_counted(row: Row) -> bool:
    """Whether the row is part of our average."""
    return row.rate is not None and row.rate.known_counts is not None


def our_average(rows: Iterable[Row]) -> Average | None:
    """The sum of counts over the sum of bases, of the rows whose count is known; None without any case."""
    return average_of(row.rate.known_counts for row in rows if is_counted(row))


def average_of(counts: Iterable[tuple[int, int]]) -> Average | None:
    """The sum of counts over the sum of bases, from the count and the base of each letter."""
    counts = list(counts)
    base = sum(base for _, base in counts)
    return Average(len(counts), sum(count for count, _ in counts), base) if base else None


def printed_averages(rows: Iterable[Row]) -> list[Decimal]:
    """The different averages of similar authorities that the rows' letters print, lowest first."""
    return sorted({row.rate.average for row in rows if row.rate is not None and row.rate.average is not None})


@dataclass(frozen=True)
class Column:
    """A column of the table: the order that its heading links to, and "ascending" or "descending" if it is in use."""

    heading: str
    sort: Sort
    in_use: str = ""
    words: str = ""


def columns(sort: Sort) -> list[Column]:
    """The columns that the table can be sorted by. A heading in use leads to the other direction."""
    return [
        Column("Council", Sort.NAME, "ascending" if sort == Sort.NAME else "", "A to Z"),
        column("Count of base", Sort.BASE, Sort.BASE_DOWN, sort),
        column("Rate", Sort.RATE, Sort.RATE_DOWN, sort),
    ]


def column(heading: str, up: Sort, down: Sort, sort: Sort) -> Column:
    """A column of numbers, sorted low to high by `up`."""
    in_use = {up: "ascending", down: "descending"}.get(sort, "")
    return Column(heading, down if sort == up else up, in_use, "high to low" if sort == up else "low to high")


def row(council: Council, statistic: Any, without: str) -> Row:
    """The row of a council whose letter holds `statistic`; where there is none, `without` says why."""
    if statistic is None:
        return Row(council, without=without)
    if statistic.none_due:
        return Row(council, without=NONE_DUE)
    rate = Rate(statistic.percent, statistic.numerator, statistic.denominator, statistic.average)
    return Row(council, rate)


def in_order(rows: Iterable[Row], sort: Sort) -> list[Row]:
    """By name; or by rate or base, those without either last. By rate, those too few to compare come after the rest."""
    by_name = sorted(rows, key=lambda row: row.council.name.casefold())
    by, down = sort.removeprefix("-"), sort.startswith("-")
    if by == Sort.NAME:
        return by_name
    key = _rate if by == Sort.RATE else _base
    known = sorted((row for row in by_name if key(row) is not None), key=key, reverse=down)
    if by == Sort.RATE:
        known.sort(key=lambda row: row.too_few)
    return known + [row for row in by_name if key(row) is None]


def _rate(row: Row) -> float | None:
    return row.position if row.drawn else None


def _base(row: Row) -> int | None:
    return row.rate.base if row.rate else None
