"""A council's figures in one year."""

import re

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from councils.models import Council
from letters import clock, published
from public import lineage, panels
from public.charts.trend import trends
from public.pages.answering import public_page
from public.pages.missing import withdrawn_or_not_found
from public.series import over_the_years


@public_page
def council(request, slug):
    get_object_or_404(Council, slug=slug)
    return HttpResponsePermanentRedirect(reverse("statistics", args=[slug]))


@public_page
def statistics(request, slug):
    now = clock.now()
    council = get_object_or_404(Council.objects.with_lineage(), slug=slug)
    letters = list(published.letters(now).filter(council=council).order_by("-review__year_ending"))
    year = _asked_year(request.GET)
    letter = next((each for each in letters if year in (None, each.review.year_ending)), None)
    if letter is None and year is not None:
        return withdrawn_or_not_found(request, now, slug, year)
    page = about(council, now, "statistics") | {"letter": letter, "letters": letters}
    if letter is not None:
        page |= _figures(council, letter, letters, now)
        page["address"] += f"?year={letter.review.year_ending}"
    return render(request, "public/statistics.html", page)


def about(council, now, page: str) -> dict:
    """What each of a council's pages says of the council and of itself."""
    today = timezone.localdate(now)
    return {
        "page": page,
        "address": f"{settings.SITE_ADDRESS}{reverse(page, args=[council.slug])}",
        "council": council,
        "became": lineage.what_became_of(council, today),
        "came_from": lineage.where_it_came_from(council, today),
    }


def _asked_year(parameters) -> int | None:
    if "year" not in parameters:
        return None
    if not re.fullmatch("[12][0-9]{3}", parameters["year"]):
        raise Http404
    return int(parameters["year"])


def _figures(council, letter, letters, now) -> dict:
    every = list(published.statistics(now).filter(letter__council=council))
    stated = {each.measure: each for each in every if each.letter_id == letter.pk}
    have_letter = [each.review.year_ending for each in letters]
    return {
        "panels": panels.headline(council, letter.review.year_ending, stated),
        "others": panels.others(stated),
        "trends": trends(over_the_years(have_letter, every)),
        "states_figures": bool(stated),
        "replaced": published.replaced(now).filter(council=council, review=letter.review).last(),
    }
