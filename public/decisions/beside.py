"""What decisions say beside a letter: how many were upheld by either, why they differ, and what is late today."""

from dataclasses import dataclass
from datetime import datetime

from cases import published
from cases.days import days_of, last_decided, today
from cases.published import Outcome, State
from councils.models import Council

# The outcomes that a letter counts as upheld: a report is one in the public interest.
_UPHELD = {Outcome.UPHELD, Outcome.REPORT}


@dataclass(frozen=True)
class Beside:
    """Upheld decisions of a year that are counted here, and what the letter states; how many improvements are late.

    `why` says why the two numbers differ; empty where they do not, or where the letter states none.
    """

    year: int
    upheld: int
    withheld: int
    stated: int | None
    why: str
    late: int


def beside(council: Council, year: int, stated: int | None, now: datetime) -> Beside | None:
    """What there is to say beside the letter of a year, in two queries; None where no decision is public."""
    cells = [cell for cell in published.cells_by_category_of(council, now) if cell.year == year]
    late = published.improvements(now).filter(published.in_state(State.LATE, today(now)), council=council)
    number = late.order_by().count()
    if not cells and not number:
        return None
    upheld = [cell for cell in cells if cell.outcome in _UPHELD]
    total = sum(cell.number for cell in upheld)
    why = "" if not cells or stated in (None, total) else _why(year, total, stated, now)
    withheld = sum(cell.withheld for cell in upheld)
    return Beside(year, total, withheld, stated if cells else None, why, number)


def _why(year: int, upheld: int, stated: int, now: datetime) -> str:
    """The reason that can be told from the numbers alone, and no other."""
    last = last_decided(now)
    if last < days_of(year)[1] and upheld < stated:
        told = f"{last.day} {last:%B %Y}"
        return f"decisions made after {told} are not published yet, three months have to pass"
    if upheld < stated:
        return "not every decision that the letter counts has been published here"
    return (
        "here each published decision counts in the year in which it was made, and one about several councils "
        "for each of them; the letter states what the Ombudsman’s records held when it was written"
    )
