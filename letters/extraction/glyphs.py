"""Single characters with their places on a page, and which of them may be believed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import compress, pairwise, product
from operator import ne, or_, sub
from typing import Any, NamedTuple

from .characters import SPACES
from .types import Box

# Print smaller than this, in points, is not meant to be read.
SMALLEST = 4.0
# Two different characters nearer than this, as part of their height, cover one another.
COVERING = 0.12
# A page is looked through by spots of so many points; in each, the last so many characters are compared.
_SPOT = 4
_STACKED = 8
UNCLEAR = "\ufffd"


class Glyph(NamedTuple):
    """One character as displayed: points from the top left of the page, text running to the right."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def is_space(self) -> bool:
        return self.text in SPACES


# Makes a glyph of a tuple of its five members, at a third of the cost of naming them.
made: "partial[Any]" = partial(tuple.__new__, Glyph)


class Columns(NamedTuple):
    """The members of glyphs, each for all of them."""

    texts: Sequence[str] = ()
    x0s: Sequence[float] = ()
    tops: Sequence[float] = ()
    x1s: Sequence[float] = ()
    bottoms: Sequence[float] = ()


class Glyphs(tuple[Glyph, ...]):
    """Characters of one page. What is asked of nearly all is asked of their columns, which are made once."""

    @cached_property
    def columns(self) -> Columns:
        return Columns(*zip(*self, strict=True)) if self else Columns()

    @cached_property
    def levels(self) -> list[tuple[int, int]]:
        """Where characters begin and end that are stored one after another and have one top and one bottom."""
        _, _, tops, _, bottoms = self.columns
        changes = map(or_, map(ne, tops[1:], tops), map(ne, bottoms[1:], bottoms))
        starts = [0, *compress(range(1, len(self)), changes)]
        return [*pairwise([*starts, len(self)])] if self else []


def spread(text: str, box: Box) -> Iterator[Glyph]:
    """The characters that one drawn shape stands for, such as the two of a ligature, side by side in its box."""
    if len(text) == 1:
        yield Glyph(text, *box)
        return
    x0, top, x1, bottom = box
    step = (x1 - x0) / max(1, len(text))
    for index, char in enumerate(text):
        yield Glyph(char, x0 + index * step, top, x0 + (index + 1) * step, bottom)


@dataclass(frozen=True, eq=False)
class Sheet:
    """What one reader finds on a page: its visible characters, in the order in which the file stores them.

    A sheet is itself and equal to no other, so that what is made of it can be remembered with it.

    `turns` is how often the characters were turned by a quarter to make the text run to the right. `rules` are the
    lines drawn on the page, as thin boxes; only the second reader finds them.
    """

    number: int
    width: float
    height: float
    glyphs: Glyphs
    turns: int = 0
    rules: tuple[Box, ...] = ()

    @cached_property
    def legible(self) -> int:
        """How many of its characters are no spaces."""
        return sum([glyph[0] not in SPACES for glyph in self.glyphs])

    def fraction(self, box: Box) -> Box:
        """A box in points of this sheet as fractions of the page as displayed."""
        x0, top, x1, bottom = box
        unit = (x0 / self.width, top / self.height, x1 / self.width, bottom / self.height)
        for _ in range(self.turns):
            unit = (1 - unit[3], unit[0], 1 - unit[1], unit[2])
        return (_fraction(unit[0]), _fraction(unit[1]), _fraction(unit[2]), _fraction(unit[3]))


def _fraction(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), 4)


def sheet(number: int, width: float, height: float, glyphs: Glyphs, rules: Iterable[Box] = ()) -> Sheet:
    """The page's characters cleaned, turned upright, and without those that nobody can read there."""
    inside = _inside(glyphs, width, height)
    turns = turns_of(inside)
    for _ in range(turns):
        inside = Glyphs(turned(glyph, width) for glyph in inside)
        rules = [turned(Glyph("", *rule), width)[1:] for rule in rules]
        width, height = height, width
    return Sheet(number, width, height, _uncovered(_legible(inside)), turns, tuple(rules))


def as_displayed(sheet: Sheet) -> Sheet:
    """The page as displayed, before it was turned for text that runs up or down: then it is that of headings only."""
    glyphs, rules, width, height = sheet.glyphs, sheet.rules, sheet.width, sheet.height
    for _ in range(-sheet.turns % 4):
        glyphs = Glyphs(turned(glyph, width) for glyph in glyphs)
        rules = tuple(turned(Glyph("", *rule), width)[1:] for rule in rules)
        width, height = height, width
    return Sheet(sheet.number, width, height, glyphs, 0, rules)


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


def turns_of(glyphs: Glyphs) -> int:
    """How many quarter turns anticlockwise make most of the text run to the right."""
    # What is more than half is more than all the others can be; two thirds of the characters nearly always have it.
    ends = 2 * len(glyphs) // 3, len(glyphs)
    if any(_run_right(glyphs, end) > len(glyphs) / 2 for end in ends):
        return 0
    ways = Counter(way for one, other in pairwise(glyphs) if (way := _way(one, other)) is not None)
    return ways.most_common(1)[0][0] if ways else 0


