"""From characters to the words of lines: stored runs of characters, parted at cells, spaces and columns.

Most lines are even: set in one size, on one height, with a space between any two words. Of those a page's columns of
places tell all in a few steps; the others are looked at character by character.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from operator import sub
from statistics import median
from typing import NamedTuple

from .characters import SPACES
from .glyphs import Glyph, Glyphs
from .types import Box

Word = tuple[Glyph, ...]

# All in heights of a character.
WORD_GAP = 0.15
# A gap without a space, on a line that has spaces.
_CELL_GAP = 0.3
_WIDEST_LETTERSPACING = 0.6
_COLUMN_GAP = 1.1
_NARROW_COLUMN_GAP = 0.6
_WIDE_COLUMN_GAP = 3.0
_FEW = 3
_OVERPRINT = 0.4
# How much taller a digit may be than its neighbour of the same number: a footnote's sign is none of it.
TALLER = 1.25
# A gap so many times the line's usual one parts columns rather than words.
_UNUSUAL_GAP = 2.2
_NO_SPACES = re.compile(f"[^{re.escape(''.join(sorted(SPACES)))}]+")


class Line(NamedTuple):
    """The words of a line, or of its part in one column, and what surrounds them."""

    words: Sequence[Word]
    box: Box


def lines(glyphs: Glyphs) -> Iterator[Line]:
    """The words of a page's lines, in the order stored."""
    if glyphs:
        yield from _Page(glyphs).lines()


class _Page:
    """A page's characters and their places, each side for all of them."""

    def __init__(self, glyphs: Glyphs) -> None:
        self._glyphs = glyphs
        texts, self._x0s, self._tops, self._x1s, self._bottoms = glyphs.columns
        self._text = "".join(texts)
        self._gaps = [0.0, *map(sub, self._x0s[1:], self._x1s)]  # before each character
        self._is_plain = set(map(len, texts)) == {1}

    def lines(self) -> Iterator[Line]:
        for start, end, is_level in self._runs():
            spans = self._even_words(start, end) if is_level else None
            if spans is None:
                yield from map(_surrounded, _uneven(self._glyphs[start:end]))
            elif spans:
                yield self._surrounded(spans)

    def _runs(self) -> Iterator[tuple[int, int, bool]]:
        """Where characters begin and end that are stored one after another and stand on one line, from left to right;
        and whether all stand on one height."""
        begin, is_level = 0, True
        for index in self._unlike_the_last():
            if self._is_level_with_last(index) or not _continues(*self._glyphs[index - 1 : index + 1]):
                yield begin, index, is_level
                begin, is_level = index, True
            else:
                is_level = False
        yield begin, len(self._glyphs), is_level

    def _unlike_the_last(self) -> list[int]:
        """The characters that do not stand as high as the one before and to the right of it, as nearly all do."""
        beside = zip(
            self._x0s[1:],
            self._x1s,
            self._tops[1:],
            self._tops,
            self._bottoms[1:],
            self._bottoms,
            strict=False,
        )
        return [
            index
            for index, (x0, last_x1, top, last_top, bottom, last_bottom) in enumerate(beside, 1)
            if not (top == last_top < bottom == last_bottom and x0 >= last_x1 - _OVERPRINT * (bottom - top))
        ]

    def _is_level_with_last(self, index: int) -> bool:
        top, bottom = self._glyphs[index].top, self._glyphs[index].bottom
        return self._glyphs[index - 1].top == top < bottom == self._glyphs[index - 1].bottom

    def _even_words(self, start: int, end: int) -> list[tuple[int, int]] | None:
        """Where the words of a line begin and end that only spaces part; None where it takes a closer look.

        All stand on one height, so that one measure of what is wide does for all.
        """
        spans = [match.span() for match in _NO_SPACES.finditer(self._text, start, end)]
        has_space = len(spans) != 1 or spans[0] != (start, end)
        if not (self._is_plain and has_space) or self._has_cells(start, end):
            return None
        widest = max(
            [self._x0s[after[0]] - self._x1s[word[1] - 1] for word, after in pairwise(spans)], default=0
        )
        return spans if widest <= _NARROW_COLUMN_GAP * self._height(start) else None

    def _has_cells(self, start: int, end: int) -> bool:
        """Whether any gap of a line is wide although there is no space in it."""
        widest = _CELL_GAP * self._height(start)
        gaps, text = self._gaps, self._text
        if max(gaps[start + 1 : end], default=0) <= widest:
            return False
        return any(
            gaps[index] > widest and text[index] not in SPACES and text[index - 1] not in SPACES
            for index in range(start + 1, end)
        )

    def _height(self, index: int) -> float:
        return self._glyphs[index].size

    def _surrounded(self, spans: Sequence[tuple[int, int]]) -> Line:
        words = tuple([self._glyphs[slice(*span)] for span in spans])
        first, end = spans[0][0], spans[-1][1]
        left, right = self._x0s[first], self._x1s[end - 1]
        if left == min(self._x0s[first:end]) and right == max(self._x1s[first:end]):
            return Line(words, (left, self._tops[first], right, self._bottoms[first]))
        return _surrounded(words)  # print over print reaches further than the line's ends


