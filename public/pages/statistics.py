"""A council's figures in one year."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from cases.published import cells_of
from councils.models import Council
from letters import clock, published
from letters.measures import HEADLINE
from public import lineage, linked_data, panels, predecessors, signs, similar
from public import record as records
from public.addresses import full
from public.by_year import by_year, newest_without
from public.charts.trend import trends
from public.decisions.beside import Beside, beside
from public.decisions.overdue import overdue
from public.maps import kinds
from public.maps.steps import figures_of
from public.pages.answering import public_page
from public.pages.letters_of import asked_year, of_year
from public.pages.missing import withdrawn_or_not_found
from public.put_right import of_letter
from public.record import Record
from public.sentences import Rate
from public.series import headline, over_the_years
from public.signs import Sign, Signs
from public.social.picture import picture


@public_page
def council(request, slug):
    """The way from a council's short address to its figures."""
    get_object_or_404(Council, slug=slug)
    return HttpResponsePermanentRedirect(reverse("statistics", args=[slug]))


@public_page
def statistics(request, slug):
    """A council's figures of a year and over the years; without any letter, why there is none."""
    now = clock.now()
    council = get_object_or_404(Council.objects.with_lineage(), slug=slug)
    record, year = records.of(council, now), asked_year(request.GET)
    letters = record.own
    letter = of_year(letters, year)
    if letter is None and year is not None:
        return withdrawn_or_not_found(request, now, slug, year)
    page = about(council, now, "statistics") | {"letter": letter, "letters": letters}
    page["linked_data"] = linked_data.element(linked_data.of_council(council, letters))
    page |= _all_years(record, timezone.localdate(now))
    if letter is None:
        page["years"] = by_year(council, now)
        page["overdue"] = overdue(council, published.shown_as_of(now))
    else:
        page |= _figures(letter, record, now)
        page["address"] += f"?year={letter.review.year_ending}"
        page["without"] = newest_without(council, letter, now) if letter == letters[0] else None
    return render(request, "public/statistics.html", page)


def about(council, now, page: str) -> dict:
    """What each of a council's pages says of the council and of itself."""
    today = timezone.localdate(now)
    return {
        "page": page,
        "address": full(page, council.slug),
        "council": council,
        "on_map": kinds.of(council.kind) is not None,
        "became": lineage.what_became_of(council, today),
        "came_from": lineage.where_it_came_from(council, today),
    }


def _all_years(record: Record, today: date) -> dict:
    """What the page shows of all years: the council's own, and of those it took over from."""
    return {
        "trends": trends(over_the_years(record.of_the_body, record.statistics_of_the_body, record.former)),
        "former_names": lineage.under_former_names(record.former),
        "before": predecessors.before(record, today),
        "goes_on_with": lineage.goes_on_with(record.council, today),
    }


def _figures(letter, record: Record, now) -> dict:
    """What the page shows of the year in view."""
    council, year = record.council, letter.review.year_ending
    seen_at = published.shown_as_of(now)
    stated = {each.measure: each for each in record.statistics if each.letter_id == letter.pk}
    others, headlines = panels.others(stated), panels.headline(council, year, stated)
    return {
        "panels": headlines,
        "picture": picture(letter, headlines),
        "others": panels.alone(others),
        "tables": panels.tables(others),
        "beside": _beside(council, year, stated.get("upheld"), seen_at),
        "signs": _signs(record, year, stated, now, overdue(council, seen_at)),
        "states_figures": bool(stated),
        "can_be_compared": bool(figures_of(year)),
        "put_right": of_letter(letter, now),
        "replaced": published.replaced(now).filter(council=council, review=letter.review).last(),
    }


def _beside(council: Council, year: int, upheld: Any, seen_at: datetime) -> Beside | None:
    rate = Rate(upheld.percent, upheld.numerator, upheld.denominator) if upheld else None
    return beside(cells_of(council, seen_at), year, rate, seen_at)


def _signs(
    record: Record, year: int, stated: Mapping[str, Any], now: datetime, late: Sign | None
) -> Signs | None:
    """What the rules find; None where the letter has no headline figures and nothing is overdue."""
    if late is None and not stated.keys() & set(HEADLINE):
        return None
    pairs = signs.pairs(headline(record.of_the_body, record.statistics_of_the_body), year)
    averages = similar.averages(record.council, signs.comparable(pairs), (year - 1, year), now)
    return signs.signs(record.council, year, pairs, averages, late)
