"""A picture of one page for the review screen. Runs in a child process (warm.py)."""

import io

from .pdf import open_pdf
from .types import Unreadable

_WIDEST = 2400
# A page so many times higher than wide is no page of a letter.
_HIGHEST = 4


def picture(content: bytes, most_pages: int, page: int, width: int) -> bytes:
    """One page (from 1) as a PNG, `width` pixels wide. Raises Unreadable where there is no such page."""
    opened = open_pdf(content, most_pages)
    if not 1 <= page <= opened.page_count:
        raise Unreadable("no-such-page", f"The PDF has no page {page}.")
    drawn = opened.document[page - 1]
    wide, high = drawn.get_size()
    if high > _HIGHEST * wide:
        raise Unreadable("no-such-page", f"Page {page} is too long and narrow to be shown.")
    file = io.BytesIO()
    drawn.render(scale=min(width, _WIDEST) / wide, may_draw_forms=False).to_pil().save(file, "PNG")
    return file.getvalue()
