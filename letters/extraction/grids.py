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
    loose = [grid for grid in unruled(sheet) if _holds_more(grid, drawn)]
    kept = [grid for grid in drawn if not any(overlap(grid.box, other.box) for other in loose)]
    return sorted([*kept, *loose], key=lambda grid: grid.box[1])


def _holds_more(loose: Grid, drawn: Iterable[Grid]) -> bool:
    """Whether a table has more numbers than what is drawn there has cells: then lines are round some of them only."""
    return len(loose.data) > sum(len(grid.data) for grid in drawn if overlap(loose.box, grid.box))


def continued(pages: Sequence[list[Grid]]) -> list[Grid]:
    """The tables of pages that follow one another; one that goes on over a page break is one table."""
    found: list[Grid] = []
    for page in pages:
        rest = list(page)
        last = next((grid for grid in reversed(found) if not _is_stray(grid)), None)
        first = next((grid for grid in page if not _is_stray(grid)), None)
        if last and first and (whole := _joined(last, first)):
            found[found.index(last)] = whole
            rest.remove(first)
        found += rest
    return found


def _is_stray(grid: Grid) -> bool:
    """Whether it is a number by itself, as at the head or foot of a page."""
    return len(grid.data) == 1 and not grid.is_ruled


def _joined(last: Grid, grid: Grid) -> Grid | None:
    """Both as one table, where the columns of the second have no headings and stand under those of the first."""
    heads = {datum.column for datum in last.data if datum.column}
    follows = all(datum.column is None for datum in grid.data)
    if not heads or not follows or grid.data[0].place.page != last.data[-1].place.page + 1:
        return None
    columns = [_columns_over(datum, last.data) for datum in grid.data]
    if any(len(each) != 1 for each in columns):
        return None
    data = (replace(datum, column=each.pop()) for datum, each in zip(grid.data, columns, strict=True))
    return replace(last, data=(*last.data, *data), is_whole=last.is_whole and grid.is_whole)


def _columns_over(datum: Datum, others: Iterable[Datum]) -> set[Region]:
    middle = (datum.place.box[0] + datum.place.box[2]) / 2
    return {
        other.column
        for other in others
        if other.column and min(other.place.box[0], other.column.box[0]) <= middle
        and middle <= max(other.place.box[2], other.column.box[2])
    }  # fmt: skip
