"""A picture of one page, for the review screen and for the public. Runs in a child process (warm.py)."""

import io
from typing import Any

from PIL import Image

from .pdf import open_pdf
from .types import Unreadable

_WIDEST = 2400
# A page so many times higher than wide is no page of a letter.
_HIGHEST = 4
# Bytes beyond which a picture is compressed with some loss, of which so much quality (of 100) is left.
_LARGEST_SHARP = 150_000
_QUALITY = 60


def picture(content: bytes, most_pages: int, page: int, width: int) -> bytes:
    """One page (from 1) as WebP, `width` pixels wide. Raises Unreadable where there is no such page."""
    opened = open_pdf(content, most_pages)
    if not 1 <= page <= opened.page_count:
        raise Unreadable("no-such-page", f"The PDF has no page {page}.")
    drawn = opened.document[page - 1]
    wide, high = drawn.get_size()
    if high > _HIGHEST * wide:
        raise Unreadable("no-such-page", f"Page {page} is too long and narrow to be shown.")
    return _compressed(drawn.render(scale=min(width, _WIDEST) / wide, may_draw_forms=False).to_pil())


def _compressed(image: Image.Image) -> bytes:
    """Without loss, which suits print on white; a scan, which is too large so, as a photograph."""
    sharp = _as_webp(image, lossless=True)
    return sharp if len(sharp) <= _LARGEST_SHARP else _as_webp(image, quality=_QUALITY)


def _as_webp(image: Image.Image, **how: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, "WEBP", **how)
    return file.getvalue()
