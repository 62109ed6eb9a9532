"""The letters that say what was asked, each with its best page, in three queries however many there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from councils.years import in_years
from letters import published
from letters.search.words import by_page
from public.searching.asked import Asked, Order
from public.searching.saying import Piece, best_page, snippet, weight

AT_ONCE = 20
# So many letters are put by how much they say it; more cannot be weighed in the time of a page.
FEW = 60


@dataclass(frozen=True)
class Hit:
    """A letter that says it, and the page that says it best."""

    letter: published.Said
    page: int
    pieces: list[Piece]

    @property
    def years(self) -> str:
        return in_years(self.letter.year)


@dataclass(frozen=True)
class Answer:
    """`order` is the one that could be had; `more` the letter after which there are others, as an address has it."""

    hits: list[Hit] = field(default_factory=list)
    order: Order = Order.NEWEST
    are_many: bool = False
    more: str = ""


def answer(asked: Asked, years: Sequence[int], now: datetime) -> Answer:
    """`years` are those of which something is public. Raises published.TakesTooLong."""
    found: list[published.Said] = []
    if asked.order != Order.NEWEST:
        found = published.saying(asked.question, now, asked.within, years, FEW + 1)
        if len(found) <= FEW:
            return _best_first(asked, found)
    if asked.after or not found:
        found = published.saying(asked.question, now, asked.within_after, years, AT_ONCE + 1)
    hits = [*_hits(asked, [(each, by_page(each.indexed)) for each in found[:AT_ONCE]])]
    return Answer(hits, Order.NEWEST, asked.order != Order.NEWEST, _last(hits, len(found) > AT_ONCE))


def _best_first(asked: Asked, found: Sequence[published.Said]) -> Answer:
    with_words = [(each, by_page(each.indexed)) for each in found]
    best = sorted(with_words, key=lambda each: -weight(each[1], asked.question.parts))
    # From the start, if the letter that was the last on the page before has gone meanwhile.
    begin = 1 + next((at for at, (each, _) in enumerate(best) if asked.within_after.is_last(each.key)), -1)
    hits = [*_hits(asked, best[begin : begin + AT_ONCE])]
    return Answer(hits, Order.BEST, more=_last(hits, begin + AT_ONCE < len(best)))


def _last(hits: Sequence[Hit], more: bool) -> str:
    return f"{hits[-1].letter.slug}/{hits[-1].letter.year}" if more and hits else ""


def _hits(asked: Asked, letters: Sequence[tuple[published.Said, list[str]]]) -> Iterator[Hit]:
    """Each letter, with the words of its pages, as a hit."""
    parts = asked.question.parts
    best = {each.letter: best_page(pages, parts) for each, pages in letters}
    texts = published.texts(best) if best else {}
    for each, pages in letters:
        page = best[each.letter]
        yield Hit(each, page, snippet(texts.get(each.letter, ""), pages[page - 1], parts))
