"""Characters that something drawn on the page goes through or covers: lines of any slant, boxes, pictures, notes.

The page is drawn as it is, and once more with its text alone. Where nothing else touches a character both show the
same, or the same on paper of another even colour. Whatever else is there was drawn over it, or strikes it out.
"""

from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from .characters import SPACES
from .glyphs import Glyph, Glyphs
from .ink import CONTRAST, SCALE, Levels
from .scanned import Pictures, drawn_in_grey
from .types import Box

# The part of a character's box, across and down, in which nothing else may be drawn: a line under or beside it is not.
_ACROSS = (0.15, 0.85)
_DOWN = (0.25, 0.72)
# Grey levels, of 256, by which text on even paper may differ from text on white.
_UNEVEN = 20
_WHITE, _BLACK = 255, 0
# So many columns of pixels has an upright rule of a table, into which a long word may reach.
_RULE = 2
# Rows and columns of pixels: the first, and the one after the last.
_Window = tuple[int, int, int, int]


def overdrawn(page: pypdfium2.PdfPage, pictures: Pictures, drawn: Levels, glyphs: Glyphs) -> list[Box]:
    """The places of characters through or over which something else is drawn; `drawn` is the page as it is."""
    if pictures.are_text_alone and not pdfium.FPDFPage_GetAnnotCount(page):
        return []
    with pictures.text_alone():
        on_white = drawn_in_grey(page, SCALE, notes=False)
        touched = [*_touched(glyphs, drawn, on_white)]
        if not touched:
            return []
        on_black = drawn_in_grey(page, SCALE, notes=False, paper=_BLACK)
    return [
        glyph[1:]
        for glyph, window in touched
        if not _is_on_even_paper(*(_cut(levels, window) for levels in (drawn, on_white, on_black)))
    ]


def _touched(glyphs: Glyphs, drawn: Levels, alone: Levels) -> Iterator[tuple[Glyph, _Window]]:
    """The characters that look otherwise than on a page with text alone; on most lines none does."""
    for start, end in glyphs.levels:
        line = glyphs[start:end]
        sides = min(glyph.x0 for glyph in line), line[0].top, max(glyph.x1 for glyph in line), line[0].bottom
        whole = _window(sides, drawn, across=(0, 1))
        if whole is None or _cut(drawn, whole) == _cut(alone, whole):
            continue
        for glyph in line:
            window = None if glyph.text in SPACES else _window(glyph[1:], drawn)
            if window and _is_touched(glyph, _cut(drawn, window), _cut(alone, window), window[3] - window[2]):
                yield glyph, window


def _is_touched(glyph: Glyph, drawn: bytes, alone: bytes, wide: int) -> bool:
    """Whether the pixels differ; a letter, unlike a digit, may reach into the rule beside it."""
    if drawn == alone:
        return False
    columns = {
        index % wide for index, (here, there) in enumerate(zip(drawn, alone, strict=True)) if here != there
    }
    return not (glyph.text.isalpha() and len(columns) <= _RULE < wide)


def _window(box: Box, drawn: Levels, across: tuple[float, float] = _ACROSS) -> _Window | None:
    """The pixels in the middle of a place; None where it is not on the page."""
    x0, top, x1, bottom = box
    left, right = (round((x0 + part * (x1 - x0)) * SCALE) for part in across)
    first, end = (round((top + part * (bottom - top)) * SCALE) for part in _DOWN)
    left, first = max(0, left), max(0, first)
    right, end = min(drawn.wide, max(right, left + 1)), min(drawn.high, max(end, first + 1))
    return (first, end, left, right) if left < right and first < end else None


def _cut(levels: Levels, window: _Window) -> bytes:
    first, end, left, right = window
    wide, pixels = levels.wide, levels.pixels
    return b"".join([pixels[row * wide + left : row * wide + right] for row in range(first, end)])


def _is_on_even_paper(drawn: bytes, on_white: bytes, on_black: bytes) -> bool:
    """Whether these pixels are the character's on paper of one colour; white print shows by itself on black alone."""
    alone, paper = max(
        (on_white, _WHITE), (on_black, _BLACK), key=lambda each: max(_distances(each[0], each[1]))
    )
    ink = _distances(alone, paper)
    most, least = ink.index(max(ink)), ink.index(min(ink))
    if ink[most] < CONTRAST or ink[least] > _UNEVEN:
        return True  # the character paints nothing here, or everything
    ground, difference = drawn[least], drawn[most] - drawn[least]
    if abs(difference) < CONTRAST:
        return False
    ratio = difference / ink[most]
    return all(abs(level - ground - ratio * here) <= _UNEVEN for level, here in zip(drawn, ink, strict=True))


def _distances(levels: bytes, paper: int) -> Sequence[int]:
    return [abs(level - paper) for level in levels]
