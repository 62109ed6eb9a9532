"""A funnel plot: rates against numbers of cases, with the limits that chance sets around our average.

Places across and down are in per cent of the drawing, so that it fits any width; 0% stands at the bottom.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from councils.models import Council
from public.charts.dots import SEEN_RADIUS
from public.comparison import Average, Row
from public.funnel import TAILS, Limits, limits

# Of so many places along the axis at most the limits are worked out; between them the lines are straight.
_PLACES = 200
_SMALLEST = 10  # the axis shows at least so many cases
_RADIUS = 3.5
_LARGEST = 12


@dataclass(frozen=True)
class Mark:
    """One council's place, or that of several with the same count and base, and its radius in pixels."""

    rows: tuple[Row, ...]
    x: float
    y: float
    radius: float
    seen: bool

    @property
    def row(self) -> Row:
        return self.rows[0]

    @property
    def alone(self) -> bool:
        return len(self.rows) == 1

    @property
    def words(self) -> str:
        """The row in words; of several, their names and what all of them have."""
        if self.alone:
            return self.row.words
        names = ", ".join(row.council.short_name for row in self.rows)
        return f"{len(self.rows)} councils with {self.row.figures_written}: {names}"


@dataclass(frozen=True)
class Pair:
    """A pair of limits as the points of its two lines."""

    name: str
    lower: str
    upper: str


@dataclass(frozen=True)
class FunnelPlot:
    """The whole drawing. `table` gives, for each base that is shown, the limits in the order of their pairs."""

    marks: list[Mark]
    pairs: list[Pair]
    ticks: list[tuple[int, float]]
    average: Average
    most: int
    table: list[tuple[int, list[Limits]]]
    levels: tuple[int, ...] = (0, 25, 50, 75, 100)

    @property
    def level(self) -> float:
        """How far down our average stands."""
        return round(100 - self.average.place, 2)

    @property
    def merged(self) -> bool:
        return not all(mark.alone for mark in self.marks)

    @property
    def few(self) -> bool:
        return any(mark.row.too_few for mark in self.marks)


def funnel_plot(rows: Sequence[Row], seen: Council, average: Average | None) -> FunnelPlot | None:
    """The drawing of those rows that have a place; None where there is no average to draw them around."""
    drawn = [row for row in rows if row.drawn]
    if average is None or not drawn:
        return None
    bases = {row.rate.base for row in drawn}
    step = _step(max(_SMALLEST, *bases))
    most = step * -(-max(_SMALLEST, *bases) // step)
    ticks = [(base, round(100 * base / most, 2)) for base in range(0, most + 1, step)]
    return FunnelPlot(
        _marks(drawn, seen, most), _pairs(average, most), ticks, average, most, _table(bases, average)
    )


def _step(most: int) -> int:
    """The round step that puts at most six numbers along the axis."""
    power = 1
    while True:
        for step in (2, 5, 10):
            if most <= 5 * step * power:
                return step * power
        power *= 10


def _marks(rows: list[Row], seen: Council, most: int) -> list[Mark]:
    """Those at the same place are one mark, larger by area; the council in view is one of its own, on top."""
    together: dict[tuple, list[Row]] = {}
    for row in rows:
        together.setdefault((row.rate.base, row.position, row.council == seen), []).append(row)
    marks = [
        Mark(
            tuple(same),
            round(100 * base / most, 2),
            round(100 - position, 2),
            SEEN_RADIUS if is_seen else min(_LARGEST, round(_RADIUS * sqrt(len(same)), 1)),
            is_seen,
        )
        for (base, position, is_seen), same in together.items()
    ]
    return sorted(marks, key=lambda mark: (mark.seen, -mark.radius))


def _pairs(average: Average, most: int) -> list[Pair]:
    stride = -(-most // _PLACES)
    bases = [*range(1, most, stride), most]
    return [
        _pair(name, [limits(base, average.exactly, tail) for base in bases], most)
        for name, tail in TAILS.items()
    ]


def _pair(name: str, along: list[Limits], most: int) -> Pair:
    def points(rates):
        return " ".join(
            f"{100 * each.base / most:.2f},{100 - rate:.2f}" for each, rate in zip(along, rates, strict=True)
        )

    return Pair(name, points([each.low for each in along]), points([each.high for each in along]))


def _table(bases: set[int], average: Average) -> list[tuple[int, list[Limits]]]:
    return [
        (base, [limits(base, average.exactly, tail) for tail in TAILS.values()]) for base in sorted(bases)
    ]
