"""What was decided about a council in a reporting year, and what it agreed to make better: what a committee asks of."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from cases import published
from cases.days import days_of, today
from cases.published import Cell, State
from councils.models import Council
from councils.years import year_ending
from public.decisions import overdue
from public.decisions.beside import Beside, beside
from public.decisions.tracker import Told, told
from public.sentences import Rate
from public.signs import Sign

# More than these fill a committee's papers: a link leads to the rest.
MOST_LISTED = 20
_ORDER = [State.LATE, State.DUE, State.DONE_LATE, State.DONE]


@dataclass(frozen=True)
class OfSubject:
    """How many decisions on a subject had each outcome."""

    name: str
    outcomes: Counter[str]


@dataclass(frozen=True)
class OfYear:
    """What is published on a day: decisions and reports of the year; improvements agreed in it, or still open.

    `beside` is None where no decision of the year is public. Of the improvements, late ones stand first.
    """

    on: date
    beside: Beside | None
    subjects: list[OfSubject]
    reports: list[Any]
    improvements: list[Told]

    @property
    def listed(self) -> list[Told]:
        return self.improvements[:MOST_LISTED]

    @property
    def unlisted(self) -> int:
        return len(self.improvements[MOST_LISTED:])

    @property
    def overdue(self) -> Sign | None:
        late = [each.improvement.due_on for each in self.improvements if each.state == State.LATE]
        return overdue.sign(len(late), late[0], self.on) if late else None


def newest_year(council: Council, now: datetime) -> int | None:
    """The newest reporting year with a public decision or report about the council; None where there is none."""
    reports = published.reports(now).prefetch_related(None).filter(bodies=council)
    told = {cell.year for cell in published.cells_of(council, now)}
    told |= {year_ending(day) for day in reports.values_list("published_on", flat=True)}
    return max(told, default=None)


def of_year(council: Council, year: int, rate: Rate | None, now: datetime) -> OfYear:
    """Everything of a year, in at most four queries; `rate` is what its letter states of complaints upheld."""
    cells = [cell for cell in published.cells_of(council, now) if cell.year == year]
    of_council = published.reports(now).prefetch_related(None).filter(bodies=council)
    return OfYear(
        today(now),
        beside(cells, year, rate, now),
        _subjects(cells) if cells else [],
        list(of_council.filter(published_on__range=days_of(year))),
        _improvements(council, year, now),
    )


def _subjects(cells: Iterable[Cell]) -> list[OfSubject]:
    """In the order of the categories; those that lists call the same are one subject."""
    labels = {each.pk: each.label for each in published.categories() if each.within_id is None}
    outcomes: dict[str, Counter[str]] = {label: Counter() for label in labels.values()}
    for cell in cells:
        outcomes[labels[cell.category]][cell.outcome] += cell.number
    return [OfSubject(label, counted) for label, counted in outcomes.items() if counted]


def _improvements(council: Council, year: int, now: datetime) -> list[Told]:
    """Late ones first, then those that are due; of each state those whose day came first."""
    on = today(now)
    still_open = published.in_state(State.LATE, on) | published.in_state(State.DUE, on)
    wanted = still_open | Q(agreed_on__range=days_of(year))
    found = [told(each, on) for each in published.improvements(now).filter(wanted, council=council)]
    return sorted(found, key=lambda each: (_ORDER.index(each.state), each.improvement.due_on))
