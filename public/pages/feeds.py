"""Feeds, and the calendar."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from cases import published as decided
from cases.published import Chosen
from councils.models import Council
from letters import clock, published
from letters.published import shown_as_of
from public import citing
from public.addresses import full
from public.feeds import atom, calendar, entries
from public.feeds.decided import of_decisions, of_reports
from public.pages.answering import public_page


@public_page
def letters_feed(request):
    now = clock.now()
    title = f"{citing.SITE}: the Ombudsman’s letters to councils"
    of_all = entries.of_letters(published.letters(now), now)
    return _feed(atom.Feed(title, full("letters-feed"), full("letters"), of_all))


@public_page
def council_feed(request, slug):
    now = clock.now()
    council = get_object_or_404(Council, slug=slug)
    title = f"{council.name}: the Ombudsman’s letters"
    of_council = entries.of_letters(published.letters(now).filter(council=council), now)
    return _feed(atom.Feed(title, full("council-feed", slug), full("annual-letters", slug), of_council))


@public_page
def corrections_feed(request):
    put_right = entries.of_corrections(clock.now())
    title = f"{citing.SITE}: corrections"
    return _feed(atom.Feed(title, full("corrections-feed"), full("corrections"), put_right))


@public_page
def decisions_feed(request):
    title = f"{citing.SITE}: the Ombudsman’s decisions"
    of_all = of_decisions(decided.listed(Chosen(), shown_as_of(clock.now())))
    return _feed(atom.Feed(title, full("decisions-feed"), full("decisions"), of_all))


@public_page
def council_decisions_feed(request, slug):
    council = get_object_or_404(Council, slug=slug)
    title = f"{council.name}: the Ombudsman’s decisions"
    of_council = of_decisions(decided.listed(Chosen(council), shown_as_of(clock.now())))
    page = full("council-decisions", slug)
    return _feed(atom.Feed(title, full("council-decisions-feed", slug), page, of_council))


@public_page
def reports_feed(request):
    title = f"{citing.SITE}: the Ombudsman’s public reports"
    of_all = of_reports(decided.reports(shown_as_of(clock.now())))
    return _feed(atom.Feed(title, full("reports-feed"), full("public-reports"), of_all))


@public_page
def council_reports_feed(request, slug):
    council = get_object_or_404(Council, slug=slug)
    title = f"{council.name}: the Ombudsman’s public reports"
    of_council = of_reports(decided.reports(shown_as_of(clock.now())).filter(bodies=council))
    page = full("council-reports", slug)
    return _feed(atom.Feed(title, full("council-reports-feed", slug), page, of_council))


def _feed(feed: atom.Feed) -> HttpResponse:
    return HttpResponse(atom.as_xml(feed), content_type=atom.TYPE)


@public_page
def publication_dates(request):
    """When editions were published. Of those to come nothing is told to anybody (docs/decisions)."""
    events = [_event(year, years, at) for year, years, at in published.hours(clock.now())]
    title = "Ombudsman’s letters to councils"
    return HttpResponse(calendar.as_ics(title, events), content_type=calendar.TYPE)


def _event(year: int, years: str, at) -> calendar.Event:
    return calendar.Event(
        uid=f"edition-{year}@your-councils-performance",
        at=at,
        title=f"Ombudsman’s letters to councils for {years} published",
        words=" ".join([f"The letters of the year {years} were published.", citing.notice()]).strip(),
        address=f"{full('national-picture')}?year={year}",
    )
