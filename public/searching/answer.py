"""The letters that say what was asked, each with its best page, in five queries however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from letters import published
from letters.wording import in_years
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
    found: list[int] = []
    if asked.order != Order.NEWEST:
        found = published.saying(asked.question, now, asked.within, years, FEW + 1)
        if len(found) <= FEW:
            return _best_first(asked, found, now)
    if asked.after or not found:
        found = published.saying(asked.question, now, asked.within_after, years, AT_ONCE + 1)
    shown = found[:AT_ONCE]
    hits = _hits(asked, shown, published.words(shown), now)
    return Answer(hits, Order.NEWEST, asked.order != Order.NEWEST, _last(hits, len(found) > AT_ONCE))


def _best_first(asked: Asked, found: Sequence[int], now: datetime) -> Answer:
    words = published.words(found)
    best = sorted(found, key=lambda key: -weight(words[key], asked.question.parts))
    # From the start, if the letter that was the last on the page before has gone meanwhile.
    begin = 1 + next((at for at, key in enumerate(best) if asked.within_after.is_last(key)), -1)
    hits = _hits(asked, best[begin : begin + AT_ONCE], words, now)
    return Answer(hits, Order.BEST, more=_last(hits, begin + AT_ONCE < len(best)))


def _last(hits: Sequence[Hit], more: bool) -> str:
    return f"{hits[-1].letter.slug}/{hits[-1].letter.year}" if more and hits else ""


def _hits(asked: Asked, keys: Sequence[int], words: dict[int, list[str]], now: datetime) -> list[Hit]:
    parts = asked.question.parts
    letters = published.said(keys, now)
    best = {each.key: best_page(words[each.key], parts) for each in letters}
    texts = published.texts(best)
    hits = []
    for each in letters:
        page = best[each.key]
        pieces = snippet(texts.get(each.key, ""), words[each.key][page - 1].split(), parts)
        hits.append(Hit(each, page, pieces))
    return hits
