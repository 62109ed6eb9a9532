"""What a letter's words say to a question: how much, on which page, and where on it. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from letters.search.words import spelt

# A snippet has so many words, and so many of them before the first that is marked.
WINDOW = 40
_LEAD = 8
# As BM25 has it: how soon more of the same word counts for little, and how many characters a letter usually has.
# Nothing here is counted over letters, since some of them nobody may know of yet.
_SATURATION = 1.2
_USUAL = 7000

Part = tuple[str, ...]


class Piece(NamedTuple):
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
    said = [(sum(map(bool, each)), sum(each)) for each in counts]
    return 1 + said.index(max(said))


def _count(page: str, part: Part) -> int:
    return page.count(_sought(part))


def _sought(part: Part) -> str:
    return f" {' '.join(part)} "


def snippet(text: str, page: str, parts: Sequence[Part]) -> list[Piece]:
    """The place of a page that says most of it, in the page's own words, with those that were asked for marked.

    `page` is the `text` in tokens, with a space before and after each of them.
    """
    found = sorted(_matches(page, parts))
    first = max(0, _densest([at for at, _ in found]) - _LEAD)
    words = spelt(text, first, WINDOW)
    if not words:
        return []
    last = len(words) - 1
    marks = [
        (words[at - first].start(), words[min(last, at - first + length - 1)].end())
        for at, length in found
        if first <= at <= first + last
    ]
    before = [Piece("… ")] if first else []
    after = [Piece(" …")] if first + WINDOW < page.count(" ") - 1 else []
    return [*before, *_cut(text, words[0].start(), words[-1].end(), marks), *after]


def _matches(page: str, parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """Before how many tokens of the page a part begins, and how many it has."""
    for part in parts:
        sought, before, counted = _sought(part), 0, 0
        at = page.find(sought)
        while at >= 0:
            before += page.count(" ", counted, at)
            yield before, len(part)
            counted, at = at, page.find(sought, at + 1)


def _densest(found: Sequence[int]) -> int:
    """The first match, of some in their order, from which on most others are near."""
    near = WINDOW - _LEAD
    counts = [bisect_left(found, at + near) - bisect_left(found, at) for at in found]
    return found[counts.index(max(counts))] if counts else 0


def _cut(text: str, begin: int, end: int, marks: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """The text from `begin` to `end` in pieces; marks, in their order, that overlap become one."""
    at = begin
    for start, stop in marks:
        if at < start:
            yield Piece(_in_line(text[at:start]))
        if max(start, at) < stop:
            yield Piece(_in_line(text[max(start, at) : stop]), marked=True)
        at = max(at, stop)
    if at < end:
        yield Piece(_in_line(text[at:end]))


def _in_line(text: str) -> str:
    """With one space for each run of spaces and ends of lines."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"
