"""The tables of a page as geometry: which number stands under which heading, and beside which label.

A column is known by its heading, never by its position.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product

from .cells import SNAP, Datum, Grid, Region, overlap
from .glyphs import Sheet
from .ruled import ruled
from .types import Box
from .unruled import titles_of, unruled

# How many of a page's last and first tables may be parts of a torn one; others hold numbers of running feet and heads.
_AT_FOOT = _AT_HEAD = 3


def grids(sheet: Sheet) -> list[Grid]:
    """The tables of a page, from top to bottom."""
    drawn = list(ruled(sheet))
    loose = [grid for grid in unruled(sheet) if _holds_more(grid, drawn)]
    kept = [grid for grid in drawn if not any(overlap(grid.box, other.box) for other in loose)]
    found = sorted([*kept, *loose], key=lambda grid: grid.box[1])
    titles, lines = titles_of(sheet)
    return [
        replace(
            grid,
            has_begun=any(place < grid.box[1] for place in (*titles, *lines)),
            has_ended=any(place > grid.box[3] for place in titles),
        )
        for grid in found
    ]


def _holds_more(loose: Grid, drawn: Iterable[Grid]) -> bool:
    """Whether a table has more numbers, or more under headings, than what is drawn there has in cells.

    Then the lines are round some of the numbers only.
    """
    there = [datum for grid in drawn if overlap(loose.box, grid.box) for datum in grid.data]
    if any(datum.column for datum in loose.data):
        there = [datum for datum in there if datum.column]
    return len(loose.data) > len(there)


def continued(pages: Sequence[list[Grid]]) -> list[Grid]:
    """The tables of pages that follow one another; one that goes on over a page break is one table."""
    found: list[Grid] = []
    for page in pages:
        rest = list(page)
        lasts = sorted(found[: -_AT_FOOT - 1 : -1], key=lambda grid: len(grid.data) == 1)
        for last, first in product(lasts, page[:_AT_HEAD]):
            if whole := _joined(last, first):
                found[found.index(last)] = whole
                rest.remove(first)
                break
        found += rest
    return found


def _joined(last: Grid, grid: Grid) -> Grid | None:
    """Both as one table, where the columns of the second have no headings and stand under those of the first."""
    if last.has_ended or grid.has_begun:
        return None
    if _lists_on(last, grid):
        return replace(last, data=(*last.data, *grid.data), has_ended=grid.has_ended)
    heads = {datum.column for datum in last.data if datum.column}
    follows = all(datum.column is None for datum in grid.data)
    if not heads or not follows or grid.data[0].place.page != last.data[-1].place.page + 1:
        return None
    columns = [_columns_over(datum, last.data) for datum in grid.data]
    if any(len(each) != 1 for each in columns):
        return None
    data = (replace(datum, column=each.pop()) for datum, each in zip(grid.data, columns, strict=True))
    whole = last.is_whole and grid.is_whole
    return replace(last, data=(*last.data, *data), is_whole=whole, has_ended=grid.has_ended)


def _lists_on(last: Grid, grid: Grid) -> bool:
    """Whether both are lists of a label and a number, one under the other on pages that follow."""
    if any(datum.column for datum in (*last.data, *grid.data)):
        return False
    if grid.data[0].place.page != last.data[-1].place.page + 1:
        return False
    return any(
        abs(_place(one, side) - _place(other, side)) < SNAP
        for one, other in [(last.data[-1].place.box, grid.data[0].place.box)]
        for side in (-1, 0, 1)
    )


def _place(box: Box, side: int) -> float:
    """The left side of a box (-1), its middle (0) or its right side (1)."""
    return (box[0] + box[2]) / 2 + side * (box[2] - box[0]) / 2


def _columns_over(datum: Datum, others: Iterable[Datum]) -> set[Region]:
    middle = (datum.place.box[0] + datum.place.box[2]) / 2
    return {
        other.column
        for other in others
        if other.column and min(other.place.box[0], other.column.box[0]) <= middle
        and middle <= max(other.place.box[2], other.column.box[2])
    }  # fmt: skip
