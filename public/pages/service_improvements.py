"""What councils agreed to make better: of one council, and of all."""

from django.conf import settings
from django.shortcuts import get_object_or_404, render

from councils.models import Council
from letters import clock
from letters.published import shown_as_of
from public.decisions import asked as asking
from public.decisions.asked import NoSuchList
from public.decisions.tracker import tracked
from public.pages.answering import public_page
from public.pages.decisions import no_such_list
from public.pages.statistics import about


@public_page
def service_improvements(request):
    now = shown_as_of(clock.now())
    try:
        shown = tracked(asking.read(request.GET), now)
    except NoSuchList:
        return no_such_list(request, "service-improvements")
    page = {"tracked": shown, "address": f"{settings.SITE_ADDRESS}{request.path}{shown.asked.query}"}
    return render(request, "public/decisions/tracker.html", page)


@public_page
def council_improvements(request, slug):
    now = clock.now()
    council = get_object_or_404(Council.objects.with_lineage(), slug=slug)
    try:
        shown = tracked(asking.read(request.GET), shown_as_of(now), council)
    except NoSuchList:
        return no_such_list(request, "council-improvements", council)
    page = about(council, now, "council-improvements") | {"tracked": shown}
    page["address"] += shown.asked.query
    return render(request, "public/decisions/improvements_of_council.html", page)
