"""Finding a council: the home page, the search, and the list from A to Z."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django import forms
from django.db.models import Count, Sum
from django.shortcuts import redirect, render
from django.utils import timezone

from councils.kinds import CouncilKind
from councils.models import Council
from councils.queries import SEARCH_RESULTS
from letters import clock, published
from public import sentences
from public.pages.answering import public_page


class SearchForm(forms.Form):
    q = forms.CharField(
        max_length=100,
        error_messages={
            "required": "Enter the name of a council, or part of it.",
            "max_length": "Enter a shorter name: at most 100 characters.",
            "null_characters_not_allowed": "Enter a name in ordinary characters.",
        },
    )


@dataclass(frozen=True)
class Search:
    """What was looked for, and what was found; or what was wrong with the question."""

    query: str = ""
    found: list[Council] = field(default_factory=list)
    error: str = ""

    @property
    def more(self) -> bool:
        """Whether there may be more than were found."""
        return len(self.found) == SEARCH_RESULTS

    @property
    def status(self) -> int:
        return 400 if self.error else 200


def look_up(parameters: Mapping[str, str], now: datetime) -> Search:
    """The councils whose names have the words of the parameter `q`; nothing where there is none."""
    if "q" not in parameters:
        return Search()
    form = SearchForm(parameters)
    if not form.is_valid():
        return Search(error=form.errors["q"][0])
    query = form.cleaned_data["q"]
    return Search(query, list(Council.objects.search(query, timezone.localdate(now))))


@public_page
def home(request):
    now = clock.now()
    edition = published.editions(now).first()
    page = {"edition": edition, "kinds": _kinds_in_use()}
    if edition is not None:
        page["national"] = _national(edition, now)
    return render(request, "public/home.html", page)


@public_page
def performance(request):
    """The stem of the councils' addresses."""
    return redirect("home")


def _kinds_in_use():
    used = set(Council.objects.order_by().values_list("kind", flat=True).distinct())
    return [kind for kind in CouncilKind if kind in used]


def _national(edition, now) -> list[str]:
    """The year's national picture, from what is public of it."""
    received = published.letters(now).filter(review=edition).count()
    upheld = (
        published.statistics(now)
        .filter(letter__review=edition, measure="upheld", numerator__isnull=False, denominator__isnull=False)
        .aggregate(letters=Count("pk"), count=Sum("numerator"), base=Sum("denominator"))
    )
    return sentences.national(edition.years, received, **upheld)


@public_page
def councils(request):
    if "q" in request.GET:
        return _search(request)
    today = timezone.localdate(clock.now())
    everyone = list(Council.objects.order_by("kind", "name"))
    closed = [council for council in everyone if council.last_day and council.last_day < today]
    return render(
        request,
        "public/councils.html",
        {"by_kind": _by_kind(set(everyone) - set(closed)), "closed": sorted(closed, key=_name)},
    )


def _name(council) -> str:
    return council.short_name.casefold()


def _by_kind(councils):
    in_order = sorted(councils, key=lambda council: (list(CouncilKind).index(council.kind), _name(council)))
    return [(CouncilKind(kind), list(group)) for kind, group in groupby(in_order, key=lambda each: each.kind)]


def _search(request):
    search = look_up(request.GET, clock.now())
    if len(search.found) == 1:
        return redirect("statistics", slug=search.found[0].slug)
    page = {"query": search.query, "found": search.found, "more": search.more, "error": search.error}
    return render(request, "public/search.html", page, status=search.status)
