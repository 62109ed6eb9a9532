"""Councils' rates on the line from 0% to 100%: a row for each where they are few, else a swarm of points.

Places across are in per cent of the drawing's width, so a rate is its own place; places down are in pixels. So the
same drawing fits a phone and a wide screen, and its words keep their size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from councils.models import Council
from public.comparison import Row

# More than these, and a row for each would be longer than anyone looks at.
ROWS_AT_MOST = 16
# In pixels; the council in view stands out.
RADIUS = 3
SEEN_RADIUS = 6
_LINE = 17
_LETTERS_A_LINE = 24
_DROP = 12  # from a name's last line to its point
_BELOW = 26  # and to the next name
_DOT = 7  # across, with the gap; of a swarm's points
# How much of the width a point takes on the narrowest phone, where 240 pixels are left for the drawing.
_DOT_WIDE = 100 * _DOT / 240
_HEADING = 26


@dataclass(frozen=True)
class Mark:
    """A council's place; `low` and `high` are the ends of its 95% interval where there is room to draw it."""

    row: Row
    seen: bool
    y: float
    low: float | None = None
    high: float | None = None

    @property
    def radius(self) -> float:
        return SEEN_RADIUS if self.seen else RADIUS

    @property
    def x(self) -> float:
        return round(self.row.position, 2)


@dataclass(frozen=True)
class Words:
    """Words above what they name."""

    y: float
    text: str
    right: str = ""
    seen: bool = False


@dataclass(frozen=True)
class DotPlot:
    """The whole drawing, `height` pixels high. The council in view is the last of the marks, above the others."""

    marks: list[Mark]
    words: list[Words]
    height: float
    few: bool
    whiskers: bool
    ticks: tuple[int, ...] = (0, 25, 50, 75, 100)

    @property
    def full_height(self) -> float:
        """With the numbers below the line."""
        return self.height + 24


def dot_plot(rows: Sequence[Row], seen: Council) -> DotPlot | None:
    """The drawing of those rows that have a place, in their order; None where none has."""
    drawn = [row for row in rows if row.drawn]
    if not drawn:
        return None
    return _one_by_one(drawn, seen) if len(drawn) <= ROWS_AT_MOST else _swarms(drawn, seen)


def _one_by_one(rows: list[Row], seen: Council) -> DotPlot:
    """A name in one line or two, its count at the right, and below them the point on its interval."""
    marks, words, top = [], [], 0
    for row in rows:
        is_seen = row.council == seen
        lines = wrap(row.council.short_name, _LETTERS_A_LINE)
        for place, line in enumerate(lines):
            words.append(Words(top + _LINE * (place + 1), line, "" if place else row.count_written, is_seen))
        top += _LINE * len(lines)
        marks.append(Mark(row, is_seen, top + _DROP, *(round(end, 2) for end in row.rate.interval)))
        top += _BELOW
    return DotPlot(_seen_last(marks), words, top, any(row.too_few for row in rows), whiskers=True)


def _swarms(rows: list[Row], seen: Council) -> DotPlot:
    """Those with enough cases to compare above, the others below."""
    marks: list[Mark] = []
    words: list[Words] = []
    top = 0.0
    for few in (False, True):
        swarm = [row for row in rows if row.too_few == few]
        if swarm:
            words.append(Words(top + 16, _heading(few, len(swarm))))
            levels = swarm_levels([row.position for row in _first(seen, swarm)])
            floor = top + _HEADING + (max(levels) + 1) * _DOT + 6
            marks += [
                Mark(row, row.council == seen, floor - 6 - level * _DOT)
                for row, level in zip(_first(seen, swarm), levels, strict=True)
            ]
            top = floor + 6
    return DotPlot(_seen_last(marks), words, top, any(row.too_few for row in rows), whiskers=False)


def _heading(few: bool, number: int) -> str:
    return f"Too few to compare, under 5 cases ({number})" if few else f"5 cases or more ({number})"


def _first(seen: Council, rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.council != seen)


def swarm_levels(places: Iterable[float]) -> list[int]:
    """For each place in per cent of the width, the lowest level at which the point touches none set before it."""
    taken: list[list[float]] = []
    levels = []
    for place in places:
        level = next(
            (
                number
                for number, others in enumerate(taken)
                if all(abs(place - other) >= _DOT_WIDE for other in others)
            ),
            len(taken),
        )
        if level == len(taken):
            taken.append([])
        taken[level].append(place)
        levels.append(level)
    return levels


def _seen_last(marks: list[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: mark.seen)
