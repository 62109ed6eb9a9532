"""What the Ombudsman decided: all decisions, those about one council, and each by itself."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from cases import published, references
from cases.days import today
from councils.models import Council
from letters import clock
from letters.published import shown_as_of
from public.decisions import asked as asking
from public.decisions.asked import NoSuchList
from public.decisions.listing import listing
from public.decisions.tracker import told
from public.pages.answering import public_page
from public.pages.statistics import about


@public_page
def decisions(request):
    now = shown_as_of(clock.now())
    try:
        shown = listing(asking.read(request.GET), now)
    except NoSuchList:
        return no_such_list(request, "decisions")
    page = {"listing": shown, "address": f"{settings.SITE_ADDRESS}{request.path}{shown.asked.query}"}
    return render(request, "public/decisions/all.html", page)


@public_page
def council_decisions(request, slug):
    now = clock.now()
    council = get_object_or_404(Council.objects.with_lineage(), slug=slug)
    try:
        shown = listing(asking.read(request.GET), shown_as_of(now), council)
    except NoSuchList:
        return no_such_list(request, "council-decisions", council)
    page = about(council, now, "council-decisions") | {"listing": shown}
    page["address"] += shown.asked.query
    return render(request, "public/decisions/of_council.html", page)


def no_such_list(request, name: str, council: Council | None = None):
    """What is answered where an address asks for a list that there is not; it leads to the whole list."""
    return render(
        request, "public/decisions/no_such_list.html", {"name": name, "council": council}, status=404
    )


@public_page
def decision(request, category, part, reference):
    now = shown_as_of(clock.now())
    found = (
        published.decisions(now)
        .prefetch_related("bodies")
        .filter(reference=references.read(reference), category__slug=category, subcategory__slug=part)
    )
    row = found.first()
    if row is None:
        raise Http404
    improvements = published.improvements(now).filter(decision=row).order_by("number")
    page = {
        "decision": row,
        "improvements": [told(each, today(now)) for each in improvements],
        "address": f"{settings.SITE_ADDRESS}{request.path}",
    }
    return render(request, "public/decisions/decision.html", page)
