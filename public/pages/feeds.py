"""Feeds, the calendar and the sitemaps."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from councils.models import Council
from guidance.models import address as of_guidance
from guidance.shipped import SHIPPED
from letters import clock, published
from public import citing
from public.feeds import atom, calendar, entries, sitemap
from public.feeds.entries import full
from public.pages.answering import public_page

# Pages that are there whatever is published, and change with everything.
_STANDING = ("home", "councils", "letters", "compare", "national-picture", "map", "corrections", "guidance")


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


@public_page
def all_sitemaps(request):
    now = clock.now()
    years = [(full("sitemap-year", year), _changed(year, now)) for year in published.years(now)]
    return _sitemap(sitemap.index([(full("sitemap-pages"), None), *years]))


def _changed(year: int, now):
    return max(changed for _, changed in _letters_of(year, now))


@public_page
def sitemap_pages(request):
    letters = published.letters(clock.now()).order_by("council__slug")
    slugs = letters.values_list("council__slug", flat=True).distinct()
    of_councils = [full(page, slug) for slug in slugs for page in ("statistics", "annual-letters")]
    of_texts = [f"{settings.SITE_ADDRESS}{of_guidance(slug)}" for slug in SHIPPED]
    addresses = [*map(full, _STANDING), *of_texts, *of_councils]
    return _sitemap(sitemap.of_pages((address, None) for address in addresses))


@public_page
def sitemap_year(request, year):
    pages = _letters_of(year, clock.now())
    if not pages:
        raise Http404
    return _sitemap(sitemap.of_pages(pages))


def _letters_of(year: int, now) -> list[sitemap.Page]:
    corrected = entries.last_corrections(now)
    letters = published.letters(now).filter(review__year_ending=year).order_by("council__slug")
    rows = letters.values_list("pk", "council__slug", "published_at")
    return [(full("letter", slug, year), max(filter(None, (at, corrected.get(pk))))) for pk, slug, at in rows]


def _sitemap(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type=sitemap.TYPE)
