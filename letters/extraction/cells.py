"""Places on a page and the words in them: what tables are made of, however they are found."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from . import numbers
from .glyphs import Glyphs, Sheet, turned, turns_of
from .layout import all_pieces, surrounding
from .runs import on_one_line
from .types import Box

# How far apart, in points, lines may be that are meant to be one, and sides that are meant to be in line.
SNAP = 2.0
# How far above a table its title is looked for, in points.
TITLE_ABOVE = 60.0
ANYWHERE = 10_000.0
# A gap narrower than this, in heights of a line, is one between words.
WORD_SPACE = 0.7


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

    `is_ruled` where lines part its cells; `is_whole` unless words right above its headings may be part of them;
    it `has_begun` where more than a running head stands above it on its page, and `has_ended` where a table's title
    stands below it.
    """

    data: tuple[Datum, ...]
    above: Region
    is_ruled: bool
    is_whole: bool = True
    has_begun: bool = False
    has_ended: bool = False

    @property
    def box(self) -> Box:
        return surrounding([datum.place.box for datum in self.data])


class Text(NamedTuple):
    """What stands in a place, on one line, and the box of it alone."""

    text: str
    box: Box


def text_at(sheet: Sheet, box: Box) -> Text:
    """The words whose characters stand in a box, line by line; text set on its side is turned upright first."""
    glyphs = _glyphs_in(sheet, box)
    visible = [glyph for glyph in glyphs if not glyph.is_space]
    if not visible:
        return Text("", box)
    around = surrounding([glyph[1:] for glyph in visible])
    width, height = sheet.width, sheet.height
    for _ in range(turns_of(glyphs) if len(visible) > 1 else 0):
        glyphs = Glyphs(turned(glyph, width) for glyph in glyphs)
        width, height = height, width
    lines = lines_of(Sheet(sheet.number, width, height, glyphs))
    return Text(" ".join(word.text for line in lines for word in line), around)


def is_number(text: str) -> bool:
    """Whether a cell's text stands in a number's place: a number, a rate, a dash or "n/a"."""
    plain = text.strip().strip("()")
    return numbers.cell(plain) is not None or numbers.says_nothing(plain)


class Word(NamedTuple):
    text: str
    box: Box


def lines_of(sheet: Sheet) -> list[list[Word]]:
    """The words of a page on their lines, from top to bottom and from left to right."""
    words = [
        Word("".join(glyph.text for glyph in word), surrounding([glyph[1:] for glyph in word]))
        for piece in all_pieces(sheet)
        for word in piece.words
    ]
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.box[1] + word.box[3]) / 2):
        if lines and on_one_line(lines[-1][0].box, word.box):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_with_years_whole(sorted(line, key=lambda word: word.box[0])) for line in lines]


def _with_years_whole(line: list[Word]) -> list[Word]:
    """The "2006", "/" and "2007" of a label, or of a heading, as one word."""
    whole: list[Word] = []
    while line:
        length = next((length for length in (3, 2) if _is_year_of(line[:length], length)), 1)
        joined = " ".join(word.text for word in line[:length])
        whole.append(Word(joined, surrounding([word.box for word in line[:length]])))
        line = line[length:]
    return whole


def _is_year_of(words: Sequence[Word], length: int) -> bool:
    """Whether so many words that stand close together name one year."""
    gaps = [right.box[0] - left.box[2] for left, right in pairwise(words)]
    height = words[0].box[3] - words[0].box[1]
    close = len(words) == length and max(gaps) < WORD_SPACE * height
    return close and numbers.year(" ".join(word.text for word in words)) is not None


def _glyphs_in(sheet: Sheet, box: Box) -> Glyphs:
    """The characters whose middles lie in a box, as stored."""
    left, top, right, bottom = box
    heights, stored = _by_height(sheet)
    at_height = stored[bisect_left(heights, top) : bisect_right(heights, bottom)]
    glyphs = sheet.glyphs
    return Glyphs(
        glyphs[index]
        for index in sorted(at_height)
        if left <= (glyphs[index].x0 + glyphs[index].x1) / 2 <= right
    )


@lru_cache(maxsize=8)
def _by_height(sheet: Sheet) -> tuple[list[float], list[int]]:
    """How far down the middles of a page's characters lie, in order, and which characters those are.

    Remembered, since a table asks for hundreds of boxes of one page.
    """
    middles = [(glyph.top + glyph.bottom) / 2 for glyph in sheet.glyphs]
    stored = sorted(range(len(middles)), key=middles.__getitem__)
    return [middles[index] for index in stored], stored


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
