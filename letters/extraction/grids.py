"""The tables of a page as geometry: which number stands under which heading, and beside which label.

Where lines are drawn, pdfplumber's table finder makes cells of them. Where none are, the white gutters that run through
the headings and the numbers part the columns, and a table in which they do not part every number from every other is
left alone. A column is known by its heading, never by its position.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, NamedTuple

from pdfplumber import table as finder

from . import numbers
from .glyphs import Glyph, Sheet, turned, turns_of
from .layout import all_pieces, on_one_line, surrounding
from .types import Box

# How far apart, in points, lines may be that are meant to be one, and sides that are meant to be in line.
_SNAP = 2.0
# More lines than this on a page, one way, are no table of a letter.
_MOST_LINES = 300
_FEWEST_NUMBERS = 2
# How far above a table its title is looked for, in points.
_TITLE_ABOVE = 60.0
_ANYWHERE = 10_000.0


class Region(NamedTuple):
    """A place on a page, in points."""

    page: int
    box: Box


@dataclass(frozen=True)
class Datum:
    """A number's place, that of the heading above it, and those where its row's label may be, likeliest first."""

    place: Region
    column: Region | None
    rows: tuple[Region, ...]


@dataclass(frozen=True)
class Grid:
    """One table: its numbers, and the words above its first row of them.

    `is_ruled` where lines part its cells; `is_whole` unless words right above its headings may be part of them.
    """

    data: tuple[Datum, ...]
    above: Region
    is_ruled: bool
    is_whole: bool = True

    @property
    def box(self) -> Box:
        return surrounding([datum.place.box for datum in self.data])


class Text(NamedTuple):
    """What stands in a place, on one line, and the box of it alone."""

    text: str
    box: Box


def text_at(sheet: Sheet, box: Box) -> Text:
    """The words whose characters stand in a box, line by line; text set on its side is turned upright first."""
    glyphs = [glyph for glyph in sheet.glyphs if _is_in(glyph, box)]
    visible = [glyph for glyph in glyphs if not glyph.is_space]
    if not visible:
        return Text("", box)
    around = surrounding([glyph[1:] for glyph in visible])
    width, height = sheet.width, sheet.height
    for _ in range(turns_of(glyphs) if len(visible) > 1 else 0):
        glyphs = [turned(glyph, width) for glyph in glyphs]
        width, height = height, width
    lines = _lines(Sheet(sheet.number, width, height, tuple(glyphs)))
    return Text(" ".join(word.text for line in lines for word in line), around)


def is_number(text: str) -> bool:
    """Whether a cell's text stands in a number's place: a number, a rate, a dash or "n/a"."""
    plain = text.strip().strip("()")
    return numbers.cell(plain) is not None or numbers.says_nothing(plain)


def grids(sheet: Sheet) -> list[Grid]:
    """The tables of a page, from top to bottom."""
    ruled = list(_ruled(sheet))
    loose = (grid for grid in _unruled(sheet) if not any(_overlap(grid.box, other.box) for other in ruled))
    return sorted([*ruled, *loose], key=lambda grid: grid.box[1])


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


def _is_in(glyph: Glyph, box: Box) -> bool:
    across, down = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


# With lines drawn


def _ruled(sheet: Sheet) -> Iterator[Grid]:
    above = 0.0
    words = [word for line in _lines(sheet) for word in line]
    for cells in _cells(sheet.rules):
        texts = {cell: text_at(sheet, cell).text for cell in cells}
        data = tuple(_ruled_data(sheet.number, texts))
        if len(data) >= _FEWEST_NUMBERS:
            top = min(datum.place.box[1] for datum in data)
            begins = max(above, min(cell[1] for cell in cells) - _TITLE_ABOVE)
            heads = {datum.column.box for datum in data if datum.column}
            whole = not any(_crosses(word.box, head) for head in heads for word in words)
            yield Grid(data, Region(sheet.number, (0, begins, sheet.width, top)), True, whole)
            above = max(cell[3] for cell in cells)


def _crosses(word: Box, head: Box) -> bool:
    """Whether a word runs over the side of a heading's cell, and so may mix with the next heading's words."""
    beside = _overlap(word, head) and word[3] - word[1] < 2 * (word[2] - word[0]) + _SNAP
    return beside and any(word[0] < side - _SNAP and side + _SNAP < word[2] for side in (head[0], head[2]))


def _cells(rules: Iterable[Box]) -> list[list[Box]]:
    """The cells of each table, by pdfplumber's finder."""
    edges = finder.merge_edges(list(map(_edge, rules)), _SNAP, _SNAP, _SNAP, _SNAP)
    ways = [edge["orientation"] for edge in edges]
    if max(ways.count("h"), ways.count("v")) > _MOST_LINES:
        return []
    crossings = finder.edges_to_intersections(edges, _SNAP, _SNAP)
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
    is_first = not any(other[0] < cell[0] - _SNAP and _levels(other, cell) for other in texts)
    return is_first and numbers.year(texts[cell]) is not None


