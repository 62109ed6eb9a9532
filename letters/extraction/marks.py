"""What was laid over a page's text afterwards: notes that cover or strike out, and small pictures pasted over it."""

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
# What covers more of a page than this is a stamp over all of it, its background or a scan.
_LARGEST_SHARE = 0.1
# More objects than this has no page of a letter.
_MOST = 4000


def notes(page: pypdfium2.PdfPage) -> Iterator[Sides]:
    """Where notes cover text or strike it out."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        rect = pdfium.FS_RECTF()
        is_placed = pdfium.FPDFAnnot_GetRect(note, ctypes.byref(rect))
        if is_placed and pdfium.FPDFAnnot_GetSubtype(note) not in _HARMLESS:
            yield from _small(page, (rect.left, rect.top, rect.right, rect.bottom))
        pdfium.FPDFPage_CloseAnnot(note)


def pasted(page: pypdfium2.PdfPage) -> Iterator[Sides]:
    """Where small pictures were painted after text that stands there."""
    things = [
        pdfium.FPDFPage_GetObject(page, index)
        for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST))
    ]
    kinds = [pdfium.FPDFPageObj_GetType(thing) for thing in things]
    for index, kind in enumerate(kinds):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            texts = (
                thing
                for thing, of in zip(things[:index], kinds, strict=False)
                if of == pdfium.FPDF_PAGEOBJ_TEXT
            )
            for picture in _small(page, _sides_of(things[index])):
                if any(_meet(picture, _sides_of(text)) for text in texts):
                    yield picture


def _sides_of(thing: pdfium.FPDF_PAGEOBJECT) -> Sides:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    return left.value, top.value, right.value, bottom.value


def _small(page: pypdfium2.PdfPage, sides: Sides) -> Iterator[Sides]:
    left, top, right, bottom = sides
    width, height = page.get_size()
    if 0 < (right - left) * (top - bottom) < _LARGEST_SHARE * width * height:
        yield sides


def _meet(one: Sides, other: Sides) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[3] < other[1] and other[3] < one[1]
