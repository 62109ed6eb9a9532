"""What was put right: corrected figures, replaced letters and withdrawn ones, worded for everyone, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from councils.models import Council
from letters import published


@dataclass(frozen=True)
class Entry:
    """One thing that was put right: `what`, in which letter; `was` and `now` for a figure; `why`, in staff's own words.

    `anchor` names the newest entry of a council and year, for links to it.
    """

    kind: str
    at: datetime
    council: Council
    year: int
    years: str
    what: str
    why: str
    measure: str = ""
    was: str = ""
    now: str = ""
    letter: Any = None
    anchor: str = ""

    @property
    def sentence(self) -> str:
        """What happened, where no heading says it: such as "“Complaints upheld” was corrected."."""
        return f"“{self.what}” was corrected." if self.kind == "corrected" else self.what


def log(now: datetime) -> list[Entry]:
    """Everything that was put right by now, in three queries."""
    entries = [
        *of_figures(published.corrections(now)),
        *map(_replacement, published.replaced(now)),
        *map(_withdrawal, published.withdrawn(now)),
    ]
    return _anchored(sorted(entries, key=lambda entry: entry.at, reverse=True))


def of_figures(corrections: Iterable[Any]) -> list[Entry]:
    """The corrected figures among them, in the order given."""
    return [
        _entry("corrected", each.letter, each.confirmed_at, what=each.figure, why=each.note, **_numbers(each))
        for each in corrections
    ]


def of_letter(letter: Any, now: datetime) -> list[Entry]:
    """The corrections of one public letter, newest first, in one query."""
    return of_figures(published.corrections(now).filter(letter=letter))


def _numbers(correction: Any) -> dict[str, str]:
    return {"measure": correction.measure, "was": correction.was, "now": correction.now}


def _replacement(letter: Any) -> Entry:
    what = "The letter was replaced."
    return _entry("replaced", letter, letter.replaced_at, what=what, why=letter.why_replaced)


def _withdrawal(letter: Any) -> Entry:
    what = "The letter was withdrawn."
    return _entry("withdrawn", letter, letter.withdrawn_at, what=what, why=letter.withdrawal_note)


def _entry(kind: str, letter: Any, at: datetime, **said: str) -> Entry:
    review = letter.review
    return Entry(kind, at, letter.council, review.year_ending, review.years, letter=letter, **said)


def _anchored(entries: list[Entry]) -> list[Entry]:
    seen: set[str] = set()
    found = []
    for entry in entries:
        anchor = f"{entry.council.slug}-{entry.year}"
        found.append(entry if anchor in seen else replace(entry, anchor=anchor))
        seen.add(anchor)
    return found
