"""What the Ombudsman decided: all decisions, those about one council, and each by itself."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from cases import published, references
from cases.days import today
from letters import clock
from letters.published import shown_as_of
from public.decisions.listing import listing
from public.decisions.tracker import told
from public.pages.addresses import lead
from public.pages.answering import public_page
from public.pages.lists_of_cases import Lists, of_all, of_council

_DECISIONS = Lists(
    listing,
    "listing",
    ("decisions", "public/decisions/all.html"),
    ("council-decisions", "public/decisions/of_council.html"),
)


@public_page
def decisions(request):
    """The decisions of all councils, as the address chooses among them."""
    return of_all(request, _DECISIONS)


@public_page
def council_decisions(request, slug):
    """The decisions of one council, as the address chooses among them."""
    return of_council(request, _DECISIONS, slug)


@public_page
def decision(request, category, part, reference):
    """A decision, known by its reference alone; an address by a category that it had before leads to that of today."""
    now = shown_as_of(clock.now())
    found = published.decisions(now).prefetch_related("bodies")
    row = found.filter(reference=references.read(reference)).first()
    if row is None:
        raise Http404
    own = reverse("decision", args=[row.category.slug, row.subcategory.slug, reference])
    if own != request.path:
        return lead(request, own)
    improvements = published.improvements(now).filter(decision=row).order_by("number")
    page = {
        "decision": row,
        "improvements": [told(each, today(now)) for each in improvements],
        "address": f"{settings.SITE_ADDRESS}{request.path}",
    }
    return render(request, "public/decisions/decision.html", page)
