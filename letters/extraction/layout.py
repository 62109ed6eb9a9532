"""From characters to running text: pieces of lines, and the order in which the file stores them.

A file stores a cell's lines one after another whatever stands beside it, so the order as stored is right for
nearly every program. Where a program stores line by line across the page, gutters.py has the order instead.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, chain, islice, pairwise, repeat
from statistics import median

from .glyphs import SPACES, Glyph, Sheet
from .types import Box

# All in heights of a character.
_WORD_GAP = 0.15
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
# Of so many pages the pieces are remembered: of the longest file that is read, by both readers.
_REMEMBERED = 64
# Parts of the page height at its top and bottom where page numbers stand.
_EDGE = 0.07
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,2}(?:\s*(?:of|/)\s*\d{1,2})?", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """Part of a line, in one column: its words, and its place in points on one page."""

    page: int
    words: tuple[tuple[Glyph, ...], ...]
    box: Box

    @cached_property
    def text(self) -> str:
        return " ".join(["".join([glyph[0] for glyph in word]) for word in self.words])

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


@dataclass(frozen=True)
class Flow:
    """Pieces in reading order as one text, a line a piece, where each character knows its place."""

    pieces: tuple[Piece, ...]

    @cached_property
    def text(self) -> str:
        return "".join(f"{piece.text}\n" for piece in self.pieces)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each piece begins in the text, and where the text ends."""
        return list(accumulate((len(piece.text) + 1 for piece in self.pieces), initial=0))

    def _index_at(self, position: int) -> int:
        return bisect_right(self._starts, position) - 1

    def piece_at(self, position: int) -> Piece:
        return self.pieces[self._index_at(position)]

    def page_at(self, position: int) -> int:
        return self.piece_at(position).page

    def box_of(self, start: int, end: int, page: int) -> Box:
        """What surrounds a stretch of text, as far as it stands on that page."""
        first, last = self._index_at(start), self._index_at(end - 1)
        pieces = zip(self.pieces[first : last + 1], self._starts[first : last + 1], strict=True)
        placed = (
            islice(_laid_out(piece), max(0, start - begin), end - begin)
            for piece, begin in pieces
            if piece.page == page
        )
        return _around([glyph for glyph in chain.from_iterable(placed) if glyph])

    def pieces_of(self, start: int, end: int) -> Sequence[Piece]:
        """The pieces on which a stretch of text stands."""
        return self.pieces[self._index_at(start) : self._index_at(end - 1) + 1]

    def line_around(self, start: int, end: int) -> tuple[int, int]:
        """The extent of the pieces on which a stretch of text stands."""
        line_end = self.text.find("\n", end - 1)
        return self.text.rfind("\n", 0, start) + 1, len(self.text) if line_end < 0 else line_end


def _laid_out(piece: Piece) -> Iterator[Glyph | None]:
    """For each character of a piece's text, the glyph it is of; none for a gap."""
    for word in piece.words:
        for glyph in word:
            yield from repeat(glyph, len(glyph[0]))
        yield None


