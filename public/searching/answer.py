"""The letters that say what was asked, each with its best page, in four queries however many there are."""

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
    found: list[published.Said] = []
    if asked.order != Order.NEWEST:
        found = published.saying(asked.question, now, asked.within, years, FEW + 1)
        if len(found) <= FEW:
            return _best_first(asked, found)
    if asked.after or not found:
        found = published.saying(asked.question, now, asked.within_after, years, AT_ONCE + 1)
    hits = _hits(asked, *_with_words(found[:AT_ONCE]))
    return Answer(hits, Order.NEWEST, asked.order != Order.NEWEST, _last(hits, len(found) > AT_ONCE))


def _with_words(found: Sequence[published.Said]) -> tuple[list[published.Said], dict[int, list[str]]]:
    """The letters whose words are still there, and these."""
    words = published.words([each.key for each in found]) if found else {}
    return [each for each in found if each.key in words], words


def _best_first(asked: Asked, found: Sequence[published.Said]) -> Answer:
    letters, words = _with_words(found)
    best = sorted(letters, key=lambda each: -weight(words[each.key], asked.question.parts))
    # From the start, if the letter that was the last on the page before has gone meanwhile.
    begin = 1 + next((at for at, each in enumerate(best) if asked.within_after.is_last(each.key)), -1)
    hits = _hits(asked, best[begin : begin + AT_ONCE], words)
    return Answer(hits, Order.BEST, more=_last(hits, begin + AT_ONCE < len(best)))


def _last(hits: Sequence[Hit], more: bool) -> str:
    return f"{hits[-1].letter.slug}/{hits[-1].letter.year}" if more and hits else ""


def _hits(asked: Asked, letters: Sequence[published.Said], words: dict[int, list[str]]) -> list[Hit]:
    parts = asked.question.parts
    best = {each.key: best_page(words[each.key], parts) for each in letters}
    texts = published.texts(best) if best else {}
    hits = []
    for each in letters:
        page = best[each.key]
        pieces = snippet(texts.get(each.key, ""), words[each.key][page - 1], parts)
        hits.append(Hit(each, page, pieces))
    return hits
