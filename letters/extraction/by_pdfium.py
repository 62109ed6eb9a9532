"""The first reader: pdfium, fast, and able to show what is visible on a page."""

import ctypes
import re
from array import array
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, pairwise, repeat
from operator import ne
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from .characters import clean, cleaned
from .glyphs import Glyph, Glyphs, Sheet, made, spread
from .ink import SCALE, Ink, Levels
from .marks import notes
from .overdrawn import overdrawn
from .scanned import Pictures, drawn_in_grey
from .sheets import sheet
from .types import Box

# Left, top, right and bottom of characters, each for all of them.
_Sides = tuple[Sequence[float], Sequence[float], Sequence[float], Sequence[float]]

# How the names of bold typefaces end, or what they hold; not every file states a weight.
_BOLD = ("bold", "black", "heavy")
_LONGEST_FONT_NAME = 200
# A hyphen at a line's end, soft or not: pdfium puts a sign of its own in its place, which is no text.
_HYPHENS_AT_END = frozenset((0x02, 0xAD))
# Spaces and line ends, which pdfium adds to a text, are no higher codes than this.
_LAST_GENERATED = 0x20
_LAST_CODE = 0x10FFFF
# Latin text and its punctuation: of these the text of a page holds what pdfium says of each character. It does not of
# a hyphen at a line's end.
_USUAL = re.compile("[\t\n\r -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u203a\u20ac\u2122]*")
# So many characters that are used, but stand upon something in a picture, make a page's text doubtful.
_FEW = 10
_UNPAINTED = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})


def _address(raw: Any) -> int:
    """Where a raw text page, or a function of pdfium, is in memory."""
    return ctypes.cast(raw, ctypes.c_void_p).value or 0


def _asked_often(function: Any, *arguments: Any, answer: Any = ctypes.c_uint) -> Callable[..., Any]:
    """A function of pdfium that takes plain numbers for addresses: asked of each character, at half the cost."""
    return ctypes.PYFUNCTYPE(answer, ctypes.c_void_p, ctypes.c_int, *arguments)(_address(function))


_code_at = _asked_often(pdfium.FPDFText_GetUnicode)
_is_generated = _asked_often(pdfium.FPDFText_IsGenerated)
_object_at = _asked_often(pdfium.FPDFText_GetTextObject, answer=ctypes.c_void_p)
_place_at = _asked_often(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p)


@dataclass(frozen=True)
class Type:
    """Where characters in bold begin, and hyphens that the text leaves out: left and bottom, in whole points of the
    page before it is turned."""

    bold: frozenset[tuple[int, int]]
    hyphens: frozenset[tuple[int, int]]


