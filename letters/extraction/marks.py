"""What was laid over a page's text afterwards: notes that cover or strike out."""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

# Left, top, right and bottom in the page's own points, measured from its lower left.
Sides = tuple[float, float, float, float]

# Notes that leave what is under them as it was.
_HARMLESS = frozenset(
    (
        pdfium.FPDF_ANNOT_LINK,
        pdfium.FPDF_ANNOT_POPUP,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_SQUIGGLY,
    )
)
# A note that covers more of a page than this is a stamp over all of it: what it draws, the page shows (overdrawn.py).
_LARGEST_SHARE = 0.1
# More objects than this has no page of a letter.
_MOST = 4000


def notes(page: pypdfium2.PdfPage) -> Iterator[Sides]:
    """Where notes cover text or strike it out."""
    width, height = page.get_size()
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        if kind not in _HARMLESS:
            sides = _sides_of(note)
            # What is in a form's field is not drawn with the page, so that however large it is nothing else shows it.
            if kind == pdfium.FPDF_ANNOT_WIDGET or _area(sides) < _LARGEST_SHARE * width * height:
                yield sides
        pdfium.FPDFPage_CloseAnnot(note)


def _sides_of(note: pdfium.FPDF_ANNOTATION) -> Sides:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(note, ctypes.byref(rect))
    return rect.left, rect.top, rect.right, rect.bottom


def _area(sides: Sides) -> float:
    left, top, right, bottom = sides
    return (right - left) * (top - bottom)
