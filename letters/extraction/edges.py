"""Running heads and feet: what stands at the same edge of several pages, in the middle of a sentence that goes on."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from .glyphs import Glyphs, Sheet
from .layout import Piece, pieces

# The parts of the page height at its top and bottom in which they stand.
_EDGE = 0.1
_PAGE_NUMBER = re.compile(r"\W*(?:page\W*)?\d{1,2}(?:\s*(?:of|/)\s*\d{1,2})?\W*$", re.IGNORECASE)
_WORDS = re.compile(r"[a-z]{3}", re.IGNORECASE)


def without_edges(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The pages without the lines that stand in the same place on another, whatever page number they end in."""
    sheets = list(sheets)
    if len(sheets) < 2:
        return sheets
    at_edges = [list(_at_edges(sheet)) for sheet in sheets]
    often = Counter(sign for found in at_edges for sign in {_sign(piece) for piece in found})
    return [
        _without(sheet, [piece for piece in found if often[_sign(piece)] > 1])
        for sheet, found in zip(sheets, at_edges, strict=True)
    ]


def _at_edges(sheet: Sheet) -> Iterator[Piece]:
    top, bottom = sheet.height * _EDGE, sheet.height * (1 - _EDGE)
    for piece in pieces(sheet):
        if (piece.box[3] < top or piece.box[1] > bottom) and _WORDS.search(piece.text):
            yield piece


def _sign(piece: Piece) -> tuple[str, int]:
    """What is the same on every page: the words without a page number, and how high they stand."""
    return _PAGE_NUMBER.sub("", piece.text), round(piece.box[1])


def _without(sheet: Sheet, left_out: Sequence[Piece]) -> Sheet:
    gone = {id(glyph) for piece in left_out for word in piece.words for glyph in word}
    if not gone:
        return sheet
    return replace(sheet, glyphs=Glyphs(glyph for glyph in sheet.glyphs if id(glyph) not in gone))
