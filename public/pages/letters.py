"""Searching the letters' own words."""

from typing import Any

from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from councils.models import Council
from councils.years import in_years
from letters import clock, published
from public.asked import Refused, year_in
from public.pages.answering import public_page
from public.searching.answer import FEW, answer
from public.searching.asked import KINDS, LONGEST, Asked, BadWords, NoCouncil, Order, read

_TOO_LONG = (
    "This search takes too long. Look for fewer or rarer words, or choose a council or a year; without quotation marks "
    "it is quicker."
)


@public_page
def letters(request):
    """The search through the letters' words: its form, and what was found."""
    now = clock.now()
    years = published.years(now)
    page: dict[str, Any] = {
        "asked": Asked(words=request.GET.get("q", "")[:LONGEST]),
        "years": [(year, in_years(year)) for year in years],
        "kinds": KINDS,
        "few": FEW,
        "longest": LONGEST,
    }
    page |= _answered(request.GET, years, now)
    return render(request, "public/letters.html", page, status=page.get("status", 200))


def _answered(parameters, years, now) -> dict[str, Any]:
    """What the page says to the question, or what is wrong with it."""
    try:
        asked = read(parameters, timezone.localdate(now))
        return {"asked": asked} | (_found(asked, years, now) if asked.question else {})
    except BadWords as reason:
        return {"error": str(reason), "wrong": "q", "status": 400}
    except NoCouncil as reason:
        choices = {
            "councils": _choices(parameters, reason.councils),
            "typed": parameters.get("council", "")[:LONGEST],
        }
        # Whatever else was chosen was found right before the council was looked for.
        kind, year = parameters.get("kind", ""), year_in(parameters.get("year", ""))
        chosen = {"asked": Asked(parameters.get("q", "")[:LONGEST], kind=kind, year=year)}
        return {"error": str(reason), "wrong": "council", "status": 400} | choices | chosen
    except Refused as refused:
        return {"error": refused.message, "wrong": "", "status": refused.status}
    except published.TakesTooLong:
        return {"error": _TOO_LONG, "wrong": "q", "status": 503}


def _choices(parameters: QueryDict, councils: list[Council]) -> list[tuple[Council, str]]:
    """Each council that may be meant, with the address of the same search of its letters."""
    asked = parameters.copy()
    addresses = []
    for council in councils:
        asked["council"] = council.slug
        addresses.append((council, f"{reverse('letters')}?{asked.urlencode()}"))
    return addresses


def _found(asked: Asked, years, now) -> dict[str, Any]:
    found = answer(asked, years, now)
    other = Order.NEWEST if found.order == Order.BEST else Order.BEST
    return {
        "answer": found,
        "is_best": found.order == Order.BEST,
        "other_order": asked.address(order=other.value),
        "everywhere": Asked(words=asked.words, question=asked.question).address(),
        "further": asked.address(order=found.order.value, after=found.more) if found.more else "",
        "has_signs": asked.has_signs,
    }
