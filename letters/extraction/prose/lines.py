"""The lines of a page as they look: where they stand, how large, in which weight."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from ..by_pdfium import FastPage
from ..glyphs import Glyph
from ..gutters import whole_lines
from ..layout import Piece, piece_of, pieces
from ..runs import on_one_line

_BULLET = re.compile(r"[•▪‣◦·●■o–-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]")
# Putting words together that were scattered leaves at most such a part as many pieces.
_SCATTERED = 0.6
# In heights of a character: how far apart places are that count as the same.
_ALIGNED = 0.3
# In heights of a character: how far a bullet may stand before its words.
_BULLET_GAP = 3.0


@dataclass(frozen=True)
class Line:
    """A line of a column. `size` is the usual height of its characters, in points; `bold` if all of them are.

    `hyphen` is what it ends with where pdfium takes that for a word's break and leaves it out of the text.
    """

    piece: Piece
    bold: bool
    hyphen: str = ""

    @cached_property
    def text(self) -> str:
        return self.piece.text + self.hyphen

    @cached_property
    def size(self) -> float:
        sizes = Counter(round(glyph.size, 1) for glyph in self._glyphs)
        return sizes.most_common(1)[0][0]

    @property
    def x0(self) -> float:
        return self.piece.box[0]

    @cached_property
    def top(self) -> float:
        """The top of its usual characters: a large figure in a line does not move the line."""
        return min(glyph.top for glyph in self._glyphs if round(glyph.size, 1) == self.size)

    @property
    def x1(self) -> float:
        return self.piece.box[2]

    @property
    def bottom(self) -> float:
        return self.piece.box[3]

    def is_aligned(self, other: "Line") -> bool:
        """Whether two lines begin, end or have their middle at the same place across."""
        begin, end = other.x0 - self.x0, other.x1 - self.x1
        return min(abs(begin), abs(end), abs(begin + end) / 2) < _ALIGNED * self.size

    @property
    def _glyphs(self) -> Iterator[Glyph]:
        return chain.from_iterable(self.piece.words)

    @property
    def first_word_width(self) -> float:
        word = self.piece.words[0]
        return word[-1].x1 - word[0].x0


@dataclass(frozen=True)
class Lines:
    """A page with its lines in the order in which the file stores them."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...] = ()


def lines_of(page: FastPage) -> Lines:
    """The lines of what is visible on a page; none of a scan, whose text is OCR's and not the letter's."""
    sheet, ink = page.sheet()
    if ink.from_picture:
        return Lines(page.number, page.width, page.height)
    type_of = page.type_of_characters()
    found = _with_bullets(_without_scatter(pieces(sheet)))
    lines = tuple(_line(piece, type_of.bold, type_of.hyphens) for piece in found)
    return Lines(page.number, page.width, page.height, lines)


def _without_scatter(found: Sequence[Piece]) -> Sequence[Piece]:
    """Lines put together from words that a program stored one by one; not from a table's cells of one word."""
    joined = whole_lines(found)
    return joined if len(joined) < _SCATTERED * len(found) else found


def _with_bullets(found: Sequence[Piece]) -> list[Piece]:
    """Bullets and numbers of a list put before what they belong to."""
    joined: list[Piece] = []
    for piece in found:
        if joined and _BULLET.fullmatch(joined[-1].text) and _is_right_of(joined[-1], piece):
            joined[-1] = piece_of(piece.page, joined[-1].words + piece.words)
        else:
            joined.append(piece)
    return joined


def _is_right_of(bullet: Piece, piece: Piece) -> bool:
    gap = piece.box[0] - bullet.box[2]
    is_text = any(char.isalpha() for char in piece.text)
    return is_text and 0 <= gap < _BULLET_GAP * piece.height and on_one_line(bullet.box, piece.box)


def _line(piece: Piece, bold: frozenset[tuple[int, int]], hyphens: frozenset[tuple[int, int]]) -> Line:
    last = piece.words[-1][-1]
    has_hyphen = any((round(last.x1) + step, round(last.bottom)) in hyphens for step in (-1, 0, 1))
    return Line(
        piece,
        bold=all(place_of(glyph) in bold for glyph in _letters(piece)),
        hyphen="-" if has_hyphen else "",
    )


def _letters(piece: Piece) -> Sequence[Glyph]:
    """The characters that can be bold: a dash of another font, or a footnote's sign, does not count."""
    every = list(chain.from_iterable(piece.words))
    return [glyph for glyph in every if glyph.text.isalnum()] or every


def place_of(glyph: Glyph) -> tuple[int, int]:
    return round(glyph.x0), round(glyph.bottom)
