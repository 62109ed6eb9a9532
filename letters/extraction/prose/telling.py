"""Tells a letter: a PDF's bytes in, its pages in the letter's own words out. Runs in a child process (warm.py)."""

from collections.abc import Iterator, Sequence

import pypdfium2

from ..by_pdfium import FastPage
from ..pdf import OpenedPdf, open_pdf
from .lines import Line, Lines, lines_of
from .order import in_order
from .paragraphs import Usual, blocks, usual
from .running import without_repeats
from .tables import Table, parted
from .types import Block, Page

# A page with more lines than this is no page of a letter.
_MOST_LINES = 300
_A4 = (595.0, 842.0)


def tell(content: bytes, most_pages: int) -> tuple[Page, ...]:
    """The pages of a letter. Raises Unreadable where the file is no PDF that can be opened."""
    opened = open_pdf(content, most_pages)
    pages = without_repeats([_lines(opened, number) for number in range(1, opened.page_count + 1)])
    typical = usual(pages)
    return tuple(
        Page(page.number, page.width, page.height, tuple(_told(page.lines, typical))) for page in pages
    )


def _lines(opened: OpenedPdf, number: int) -> Lines:
    """A page's lines; none of a page that is damaged."""
    try:
        with FastPage(opened.document, number) as page:
            return lines_of(page)
    except pypdfium2.PdfiumError:
        return Lines(number, *_A4)


def _told(lines: Sequence[Line], typical: Usual) -> Iterator[Block]:
    if len(lines) > _MOST_LINES:
        yield from _line_by_line(lines)
        return
    for part in parted(lines):
        if isinstance(part, Table):
            yield Block("table", part.rows)
        elif ordered := in_order(part):
            yield from blocks(ordered, lines, typical)
        else:
            yield from _line_by_line(part)


def _line_by_line(lines: Sequence[Line]) -> Iterator[Block]:
    """As stored: an order that the letter's own program chose is less wrong than one made up."""
    return (Block("line", ((line.text,),)) for line in lines)
