"""A walk through the index that meets public letters alone, and ends when it has enough of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from letters.models import LetterWords
from letters.search import index
from letters.search.asked import Question

# How many more than are wanted are looked at first, since some may be replaced; and how many at most in one go.
_SPARE = 10
_AT_ONCE = 1000


class Said(NamedTuple):
    """A public letter that says what was asked: its key in the index, its id, whose it is, and its words as indexed."""

    key: int
    letter: str
    name: str
    slug: str
    year: int
    published_at: datetime
    indexed: str


# Where Django finds it.
SAID = (
    "words",
    Cast("pk", TextField()),
    "council__name",
    "council__slug",
    "review__year_ending",
    "published_at",
    "words__words",
)


@dataclass(frozen=True)
class Within:
    """Which letters are looked through: those of a council, a kind or a year; and after which council's and year's."""

    council: int | None = None
    kind: str = ""
    year: int | None = None
    after: tuple[int, int] | None = None

    @property
    def below(self) -> int:
        """The key below which all are."""
        council, year = self.after or (None, 1 << 11)
        return LetterWords.lowest_key(year, council)

    def is_last(self, key: int) -> bool:
        """Whether it is the key of the letter after which the others are looked for."""
        return self.after is not None and self.below <= key < self.below + LetterWords.LETTERS


def first(
    question: Question,
    within: Within,
    years: Iterable[int],
    counting: Callable[[Sequence[int]], Mapping[int, Said]],
    limit: int,
) -> list[Said]:
    """The first of them, from the newest of these years down.

    `counting` tells which of some keys are of letters that count and of the kind that is looked for.
    """
    years = [year for year in years if within.year in (None, year)]
    if within.council:
        return _of(index.among(question, _keys_of_council(within, years)), counting)[:limit]
    found: list[Said] = []
    for low, high in _runs(years):
        below, size = min(high, within.below), limit + _SPARE
        while low < below and len(found) < limit:
            keys = index.walk(question, low, below, size)
            found += _of(keys, counting)
            below = keys[-1] if len(keys) == size else low
            size = min(4 * size, _AT_ONCE)
    return found[:limit]


def _of(keys: Sequence[int], counting: Callable[[Sequence[int]], Mapping[int, Said]]) -> list[Said]:
    # Asked of none, too: else the time would tell whether a letter that is not public says it.
    known = counting(keys)
    return [known[key] for key in keys if key in known]


def _runs(years: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The ranges of keys of these years, the newest first; years that follow one another are one range."""
    runs: list[list[int]] = []
    for year in sorted(years, reverse=True):
        if runs and runs[-1][0] == year + 1:
            runs[-1][0] = year
        else:
            runs.append([year, year])
    for oldest, newest in runs:
        yield LetterWords.lowest_key(oldest), LetterWords.lowest_key(newest + 1)


def _keys_of_council(within: Within, years: Sequence[int]) -> list[int]:
    """All keys of one council's letters of these years, public or not; they are few."""
    keys = LetterWords.objects.filter(letter__council=within.council).values_list("pk", flat=True)
    return [key for key in keys if LetterWords.year(key) in years and key < within.below]
