"""The second reader: pdfplumber, slower, and independent of pdfium in all that decodes and places text."""

import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pdfplumber
from pdfminer.layout import LTChar, LTContainer, LTCurve
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import apply_matrix_rect
from pdfplumber.page import Page

from .by_pdfium import Ink
from .fonts import is_doubtful
from .glyphs import Glyph, Sheet, clean_character, sheet, spread
from .types import Box

# A page with more lines than this is no page of a letter, and its lines are not looked at.
_MOST_RULES = 4000
# A rule is no thicker than this, in points.
_THICKEST = 2.5


class SlowDocument:
    """A PDF as pdfplumber sees it. Raises all kinds of errors on broken files."""

    def __init__(self, pdf: bytes, page_count: int) -> None:
        self._document = pdfplumber.open(io.BytesIO(pdf))
        self._pages = list(islice(self._document.pages, page_count + 1))
        self.page_count = len(self._pages)

    @property
    def catalog(self) -> dict[str, Any]:
        return self._document.doc.catalog

    def page_attributes(self) -> Iterator[dict[str, Any]]:
        """The page dictionaries, unresolved."""
        return (page.page_obj.attrs for page in self._pages)

    def has_doubtful_fonts(self) -> bool:
        """Whether a font of the pages that were read contradicts itself on its digits."""
        return is_doubtful(self._document.rsrcmgr._cached_fonts.values())

    def sheet(self, number: int, ink: Ink) -> Sheet:
        """The visible characters of a page; what is visible, pdfium's picture tells."""
        page = self._pages[number - 1]
        try:
            width, height, glyphs = _glyphs(page)
            rules = list(islice(_rules(page), _MOST_RULES + 1))
        finally:
            page.close()
        return sheet(
            number, width, height, filter(ink.shows, glyphs), rules if len(rules) <= _MOST_RULES else ()
        )


def _glyphs(page: Page) -> tuple[float, float, list[Glyph]]:
    layout = page.layout
    left, bottom, right, top = _crop(page.page_obj)
    glyphs = [
        glyph
        for char in _chars(layout)
        for glyph in spread(
            clean_character(char.get_text()), (char.x0 - left, top - char.y1, char.x1 - left, top - char.y0)
        )
    ]
    return right - left, top - bottom, glyphs


def _chars(container: LTContainer[Any]) -> Iterator[LTChar]:
    for item in container:
        if isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTContainer):
            yield from _chars(item)


def _rules(page: Page) -> Iterator[Box]:
    """The straight lines of a page: those drawn as such, thin rectangles, and the sides of others."""
    left, _, _, top = _crop(page.page_obj)
    for curve in _curves(page.layout):
        x0, x1, upper, lower = curve.x0 - left, curve.x1 - left, top - curve.y1, top - curve.y0
        if x1 - x0 <= _THICKEST or lower - upper <= _THICKEST:
            yield x0, upper, x1, lower
        elif len(curve.pts) in {4, 5}:
            yield from ((x0, upper, x1, upper), (x0, lower, x1, lower))
            yield from ((x0, upper, x0, lower), (x1, upper, x1, lower))


def _curves(container: LTContainer[Any]) -> Iterator[LTCurve]:
    """Lines, rectangles and curves: each is a kind of curve."""
    for item in container:
        if isinstance(item, LTCurve):
            yield item
        elif isinstance(item, LTContainer):
            yield from _curves(item)


def _crop(page: PDFPage) -> Box:
    """The page's visible part in pdfminer's coordinates: left, bottom, right, top, turned as it is displayed."""
    media, crop = _upright(page.mediabox), _upright(page.cropbox)
    visible = max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
    if visible[0] >= visible[2] or visible[1] >= visible[3]:
        visible = media
    x0, y0, x1, y1 = page.mediabox
    turns = {90: (0, -1, 1, 0, -y0, x1), 180: (-1, 0, 0, -1, x1, y1), 270: (0, 1, -1, 0, y1, -x0)}
    return apply_matrix_rect(turns.get(page.rotate, (1, 0, 0, 1, -x0, -y0)), visible)


def _upright(box: Box) -> Box:
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
