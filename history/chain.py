"""The chain: each line's digest covers the line and the digest of the one before."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from history.models import Line
from history.states import canonical


@dataclass(frozen=True)
class Fault:
    """What is wrong with the history: a code, what it means, and what to do."""

    code: str
    message: str
    to_do: str


_COMPARE = "Compare the history with the last backup: lines were altered or taken out beside the site."


def digest_of(line: Line) -> str:
    """SHA-256 of all that the line says and of the digest of the line before it."""
    said = [
        line.number,
        line.at,
        line.by_id,
        line.subject,
        line.subject_id,
        line.deed,
        line.changes,
        line.previous,
    ]
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def broken_links(lines: Iterable[Line]) -> Iterator[Fault]:
    """Lines that are altered, missing or out of order, all lines given in the order of their numbers."""
    number, digest = 0, ""
    for line in lines:
        if line.number != number + 1:
            yield Fault("history-gap", f"Lines {number + 1} to {line.number - 1} are missing.", _COMPARE)
        elif line.previous != digest:
            yield Fault(
                "history-broken", f"Line {line.number} does not follow from the one before.", _COMPARE
            )
        if digest_of(line) != line.digest:
            yield Fault("history-altered", f"Line {line.number} is not as it was written.", _COMPARE)
        number, digest = line.number, line.digest


def not_anchored(anchor: str) -> Iterator[Fault]:
    """Whether the chain still has the line that was noted elsewhere, as "number:digest"."""
    number, _, digest = anchor.partition(":")
    if not Line.objects.filter(number=number, digest=digest).exists():
        message = f"Line {number} is not the one that was noted: the history was cut off, or written anew."
        yield Fault("history-not-anchored", message, _COMPARE)


def end_of_chain() -> str:
    """The last line as "number:digest", to be noted where this machine cannot write; empty without any."""
    last = Line.objects.order_by("-number").first()
    return f"{last.number}:{last.digest}" if last else ""
