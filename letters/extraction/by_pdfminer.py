"""The second reader: pdfminer, slower, and independent of pdfium in all that decodes and places text."""

import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import apply_matrix_rect

from .fonts import is_doubtful
from .glyphs import Glyph, Glyphs, Sheet, made, spread
from .ink import Ink
from .painted import Painted, painted
from .sheets import sheet
from .types import Box

# A page with more lines than this is no page of a letter, and its lines are not looked at.
_MOST_RULES = 4000
# A rule is no thicker than this, in points.
_THICKEST = 2.5


class SlowDocument:
    """A PDF as pdfminer sees it. Raises all kinds of errors on broken files."""

    def __init__(self, pdf: bytes, page_count: int) -> None:
        self._document = PDFDocument(PDFParser(io.BytesIO(pdf)))
        self._manager = PDFResourceManager()
        self._pages = list(islice(PDFPage.create_pages(self._document), page_count + 1))
        self.page_count = len(self._pages)

    @property
    def catalog(self) -> dict[str, Any]:
        return self._document.catalog

    def page_attributes(self) -> Iterator[dict[str, Any]]:
        """The page dictionaries, unresolved."""
        return (page.attrs for page in self._pages)

    def has_doubtful_fonts(self) -> bool:
        """Whether a font that the pages read so far use contradicts itself on its digits."""
        return is_doubtful(self._manager._cached_fonts.values())

    def sheet(self, number: int, ink: Ink) -> Sheet:
        """The visible characters of a page; what is visible, pdfium's picture tells."""
        page = self._pages[number - 1]
        found = painted(page, self._manager)
        left, bottom, right, top = _crop(page)
        rules = list(islice(_rules(found, left, top), _MOST_RULES + 1))
        return sheet(
            number,
            right - left,
            top - bottom,
            ink.shown(Glyphs(_glyphs(found, left, top))),
            rules if len(rules) <= _MOST_RULES else (),
        )


def _glyphs(found: Painted, left: float, top: float) -> list[Glyph]:
    glyphs: list[Glyph] = []
    for text, (x0, y0, x1, y1) in zip(found.texts, found.boxes, strict=True):
        box = x0 - left, top - y1, x1 - left, top - y0
        if len(text) == 1:
            glyphs.append(made((text, *box)))
        else:
            glyphs.extend(spread(text, box))
    return glyphs


def _rules(found: Painted, left: float, top: float) -> Iterator[Box]:
    """The straight lines of a page: those drawn as such, thin rectangles, and the sides of others."""
    for (path_x0, y0, path_x1, y1), points in found.paths:
        x0, x1, upper, lower = path_x0 - left, path_x1 - left, top - y1, top - y0
        if x1 - x0 <= _THICKEST or lower - upper <= _THICKEST:
            yield x0, upper, x1, lower
        elif points in {4, 5}:
            yield from ((x0, upper, x1, upper), (x0, lower, x1, lower))
            yield from ((x0, upper, x0, lower), (x1, upper, x1, lower))


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
