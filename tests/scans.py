"""Makes scans for tests: letters as pictures of pages, with and without text laid over or under them."""

import io
from collections.abc import Collection

import pikepdf
import pypdfium2
from PIL import Image

# How text can lie on a scan: what stands before it and after it in the page's content, {} being the picture.
LAYERS = {
    "invisible over the picture": ("{} q 3 Tr", "Q"),
    "invisible under the picture": ("q 3 Tr", "Q {}"),
    "painted under the picture": ("q", "Q {}"),
    "transparent over the picture": ("{} q /Clear gs", "Q"),
    "painted over the picture": ("{} q", "Q"),
}


def scan(pdf: bytes, dpi: int = 150, skew: float = 0.0, pages: Collection[int] | None = None) -> bytes:
    """The letter with these pages (all, unless told) as pictures, `skew` degrees askew."""
    drawn = _drawn(pdf, dpi, skew)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, 1):
            if pages is None or number in pages:
                page.Resources = pikepdf.Dictionary()
                page.Contents = document.make_stream(_place(document, page, drawn[number - 1]))
        return _saved(document)


def with_layer(pdf: bytes, text: bytes, layer: str = "invisible over the picture", dpi: int = 100) -> bytes:
    """Pictures of a letter's pages with the text of another one, of as many pages, laid upon them."""
    before, after = LAYERS[layer]
    drawn = _drawn(pdf, dpi, 0)
    with pikepdf.open(io.BytesIO(text)) as document:
        for page, picture in zip(document.pages, drawn, strict=True):
            clear = pikepdf.Dictionary(Clear=pikepdf.Dictionary(ca=0, CA=0))
            page.Resources.ExtGState = clear
            place = _place(document, page, picture).decode()
            page.contents_add(before.format(place).encode(), prepend=True)
            page.contents_add(after.format(place).encode())
        return _saved(document)


def _drawn(pdf: bytes, dpi: int, skew: float) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    return [page.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255) for page in pages]


def _place(document: pikepdf.Pdf, page: pikepdf.Page, picture: Image.Image) -> bytes:
    """The operators that draw a picture over the whole page."""
    stream = document.make_stream(
        picture.tobytes(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
    )
    name = page.add_resource(stream, pikepdf.Name.XObject)
    left, bottom, right, top = map(float, page.mediabox)
    return f"q {right - left} 0 0 {top - bottom} {left} {bottom} cm {name} Do Q".encode()


def _saved(document: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