def _run_right(glyphs: Glyphs, end: int) -> int:
    """How many of the first characters have the next letter of their line to the right of them: no need to measure."""
    x0s, tops, x1s, bottoms = (side[: end + 1] for side in glyphs.columns[1:])
    beside = zip(x0s, x0s[1:], x1s, x1s[1:], tops, tops[1:], bottoms, bottoms[1:], strict=False)
    return sum(
        [
            top == next_top
            and bottom == next_bottom
            and x0 < next_x0
            and x0 <= x1 <= next_x1 <= x0 + 2 * (bottom - top)
            for x0, next_x0, x1, next_x1, top, next_top, bottom, next_bottom in beside
        ]
    )


def _way(one: Glyph, other: Glyph) -> int | None:
    _, x0, top, x1, bottom = one
    _, other_x0, other_top, other_x1, other_bottom = other
    across = (other_x0 + other_x1 - x0 - x1) / 2
    down = (other_top + other_bottom - top - bottom) / 2
    reach = 2 * max(x1 - x0, bottom - top)
    if abs(across) > reach or abs(down) > reach:
        return None
    if abs(across) >= abs(down):
        return 0 if across > 0 else 2
    return 1 if down > 0 else 3


def turned(glyph: Glyph, width: float) -> Glyph:
    """A quarter turn anticlockwise: what ran down now runs to the right."""
    return Glyph(glyph.text, glyph.top, width - glyph.x1, glyph.bottom, width - glyph.x0)


def _uncovered(glyphs: Glyphs) -> Glyphs:
    """Each character once: what was drawn twice for boldness counts once, what covers another is unclear."""
    repeated, covered = set(), set()
    for index, other in _upon_each_other(glyphs):
        if glyphs[index].text == glyphs[other].text:
            repeated.add(index)
        else:
            covered |= {index, other}
    if not repeated and not covered:
        return glyphs
    return Glyphs(
        glyph._replace(text=UNCLEAR) if index in covered else glyph
        for index, glyph in enumerate(glyphs)
        if index not in repeated
    )


def _upon_each_other(glyphs: Glyphs) -> Iterator[tuple[int, int]]:
    """Pairs of indices, the later first, of characters that lie at the same place."""
    spots: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for index in _crowded(glyphs):
        glyph = glyphs[index]
        text, x0, top, _, bottom = glyph
        if text in SPACES:
            continue
        near = COVERING * (bottom - top)
        for spot in product(_spots(x0, near), _spots(bottom, near)):
            for other in spots[spot][-_STACKED:] if spot in spots else ():
                if _same_place(glyph, glyphs[other]):
                    yield index, other
        spots[round(x0 / _SPOT), round(bottom / _SPOT)].append(index)


def _crowded(glyphs: Glyphs) -> Iterable[int]:
    """The indices of characters on lines where any two are so near that one may lie upon the other; mostly none."""
    lines = _starts_by_line(glyphs)
    crowded = {line for band in _bands(sorted(lines)) if _is_crowded(band, lines) for line in band}
    if not crowded:
        return ()
    return [index for index, glyph in enumerate(glyphs) if (glyph.bottom, glyph.top) in crowded]


def _starts_by_line(glyphs: Glyphs) -> dict[tuple[float, float], list[float]]:
    """Where the characters of each line begin across, by the line's bottom and top."""
    lines: defaultdict[tuple[float, float], list[float]] = defaultdict(list)
    _, x0s, tops, _, bottoms = glyphs.columns
    for start, end in glyphs.levels:
        lines[bottoms[start], tops[start]] += x0s[start:end]
    return lines


def _bands(lines: Sequence[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """Lines, as bottom and top, of which none is so near to one of another band that their characters may meet."""
    near = COVERING * max((bottom - top for bottom, top in lines), default=0)
    band: list[tuple[float, float]] = []
    for line in lines:
        if band and line[0] - band[-1][0] >= near:
            yield band
            band = []
        band.append(line)
    if band:
        yield band


def _is_crowded(band: Sequence[tuple[float, float]], lines: dict[tuple[float, float], list[float]]) -> bool:
    """Whether any two characters of a band of lines begin so near to one another across that they may meet."""
    starts = sorted([x0 for line in band for x0 in lines[line]])
    near = COVERING * max(bottom - top for bottom, top in band)
    return len(starts) > 1 and min(map(sub, starts[1:], starts)) < near


def _spots(place: float, near: float) -> Sequence[int]:
    """The spots, one way, in which something may lie as near as this; for nearly every place its own alone."""
    here = round(place / _SPOT)
    inside = _SPOT / 2 - abs(place - here * _SPOT)
    return (here,) if near < inside else (here - 1, here, here + 1)


def _same_place(one: Glyph, other: Glyph) -> bool:
    near = COVERING * min(one.size, other.size)
    return abs(one.x0 - other.x0) < near and abs(one.bottom - other.bottom) < near
