"""What the pictures on a page show by themselves: to tell print from text that was laid over or under a scan."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

import pypdfium2
import pypdfium2.raw as pdfium

from .ink import Levels

# Pictures that cover less of a page than this are logos and signatures.
_LEAST_SHARE = 0.1
# How deep forms within forms are looked into.
_DEEPEST = 3
_CELLS = 20
# Left, bottom, right and top in the page's own points.
_Sides = tuple[float, float, float, float]


def drawn_in_grey(page: pypdfium2.PdfPage, scale: float, notes: bool = True, paper: int = 255) -> Levels:
    """The page as drawn, at so many pixels a point, with the notes on it, on paper of a grey level."""
    drawn = page.render(
        scale=scale,
        grayscale=True,
        may_draw_forms=False,
        draw_annots=notes,
        fill_color=(paper, paper, paper, 255),
        bitmap_maker=pypdfium2.PdfBitmap.new_native,
    )
    # A native bitmap's rows lie one right after another, in memory that lives as long as it is looked at.
    return Levels(drawn.width, drawn.height, memoryview(drawn.buffer).cast("B"))


class Pictures:
    """The pictures of one page."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self._objects = list(_objects(page, None, pypdfium2.PdfMatrix(), 0))

    @property
    def share(self) -> float:
        """How much of the page they cover, from 0 to 1."""
        images = [matrix for kind, _, matrix in self._objects if kind == pdfium.FPDF_PAGEOBJ_IMAGE]
        if not images:
            return 0.0
        covered = {cell for matrix in images for cell in self._cells(*matrix.on_rect(0, 0, 1, 1))}
        return len(covered) / _CELLS**2

    def drawn(self, scale: float) -> Levels | None:
        """The page with only its pictures, in grey; None where they are small. Nothing else can be drawn after it."""
        if self.share < _LEAST_SHARE:
            return None
        for kind, item, _ in self._objects:
            if kind not in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM}:
                pdfium.FPDFPageObj_SetIsActive(item, False)
        return drawn_in_grey(self._page, scale)

    @property
    def are_text_alone(self) -> bool:
        """Whether nothing stands on the page but text, and pictures under it."""
        return not self._beside_text

    @contextmanager
    def text_alone(self) -> Iterator[None]:
        """The page with its text alone, and the pictures under it, as long as this lasts."""
        for item in self._beside_text:
            pdfium.FPDFPageObj_SetIsActive(item, False)
        try:
            yield
        finally:
            for item in self._beside_text:
                pdfium.FPDFPageObj_SetIsActive(item, True)

    @cached_property
    def _beside_text(self) -> list[object]:
        """All that is neither text nor a picture painted before the text that stands on it."""
        texts: list[_Sides] = []
        found: list[object] = []
        for kind, item, matrix in self._objects:
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                texts.append(matrix.on_rect(*_bounds(item)))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                picture = matrix.on_rect(0, 0, 1, 1)
                found += [item] if any(_meet(picture, text) for text in texts) else []
            elif kind != pdfium.FPDF_PAGEOBJ_FORM:
                found.append(item)
        return found

    def _cells(self, left: float, bottom: float, right: float, top: float) -> Iterator[tuple[int, int]]:
        """Those of the page's 20 by 20 cells whose middle lies in this rectangle."""
        x0, y0, x1, y1 = self._page.get_bbox()
        for column in range(_CELLS):
            if left <= x0 + (column + 0.5) * (x1 - x0) / _CELLS <= right:
                for row in range(_CELLS):
                    if bottom <= y0 + (row + 0.5) * (y1 - y0) / _CELLS <= top:
                        yield column, row


def _objects(
    page: pypdfium2.PdfPage, form: object, placed: pypdfium2.PdfMatrix, depth: int
) -> Iterator[tuple[int, object, pypdfium2.PdfMatrix]]:
    """Kind, object and place of everything on a page, also within its forms."""
    count = pdfium.FPDFFormObj_CountObjects(form) if form else pdfium.FPDFPage_CountObjects(page)
    for index in range(count):
        item = pdfium.FPDFFormObj_GetObject(form, index) if form else pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind not in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM}:
            yield kind, item, placed
            continue
        matrix = _matrix_of(item).multiply(placed)
        yield kind, item, matrix
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            yield from _objects(page, item, matrix, depth + 1)


def _bounds(item: object) -> _Sides:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _meet(one: _Sides, other: _Sides) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _matrix_of(item: object) -> pypdfium2.PdfMatrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return pypdfium2.PdfMatrix.from_raw(matrix)