def surrounding(boxes: Sequence[Box]) -> Box:
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def _around(glyphs: Iterable[Glyph]) -> Box:
    _, x0, top, x1, bottom = zip(*glyphs, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def as_stored(sheets: Iterable[Sheet]) -> Flow:
    """The text in the order in which the file stores it."""
    return Flow(tuple(piece for sheet in sheets for piece in pieces(sheet)))


@lru_cache(maxsize=_REMEMBERED)
def pieces(sheet: Sheet) -> Sequence[Piece]:
    """The pieces of lines in the order stored, without page numbers. Every reading order begins with them."""
    return tuple(piece for piece in all_pieces(sheet) if not _is_page_number(piece, sheet))


@lru_cache(maxsize=_REMEMBERED)
def all_pieces(sheet: Sheet) -> list[Piece]:
    """The same with page numbers, which may be the numbers of a table that goes on over the page's edge."""
    found = (
        piece
        for run in _runs(sheet.glyphs)
        for part in _split_at_cells(run)
        for piece in _split_at_columns(sheet.number, list(_words(part)))
    )
    return _rejoined(list(found))


def _rejoined(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that touch put together again, where the longest is stored: a "7" right before "3%" is part of it."""
    following = dict(_touching(pieces))
    merged: dict[int, Piece] = {}
    for index in set(range(len(pieces))) - set(following.values()):
        chain = [index]
        while chain[-1] in following:
            chain.append(following[chain[-1]])
        place = max(chain, key=lambda index: len(pieces[index].text))
        merged[place] = _run_on([pieces[index] for index in chain]) if len(chain) > 1 else pieces[index]
    return [merged[place] for place in sorted(merged)]


def _touching(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Pairs of indices of pieces of which the second begins where the first ends, in the middle of a word."""
    from_left = sorted(range(len(pieces)), key=lambda index: pieces[index].box[0])
    starts = [pieces[index].box[0] for index in from_left]
    taken: set[int] = set()
    for index in from_left:
        end, reach = pieces[index].box[2], _WORD_GAP * pieces[index].height
        for other in from_left[bisect_left(starts, end - reach) : bisect_right(starts, end + reach)]:
            if other not in taken and _is_one_word(pieces[index], pieces[other]):
                taken.add(other)
                yield index, other
                break


def _is_one_word(left: Piece, right: Piece) -> bool:
    small, tall = sorted((left.height, right.height))
    gap = right.box[0] - left.box[2]
    near = right.box[0] > left.box[0] and abs(gap) < _WORD_GAP * small
    return near and tall < TALLER * small and on_one_line(left.box, right.box)


def _run_on(chain: Sequence[Piece]) -> Piece:
    words = list(chain[0].words)
    for piece in chain[1:]:
        words[-1] += piece.words[0]
        words += piece.words[1:]
    return piece_of(chain[0].page, words)


def _is_page_number(piece: Piece, sheet: Sheet) -> bool:
    at_edge = piece.box[3] < sheet.height * _EDGE or piece.box[1] > sheet.height * (1 - _EDGE)
    return at_edge and _PAGE_NUMBER.fullmatch(piece.text) is not None


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Characters stored one after another that stand on one line, from left to right."""
    run: list[Glyph] = []
    last_top = last_x1 = last_bottom = 0.0
    for glyph in glyphs:
        _, x0, top, x1, bottom = glyph
        # Nearly all stand as high as the one before.
        if top == last_top < bottom == last_bottom:
            goes_on = x0 >= last_x1 - _OVERPRINT * (bottom - top)
        else:
            goes_on = not run or _continues(run[-1], glyph)
        if not goes_on:
            yield run
            run = []
        run.append(glyph)
        last_top, last_x1, last_bottom = top, x1, bottom
    if run:
        yield run


def _continues(last: Glyph, glyph: Glyph) -> bool:
    is_after = glyph.x0 >= last.x1 - _OVERPRINT * max(last.size, glyph.size)
    return is_after and on_one_line(last[1:], glyph[1:])


def on_one_line(one: Box, other: Box) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > 0.5 * min(one[3] - one[1], other[3] - other[1])


def _split_at_cells(run: list[Glyph]) -> Iterator[list[Glyph]]:
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


def _words(run: Sequence[Glyph]) -> Iterator[tuple[Glyph, ...]]:
    word: list[Glyph] = []
    gap, apart = (_CELL_GAP, 0.0) if _has_space(run) else (_WORD_GAP, _letterspacing(run))
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


def _split_at_columns(page: int, words: Sequence[tuple[Glyph, ...]]) -> Iterator[Piece]:
    """The pieces of a line, parted where a gap is wide and unlike the line's others."""
    gaps = [right[0][1] - left[-1][3] for left, right in pairwise(words)]
    begin = 0
    # Few lines have a gap that may part columns at all.
    lowest = min([glyph.size for word in words for glyph in (word[0], word[-1])], default=0)
    if gaps and max(gaps) > _NARROW_COLUMN_GAP * lowest:
        usual = median(gaps) if len(gaps) >= _FEW else None
        for index, gap in enumerate(gaps):
            if _parts_columns(gap, min(words[index][-1].size, words[index + 1][0].size), usual):
                yield piece_of(page, words[begin : index + 1])
                begin = index + 1
    if words:
        yield piece_of(page, words[begin:])


def _parts_columns(gap: float, height: float, usual: float | None) -> bool:
    if usual is None:
        return gap > _COLUMN_GAP * height
    return gap > _WIDE_COLUMN_GAP * height or gap > max(_NARROW_COLUMN_GAP * height, _UNUSUAL_GAP * usual)


def piece_of(page: int, words: Sequence[tuple[Glyph, ...]]) -> Piece:
    return Piece(page, tuple(words), _around(chain.from_iterable(words)))
