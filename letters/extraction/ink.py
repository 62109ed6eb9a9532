"""A page as drawn: which of its characters can be seen, whichever reader found them."""

from collections.abc import Iterable
from dataclasses import dataclass

from .characters import SPACES
from .glyphs import Glyph

# Pixels a point at which a page is drawn to see what of its text is visible.
SCALE = 1.4
# Grey levels, of 256, by which ink differs from paper at least.
_CONTRAST = 14
_WHITE, _DARK, _NEITHER = 255, 0, 128
# Grey levels by whether they differ from white enough to be ink on it.
_PLAINLY = bytes(
    _WHITE if level == _WHITE else _DARK if level <= _WHITE - _CONTRAST else _NEITHER for level in range(256)
)
# How far down a line, as parts of its height: where most letters have ink, where full stops and commas have, and where
# there is paper over nearly all.
_PLACES = (0.5, 0.8, 0.0)
# A character lower than this, in points, has too few rows of pixels to leave any out.
_LOW = 6.0


@dataclass(frozen=True)
class Levels:
    """A drawn page: the grey levels of its pixels, row by row."""

    wide: int
    high: int
    pixels: memoryview


class Ink:
    """A page as drawn, to tell visible characters from hidden ones, whichever reader found them.

    `from_picture`: what stands there in ink is a picture's, so that the text may differ from what people see.
    """

    def __init__(self, drawn: Levels, hidden: Iterable[Glyph] = (), from_picture: bool = False) -> None:
        self._wide, self._high, self._levels = drawn.wide, drawn.high, drawn.pixels
        self._hidden = {(round(glyph.x0 / 2), round(glyph.bottom / 2)) for glyph in hidden}
        self.from_picture = from_picture

    @property
    def is_blank(self) -> bool:
        """Whether nothing is drawn on the page."""
        levels = bytes(self._levels)
        return max(levels) - min(levels) < _CONTRAST

    def shown(self, glyphs: Iterable[Glyph]) -> list[Glyph]:
        """The characters at whose places something is drawn, by other than unpainted text; and all spaces."""
        kept = []
        wide, scale = self._wide, SCALE
        lines: dict[tuple[float, float], list[bytes]] = {}
        last_top = last_bottom = None
        middle = low = highest = b""
        for glyph in self._not_hidden(glyphs):
            text, x0, top, x1, bottom = glyph
            if text in SPACES:
                kept.append(glyph)
                continue
            left, right = int(x0 * scale), int(x1 * scale) + 1
            if left < 0 or right > wide:
                left, right = max(0, left), min(wide, right)
                if left >= right:
                    continue
            # Nearly all stand on the same line as the one before.
            if top != last_top or bottom != last_bottom:
                last_top, last_bottom = line = top, bottom
                if line not in lines:
                    lines[line] = [self._row(glyph, place) for place in _PLACES]
                middle, low, highest = lines[line]
            # These rows show nearly every character, which spares looking at all of them.
            pixels = middle[left:right]
            if _DARK in pixels and _WHITE in pixels:
                kept.append(glyph)
                continue
            pixels += low[left:right] + highest[left:right]
            if (_DARK in pixels and _WHITE in pixels) or self._differs(glyph, left, right):
                kept.append(glyph)
        return kept

    def _not_hidden(self, glyphs: Iterable[Glyph]) -> Iterable[Glyph]:
        hidden = self._hidden
        if not hidden:
            return glyphs
        return [
            glyph
            for glyph in glyphs
            if glyph[0] in SPACES or (round(glyph[1] / 2), round(glyph[4] / 2)) not in hidden
        ]

    def _row(self, glyph: Glyph, place: float) -> bytes:
        """One of the rows of pixels in which all of a line are looked for, in white, dark and what is neither.

        `place` is how far down, as a part of the line's height.
        """
        rows = self._rows(glyph)
        start = rows[0] + int(place * (rows[-1] - rows[0]) / 2) * 2 if rows else self._high
        return bytes(self._levels[start * self._wide : (start + 1) * self._wide]).translate(_PLAINLY)

    def _rows(self, glyph: Glyph) -> range:
        """The rows of pixels in which a character is looked for."""
        text, _, top, _, bottom = glyph
        first, end = max(0, int(top * SCALE)), min(self._high, int(bottom * SCALE) + 1)
        return range(first, end, 2 if bottom - top > _LOW and text.isalnum() else 1)

    def _differs(self, glyph: Glyph, left: int, right: int) -> bool:
        """Whether ink and paper are among the grey levels between these columns of pixels."""
        starts = (row * self._wide for row in self._rows(glyph))
        levels = b"".join([self._levels[start + left : start + right] for start in starts])
        return levels != b"" and max(levels) - min(levels) >= _CONTRAST
