"""Which names come near to one that nobody bears. Pure: words in, distances out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .names import GENERAL_WORDS, plain

# The longest official name has 53 letters; whoever types more has not misspelt one.
_LONGEST = 60
_MOST_WORDS = 8

# A misspelt beginning shorter than this comes near to too many words.
_SHORTEST_BEGINNING = 5

# Words of so many names that a misspelling of one tells nothing by itself.
_TELLS_NOTHING = GENERAL_WORDS | {
    *("north", "south", "east", "west", "mid", "greater", "new", "region", "midlands"),
    *("and", "on", "upon", "under", "in", "with", "st"),
    *("authority", "combined", "mayoral", "national", "park", "forest", "valley", "vale", "boro"),
}


@dataclass(frozen=True, order=True)
class Distance:
    """How far a name is from what was typed: in letters, and whether it begins so or goes on."""

    letters: int
    goes_on: bool = False


def near(typed: str, names: Iterable[tuple[int, str]]) -> dict[int, Distance]:
    """The bearers, by their keys, of those `names` that `typed` may be a misspelling of, with the distance of each.

    The names are given in their plain form, best without the words that any council may bear. A misspelling is a
    letter left out, added, changed, or swapped with the next: one in a word of four letters or more, two from eight,
    three from twelve. The last word may be unfinished.
    """
    words = _telling(typed)
    together = "".join(words)
    if not together or len(together) > _LONGEST or len(words) > _MOST_WORDS:
        return {}
    borne = [(key, name.split()) for key, name in names]
    vocabulary = {word for _, name in borne for word in name}
    alike = [_alike(word, vocabulary) for word in words[:-1]]
    alike.append(_begun(words[-1], vocabulary) | _alike(words[-1], vocabulary))
    whole = _alike(together, {"".join(name) for _, name in borne})
    found: dict[int, Distance] = {}
    for key, name in borne:
        distances = [whole.get("".join(name)), _by_words(alike, name), found.get(key)]
        if possible := [distance for distance in distances if distance]:
            found[key] = min(possible)
    return found


def near_but_for_a_word(typed: str, names: Iterable[tuple[int, str]]) -> dict[int, int]:
    """The bearers of those `names` that have all the typed words but one: "Isle of Wite", "Leeds, Yorkshire".

    For when `near` finds nobody. Beside each, how many words of the name were not typed: the fewer, the likelier.
    Of those that were, one at least tells which name it is.
    """
    words = set(_telling(typed))
    if not 2 <= len(words) <= _MOST_WORDS:
        return {}
    found: dict[int, int] = {}
    for key, name in names:
        borne = set(name.split())
        shared = borne & words
        if len(shared) == len(words) - 1 and shared - _TELLS_NOTHING:
            found[key] = min(len(borne - words), found.get(key, len(borne)))
    return found


def _telling(typed: str) -> list[str]:
    """The typed words without "council", "borough" and the like, however they are misspelt."""
    words = plain(typed[: 2 * _LONGEST]).split()
    return [word for word in words if not _alike(word, GENERAL_WORDS)] or words


def _may_differ(word: str) -> int:
    """How many letters of a word may be wrong."""
    return sum(len(word) >= length for length in (4, 8, 12))


def _alike(word: str, vocabulary: Iterable[str]) -> dict[str, Distance]:
    at_most = _may_differ(word)
    matches = process.extract(
        word, list(vocabulary), scorer=OSA.distance, score_cutoff=at_most, limit=None, processor=None
    )
    return {match: Distance(letters) for match, letters, _ in matches if _begin_alike(word, match)}


def _begun(word: str, vocabulary: Iterable[str]) -> dict[str, Distance]:
    """The words that begin so, or nearly so."""
    misspelt = len(word) >= _SHORTEST_BEGINNING
    sizes = range(len(word) - misspelt, len(word) + misspelt + 1)
    beginnings = defaultdict(list)
    for full in vocabulary:
        for size in sizes:
            if size < len(full):
                beginnings[full[:size]].append(full)
    near_ones = _alike(word, beginnings) if misspelt else {word: Distance(0)}
    found: dict[str, Distance] = {}
    for beginning, distance in sorted(near_ones.items(), key=itemgetter(1), reverse=True):
        found |= dict.fromkeys(beginnings[beginning], Distance(distance.letters, goes_on=True))
    return found


def _begin_alike(one: str, other: str) -> bool:
    """People get the beginning of a word right, or swap or leave out its first letter."""
    return one[:1] in other[:2] or other[:1] in one[:2]


def _by_words(alike: list[Mapping[str, Distance]], name: list[str]) -> Distance | None:
    """The distance where each typed word stands nearly so in the name, and one of them tells which name it is."""
    letters, goes_on, telling = 0, False, False
    for distances in alike:
        standing = [(distances[word], word) for word in name if word in distances]
        if not standing:
            return None
        nearest, word = min(standing)
        letters += nearest.letters
        goes_on |= nearest.goes_on
        telling |= word not in _TELLS_NOTHING
    return Distance(letters, goes_on) if telling else None
