"""Finding a council: the home page, the search with its suggestions, and the list from A to Z."""

from itertools import groupby

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from councils.boundaries import Layer
from councils.kinds import CouncilKind
from councils.models import Council
from letters import clock, published
from letters.measures import HEADLINE, MEASURES
from public import national
from public.charts.map import COARSE, Map, map_of
from public.finding import look_up
from public.maps.gathering import entries_of
from public.maps.kinds import Kind
from public.pages.answering import forgotten, public_page
from public.year import letters_of

SUGGESTIONS = 8


@public_page
def home(request):
    """The start page: the search, and where the newest year stands."""
    now = clock.now()
    edition = published.editions(now).first()
    page = {"edition": edition, "kinds": _kinds_in_use()}
    if edition is not None:
        page["national"] = _national(edition, now)
        page["map"] = _small_map(edition.year_ending, now)
    return render(request, "public/home.html", page)


@public_page
def performance(request):
    """The stem of the councils' addresses."""
    return redirect("home")


def _kinds_in_use():
    used = set(Council.objects.order_by().values_list("kind", flat=True).distinct())
    return [kind for kind in CouncilKind if kind in used]


def _small_map(year: int, now) -> Map | None:
    """The year's first headline figure by district, unitary and borough; None where letters do not state it."""
    if not MEASURES[HEADLINE[0]].stated_in(year):
        return None
    return map_of(Layer.DISTRICTS, year, entries_of(HEADLINE[0], year, Kind.COUNCILS, now), COARSE)


def _national(edition, now) -> list[str]:
    """The year's national picture in three sentences."""
    measures = HEADLINE[:2]
    letters = letters_of([edition.year_ending], measures, now)
    totals = [national.total(slug, letters.rows(edition.year_ending, slug)) for slug in measures]
    return national.sentences(edition.years, len(letters.years[edition.year_ending]), totals)


@public_page
def councils(request):
    """All councils by kind, former ones apart; or, with `q`, what was found."""
    if "q" in request.GET:
        return _search(request)
    today = timezone.localdate(clock.now())
    everyone = list(Council.objects.order_by("kind", "name"))
    closed = [council for council in everyone if council.last_day and council.last_day < today]
    return render(
        request,
        "public/councils.html",
        {
            "by_kind": _by_kind(set(everyone) - set(closed)),
            "closed": sorted(closed, key=_name),
            "today": today,
        },
    )


def _name(council) -> str:
    return council.short_name.casefold()


def _by_kind(councils):
    in_order = sorted(councils, key=lambda council: (list(CouncilKind).index(council.kind), _name(council)))
    return [(CouncilKind(kind), list(group)) for kind, group in groupby(in_order, key=lambda each: each.kind)]


def _search(request):
    search = look_up(request.GET, clock.now())
    if search.by_postcode:
        return forgotten(render(request, "public/postcode.html", {"search": search}, status=search.status))
    if len(search.found) == 1 and search.found[0].council.is_called(search.query):
        return redirect("statistics", slug=search.found[0].council.slug)
    return render(request, "public/search.html", {"search": search}, status=search.status)


@public_page
def suggest(request):
    """What the search would find for what has been typed so far, for the list below the field."""
    search = look_up(request.GET, clock.now())
    hits = [] if search.by_postcode else search.near or search.found
    suggestions = [_suggestion(hit, near=bool(search.near)) for hit in hits[:SUGGESTIONS]]
    return JsonResponse({"suggestions": suggestions}, status=search.status)


def _suggestion(hit, near: bool) -> dict:
    note = "".join(map(str, hit.note))
    return {"name": hit.council.name, "slug": hit.council.slug, "note": note, "near": near}
