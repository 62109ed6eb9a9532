"""What a letter's words say to a question: how much, on which page, and where on it. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from letters.search.words import places as places_of

# A snippet has so many words, and so many of them before the first that is marked.
WINDOW = 40
_LEAD = 8
# As BM25 has it: how soon more of the same word counts for little, and how many characters a letter usually has.
# Nothing here is counted over letters, since some of them nobody may know of yet.
_SATURATION = 1.2
_USUAL = 7000

_SPACE = re.compile(r"\s+")

Part = tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """Some words of a snippet, as they stand in the letter."""

    text: str
    marked: bool = False


def weight(pages: Sequence[str], parts: Sequence[Part]) -> float:
    """How much a letter says it: each part by how often it is said, the shorter the letter the more."""
    length = sum(map(len, pages))
    slack = _SATURATION * (0.25 + 0.75 * length / _USUAL)
    counts = (sum(_count(page, part) for page in pages) for part in parts)
    return sum(count / (count + slack) for count in counts)


def best_page(pages: Sequence[str], parts: Sequence[Part]) -> int:
    """The number of the page that says most parts, and most often; the first of several."""
    counts = [[_count(page, part) for part in parts] for page in pages]
    return 1 + max(
        range(len(pages)), key=lambda page: (sum(map(bool, counts[page])), sum(counts[page]), -page)
    )


def _count(page: str, part: Part) -> int:
    return page.count(f" {' '.join(part)} ")


def snippet(text: str, tokens: Sequence[str], parts: Sequence[Part]) -> list[Piece]:
    """The place of a page that says most of it, in the page's own words, with those that were asked for marked.

    `tokens` are the words of `text` as the index has them.
    """
    found = list(_matches(tokens, parts))
    first = max(0, _densest(found) - _LEAD)
    places = list(islice(places_of(text), first, first + WINDOW))
    if not places:
        return []
    last = len(places) - 1
    marks = [
        (places[at - first][0], places[min(last, at - first + length - 1)][1])
        for at, length in found
        if first <= at <= first + last
    ]
    before = [Piece("… ")] if first else []
    after = [Piece(" …")] if first + WINDOW < len(tokens) else []
    return [*before, *_cut(text, places[0][0], places[-1][1], marks), *after]


def _matches(tokens: Sequence[str], parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """Where a part begins among the tokens, and how many it has."""
    for part in parts:
        for at in (at for at, token in enumerate(tokens) if token == part[0]):
            if tuple(tokens[at : at + len(part)]) == part:
                yield at, len(part)


def _densest(found: Sequence[tuple[int, int]]) -> int:
    """The match from which on most others are near."""
    near = WINDOW - _LEAD
    counts = [(sum(at <= other < at + near for other, _ in found), -at) for at, _ in found]
    return -max(counts)[1] if counts else 0


def _cut(text: str, begin: int, end: int, marks: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """The text from `begin` to `end` in pieces; marks that overlap become one."""
    at = begin
    for start, stop in sorted(marks):
        if at < start:
            yield Piece(_in_line(text[at:start]))
        if max(start, at) < stop:
            yield Piece(_in_line(text[max(start, at) : stop]), marked=True)
        at = max(at, stop)
    if at < end:
        yield Piece(_in_line(text[at:end]))


def _in_line(text: str) -> str:
    return _SPACE.sub(" ", text)