class FastPage:
    """One page as pdfium sees it. Use as a context manager: an open page holds much memory."""

    def __init__(self, document: pypdfium2.PdfDocument, number: int) -> None:
        self.number = number
        self._page = document[number - 1]
        self._text = self._page.get_textpage()
        self.width, self.height = self._page.get_size()

    def __enter__(self) -> "FastPage":
        return self

    def __exit__(self, *_: object) -> None:
        self._text.close()
        self._page.close()

    def text(self) -> str:
        """All the page's text as stored, visible or not: good only to see what the page is about."""
        return clean(self._written)

    @cached_property
    def _written(self) -> str:
        text: str = self._text.get_text_range(errors="ignore")
        return text

    def sheet(self) -> tuple[Sheet, Ink]:
        """The visible characters, and the page as drawn."""
        painted, hidden = self._characters()
        ink = self._ink(painted, hidden)
        legible = ink.shown(Glyphs((*painted, *hidden)))
        return sheet(self.number, self.width, self.height, legible), ink

    def _ink(self, painted: Sequence[Glyph], hidden: Sequence[Glyph]) -> Ink:
        """The page as drawn; only what its pictures show of it where most of the text stands upon them.

        Then the page is a scan, and the text comes from OCR, whether it is unpainted, under the picture or over it.
        """
        whole = self._picture()
        over = overdrawn(self._page, self.pictures, whole, Glyphs(painted))
        ink = Ink(whole, hidden, covered=[*self._noted(), *over])
        drawn = self.pictures.drawn(SCALE)
        if drawn is None:
            return ink
        scan = Ink(drawn, from_picture=True)
        written = Glyphs(glyph for glyph in (*painted, *hidden) if glyph.text.isalnum())
        upon = scan.shown(written)
        if 2 * len(upon) > len(written):
            return scan
        ink.from_picture = len(ink.shown(upon)) >= _FEW
        return ink

    def _noted(self) -> list[Box]:
        """Where notes were laid over text."""
        places = [*notes(self._page)]
        return [*zip(*_Place(self._page).displayed(places), strict=True)] if places else []

    @cached_property
    def pictures(self) -> Pictures:
        """The pictures on the page."""
        return Pictures(self._page)

    def is_blank(self) -> bool:
        """Whether nothing is drawn on the page."""
        return Ink(self._picture()).is_blank

    @cached_property
    def _every(self) -> tuple[list[int], _Sides]:
        """Code and place of every character, of those too that pdfium adds."""
        text, count = _address(self._text.raw), self._text.count_chars()
        return self._codes(text, count), _Place(self._page).of_all(text, count)

    def _codes(self, text: int, count: int) -> list[int]:
        """The code of every character: taken from the page's text where it has one for each, which spares asking.

        Were the text shifted against the characters, its spaces would not be where theirs are.
        """
        written = self._written
        if len(written) == count and _USUAL.fullmatch(written):
            spaces = [index for index, char in enumerate(written) if char == " "]
            if set(map(_code_at, repeat(text), spaces)) <= {ord(" ")}:
                return [*map(ord, written)]
        return [*map(_code_at, repeat(text), range(count))]

    def type_of_characters(self) -> Type:
        """What can be seen of the typefaces."""
        codes, (lefts, _, _, bottoms) = self._every
        text = _address(self._text.raw)
        bold: set[tuple[int, int]] = set()
        hyphens: set[tuple[int, int]] = set()
        is_bold: dict[int | None, bool] = {}
        pieces = map(_object_at, repeat(text), range(len(codes)))
        for index, (code, piece) in enumerate(zip(codes, pieces, strict=True)):
            if piece not in is_bold:
                is_bold[piece] = self._is_bold(index)
            if is_bold[piece] or code in _HYPHENS_AT_END:
                place = round(lefts[index]), round(bottoms[index])
                (hyphens if code in _HYPHENS_AT_END else bold).add(place)
        return Type(frozenset(bold), frozenset(hyphens))

    def _is_bold(self, index: int) -> bool:
        """Whether a character is in bold, as all are of the same piece of text."""
        name = ctypes.create_string_buffer(_LONGEST_FONT_NAME)
        pdfium.FPDFText_GetFontInfo(self._text, index, name, _LONGEST_FONT_NAME, None)
        written = name.value.decode(errors="ignore").lower()
        return any(part in written for part in _BOLD)

    def _picture(self) -> Levels:
        return drawn_in_grey(self._page, SCALE)

    def _characters(self) -> tuple[list[Glyph], list[Glyph]]:
        """The characters that are painted, and those that are not."""
        indices, texts, sides = self._stored()
        if not _may_hide_text(self._page):
            return _drawn(texts, sides), []
        hidden = [self._is_hidden(index) for index in indices]
        painted = [not is_hidden for is_hidden in hidden]
        return (
            _drawn([*compress(texts, painted)], _of_some(sides, painted)),
            _drawn([*compress(texts, hidden)], _of_some(sides, hidden)),
        )

    def _stored(self) -> tuple[Sequence[int], Sequence[str], _Sides]:
        """Index, cleaned text and place of the characters that the file holds, not those that pdfium adds."""
        codes, sides = self._every
        text, count = _address(self._text.raw), len(codes)
        # Asked of few, since each question costs as much as the rest: pdfium adds spaces and line ends alone.
        stored = [
            _LAST_GENERATED < code <= _LAST_CODE
            or (code <= _LAST_GENERATED and not _is_generated(text, index))
            for index, code in enumerate(codes)
        ]
        texts = [*map(cleaned, compress(codes, stored))]
        return [*compress(range(count), stored)], texts, _of_some(sides, stored)

    def _is_hidden(self, index: int) -> bool:
        text = pdfium.FPDFText_GetTextObject(self._text, index)
        return pdfium.FPDFTextObj_GetTextRenderMode(text) in _UNPAINTED


