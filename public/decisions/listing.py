"""A list of decisions: what was asked for, what there is to choose by, and one page of it, the newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from cases import published
from cases.published import Cell, Chosen
from councils.models import Council
from public.decisions import choices
from public.decisions.asked import Asked
from public.decisions.choices import Counted, Facet

PER_PAGE = 25


@dataclass(frozen=True)
class Listing:
    """One page of a list. `counted` is None where a search finds too many to be counted."""

    asked: Asked
    facets: list[Facet]
    decisions: list[Any]
    counted: Counted | None
    older: str

    @property
    def narrowed_to(self) -> str:
        """What was chosen and typed, for the page's title."""
        return ", ".join(filter(None, [self.asked.q, *(facet.words for facet in self.facets)]))

    @property
    def is_first(self) -> bool:
        return self.asked.before is None

    @property
    def most_found(self) -> int:
        return published.MOST_FOUND


def listing(asked: Asked, now: datetime, council: Council | None = None) -> Listing:
    """The list that an address asks for. Raises NoSuchList where there is none.

    Five queries at most, and one more where words are sought.
    """
    categories = published.categories()
    named = choices.chosen(asked, categories, council)
    if asked.q:
        return _searched(asked, named, categories, now)
    cells = _cells(named, now)
    what = choices.as_public(named, cells)
    rows = published.listed(what, now, asked.before)
    return _listing(asked, what, categories, cells, _some(rows))


def _cells(named: Chosen, now: datetime) -> list[Cell]:
    if named.council:
        return published.cells_of(named.council, now, named.category)
    return published.cells(now, named.category)


def _searched(asked: Asked, named: Chosen, categories: list[Any], now: datetime) -> Listing:
    """Where few have the words, they are counted; where many, the list goes on from page to page without counts."""
    hits = published.hits(published.found(asked.q, Chosen(named.council), now), now)
    if hits is None:
        return _many(asked, named, categories, now)
    told = published.cells_among(hits)
    # What some of them are of is public. Else it is asked for, as without words.
    what = choices.as_public(named, told if choices.are_among(named, told) else _cells(named, now))
    places = [hit.place for hit in published.narrowed(hits, what)]
    older = [place for place in places if asked.before is None or place < asked.before]
    rows = _some(published.at(older[: PER_PAGE + 1], now))
    return _listing(asked, what, categories, told, rows)


def _many(asked: Asked, named: Chosen, categories: list[Any], now: datetime) -> Listing:
    cells = _cells(named, now)
    what = choices.as_public(named, cells)
    rows = _some(published.at(published.found(asked.q, what, now, asked.before, PER_PAGE + 1), now))
    facets = choices.facets(cells, what, categories, counted=False)
    return Listing(asked, facets, rows[:PER_PAGE], None, _older(asked, rows))


def _some(rows: Any) -> list[Any]:
    bodies = Prefetch("bodies", Council.objects.order_by("name"))
    return list(rows.prefetch_related(bodies)[: PER_PAGE + 1])


def _listing(
    asked: Asked, what: Chosen, categories: list[Any], cells: list[Cell], rows: list[Any]
) -> Listing:
    return Listing(
        asked,
        choices.facets(cells, what, categories),
        rows[:PER_PAGE],
        choices.count(cells, what, categories),
        _older(asked, rows),
    )


def _older(asked: Asked, rows: list[Any]) -> str:
    return asked.after(rows[PER_PAGE - 1].place) if len(rows) > PER_PAGE else ""
