"""The map: one figure of one year for all authorities of a tier, drawn where they lie, and as a table."""

from datetime import datetime

from django.conf import settings
from django.shortcuts import redirect, render

from councils import boundaries
from councils.kinds import CouncilKind, Region
from councils.models import Council
from letters import clock, published
from letters.measures import MEASURES
from public import figures
from public.asked import Refused, no_such_year, unknown
from public.charts.map import Map, has_hexagons, hexagon_map, map_of
from public.maps import asked as asking
from public.maps import kinds
from public.maps.asked import Asked
from public.maps.entries import Entry, legend
from public.maps.gathering import entries_of
from public.maps.kinds import Kind, View
from public.maps.steps import STEPS, figures_of
from public.maps.table import columns, lines
from public.pages.answering import public_page


@public_page
def map_page(request):
    """The map of a figure and year, and the same as a table."""
    now = clock.now()
    try:
        return _answer(request, asking.read(request.GET), now)
    except Refused as refused:
        page = {"message": refused.message}
        return render(request, "public/map_refused.html", page, status=refused.status)


def _answer(request, asked: Asked, now: datetime):
    years = [edition.year_ending for edition in published.editions(now)]
    council = _council(asked)
    asked = _completed(asked, council, years)
    if request.META["QUERY_STRING"] != asked.query:
        return redirect(asked.address)
    page = {"asked": asked, "council": council, "years": figures.years(asked.year)} | _choices(asked, years)
    if asked.figure not in figures_of(asked.year):
        return render(request, "public/map_not_stated.html", page, status=404)
    page |= _page(asked, council, entries_of(asked.figure, asked.year, asked.kind, now))
    return render(request, "public/map.html", page)


def _council(asked: Asked) -> Council | None:
    if not asked.council:
        return None
    found = Council.objects.filter(slug=asked.council).first()
    if found is None:
        raise unknown([asked.council])
    return found


def _completed(asked: Asked, council: Council | None, years: list[int]) -> Asked:
    """With the choices that the address leaves open: the latest year, the map that the council in view is on."""
    if not years:
        raise Refused(404, "No letters are published yet, so there is nothing to show.")
    if asked.year not in (None, *years):
        raise no_such_year()
    kind = asked.kind or (council and kinds.of(council.kind)) or Kind.COUNCILS
    return asked.but(year=asked.year or years[0], kind=kind)


def _page(asked: Asked, council: Council | None, entries: list[Entry]) -> dict:
    drawn = _drawn(asked, entries)
    seen = next((entry for entry in entries if entry.council == council), None)
    return {
        "address": f"{settings.SITE_ADDRESS}{asked.address}",
        "label": kinds.label(asked.kind),
        "entries": entries,
        "map": drawn,
        "seen": seen,
        "marked": drawn.shape_of(council),
        "marked_words": _marked_words(asked, council, seen),
        "views": _views(asked),
        "legend": legend(asked.measure, entries),
        "reason": STEPS[asked.figure].reason,
        "in_force": boundaries.in_force(asked.year),
        "is_in_force": boundaries.in_force(asked.year) == asked.year - 1,
        "offers_hexagons": has_hexagons(entries),
        "lines": lines(entries, asked),
        "columns": [(each, asked.but(sort=each.sort).address) for each in columns(asked.measure, asked.sort)],
        "counts_are_ours": any(entry.count_is_ours for entry in entries),
        "lacks_letters": not all(entry.has_letter for entry in entries),
        "has_regions": any(entry.council.region for entry in entries),
        "whole_table": asked.but(name="", of=None, region=None).address,
    }


def _drawn(asked: Asked, entries: list[Entry]) -> Map:
    if asked.hexagonal and has_hexagons(entries):
        return hexagon_map(entries)
    return map_of(kinds.layer(asked.kind), asked.year, entries)


def _marked_words(asked: Asked, council: Council | None, seen: Entry | None) -> str:
    """What the council in view has, or why it is not on the map."""
    if council is None or seen is not None:
        return seen.words + "." if seen else ""
    if council.kind not in kinds.bodies(asked.kind):
        return f"{council} is not one of the {kinds.label(asked.kind)} on this map."
    return f"{council} did not exist in {figures.years(asked.year)}."


def _views(asked: Asked) -> list[tuple[View, str, str]]:
    """Each way of drawing, in words, and its address."""
    words = {View.BOUNDARIES: "Boundaries", View.HEXAGONS: "Hexagons"}
    return [(view, words[view], asked.but(view=view).address) for view in View]


def _choices(asked: Asked, years: list[int]) -> dict:
    """What the switches offer: values with their words."""
    return {
        "figures": [(slug, MEASURES[slug].name) for slug in figures_of(asked.year) or STEPS],
        "all_years": [(year, figures.years(year)) for year in years],
        "first_years": figures.years(asked.measure.first_year),
        "all_kinds": [(kind, kinds.label(kind)) for kind in Kind],
        "bodies": [(kind, CouncilKind(kind).plural) for kind in kinds.bodies(asked.kind)],
        "regions": Region.choices,
    }
