"""Makes a scan of a printed letter: a PDF of pictures of its pages, without text."""

import io
import time

import pypdfium2

_DPI = 150
# Pillow writes the time of day into a PDF unless it is told another one.
_ALWAYS = time.gmtime(0)


def scanned(pdf: bytes) -> bytes:
    """The letter as a scanner gives it; the same bytes for the same letter."""
    first, *others = [
        page.render(scale=_DPI / 72, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(pdf)
    ]
    written = io.BytesIO()
    first.save(
        written,
        "PDF",
        resolution=_DPI,
        save_all=True,
        append_images=others,
        creationDate=_ALWAYS,
        modDate=_ALWAYS,
    )
    return written.getvalue()