def _uneven(run: Sequence[Glyph]) -> Iterator[Sequence[Word]]:
    """The words of a run of any kind, parted at cells and columns."""
    for part in _split_at_cells(run):
        yield from _split_at_columns(list(_words(part)))


def _surrounded(words: Sequence[Word]) -> Line:
    return Line(words, around(chain.from_iterable(words)))


def around(glyphs: Iterable[Glyph]) -> Box:
    """What surrounds characters."""
    _, x0, top, x1, bottom = zip(*glyphs, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def _continues(last: Glyph, glyph: Glyph) -> bool:
    is_after = glyph.x0 >= last.x1 - _OVERPRINT * max(last.size, glyph.size)
    return is_after and on_one_line(last[1:], glyph[1:])


def on_one_line(one: Box, other: Box) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > 0.5 * min(one[3] - one[1], other[3] - other[1])


def _split_at_cells(run: Sequence[Glyph]) -> Iterator[Sequence[Glyph]]:
    """A run parted where a gap has no space in it, if its other gaps have: there one cell ends and another begins."""
    begin = 0
    if _has_space(run):
        apart = [index for index, (last, glyph) in enumerate(pairwise(run), 1) if glyph[1] > last[3]]
        for index in apart:
            last, glyph = run[index - 1], run[index]
            gap = glyph.x0 - last.x1
            if gap > _CELL_GAP * min(last.size, glyph.size) and not (last.is_space or glyph.is_space):
                yield run[begin:index]
                begin = index
    yield run[begin:]


def _has_space(run: Iterable[Glyph]) -> bool:
    return not SPACES.isdisjoint([glyph[0] for glyph in run])


def _words(run: Sequence[Glyph]) -> Iterator[Word]:
    word: list[Glyph] = []
    gap, apart = (_CELL_GAP, 0.0) if _has_space(run) else (WORD_GAP, _letterspacing(run))
    last_top = last_x1 = last_bottom = 0.0
    for glyph in run:
        text, x0, top, x1, bottom = glyph
        is_space = text in SPACES
        if word:
            # Nearly all are as large as the one before.
            if top == last_top and bottom == last_bottom:
                ends = x0 - last_x1 > apart + gap * (bottom - top)
            else:
                ends = _ends_word(word[-1], glyph, gap, apart)
            if is_space or ends:
                yield tuple(word)
                word = []
        if not is_space:
            word.append(glyph)
            last_top, last_x1, last_bottom = top, x1, bottom
    if word:
        yield tuple(word)


def _letterspacing(run: Sequence[Glyph]) -> float:
    """How far apart, in points, a line sets its letters as a rule; figures far apart are cells of a table."""
    gaps = [glyph.x0 - last.x1 for last, glyph in pairwise(run)]
    if len(gaps) <= _FEW or not any(glyph.text.isalpha() for glyph in run):
        return 0.0
    return min(max(0.0, median(gaps)), _WIDEST_LETTERSPACING * min(glyph.size for glyph in run))


def _ends_word(last: Glyph, glyph: Glyph, gap: float, apart: float) -> bool:
    size, last_size = glyph.bottom - glyph.top, last.bottom - last.top
    small, tall = (size, last_size) if size < last_size else (last_size, size)
    if glyph.x0 - last.x1 > apart + gap * small:
        return True
    return tall > TALLER * small and last.text.isdigit() and glyph.text.isdigit()


def _split_at_columns(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """The words of a line, parted where a gap is wide and unlike the line's others."""
    gaps = [right[0][1] - left[-1][3] for left, right in pairwise(words)]
    begin = 0
    # Few lines have a gap that may part columns at all.
    lowest = min([glyph.size for word in words for glyph in (word[0], word[-1])], default=0)
    if gaps and max(gaps) > _NARROW_COLUMN_GAP * lowest:
        usual = median(gaps) if len(gaps) >= _FEW else None
        for index, gap in enumerate(gaps):
            if _parts_columns(gap, min(words[index][-1].size, words[index + 1][0].size), usual):
                yield words[begin : index + 1]
                begin = index + 1
    if words:
        yield words[begin:]


def _parts_columns(gap: float, height: float, usual: float | None) -> bool:
    if usual is None:
        return gap > _COLUMN_GAP * height
    return gap > _WIDE_COLUMN_GAP * height or gap > max(_NARROW_COLUMN_GAP * height, _UNUSUAL_GAP * usual)