def _levels(one: Box, other: Box) -> bool:
    return one[1] <= (other[1] + other[3]) / 2 <= one[3]


def _heading_over(cell: Box, texts: dict[Box, str]) -> Box | None:
    """The heading cells as wide as this one, nearest above it; none where something else comes between."""
    heads: list[Box] = []
    for other in sorted(texts, key=lambda other: -other[1]):
        if other[3] > cell[1] + _SNAP or not _stands_over(other, cell):
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
    return abs(one[0] - other[0]) <= 2 * _SNAP and abs(one[2] - other[2]) <= 2 * _SNAP


def _label_beside(cell: Box, texts: dict[Box, str]) -> Box | None:
    """The nearest words to the left on the same row."""
    left = sorted(
        (other for other in texts if other[2] <= cell[0] + _SNAP and _levels(other, cell)),
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


# Without lines


class _Word(NamedTuple):
    text: str
    box: Box


@dataclass(frozen=True)
class _Row:
    """A line that ends in numbers, after the words of its label."""

    label: tuple[_Word, ...]
    numbers: tuple[_Word, ...]

    @property
    def box(self) -> Box:
        return surrounding([word.box for word in self.label + self.numbers])


# All in heights of a line: how far a heading may stand above what it heads, and rows from one another; and the gutters
# that are tried, from wide to narrow.
_NEXT = 1.3
_NEXT_ROW = 8.0
_NEXT_OF_LIST = 2.2
_GUTTERS = (1.0, 0.8, 0.6, 0.45, 0.3)
# So many words with no gap between them are running text.
_SENTENCE = 6
_WORD_SPACE = 0.7
_GROUP_LINES = 2
# Lines that are a table's title, by their letters.
_TITLE = re.compile(
    r"localauthorityreport.*|fortheperiodend.*|(complaintsand)?(enquiries|complaints)(andcomplaints)?received(bysubject(area)?)?"
    r"|decisionsmade|lgoadviceteam|(lgo)?investigativeteam|responsetimes|compliance.*recommendations|complaintsremedied"
    r"|detailedinvestigations(carriedout)?"
)


def _unruled(sheet: Sheet) -> Iterator[Grid]:
    lines = _lines(sheet)
    rows = {index: row for index, line in enumerate(lines) if (row := _row(line))}
    for block in _blocks(lines, rows):
        first = rows[block[0]]
        if len(first.numbers) == 1:
            yield _list(sheet.number, lines, rows, block)
        else:
            yield from _table(sheet.number, lines, rows, block)


def _lines(sheet: Sheet) -> list[list[_Word]]:
    """The words of a page on their lines, from top to bottom and from left to right."""
    words = [
        _Word("".join(glyph.text for glyph in word), surrounding([glyph[1:] for glyph in word]))
        for piece in all_pieces(sheet)
        for word in piece.words
    ]
    lines: list[list[_Word]] = []
    for word in sorted(words, key=lambda word: (word.box[1] + word.box[3]) / 2):
        if lines and on_one_line(lines[-1][0].box, word.box):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_with_years_whole(sorted(line, key=lambda word: word.box[0])) for line in lines]


def _with_years_whole(line: list[_Word]) -> list[_Word]:
    """The "2006", "/" and "2007" of a label, or of a heading, as one word."""
    whole: list[_Word] = []
    while line:
        length = next((length for length in (3, 2) if _is_year_of(line[:length], length)), 1)
        joined = " ".join(word.text for word in line[:length])
        whole.append(_Word(joined, surrounding([word.box for word in line[:length]])))
        line = line[length:]
    return whole


def _is_year_of(words: Sequence[_Word], length: int) -> bool:
    """Whether so many words that stand close together name one year."""
    gaps = [right.box[0] - left.box[2] for left, right in zip(words, words[1:], strict=False)]
    height = words[0].box[3] - words[0].box[1]
    close = len(words) == length and max(gaps) < _WORD_SPACE * height
    return close and numbers.year(" ".join(word.text for word in words)) is not None


