"""A list of decisions or improvements as its address asks for it: of all councils, or of one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from councils.models import Council
from letters import clock
from letters.published import shown_as_of
from public.decisions import asked as asking
from public.decisions.asked import Asked, NoSuchList
from public.pages.statistics import about


@dataclass(frozen=True)
class Lists:
    """Lists of a kind: what reads one, its name in the templates; and of each of its two pages address and template."""

    read: Callable[[Asked, datetime, Council | None], Any]
    shown_as: str
    of_all: tuple[str, str]
    of_council: tuple[str, str]


def of_all(request: HttpRequest, lists: Lists) -> HttpResponse:
    """The page of the list of all councils."""
    name, template = lists.of_all
    try:
        shown = lists.read(asking.read(request.GET), shown_as_of(clock.now()), None)
    except NoSuchList:
        return _no_such_list(request, name)
    address = f"{settings.SITE_ADDRESS}{request.path}{shown.asked.query}"
    return render(request, template, {lists.shown_as: shown, "address": address})


def of_council(request: HttpRequest, lists: Lists, slug: str) -> HttpResponse:
    """The page of the list of one council."""
    name, template = lists.of_council
    now = clock.now()
    council = get_object_or_404(Council.objects.with_lineage(), slug=slug)
    try:
        shown = lists.read(asking.read(request.GET), shown_as_of(now), council)
    except NoSuchList:
        return _no_such_list(request, name, council)
    page = about(council, now, name) | {lists.shown_as: shown}
    page["address"] += shown.asked.query
    return render(request, template, page)


def _no_such_list(request: HttpRequest, name: str, council: Council | None = None) -> HttpResponse:
    """What is answered where an address asks for a list that there is not; it leads to the whole list."""
    return render(
        request, "public/decisions/no_such_list.html", {"name": name, "council": council}, status=404
    )
