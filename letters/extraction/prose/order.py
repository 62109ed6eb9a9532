"""The order in which to read lines: as stored where that runs on, else along the page's gutters, else not told."""

from collections.abc import Sequence
from itertools import pairwise

from ..gutters import cut
from .lines import Line
from .tables import runs_across

# In heights of a character: how far lines of one row may stand apart up and down.
_LEVEL = 0.5


def in_order(lines: Sequence[Line]) -> list[Line] | None:
    """The lines in reading order; None where no order of them runs on."""
    if _runs_on(lines) and not runs_across(lines):
        return list(lines)
    by_piece = {id(line.piece): line for line in lines}
    along = [by_piece[id(piece)] for piece in cut([line.piece for line in lines])]
    return along if _runs_on(along) else None


def _runs_on(lines: Sequence[Line]) -> bool:
    """Whether each line stands below the one before, or beside it to the right, or begins a column there."""
    return not any(_goes_back(one, other) for one, other in pairwise(lines))


def _goes_back(one: Line, other: Line) -> bool:
    is_above = other.top < one.top - _LEVEL * one.size
    is_level = not is_above and other.top < one.top + _LEVEL * one.size
    return (is_above and other.x0 < one.x1) or (is_level and other.x1 <= one.x0)