def _row(line: list[_Word]) -> _Row | None:
    start = len(line)
    while start and is_number(line[start - 1].text) and not _ends_label(line, start - 1):
        start -= 1
    if start == 0 and numbers.year(line[0].text) is not None:
        start = 1
    if start == len(line):
        return None
    return _Row(tuple(line[:start]), tuple(line[start:]))


def _ends_label(line: list[_Word], index: int) -> bool:
    """Whether a dash stands close to words before it: then the label goes on over the next line."""
    if index == 0 or not numbers.is_dash(line[index].text) or is_number(line[index - 1].text):
        return False
    word, last = line[index].box, line[index - 1].box
    return word[0] - last[2] < _WORD_SPACE * (word[3] - word[1])


def _blocks(lines: Sequence[list[_Word]], rows: dict[int, _Row]) -> list[list[int]]:
    """The indices of rows that belong to one table: as many numbers in each, in line with one another."""
    blocks: list[list[int]] = []
    for index, row in rows.items():
        if blocks and _goes_on(rows[blocks[-1][-1]], row, lines[blocks[-1][-1] + 1 : index]):
            blocks[-1].append(index)
        else:
            blocks.append([index])
    return blocks


def _goes_on(last: _Row, row: _Row, between: Sequence[list[_Word]]) -> bool:
    """Whether a row belongs to the table of the last: nothing but the rest of a label stands between them."""
    if len(last.numbers) != len(row.numbers):
        return False
    height = median(word.box[3] - word.box[1] for word in row.numbers)
    in_line = all(
        one.box[0] < other.box[2] + height and other.box[0] < one.box[2] + height
        for one, other in zip(last.numbers, row.numbers, strict=True)
    )
    near = _NEXT_ROW if len(row.numbers) > 1 else _NEXT_OF_LIST
    edge = min(word.box[0] for word in (last.numbers[0], row.numbers[0]))
    only_labels = all(word.box[2] <= edge for line in between for word in line)
    return in_line and only_labels and row.box[1] - last.box[3] < near * height


def _list(page: int, lines: list[list[_Word]], rows: dict[int, _Row], block: list[int]) -> Grid:
    """A label and a number on each line; a label may go on over the line before or after."""
    data = []
    for index in block:
        row = rows[index]
        parts = [row.label]
        for other in (index + 1, index - 1):
            if 0 <= other < len(lines) and other not in rows and row.label:
                parts.append((*row.label, *lines[other]))
        regions = tuple(Region(page, surrounding([w.box for w in part])) for part in parts if part)
        data.append(Datum(Region(page, row.numbers[0].box), None, regions))
    top = data[0].place.box[1]
    return Grid(tuple(data), Region(page, (0, top - _TITLE_ABOVE, _ANYWHERE, top)), False)


def _table(page: int, lines: list[list[_Word]], rows: dict[int, _Row], block: list[int]) -> Iterator[Grid]:
    """Rows of numbers under headings, if gutters part each number and its heading from all others."""
    members = [rows[index] for index in block]
    band, is_whole = _band(lines, rows, block[0])
    columns, left_out = _columns(members, band)
    if columns is None:
        columns = [None] * len(members[0].numbers) if not band else []
    if len(columns) != len(members[0].numbers):
        return
    labels = _label_places(lines, rows, block)
    data = [
        Datum(
            Region(page, number.box),
            Region(page, column) if column else None,
            tuple(Region(page, box) for box in label),
        )
        for row, label in zip(members, labels, strict=True)
        for number, column in zip(row.numbers, columns, strict=True)
    ]
    top = members[0].box[1]
    above = max((rows[index].box[3] for index in rows if index < block[0]), default=0.0)
    head = min((word.box[1] for line in band for word in line), default=top)
    place = Region(page, (0, max(above, head - _TITLE_ABOVE), _ANYWHERE, top))
    yield Grid(tuple(data), place, False, is_whole and not left_out)


def _band(lines: list[list[_Word]], rows: dict[int, _Row], first: int) -> tuple[list[list[_Word]], bool]:
    """The lines of headings right above a table's first row, lowest first; and whether all of them are there.

    Running text or numbers right above them are no headings, unless their words only stand close together.
    """
    band: list[list[_Word]] = []
    top = rows[first].box[1]
    usual = max(word.box[3] - word.box[1] for word in rows[first].numbers)
    for index in range(first - 1, -1, -1):
        line = lines[index]
        height = max(usual, *(word.box[3] - word.box[1] for word in line))
        bottom = max(word.box[3] for word in line)
        if top - bottom > _NEXT * height or _is_title(line):
            break
        if index in rows or _is_sentence(line):
            return band, False
        band.append(line)
        top = min(top, *(word.box[1] for word in line))
    return band, True


