"""The first reader: pdfium, fast, and able to show what is visible on a page."""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from .glyphs import Glyph, Sheet, clean, clean_character, sheet, spread
from .scanned import Pictures
from .types import Box

# Pixels a point at which a page is drawn to see what of its text is visible.
_SCALE = 1.4
# Grey levels, of 256, by which ink differs from paper at least.
_CONTRAST = 14
# How the names of bold typefaces end, or what they hold; not every file states a weight.
_BOLD = ("bold", "black", "heavy")
_LONGEST_FONT_NAME = 200
# A hyphen at a line's end, soft or not: pdfium puts a sign of its own in its place, which is no text.
_HYPHENS_AT_END = frozenset((0x02, 0xAD))
# Spaces and line ends, which pdfium adds to a text, are no higher codes than this.
_LAST_GENERATED = 0x20
# A character lower than this, in points, has too few rows of pixels to leave any out.
_LOW = 6.0
# So many characters that are used, but stand upon something in a picture, make a page's text doubtful.
_FEW = 10
_UNPAINTED = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})


class Ink:
    """A page as drawn, to tell visible characters from hidden ones, whichever reader found them.

    `from_picture`: what stands there in ink is a picture's, so that the text may differ from what people see.
    """

    def __init__(
        self, picture: Image.Image, hidden: Iterable[Glyph] = (), from_picture: bool = False
    ) -> None:
        self._wide, self._high = picture.size
        self._levels = picture.tobytes()
        self._hidden = {(round(glyph.x0 / 2), round(glyph.bottom / 2)) for glyph in hidden}
        self.from_picture = from_picture

    @property
    def is_blank(self) -> bool:
        """Whether nothing is drawn on the page."""
        return max(self._levels) - min(self._levels) < _CONTRAST

    def shows(self, glyph: Glyph) -> bool:
        """Whether something is drawn where this character stands, by other than unpainted text."""
        if glyph.is_space:
            return True
        if self._hidden and (round(glyph.x0 / 2), round(glyph.bottom / 2)) in self._hidden:
            return False
        _, x0, top, x1, bottom = glyph
        left, right = max(0, int(x0 * _SCALE)), min(self._wide, int(x1 * _SCALE) + 1)
        first, end = max(0, int(top * _SCALE)), min(self._high, int(bottom * _SCALE) + 1)
        if left >= right or first >= end:
            return False
        step = 2 if glyph.text.isalnum() and glyph.size > _LOW else 1
        rows = range(first, end, step)
        # One row through the middle shows nearly every character, and spares looking at the others.
        middle = self._row(rows[len(rows) // 2], left, right)
        return max(middle) - min(middle) >= _CONTRAST or self._differs(rows, left, right)

    def _differs(self, rows: range, left: int, right: int) -> bool:
        """Whether ink and paper are among the grey levels of these rows of pixels."""
        levels = b"".join(self._row(row, left, right) for row in rows)
        return max(levels) - min(levels) >= _CONTRAST

    def _row(self, row: int, left: int, right: int) -> bytes:
        start = row * self._wide
        return self._levels[start + left : start + right]


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
        return clean(self._text.get_text_range(errors="ignore"))

    def sheet(self) -> tuple[Sheet, Ink]:
        """The visible characters, and the page as drawn."""
        painted, hidden = self._characters()
        ink = self._ink(painted, hidden)
        legible = filter(ink.shows, (*painted, *hidden))
        return sheet(self.number, self.width, self.height, legible), ink

    def _ink(self, painted: Sequence[Glyph], hidden: Sequence[Glyph]) -> Ink:
        """The page as drawn; only what its pictures show of it where most of the text stands upon them.

        Then the page is a scan, and the text comes from OCR, whether it is unpainted, under the picture or over it.
        """
        ink = Ink(self._picture(), hidden)
        drawn = self.pictures.drawn(_SCALE)
        if drawn is None:
            return ink
        scan = Ink(drawn, from_picture=True)
        written = [glyph for glyph in (*painted, *hidden) if glyph.text.isalnum()]
        upon = [glyph for glyph in written if scan.shows(glyph)]
        if 2 * len(upon) > len(written):
            return scan
        ink.from_picture = sum(map(ink.shows, upon)) >= _FEW
        return ink

    @property
    def pictures(self) -> Pictures:
        """The pictures on the page."""
        return Pictures(self._page)

    def is_blank(self) -> bool:
        """Whether nothing is drawn on the page."""
        return Ink(self._picture()).is_blank

    def type_of_characters(self) -> Type:
        """What can be seen of the typefaces."""
        place = _Place(self._page)
        bold: set[tuple[int, int]] = set()
        hyphens: set[tuple[int, int]] = set()
        name = ctypes.create_string_buffer(_LONGEST_FONT_NAME)
        for index in range(self._text.count_chars()):
            is_hyphen = pdfium.FPDFText_GetUnicode(self._text, index) in _HYPHENS_AT_END
            if is_hyphen or self._is_bold(index, name):
                x0, _, _, bottom = place.of(self._text.raw, index)
                (hyphens if is_hyphen else bold).add((round(x0), round(bottom)))
        return Type(frozenset(bold), frozenset(hyphens))

    def _is_bold(self, index: int, name: "ctypes.Array[ctypes.c_char]") -> bool:
        name.value = b""
        pdfium.FPDFText_GetFontInfo(self._text, index, name, _LONGEST_FONT_NAME, None)
        written = name.value.decode(errors="ignore").lower()
        return any(part in written for part in _BOLD)

    def _picture(self) -> Image.Image:
        drawn: Image.Image = self._page.render(scale=_SCALE, grayscale=True, may_draw_forms=False).to_pil()
        return drawn

    def _characters(self) -> tuple[list[Glyph], list[Glyph]]:
        """The characters that are painted, and those that are not."""
        painted: list[Glyph] = []
        hidden: list[Glyph] = []
        may_hide = _may_hide_text(self._page)
        for box, group in groupby(self._stored(), key=itemgetter(1)):
            stored = list(group)
            text = "".join([text for _, _, text in stored])
            is_hidden = may_hide and self._is_hidden(stored[0][0])
            (hidden if is_hidden else painted).extend(_drawn(text, box))
        return painted, hidden

    def _stored(self) -> Iterator[tuple[int, Box, str]]:
        """Index, place and cleaned text of the characters that the file holds, not those that pdfium adds."""
        place = _Place(self._page).of
        text = self._text.raw
        unicode, is_generated = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_IsGenerated
        for index in range(self._text.count_chars()):
            code = unicode(text, index)
            # Asked of few, since each question costs as much as the rest: pdfium adds spaces and line ends alone.
            if code <= _LAST_GENERATED and is_generated(text, index) == 1:
                continue
            if code <= 0x10FFFF:
                yield index, place(text, index), clean_character(chr(code))

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


def _drawn(text: str, box: Box) -> Iterator[Glyph]:
    """pdfium gives each letter of a ligature the whole box; digits in one box cover one another instead."""
    if any(char.isdigit() for char in text):
        return (Glyph(char, *box) for char in text)
    return spread(text, box)


class _Place:
    """Where characters stand on the page as displayed: cropped, turned, and measured from the top left."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._left, bottom, right, self._top = page.get_bbox()
        self._wide, self._high = right - self._left, self._top - bottom
        self._quarters = page.get_rotation() // 90
        self._rectangle = pdfium.FS_RECTF()
        self._at = ctypes.byref(self._rectangle)

    def of(self, text: Any, index: int) -> Box:
        """The place of a character of a raw text page."""
        pdfium.FPDFText_GetLooseCharBox(text, index, self._at)
        rectangle = self._rectangle
        x0, x1 = rectangle.left - self._left, rectangle.right - self._left
        top, bottom = self._top - rectangle.top, self._top - rectangle.bottom
        if self._quarters == 1:
            return self._high - bottom, x0, self._high - top, x1
        if self._quarters == 2:
            return self._wide - x1, self._high - bottom, self._wide - x0, self._high - top
        if self._quarters == 3:
            return top, self._wide - x1, bottom, self._wide - x0
        return x0, top, x1, bottom
