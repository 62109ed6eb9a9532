"""Single characters with their places on a page, and which of them may be believed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import compress, pairwise
from operator import ne, or_
from typing import Any, NamedTuple

from .characters import SPACES
from .types import Box

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


def as_displayed(sheet: Sheet) -> Sheet:
    """The page as displayed, before it was turned for text that runs up or down: then it is that of headings only."""
    glyphs, rules, width, height = sheet.glyphs, sheet.rules, sheet.width, sheet.height
    for _ in range(-sheet.turns % 4):
        glyphs = Glyphs(turned(glyph, width) for glyph in glyphs)
        rules = tuple(turned(Glyph("", *rule), width)[1:] for rule in rules)
        width, height = height, width
    return Sheet(sheet.number, width, height, glyphs, 0, rules)


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
