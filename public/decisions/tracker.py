"""What councils agreed to make better: how each stands today, and what there is to choose by. Counts, never a rank."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median_low
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth

from cases import published
from cases.days import days_of, today
from cases.published import State
from councils.models import Council
from councils.years import year_ending
from public.decisions.asked import Asked, NoSuchList
from public.decisions.choices import Choice, Facet
from public.figures import years

PER_PAGE = 25
# Of what a list can be narrowed by: the name in the address, its label, and what leaves it open.
_KINDS = {
    "state": ("State", "All states"),
    "category": ("What was agreed", "All kinds"),
    "subject": ("Service", "All services"),
    "year": ("Agreed in", "All years"),
}


@dataclass(frozen=True)
class Told:
    """An improvement with how it stands; `took` is the number of days from the agreement to the evidence."""

    improvement: Any
    state: State
    took: int | None
    days_late: int | None

    @property
    def others(self) -> str:
        """The query of all who agreed to the like in the same service."""
        row = self.improvement
        return Asked(category=row.category_slug, subject=row.decision.category.slug).query


@dataclass(frozen=True)
class Tracked:
    """One page of the list, and what there is to know of all that were chosen."""

    asked: Asked
    facets: list[Facet]
    number: int
    improvements: list[Told]
    by_state: list[tuple[State, int]]
    half_took: int | None
    older: str

    @property
    def narrowed_to(self) -> str:
        """What was chosen and typed, for the page's title."""
        return ", ".join(filter(None, [self.asked.q, *(facet.words for facet in self.facets)]))

    @property
    def is_first(self) -> bool:
        return self.asked.before is None


def told(row: Any, on: date) -> Told:
    """How an improvement stands on a day."""
    state = published.state_of(row, on)
    done = state in (State.DONE, State.DONE_LATE)
    took = (row.evidence_on - row.agreed_on).days if done else None
    until = row.evidence_on if state == State.DONE_LATE else on if state == State.LATE else None
    return Told(row, state, took, (until - row.due_on).days if until else None)


def tracked(asked: Asked, now: datetime, council: Council | None = None) -> Tracked:
    """The list that an address asks for, in three queries. Raises NoSuchList where there is none."""
    on = today(now)
    rows = published.improvements(now)
    rows = rows.filter(council=council) if council else rows
    cells = _cells(rows, on)
    _demand(asked, cells)
    chosen = _narrowed(rows, asked, on)
    page = chosen if asked.before is None else chosen.filter(place__lt=asked.before)
    page = list(page[: PER_PAGE + 1])
    inside = _meeting(cells, asked)
    states = _sums(inside, "state")
    return Tracked(
        asked,
        [_facet(name, cells, asked) for name in _KINDS],
        sum(cell.number for cell in inside),
        [told(each, on) for each in page[:PER_PAGE]],
        [(state, states[state]) for state in State if states[state]],
        _half_took(chosen, on),
        asked.after(page[PER_PAGE - 1].place) if len(page) > PER_PAGE else "",
    )


@dataclass(frozen=True)
class _Cell:
    """How many improvements agree in all that a list can be narrowed by; `labels` are the words for the values."""

    state: str
    category: str
    subject: str
    year: int
    number: int
    labels: dict[str, str]


def _cells(rows: Any, on: date) -> list[_Cell]:
    names = ("category_slug", "category", "decision__category__slug", "decision__category__name")
    counted = (
        rows.order_by()
        .annotate(state=published.state_on(on), month=TruncMonth("agreed_on"))
        .values_list("state", "month", *names)
        .annotate(counted=Count("pk"))
    )
    return [
        _Cell(
            state,
            slug,
            subject,
            year_ending(month),
            number,
            {
                "state": State(state).label,
                "category": name,
                "subject": service,
                "year": years(year_ending(month)),
            },
        )
        for state, month, slug, name, subject, service, number in counted
    ]


def _demand(asked: Asked, cells: list[_Cell]) -> None:
    """What no public improvement has is for the public not there; states are known to all."""
    for name in ("category", "subject", "year"):
        wanted = getattr(asked, name)
        if wanted and not any(getattr(cell, name) == wanted for cell in cells):
            raise NoSuchList
    if asked.state not in ("", *State.values):
        raise NoSuchList


def _narrowed(rows: Any, asked: Asked, on: date) -> Any:
    if asked.state:
        rows = rows.filter(published.in_state(State(asked.state), on))
    if asked.category:
        rows = rows.filter(category_slug=asked.category)
    if asked.subject:
        rows = rows.filter(decision__category__slug=asked.subject)
    return rows.filter(agreed_on__range=days_of(asked.year)) if asked.year else rows


def _meeting(cells: Iterable[_Cell], asked: Asked, free: str = "") -> list[_Cell]:
    """The cells that meet all choices but one, which stays free."""
    wanted = {name: getattr(asked, name) for name in _KINDS if name != free and getattr(asked, name)}
    return [cell for cell in cells if all(getattr(cell, name) == value for name, value in wanted.items())]


def _sums(cells: Iterable[_Cell], name: str) -> Counter[Any]:
    sums: Counter[Any] = Counter()
    for cell in cells:
        sums[getattr(cell, name)] += cell.number
    return sums


def _facet(name: str, cells: list[_Cell], asked: Asked) -> Facet:
    sums = _sums(_meeting(cells, asked, free=name), name)
    labels = {getattr(cell, name): cell.labels[name] for cell in cells}
    if name == "state":
        labels = dict(State.choices)
    now = getattr(asked, name)
    choices = [
        Choice(str(value), labels[value], sums[value], value == now)
        for value in _in_order(name, labels)
        if sums[value] or value == now
    ]
    return Facet(name, *_KINDS[name], choices, sum(sums.values()))


def _in_order(name: str, labels: dict[Any, str]) -> list[Any]:
    if name == "state":
        return list(labels)
    return sorted(labels, reverse=True) if name == "year" else sorted(labels, key=lambda each: labels[each])


def _half_took(rows: Any, on: date) -> int | None:
    """Within how many days half of those that are done were done; None where fewer than ten are."""
    done = rows.filter(evidence_on__lte=on).order_by().values_list("agreed_on", "evidence_on")
    took = [(evidence - agreed).days for agreed, evidence in done]
    return median_low(took) if len(took) >= 10 else None
