"""Which figures of a letter's tables add up to which: what proves a row of numbers, and what contradicts it."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from letters import headings
from letters.measures import FAMILIES, family_of

_RECEIVED, _DECIDED = FAMILIES["received"], FAMILIES["decided"]
_OUTCOMES = tuple(map(_DECIDED.slug_of, headings.OUTCOMES))
_TO_2008 = frozenset(map(_DECIDED.slug_of, headings.DECISIONS_TO_2008))
_TOTAL = _DECIDED.slug_of(headings.TOTAL)
_WITHOUT_PREMATURE = _DECIDED.slug_of(headings.TOTAL_WITHOUT_PREMATURE)
_PREMATURE = _DECIDED.slug_of("Premature complaints")


class Sum(NamedTuple):
    """A total and its parts, by their measures."""

    total: str
    parts: tuple[str, ...]


def sums(measures: Collection[str]) -> list[Sum]:
    """The sums that these figures of one letter have to come out at; none where a total or its parts are missing."""
    received = tuple(each for each in measures if family_of(each) is _RECEIVED)
    decided = tuple(each for each in measures if family_of(each) is _DECIDED)
    total = _RECEIVED.slug_of(headings.TOTAL)
    subjects = tuple(each for each in received if each != total)
    return [
        sum_ for sum_ in (Sum(total, subjects), *_decided(decided)) if sum_.total in measures and sum_.parts
    ]


def _decided(decided: tuple[str, ...]) -> Iterator[Sum]:
    counts = tuple(each for each in decided if each not in {_TOTAL, _WITHOUT_PREMATURE})
    if set(_OUTCOMES) <= set(counts):
        yield Sum(_TOTAL, _OUTCOMES)
    elif _WITHOUT_PREMATURE in decided and _TO_2008 & set(counts):
        yield Sum(_WITHOUT_PREMATURE, tuple(each for each in counts if each != _PREMATURE))
        if _PREMATURE in counts:
            yield Sum(_TOTAL, (_WITHOUT_PREMATURE, _PREMATURE))
    else:
        yield Sum(_TOTAL, counts)
