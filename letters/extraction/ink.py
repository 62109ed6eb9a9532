"""A page as drawn: which of its characters can be seen, whichever reader found them."""

from collections.abc import Iterable
from dataclasses import dataclass

from .glyphs import SPACES, Glyph

# Pixels a point at which a page is drawn to see what of its text is visible.
SCALE = 1.4
# Grey levels, of 256, by which ink differs from paper at least.
_CONTRAST = 14
_WHITE, _DARK, _NEITHER = 255, 0, 128
# Grey levels by whether they differ from white enough to be ink on it.
_PLAINLY = bytes(
    _WHITE if level == _WHITE else _DARK if level <= _WHITE - _CONTRAST else _NEITHER for level in range(256)
)
# A character lower than this, in points, has too few rows of pixels to leave any out.
_LOW = 6.0


@dataclass(frozen=True)
class Levels:
    """A drawn page: the grey levels of its pixels, row by row."""

    wide: int
    high: int
    pixels: bytes


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
        return max(self._levels) - min(self._levels) < _CONTRAST

    def shown(self, glyphs: Iterable[Glyph]) -> list[Glyph]:
        """The characters at whose places something is drawn, by other than unpainted text; and all spaces."""
        kept = []
        wide, hidden = self._wide, self._hidden
        middles: dict[tuple[float, float], bytes] = {}
        row, last_top, last_bottom = b"", None, None
        for glyph in glyphs:
            text, x0, top, x1, bottom = glyph
            if text in SPACES:
                kept.append(glyph)
                continue
            if hidden and (round(x0 / 2), round(bottom / 2)) in hidden:
                continue
            left, right = int(x0 * SCALE), int(x1 * SCALE) + 1
            if left < 0 or right > wide:
                left, right = max(0, left), min(wide, right)
                if left >= right:
                    continue
            # Nearly all stand on the same line as the one before.
            if top != last_top or bottom != last_bottom:
                last_top, last_bottom = line = top, bottom
                if line not in middles:
                    middles[line] = self._middle(glyph)
                row = middles[line]
            # One row through the middle shows nearly every character, and spares looking at the others.
            middle = row[left:right]
            if (_DARK in middle and _WHITE in middle) or self._differs(glyph, left, right):
                kept.append(glyph)
        return kept

    def _middle(self, glyph: Glyph) -> bytes:
        """The row of pixels through the middle of a line, in white, dark and what is neither."""
        rows = self._rows(glyph)
        start = rows[len(rows) // 2] * self._wide if rows else len(self._levels)
        return self._levels[start : start + self._wide].translate(_PLAINLY)

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
