"""Tables without lines: the white gutters that run through headings and numbers part their columns.

A table in which they do not part every number and its heading from every other is left alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from . import numbers
from .cells import ANYWHERE, SNAP, TITLE_ABOVE, WORD_SPACE, Datum, Grid, Region, Word, is_number, lines_of
from .glyphs import Sheet
from .labels import Row, label_places
from .layout import surrounding
from .types import Box

# All in heights of a line: how far a heading may stand above what it heads, and rows from one another; and the gutters
# that are tried, from wide to narrow.
_NEXT = 1.3
_HEADS_TO_ROW = 2.5
_NEXT_ROW = 8.0
_NEXT_OF_LIST = 2.2
_GUTTERS = (1.0, 0.8, 0.6, 0.45, 0.3)
# So many words with no gap between them are running text.
_SENTENCE = 6
# So many of them that end in a full stop are a note under the table before: headings of cells do not.
_NOTE = 8
_LAST_WORD = re.compile(r"[\w'’-]{5,}\.")
_GROUP_LINES = 2
_RUNNING_HEAD = 3
# Lines that are a table's title, by their letters.
_TITLE = re.compile(
    r"localauthorityreport.*|fortheperiodend.*"
    r"|(table)?((lgo)?adviceteam)?(complaintsand)?(enquiries|complaints)(andcomplaints)?received(bysubject(area)?)?"
    r"|(table)?((lgo)?investigativeteam)?decisions(made)?|(table)?(lgo)?(advice|investigative)team|responsetimes"
    r"|compliance.*recommendations|complaintsremedied|detailedinvestigations(carriedout)?"
)
# A heading that has no number under it where there is nothing to work a rate out of.
_RATE = re.compile(r"(uphold)?rate(uphold)?")
# Words of a heading that is as long as a sentence.
_LONG_HEADING = re.compile(r"compliancewiththerecommendedremed|recommendedremed(y|ies)wasrecorded")


def unruled(sheet: Sheet) -> Iterator[Grid]:
    lines = lines_of(sheet)
    rows = {index: row for index, line in enumerate(lines) if (row := _row(line))}
    for block in _blocks(lines, rows):
        first = rows[block[0]]
        if len(first.numbers) == 1:
            yield _list(sheet.number, lines, rows, block)
        else:
            yield from _table(sheet.number, lines, rows, block)


def titles_of(sheet: Sheet) -> tuple[list[float], list[float]]:
    """How far down the page the titles of tables stand, and all other lines but those of a running head."""
    lines = lines_of(sheet)
    titles = [line[0].box[3] for line in lines if _is_title(line)]
    return titles, [line[0].box[3] for line in lines[_RUNNING_HEAD:]]


def _row(line: list[Word]) -> Row | None:
    start = len(line)
    while start and is_number(line[start - 1].text) and not _ends_label(line, start - 1):
        start -= 1
    if start == 0 and numbers.year(line[0].text) is not None:
        start = 1
    if start == len(line):
        return None
    return Row(tuple(line[:start]), tuple(line[start:]))


def _ends_label(line: list[Word], index: int) -> bool:
    """Whether a dash stands close to words before it: then the label goes on over the next line."""
    if index == 0 or not numbers.is_dash(line[index].text) or is_number(line[index - 1].text):
        return False
    word, last = line[index].box, line[index - 1].box
    return word[0] - last[2] < WORD_SPACE * (word[3] - word[1])


def _blocks(lines: Sequence[list[Word]], rows: dict[int, Row]) -> list[list[int]]:
    """The indices of rows that belong to one table: as many numbers in each, in line with one another."""
    blocks: list[list[int]] = []
    for index, row in rows.items():
        if blocks and _goes_on(rows[blocks[-1][-1]], row, lines[blocks[-1][-1] + 1 : index]):
            blocks[-1].append(index)
        else:
            blocks.append([index])
    return blocks


def _goes_on(last: Row, row: Row, between: Sequence[list[Word]]) -> bool:
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


def _list(page: int, lines: list[list[Word]], rows: dict[int, Row], block: list[int]) -> Grid:
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
    return Grid(tuple(data), Region(page, (0, top - TITLE_ABOVE, ANYWHERE, top)), False)


def _table(page: int, lines: list[list[Word]], rows: dict[int, Row], block: list[int]) -> Iterator[Grid]:
    """Rows of numbers under headings, if gutters part each number and its heading from all others."""
    members = [rows[index] for index in block]
    band, is_whole = _band(lines, rows, block[0])
    columns, left_out = _columns(members, band)
    if columns is None:
        columns = [None] * len(members[0].numbers) if not band else []
    if len(columns) != len(members[0].numbers):
        return
    labels = label_places(lines, rows, block)
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
    place = Region(page, (0, max(above, head - TITLE_ABOVE), ANYWHERE, top))
    yield Grid(tuple(data), place, False, is_whole and not left_out)


def _band(lines: list[list[Word]], rows: dict[int, Row], first: int) -> tuple[list[list[Word]], bool]:
    """The lines of headings right above a table's first row, lowest first; and whether all of them are there.

    Running text or numbers right above them are no headings, unless their words only stand close together.
    """
    band: list[list[Word]] = []
    top = rows[first].box[1]
    usual = max(word.box[3] - word.box[1] for word in rows[first].numbers)
    for index in range(first - 1, -1, -1):
        line = lines[index]
        height = max(usual, *(word.box[3] - word.box[1] for word in line))
        bottom = max(word.box[3] for word in line)
        near = _NEXT if band else _HEADS_TO_ROW
        if top - bottom > near * height or _is_title(line):
            break
        if index in rows and band and len(rows[index].numbers) > 1:
            break  # the last row of the table before
        if index not in rows and _ends_note(lines[: index + 1]):
            return band, True
        if index in rows or _is_sentence(line):
            return band, False
        band.append(line)
        top = min(top, *(word.box[1] for word in line))
    return band, True


def _is_title(line: Sequence[Word]) -> bool:
    if any(numbers.year(word.text) is not None for word in line):
        return False  # the years over a table's columns stand there too
    return _TITLE.fullmatch(_letters(line)) is not None


def _letters(line: Sequence[Word]) -> str:
    return re.sub(r"[^a-z]", "", "".join(word.text for word in line).lower())


def _is_sentence(line: Sequence[Word]) -> bool:
    if _LONG_HEADING.search(_letters(line)):
        return False
    return len(line) >= _SENTENCE and _is_close(line)


def _is_close(line: Sequence[Word]) -> bool:
    """Whether words stand as close together as in running text."""
    height = max(word.box[3] - word.box[1] for word in line)
    return all(right.box[0] - left.box[2] < WORD_SPACE * height for left, right in pairwise(line))


def _ends_note(lines: Sequence[list[Word]]) -> bool:
    """Whether the last of these lines ends a note: in a full stop, after a word too long to be cut short by it.

    Where that line is a short one, the one above begins where it begins, and is running text as well.
    """
    last = lines[-1]
    if _LAST_WORD.fullmatch(last[-1].text) is None or not _is_close(last):
        return False
    note = [line for line in lines[-2:] if abs(line[0].box[0] - last[0].box[0]) < SNAP and _is_close(line)]
    return sum(map(len, note)) >= _NOTE


def _columns(rows: Sequence[Row], band: Sequence[Sequence[Word]]) -> tuple[list[Box | None] | None, int]:
    """The place of each number's heading; None if numbers and headings cannot be parted one by one.

    The topmost lines may group several columns, or be the table's title; they are left out where nothing else helps,
    and how many were, is told.
    """
    height = median(word.box[3] - word.box[1] for row in rows for word in row.numbers)
    for left_out in range(min(len(band), _GROUP_LINES + 1)):
        heads = [word for line in band[: len(band) - left_out] for word in line]
        for gutter in _GUTTERS:
            found = _parted(rows, heads, gutter * height)
            if found:
                return list(found), left_out
    return None, 0


def _parted(rows: Sequence[Row], heads: Sequence[Word], gutter: float) -> list[Box] | None:
    labels = [word for row in rows for word in row.label]
    figures = [word for row in rows for word in row.numbers]
    strips = _strips([word.box for word in (*heads, *labels, *figures)], gutter)
    places = [_strip_of(word.box, strips) for word in rows[0].numbers]
    same = all([_strip_of(word.box, strips) for word in row.numbers] == places for row in rows)
    if not same or len(set(places)) != len(places):
        return None
    over: dict[int, list[Word]] = {}
    for word in heads:
        over.setdefault(_strip_of(word.box, strips), []).append(word)
    last_label = max((_strip_of(word.box, strips) for word in labels), default=-1)
    may_be_empty = {strip for strip, words in over.items() if _RATE.fullmatch(_letters(words))} - set(places)
    headed = _headed(places, sorted(strip for strip in set(over) - may_be_empty if strip > last_label))
    if headed is None or last_label >= min(places):
        return None
    return [surrounding([word.box for word in over[strip]]) for strip in headed]


def _headed(places: Sequence[int], heads: Sequence[int]) -> list[int] | None:
    """The strip that heads each strip of numbers: itself, or the next on one side that has no numbers of its own.

    A heading may stand wholly left of its numbers, or wholly right of them; which side it is must be the same for all.
    None where not every number and every heading finds its own.
    """
    bare = [strip for strip in places if strip not in heads]
    first = min(places) - (min(places) in bare)  # words further left belong to the labels
    apart = [strip for strip in heads if strip not in places and strip >= first]
    if not apart and not bare:
        return list(places)
    for side in (-1, 1):
        found = [strip if strip in heads else strip + side for strip in places]
        if sorted(strip + side for strip in bare) == apart:
            return found
    return None


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