def _may_hide_text(page: pypdfium2.PdfPage) -> bool:
    """Whether any text of a page is unpainted; text in forms is not looked into, and taken to be."""
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            return True
        if kind == pdfium.FPDF_PAGEOBJ_TEXT and pdfium.FPDFTextObj_GetTextRenderMode(item) in _UNPAINTED:
            return True
    return False


def _of_some(sides: _Sides, chosen: Sequence[bool]) -> _Sides:
    if all(chosen):
        return sides
    x0s, tops, x1s, bottoms = ([*compress(side, chosen)] for side in sides)
    return x0s, tops, x1s, bottoms


def _drawn(texts: Sequence[str], sides: _Sides) -> list[Glyph]:
    """The characters at their places.

    pdfium gives each letter of a ligature the whole box, where they are put side by side; digits in one box cover one
    another instead.
    """
    glyphs: list[Glyph] = [*map(made, zip(texts, *sides, strict=True))]
    for start, end in reversed(_shared(texts, glyphs, sides)):
        text, box = "".join(texts[start:end]), glyphs[start][1:]
        if any(char.isdigit() for char in text):
            glyphs[start:end] = [Glyph(char, *box) for char in text]
        else:
            glyphs[start:end] = spread(text, box)
    return glyphs


def _shared(texts: Sequence[str], glyphs: Sequence[Glyph], sides: _Sides) -> list[tuple[int, int]]:
    """The stretches of characters that are not one alone in its box: several, or none where the text was cleaned."""
    if all(map(ne, sides[0], sides[0][1:])) and set(map(len, texts)) <= {1}:
        return []  # as on most pages
    alone = [*(one[1:] != other[1:] for one, other in pairwise(glyphs)), True]
    ends = [index for index, is_last in enumerate(alone, 1) if is_last] if glyphs else []
    return [(start, end) for start, end in pairwise([0, *ends]) if end - start > 1 or len(texts[start]) != 1]


class _Place:
    """Where characters stand on the page as displayed: cropped, turned, and measured from the top left."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._left, bottom, right, self._top = page.get_bbox()
        self._wide, self._high = right - self._left, self._top - bottom
        self._quarters = page.get_rotation() // 90

    def of_all(self, text: int, count: int) -> _Sides:
        """The places of all characters of a text page, by its address."""
        sides = array("f", bytes(count * ctypes.sizeof(pdfium.FS_RECTF)))
        first, size = sides.buffer_info()[0], ctypes.sizeof(pdfium.FS_RECTF)
        places = range(first, first + count * size, size)
        deque(map(_place_at, repeat(text), range(count), places), maxlen=0)
        return self._displayed(*(sides[start::4].tolist() for start in range(4)))

    def displayed(self, places: Sequence[Sequence[float]]) -> _Sides:
        """The same of places given by their left, top, right and bottom on the page as stored."""
        return self._displayed(*map(list, zip(*places, strict=True)))

    def _displayed(
        self, lefts: list[float], tops: list[float], rights: list[float], bottoms: list[float]
    ) -> _Sides:
        x0s, x1s = lefts, rights
        if self._left:
            x0s, x1s = [left - self._left for left in lefts], [right - self._left for right in rights]
        tops, bottoms = [self._top - top for top in tops], [self._top - bottom for bottom in bottoms]
        if self._quarters == 1:
            return [self._high - bottom for bottom in bottoms], x0s, [self._high - top for top in tops], x1s
        if self._quarters == 2:
            return (
                [self._wide - x1 for x1 in x1s],
                [self._high - bottom for bottom in bottoms],
                [self._wide - x0 for x0 in x0s],
                [self._high - top for top in tops],
            )
        if self._quarters == 3:
            return tops, [self._wide - x1 for x1 in x1s], bottoms, [self._wide - x0 for x0 in x0s]
        return x0s, tops, x1s, bottoms
