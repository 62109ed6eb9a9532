"""A page as drawn: which of its characters can be seen, whichever reader found them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .characters import SPACES
from .glyphs import UNCLEAR, Glyph, Glyphs
from .types import Box

# By the top and bottom of a line, the rows of pixels in which its characters are looked for.
_Rows = dict[tuple[float, float], list[bytes]]

# Pixels a point at which a page is drawn to see what of its text is visible.
SCALE = 1.4
# Grey levels, of 256, by which ink differs from paper at least.
CONTRAST = 14
_WHITE, _DARK, _NEITHER = 255, 0, 128
# Grey levels by whether they differ from white enough to be ink on it.
_PLAINLY = bytes(
    _WHITE if level == _WHITE else _DARK if level <= _WHITE - CONTRAST else _NEITHER for level in range(256)
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

    What stands in one of the `covered` places is drawn there, but whether as text or over it cannot be told.
    `from_picture`: what stands there in ink is a picture's, so that the text may differ from what people see.
    """

    def __init__(
        self,
        drawn: Levels,
        hidden: Iterable[Glyph] = (),
        from_picture: bool = False,
        covered: Sequence[Box] = (),
    ) -> None:
        self._wide, self._high, self._levels = drawn.wide, drawn.high, drawn.pixels
        self._hidden = {(round(glyph.x0 / 2), round(glyph.bottom / 2)) for glyph in hidden}
        self.from_picture = from_picture
        self._covered = covered

    @property
    def is_blank(self) -> bool:
        """Whether nothing is drawn on the page."""
        levels = bytes(self._levels)
        return max(levels) - min(levels) < CONTRAST

    def shown(self, glyphs: Glyphs) -> Glyphs:
        """The characters at whose places something is drawn, by other than unpainted text; and all spaces."""
        drawn = self._drawn(glyphs)
        if not self._covered:
            return drawn
        return Glyphs(glyph._replace(text=UNCLEAR) if self._is_covered(glyph) else glyph for glyph in drawn)

    def _is_covered(self, glyph: Glyph) -> bool:
        text, x0, top, x1, bottom = glyph
        across, down = (x0 + x1) / 2, (top + bottom) / 2
        return text not in SPACES and any(
            box[0] <= across <= box[2] and box[1] <= down <= box[3] for box in self._covered
        )

    def _drawn(self, glyphs: Glyphs) -> Glyphs:
        seen, kept = self._not_hidden(glyphs), []
        _, x0s, tops, x1s, bottoms = seen.columns
        rows: _Rows = {}
        for start, end in seen.levels:
            line = seen[start:end]
            if min(x0s[start:end]) < 0 or max(x1s[start:end]) * SCALE + 1 > self._wide:
                kept += [glyph for glyph in line if self._is_shown(glyph, rows)]
            else:
                kept += self._shown_of_line(line, (tops[start], bottoms[start]), rows)
        return glyphs if len(kept) == len(glyphs) else Glyphs(kept)

    def _shown_of_line(
        self, line: tuple[Glyph, ...], place: tuple[float, float], rows: _Rows
    ) -> Iterable[Glyph]:
        """The same of characters on one height that all are between the sides of the page."""
        if place not in rows:
            first = next((glyph for glyph in line if glyph[0] not in SPACES), None)
            if first is None:
                return line
            rows[place] = self._rows_of_line(first)
        middle, scale = rows[place][0], SCALE
        # This row alone shows nearly every character, which spares looking at all of them.
        return [
            glyph
            for glyph, (text, x0, _, x1, _) in zip(line, line, strict=True)
            if text in SPACES
            or (_DARK in (pixels := middle[int(x0 * scale) : int(x1 * scale) + 1]) and _WHITE in pixels)
            or self._is_shown(glyph, rows)
        ]

    def _is_shown(self, glyph: Glyph, rows: _Rows) -> bool:
        text, x0, top, x1, bottom = glyph
        if text in SPACES:
            return True
        left, right = int(x0 * SCALE), int(x1 * SCALE) + 1
        if left < 0 or right > self._wide:
            left, right = max(0, left), min(self._wide, right)
            if left >= right:
                return False
        if (top, bottom) not in rows:
            rows[top, bottom] = self._rows_of_line(glyph)
        pixels = b"".join([row[left:right] for row in rows[top, bottom]])
        return (_DARK in pixels and _WHITE in pixels) or self._differs(glyph, left, right)

    def _not_hidden(self, glyphs: Glyphs) -> Glyphs:
        hidden = self._hidden
        if not hidden:
            return glyphs
        return Glyphs(
            glyph
            for glyph in glyphs
            if glyph[0] in SPACES or (round(glyph[1] / 2), round(glyph[4] / 2)) not in hidden
        )

    def _rows_of_line(self, glyph: Glyph) -> list[bytes]:
        return [self._row(glyph, place) for place in _PLACES]

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
        return levels != b"" and max(levels) - min(levels) >= CONTRAST
