"""The tables of a page as geometry: which number stands under which heading, and beside which label.

A column is known by its heading, never by its position.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .cells import Datum, Grid, Region, overlap
from .glyphs import Sheet
from .ruled import ruled
from .unruled import unruled


def grids(sheet: Sheet) -> list[Grid]:
    """The tables of a page, from top to bottom."""
    drawn = list(ruled(sheet))
    loose = (grid for grid in unruled(sheet) if not any(overlap(grid.box, other.box) for other in drawn))
    return sorted([*drawn, *loose], key=lambda grid: grid.box[1])


def continued(pages: Sequence[list[Grid]]) -> list[Grid]:
    """The tables of pages that follow one another; one that goes on over a page break keeps its headings."""
    found: list[Grid] = []
    for page in pages:
        for index, grid in enumerate(page):
            last = found[-1] if found and index == 0 else None
            found.append(_with_headings_of(last, grid) if last else grid)
    return found


def _with_headings_of(last: Grid, grid: Grid) -> Grid:
    """A table whose columns have no headings, with those of the table that ended the page before."""
    heads = {datum.column for datum in last.data if datum.column}
    follows = all(datum.column is None for datum in grid.data)
    if not heads or not follows or grid.data[0].place.page != last.data[0].place.page + 1:
        return grid
    columns = [_columns_over(datum, last.data) for datum in grid.data]
    if any(len(each) != 1 for each in columns):
        return grid
    data = (replace(datum, column=each.pop()) for datum, each in zip(grid.data, columns, strict=True))
    return replace(grid, data=tuple(data), above=last.above)


def _columns_over(datum: Datum, others: Iterable[Datum]) -> set[Region]:
    middle = (datum.place.box[0] + datum.place.box[2]) / 2
    return {
        other.column
        for other in others
        if other.column and min(other.place.box[0], other.column.box[0]) <= middle
        and middle <= max(other.place.box[2], other.column.box[2])
    }  # fmt: skip
