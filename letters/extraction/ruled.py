"""Tables whose cells are parted by lines that are drawn, by pdfplumber's table finder."""

from collections.abc import Iterable, Iterator
from typing import Any

from pdfplumber import table as finder

from . import numbers
from .cells import (
    SNAP,
    TITLE_ABOVE,
    Datum,
    Grid,
    Region,
    is_number,
    lines_of,
    overlap,
    text_at,
)
from .glyphs import Sheet
from .layout import surrounding
from .types import Box

# More lines than this on a page, one way, are no table of a letter.
_MOST_LINES = 300


def ruled(sheet: Sheet) -> Iterator[Grid]:
    """The tables of a page whose cells are parted by lines, from its top to its bottom."""
    above = 0.0
    words = [word for line in lines_of(sheet) for word in line]
    for cells in _cells(sheet.rules):
        texts = {cell: text_at(sheet, cell).text for cell in cells}
        data = tuple(_ruled_data(sheet.number, texts))
        if data:
            top = min(datum.place.box[1] for datum in data)
            begins = max(above, min(cell[1] for cell in cells) - TITLE_ABOVE)
            heads = {datum.column.box for datum in data if datum.column}
            whole = not any(_crosses(word.box, head) for head in heads for word in words)
            yield Grid(data, Region(sheet.number, (0, begins, sheet.width, top)), True, whole)
            above = max(cell[3] for cell in cells)


def _crosses(word: Box, head: Box) -> bool:
    """Whether a word runs over the side of a heading's cell, and so may mix with the next heading's words."""
    beside = overlap(word, head) and word[3] - word[1] < 2 * (word[2] - word[0]) + SNAP
    return beside and any(word[0] < side - SNAP and side + SNAP < word[2] for side in (head[0], head[2]))


def _cells(rules: Iterable[Box]) -> list[list[Box]]:
    """The cells of each table, by pdfplumber's finder."""
    edges = finder.merge_edges(list(map(_edge, rules)), SNAP, SNAP, SNAP, SNAP)
    ways = [edge["orientation"] for edge in edges]
    if max(ways.count("h"), ways.count("v")) > _MOST_LINES:
        return []
    crossings = finder.edges_to_intersections(edges, SNAP, SNAP)
    cells: list[list[Box]] = finder.cells_to_tables(finder.intersections_to_cells(crossings))
    return cells


def _edge(rule: Box) -> dict[str, Any]:
    x0, top, x1, bottom = rule
    lies = x1 - x0 >= bottom - top
    if lies:
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    edge = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
    return edge | {"orientation": "h" if lies else "v"}


def _ruled_data(page: int, texts: dict[Box, str]) -> Iterator[Datum]:
    for cell, text in texts.items():
        if not is_number(text) or _is_first_year(cell, texts):
            continue
        column = _heading_over(cell, texts)
        label = _label_beside(cell, texts)
        yield Datum(
            Region(page, cell),
            Region(page, column) if column else None,
            (Region(page, label),) if label else (),
        )


def _is_first_year(cell: Box, texts: dict[Box, str]) -> bool:
    """Whether a cell is the first of its row and holds a year: then it is the row's label."""
    is_first = not any(other[0] < cell[0] - SNAP and _levels(other, cell) for other in texts)
    return is_first and numbers.year(texts[cell]) is not None


def _levels(one: Box, other: Box) -> bool:
    return one[1] <= (other[1] + other[3]) / 2 <= one[3]


def _heading_over(cell: Box, texts: dict[Box, str]) -> Box | None:
    """The heading cells as wide as this one, nearest above it; none where something else comes between."""
    heads: list[Box] = []
    for other in sorted(texts, key=lambda other: -other[1]):
        if other[3] > cell[1] + SNAP or not _stands_over(other, cell):
            continue
        if not _same_width(other, cell):
            break
        is_data = is_number(texts[other]) and not (numbers.year(texts[other]) is not None)
        if is_data and heads:
            break
        if texts[other] and not is_data:
            heads.append(other)
    return surrounding(heads) if heads else None


def _stands_over(other: Box, cell: Box) -> bool:
    return other[0] <= (cell[0] + cell[2]) / 2 <= other[2]


def _same_width(one: Box, other: Box) -> bool:
    return abs(one[0] - other[0]) <= 2 * SNAP and abs(one[2] - other[2]) <= 2 * SNAP


def _label_beside(cell: Box, texts: dict[Box, str]) -> Box | None:
    """The nearest words to the left on the same row."""
    left = sorted(
        (other for other in texts if other[2] <= cell[0] + SNAP and _levels(other, cell)),
        key=lambda other: -other[0],
    )
    return next(
        (
            other
            for other in left
            if texts[other] and (not is_number(texts[other]) or _is_first_year(other, texts))
        ),
        None,
    )