def _is_title(line: Sequence[_Word]) -> bool:
    if any(numbers.year(word.text) is not None for word in line):
        return False  # the years over a table's columns stand there too
    return _TITLE.fullmatch(re.sub(r"[^a-z]", "", "".join(word.text for word in line).lower())) is not None


def _is_sentence(line: Sequence[_Word]) -> bool:
    height = max(word.box[3] - word.box[1] for word in line)
    gaps = [right.box[0] - left.box[2] for left, right in zip(line, line[1:], strict=False)]
    return len(line) >= _SENTENCE and max(gaps) < _WORD_SPACE * height


def _columns(rows: Sequence[_Row], band: Sequence[Sequence[_Word]]) -> tuple[list[Box | None] | None, int]:
    """The place of each number's heading; None if numbers and headings cannot be parted one by one.

    The topmost lines may group several columns, or be the table's title; they are left out where nothing else helps, and
    how many were, is told.
    """
    height = median(word.box[3] - word.box[1] for row in rows for word in row.numbers)
    for left_out in range(min(len(band), _GROUP_LINES + 1)):
        heads = [word for line in band[: len(band) - left_out] for word in line]
        for gutter in _GUTTERS:
            found = _parted(rows, heads, gutter * height)
            if found:
                return list(found), left_out
    return None, 0


def _parted(rows: Sequence[_Row], heads: Sequence[_Word], gutter: float) -> list[Box] | None:
    labels = [word for row in rows for word in row.label]
    figures = [word for row in rows for word in row.numbers]
    strips = _strips([word.box for word in (*heads, *labels, *figures)], gutter)
    places = [_strip_of(word.box, strips) for word in rows[0].numbers]
    same = all([_strip_of(word.box, strips) for word in row.numbers] == places for row in rows)
    begins = min(places)
    every = set(range(begins, len(strips)))
    if not same or len(set(places)) != len(places) or set(places) != every:
        return None
    if any(_strip_of(word.box, strips) >= begins for word in labels):
        return None
    found = []
    for place in places:
        over = [word.box for word in heads if _strip_of(word.box, strips) == place]
        if not over:
            return None
        found.append(surrounding(over))
    return found


def _strips(boxes: Iterable[Box], gutter: float) -> list[tuple[float, float]]:
    """The stretches across the page that boxes cover, parted where a gap is as wide as a gutter."""
    strips: list[tuple[float, float]] = []
    for x0, _, x1, _ in sorted(boxes):
        if strips and x0 - strips[-1][1] < gutter:
            strips[-1] = strips[-1][0], max(strips[-1][1], x1)
        else:
            strips.append((x0, x1))
    return strips


def _strip_of(box: Box, strips: Sequence[tuple[float, float]]) -> int:
    return next(index for index, (start, end) in enumerate(strips) if start <= box[0] <= end)


def _label_below(lines: list[list[_Word]], rows: dict[int, _Row], index: int, edge: float) -> Iterator[_Word]:
    """The words left of the numbers on the lines from a row to the next, if nothing else stands there."""
    for other in range(index + 1, len(lines)):
        if other in rows or any(word.box[2] > edge for word in lines[other]):
            return
        yield from lines[other]


def _label_places(lines: list[list[_Word]], rows: dict[int, _Row], block: list[int]) -> list[list[Box]]:
    """Where each row's label may be: on its line, or with the words left of the numbers on the lines around it."""
    edge = min(rows[index].numbers[0].box[0] for index in block)
    places = []
    for index in block:
        row = rows[index]
        own = list(row.label)
        around = [
            word
            for other in (index - 1, index + 1)
            if 0 <= other < len(lines) and other not in rows
            for word in lines[other]
            if word.box[2] < edge and abs(word.box[1] - row.box[1]) < 1.5 * (row.box[3] - row.box[1])
        ]
        below = own + list(_label_below(lines, rows, index, edge))
        parts = [part for part in (own, own + around, below) if len(part) > len(own) or part is own]
        places.append([surrounding([word.box for word in part]) for part in parts if part])
    return places
