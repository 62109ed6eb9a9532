"""Why a body has no letter for a year: what staff said, what was withdrawn, or what the register knows. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from councils.kinds import CouncilKind
from councils.models import Council
from councils.years import reporting_year
from public.figures import full_day


class Why(Enum):
    """The reasons, with the words that stand above those who have them; the first that holds is given."""

    WITHDRAWN = "The letter was withdrawn"
    SAID = "A reason was given"
    NOT_WRITTEN_TO = "No letter is expected"
    CLOSED = "Closed by the end of the year"
    NEW = "New in the course of the year"
    NOT_KNOWN = "No letter is published here, and no reason is known"


@dataclass(frozen=True)
class Without:
    """A body without a letter: the reason, and a sentence that gives it."""

    council: Council
    why: Why
    words: str


def without_letter(council: Council, year_ending: int, withdrawn: Any = None, said: str = "") -> Without:
    """Why there is no letter: `withdrawn` is one that was public, `said` what staff give as the reason."""
    first, last = reporting_year(date(year_ending, 3, 31))
    kind = CouncilKind(council.kind)
    if withdrawn is not None:
        return Without(council, Why.WITHDRAWN, _withdrawn(withdrawn))
    if said:
        return Without(council, Why.SAID, said)
    if not kind.is_written_to:
        words = "None is expected: the letters published here are to councils and national park authorities."
        return Without(council, Why.NOT_WRITTEN_TO, words)
    if council.last_day is not None and council.last_day <= last:
        return Without(council, Why.CLOSED, f"It existed until {full_day(council.last_day)}.")
    if council.first_day is not None and council.first_day > first:
        return Without(council, Why.NEW, f"It has existed since {full_day(council.first_day)}.")
    return Without(council, Why.NOT_KNOWN, "No reason is known here.")


def _withdrawn(letter: Any) -> str:
    days = f"published on {full_day(letter.published_at)} was withdrawn on {full_day(letter.withdrawn_at)}"
    return f"A letter {days}. {letter.withdrawal_note}".strip()
