"""Two texts side by side: which lines went, which came, and the words that differ in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_AROUND = 1  # unchanged lines shown around each change
_WORDS = 400  # in longer lines no words are marked


@dataclass(frozen=True)
class Line:
    """A line with its words in pieces: (words, whether they differ)."""

    kind: Literal["same", "gone", "come"]
    pieces: list[tuple[str, bool]]


def changes(old: str, new: str) -> list[list[Line]]:
    """Each place where the texts differ, as lines; empty where they are the same."""
    before, after = _lines(old), _lines(new)
    matcher = SequenceMatcher(None, before, after)
    return [
        [line for tag, a, b, c, d in place for line in _step(tag, before[a:b], after[c:d])]
        for place in matcher.get_grouped_opcodes(_AROUND)
    ]


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _step(tag: str, gone: list[str], come: list[str]) -> Iterator[Line]:
    if tag == "equal":
        yield from (Line("same", [(line, False)]) for line in gone)
    elif tag == "replace" and len(gone) == len(come):
        for one, other in zip(gone, come, strict=True):
            yield from _words(one, other)
    else:
        yield from (Line("gone", [(line, False)]) for line in gone)
        yield from (Line("come", [(line, False)]) for line in come)


def _words(old: str, new: str) -> Iterator[Line]:
    """A line that was changed, as it was and as it is, with the words marked that differ."""
    before, after = old.split(" "), new.split(" ")
    if max(len(before), len(after)) > _WORDS:
        yield Line("gone", [(old, False)])
        yield Line("come", [(new, False)])
        return
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    yield Line("gone", [(" ".join(before[a:b]), tag != "equal") for tag, a, b, _, _ in steps if b > a])
    yield Line("come", [(" ".join(after[c:d]), tag != "equal") for tag, _, _, c, d in steps if d > c])
