"""What a word is, to the index and to whoever asks it: one definition, the same on every database. Pure.

A word is kept as a token of a to z and 0 to 9: in small letters, without accents, in the singular. Any other letter,
and any sign that can matter (`%`, `£`), is spelt by its number, so that no database can take it for syntax or leave
it out.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any
from unicodedata import combining, normalize

# Longer words are cut: nobody types them, and databases have limits of their own.
LONGEST = 60
# Between pages: no word is as long, so no phrase reaches over it and nobody can ask for it.
BREAK = "z" * (LONGEST + 1)

_SIGNS = r"%&£€$§*+=|@#<>~^\\"
_JOINS = r"'’\u0300-\u036f\u00ad"
_WORD = re.compile(
    # What the rest would find, too, and takes a sixth longer for.
    rf"[A-Za-z][A-Za-z0-9]*+(?![^\W_]|[{_JOINS}])"
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?![^\W_])"  # 4,711 is one number
    rf"|[^\W_]+(?:[{_JOINS}]+[^\W_]+)*"
    rf"|[{_SIGNS}_]"
)
# To pass over several words at once takes half as long as to find each. Between them is what no word can begin with.
_AT_ONCE = 16
_WORDS = re.compile(rf"(?>(?: (?=[A-Za-z])|[^\w{_SIGNS}]*+)(?:{_WORD.pattern})){{{_AT_ONCE}}}")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_JOINED = set(",'’\u00ad")
_PLAIN = set("abcdefghijklmnopqrstuvwxyz0123456789")


def text_of(blocks: Sequence[Mapping[str, Any]]) -> str:
    """The words of a page as one text: a line for each row, its cells parted by dots."""
    return "\n".join(" · ".join(row) for block in blocks for row in block["rows"])


def tokens(text: str) -> list[str]:
    return [_token(word) for word in _WORD.findall(text)]


def spelt(text: str, first: int, count: int) -> list[re.Match[str]]:
    """Where the words of so many tokens stand in the text, from the one numbered `first`, counted from nought, on."""
    at = 0
    while first >= _AT_ONCE and (passed := _WORDS.match(text, at)):
        at, first = passed.end(), first - _AT_ONCE
    return list(islice(_WORD.finditer(text, at), first, first + count))


def as_indexed(pages: Iterable[tuple[int, Sequence[Mapping[str, Any]]]]) -> str:
    """A letter's pages, as number and blocks, as the index has them: tokens, and a break before each next page."""
    said = {number: " ".join(tokens(text_of(blocks))) for number, blocks in pages}
    return f" {BREAK} ".join(said.get(number, "") for number in range(1, max(said, default=0) + 1))


def by_page(indexed: str) -> list[str]:
    """The tokens of each page, from the first, with one space before and after each of them."""
    return [f" {page.strip()} " for page in indexed.split(BREAK)]


@lru_cache(maxsize=1 << 14)
def _token(word: str) -> str:
    folded = normalize("NFKD", _POSSESSIVE.sub("", word)).casefold()
    # Two letters of Japanese are by themselves what joins others.
    kept = "".join(map(_spelt, folded)) or "".join(f"u{ord(character):x}" for character in folded)
    return _singular(kept)[:LONGEST]


def _spelt(character: str) -> str:
    if character in _PLAIN:
        return character
    return "" if character in _JOINED or combining(character) else f"u{ord(character):x}"


def _singular(word: str) -> str:
    """By the three rules of Harman's "S" stemmer (1991), which take nothing but an ending of the plural."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("us", "ss")):
        return word
    if word.endswith("ies"):
        return word if word.endswith(("eies", "aies")) else f"{word[:-3]}y"
    return word[:-1]
