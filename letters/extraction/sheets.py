"""Makes sheets of what a reader finds on a page: cleaned, turned upright, and without what nobody can read there."""

from collections.abc import Iterable
from operator import sub

from .covered import uncovered
from .glyphs import Glyph, Glyphs, Sheet, turned, turns_of
from .types import Box

# Print smaller than this, in points, is not meant to be read.
SMALLEST = 4.0


def sheet(number: int, width: float, height: float, glyphs: Glyphs, rules: Iterable[Box] = ()) -> Sheet:
    """The page's characters cleaned, turned upright, and without those that nobody can read there."""
    inside = _inside(glyphs, width, height)
    turns = turns_of(inside)
    for _ in range(turns):
        inside = Glyphs(turned(glyph, width) for glyph in inside)
        rules = [turned(Glyph("", *rule), width)[1:] for rule in rules]
        width, height = height, width
    return Sheet(number, width, height, uncovered(_legible(inside)), turns, tuple(rules))


def _legible(glyphs: Glyphs) -> Glyphs:
    """Those large enough to be read; a letter on its side is as high as it is wide."""
    if min(map(sub, glyphs.columns.bottoms, glyphs.columns.tops), default=SMALLEST) >= SMALLEST:
        return glyphs  # as nearly always
    return Glyphs(
        glyph for glyph in glyphs if glyph.is_space or max(glyph.size, glyph.x1 - glyph.x0) >= SMALLEST
    )


def _inside(glyphs: Glyphs, width: float, height: float) -> Glyphs:
    """Those whose middle is on the page."""
    if not glyphs:
        return glyphs
    _, x0s, tops, x1s, bottoms = glyphs.columns
    across, down = (
        (min(x0s), min(x1s), max(x0s), max(x1s)),
        (min(tops), min(bottoms), max(tops), max(bottoms)),
    )
    if min(across) >= 0 and max(across) <= width and min(down) >= 0 and max(down) <= height:
        return glyphs  # as nearly always
    return Glyphs(glyph for glyph in glyphs if _is_inside(glyph, width, height))


def _is_inside(glyph: Glyph, width: float, height: float) -> bool:
    _, x0, top, x1, bottom = glyph
    return 0 <= (x0 + x1) / 2 <= width and 0 <= (top + bottom) / 2 <= height
