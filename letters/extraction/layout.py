"""From characters to running text: pieces of lines, and the order in which the file stores them.

A file stores a cell's lines one after another whatever stands beside it, so the order as stored is right for
nearly every program. Where a program stores line by line across the page, gutters.py has the order instead.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, chain

from .glyphs import Glyph, Sheet
from .runs import TALLER, WORD_GAP, Word, around, lines, on_one_line
from .types import Box

# Of so many pages the pieces are remembered: of the longest file that is read, by both readers.
_REMEMBERED = 64
# Parts of the page height at its top and bottom where page numbers stand.
_EDGE = 0.07
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,2}(?:\s*(?:of|/)\s*\d{1,2})?", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """Part of a line, in one column: its words, and its place in points on one page."""

    page: int
    words: tuple[Word, ...]
    box: Box

    @cached_property
    def text(self) -> str:
        return " ".join(["".join([glyph[0] for glyph in word]) for word in self.words])

    @cached_property
    def laid_out(self) -> Sequence[Glyph | None]:
        """For each character of the text, and of a line's end after it, the glyph it is of; none for a gap."""
        laid_out: list[Glyph | None] = []
        for word in self.words:
            laid_out += [glyph for glyph in word for _ in glyph[0]]
            laid_out.append(None)
        return laid_out

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
            piece.laid_out[max(0, start - begin) : end - begin]
            for piece, begin in pieces
            if piece.page == page
        )
        return around([glyph for glyph in chain.from_iterable(placed) if glyph])

    def pieces_of(self, start: int, end: int) -> Sequence[Piece]:
        """The pieces on which a stretch of text stands."""
        return self.pieces[self._index_at(start) : self._index_at(end - 1) + 1]

    def line_around(self, start: int, end: int) -> tuple[int, int]:
        """The extent of the pieces on which a stretch of text stands."""
        line_end = self.text.find("\n", end - 1)
        return self.text.rfind("\n", 0, start) + 1, len(self.text) if line_end < 0 else line_end


def surrounding(boxes: Sequence[Box]) -> Box:
    x0, top, x1, bottom = zip(*boxes, strict=True)
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
    found = [Piece(sheet.number, tuple(words), box) for words, box in lines(sheet.glyphs)]
    return _rejoined(found)


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
        end, reach = pieces[index].box[2], WORD_GAP * pieces[index].height
        for other in from_left[bisect_left(starts, end - reach) : bisect_right(starts, end + reach)]:
            if other not in taken and _is_one_word(pieces[index], pieces[other]):
                taken.add(other)
                yield index, other
                break


def _is_one_word(left: Piece, right: Piece) -> bool:
    small, tall = sorted((left.height, right.height))
    gap = right.box[0] - left.box[2]
    near = right.box[0] > left.box[0] and abs(gap) < WORD_GAP * small
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


def piece_of(page: int, words: Sequence[Word]) -> Piece:
    return Piece(page, tuple(words), around(chain.from_iterable(words)))
