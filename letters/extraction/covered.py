"""Characters that lie upon one another, as where a number was pasted over another, or that are struck out."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from operator import sub

from .characters import SPACES
from .glyphs import UNCLEAR, Glyph, Glyphs, Sheet
from .types import Box

# Two different characters nearer than this, as part of their height, cover one another.
COVERING = 0.12
# A page is looked through by spots of so many points; in each, the last so many characters are compared.
_SPOT = 4
_STACKED = 8
# A digit that lies upon this part of another, across, and upon half of it, down, was pasted over it.
_PASTED = 0.25
_PASTED_DOWN = 0.5
_PATCH = 12
_MOST_IN_A_PATCH = 32
# A character so many times as high as a digit is large print; what stands within this part of its upper or lower edge
# is a line above or below it.
_LARGER = 1.5
_EDGE = 0.25
_MOST_LARGE = 500
# A page with more digits is no page of a letter.
_MOST_DIGITS = 6000
# Between these parts of a character's height a line strikes it out; one below underlines it.
_STRUCK = (0.3, 0.75)
# So much of a character's width such a line crosses at least.
_ACROSS = 0.6
_THIN = 2.5


def uncovered(glyphs: Glyphs) -> Glyphs:
    """Each character once: what was drawn twice for boldness counts once, what covers another is unclear."""
    repeated, covered = set(), set()
    for index, other in _upon_each_other(glyphs):
        if glyphs[index].text == glyphs[other].text:
            repeated.add(index)
        else:
            covered |= {index, other}
    for index, other in _digits_upon_each_other(glyphs):
        if not repeated & {index, other}:
            covered |= {index, other}
    covered |= set(_under_large_print(glyphs))
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


def _digits_upon_each_other(glyphs: Glyphs) -> Iterator[tuple[int, int]]:
    """Pairs of indices of digits of which one lies on part of the other, as no two of one number do."""
    digits = [index for index, glyph in enumerate(glyphs) if glyph[0].isdigit()]
    if len(digits) > _MOST_DIGITS:
        return
    patches: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for index in digits:
        across, down = int(glyphs[index].x0 // _PATCH), int(glyphs[index].bottom // _PATCH)
        for patch in product((across - 1, across, across + 1), (down - 1, down, down + 1)):
            for other in patches[patch][-_MOST_IN_A_PATCH:] if patch in patches else ():
                if _is_pasted(glyphs[index], glyphs[other]):
                    yield index, other
        patches[across, down].append(index)


def _under_large_print(glyphs: Glyphs) -> Iterator[int]:
    """The indices of digits that stand in the middle of a far larger character, as under an X or a stamp."""
    digits = [index for index, glyph in enumerate(glyphs) if glyph[0].isdigit()]
    if not digits or len(digits) > _MOST_DIGITS:
        return
    least = _LARGER * min(glyphs[index].size for index in digits)
    large = [glyph for glyph in glyphs if glyph[4] - glyph[2] > least and glyph[0] not in SPACES]
    for index in digits if len(large) <= _MOST_LARGE else ():
        _, x0, top, x1, bottom = glyphs[index]
        across, down, tall = (x0 + x1) / 2, (top + bottom) / 2, _LARGER * (bottom - top)
        for _, left, upper, right, lower in large:
            edge = _EDGE * (lower - upper)
            if lower - upper > tall and left < across < right and upper + edge < down < lower - edge:
                yield index
                break


def _is_pasted(one: Glyph, other: Glyph) -> bool:
    _, x0, top, x1, bottom = one
    _, other_x0, other_top, other_x1, other_bottom = other
    across, down = min(x1, other_x1) - max(x0, other_x0), min(bottom, other_bottom) - max(top, other_top)
    narrow, low = min(x1 - x0, other_x1 - other_x0), min(bottom - top, other_bottom - other_top)
    return across > _PASTED * narrow and down > _PASTED_DOWN * low


def without_struck_out(sheet: Sheet, rules: Iterable[Box]) -> Sheet:
    """The sheet on which characters that a line crosses out are unclear."""
    lines = [rule for rule in rules if rule[3] - rule[1] <= _THIN < rule[2] - rule[0]]
    if not lines or not sheet.glyphs:
        return sheet
    struck = _struck_out(sheet.glyphs, lines)
    if not struck:
        return sheet
    glyphs = (
        glyph._replace(text=UNCLEAR) if index in struck else glyph for index, glyph in enumerate(sheet.glyphs)
    )
    return replace(sheet, glyphs=Glyphs(glyphs))


def _struck_out(glyphs: Glyphs, lines: Iterable[Box]) -> set[int]:
    """The indices of the characters that any of the lines goes through, in the middle of their height."""
    order = sorted(range(len(glyphs)), key=lambda index: glyphs[index].top)
    tops = [glyphs[index].top for index in order]
    tallest = max(glyph.size for glyph in glyphs)
    struck = set()
    for x0, upper, x1, lower in lines:
        level = (upper + lower) / 2
        for index in order[bisect_left(tops, level - tallest) : bisect_right(tops, level)]:
            text, left, top, right, bottom = glyphs[index]
            is_through = _STRUCK[0] < (level - top) / max(bottom - top, 0.1) < _STRUCK[1]
            if (
                is_through
                and text not in SPACES
                and min(x1, right) - max(x0, left) > _ACROSS * (right - left)
            ):
                struck.add(index)
    return struck
