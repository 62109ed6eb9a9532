"""Tables: rows of cells that the file stores one after another, with figures in columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .lines import Line

# In heights of a character: how close the lines of one cell stand.
_NEAR = 1.0
_FIGURE = re.compile(r"[£+-]?\d[\d,. ]*%?|[-–—]|n/?a|nil", re.IGNORECASE)
# A cell of more characters is running text.
_LONGEST = 80
# Figures of a table are not set so much larger than its words: a large one is a headline of its own.
_LARGER = 1.5

Cell = tuple[Line, ...]
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """Rows of cells, as many in each; an empty one where nothing is printed."""

    rows: tuple[tuple[str, ...], ...]


def parted(lines: Sequence[Line]) -> list[Table | list[Line]]:
    """The tables, and what stands between them, in the order stored."""
    parts: list[Table | list[Line]] = []
    for group in _groups(_rows(_cells(lines))):
        table = _table(group)
        if table:
            parts.append(table)
        elif parts and isinstance(parts[-1], list):
            parts[-1] += _lines(group)
        else:
            parts.append(_lines(group))
    return parts


def runs_across(lines: Sequence[Line]) -> bool:
    """Whether the lines are stored across columns that belong apart, row upon row."""
    rows = _rows(tuple((line,) for line in lines))
    return any(len(one) > 1 and len(other) > 1 and _follows(one, other) for one, other in pairwise(rows))


def _cells(lines: Sequence[Line]) -> list[Cell]:
    """Lines that stand close under one another, as in a heading of three lines."""
    cells: list[Cell] = []
    for line in lines:
        if cells and _continues(cells[-1][-1], line):
            cells[-1] = (*cells[-1], line)
        else:
            cells.append((line,))
    return cells


def _continues(last: Line, line: Line) -> bool:
    close = -0.5 * last.size < line.top - last.bottom < _NEAR * last.size
    return close and last.is_aligned(line)


def _rows(cells: Sequence[Cell]) -> list[Row]:
    """Cells that stand beside one another, from left to right."""
    rows: list[Row] = []
    for cell in cells:
        if rows and _is_beside(rows[-1][-1], cell):
            rows[-1] = (*rows[-1], cell)
        else:
            rows.append((cell,))
    return rows


def _is_beside(left: Cell, right: Cell) -> bool:
    apart = min(line.x0 for line in right) >= max(line.x1 for line in left)
    return apart and right[0].top < left[-1].bottom and left[0].top < right[-1].bottom


def _follows(row: Row, other: Row) -> bool:
    """Whether a row stands under another."""
    return min(cell[0].top for cell in other) >= max(cell[0].top for cell in row)


def _groups(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of several cells that follow one another together, the others by themselves."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _goes_on(groups[-1][-1], row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _goes_on(last: Row, row: Row) -> bool:
    """Whether a row belongs to the table of the one before: rows of figures go on with rows of as many cells."""
    several = len(row) > 1 and len(last) > 1 and _follows(last, row)
    return several and (not _states_figures(last) or (_states_figures(row) and len(row) == len(last)))


def _lines(rows: Sequence[Row]) -> list[Line]:
    return [line for row in rows for cell in row for line in cell]


def _table(rows: Sequence[Row]) -> Table | None:
    """The rows as a table, if they are one: figures under one another, short cells, and each in one column."""
    if len(rows) < 2 or not any(map(_states_figures, rows)):
        return None
    lines = _lines(rows)
    if max(line.size for line in lines) > _LARGER * min(line.size for line in lines):
        return None
    if any(len(_text(cell)) > _LONGEST for row in rows for cell in row):
        return None
    columns = _columns(rows)
    return Table(tuple(_in_columns(row, columns) for row in rows)) if columns else None


def _states_figures(row: Row) -> bool:
    figures = sum(_FIGURE.fullmatch(_text(cell)) is not None for cell in row)
    return figures > 0 and figures >= len(row) // 2


def _text(cell: Cell) -> str:
    return " ".join(line.text for line in cell)


def _extent(cell: Cell) -> tuple[float, float]:
    return min(line.x0 for line in cell), max(line.x1 for line in cell)


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The stretch across the page of each column, told by the rows with most cells; none if they overlap."""
    most = max(map(len, rows))
    cells = zip(*(map(_extent, row) for row in rows if len(row) == most), strict=True)
    columns = [(min(x0 for x0, _ in column), max(x1 for _, x1 in column)) for column in cells]
    return columns if all(one[1] <= other[0] for one, other in pairwise(columns)) else []


def _in_columns(row: Row, columns: Sequence[tuple[float, float]]) -> tuple[str, ...]:
    """The row's cells, each in the first column that it stands over."""
    if len(row) == len(columns):
        return tuple(map(_text, row))
    placed = [""] * len(columns)
    for cell in row:
        column = _column(cell, columns)
        placed[column] = f"{placed[column]} {_text(cell)}".strip()
    return tuple(placed)


def _column(cell: Cell, columns: Sequence[tuple[float, float]]) -> int:
    begin, end = _extent(cell)
    over = [index for index, (x0, x1) in enumerate(columns) if begin < x1 and x0 < end]
    middle = (begin + end) / 2
    return (
        over[0] if over else min(range(len(columns)), key=lambda index: abs(sum(columns[index]) / 2 - middle))
    )
