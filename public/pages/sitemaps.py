"""The sitemaps: standing pages and councils, each year's letters, and decisions and reports in parts."""

from collections.abc import Iterator
from datetime import datetime
from math import ceil

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse

from cases import published as decided
from cases.published import Changes, Chosen
from councils.models import Council
from guidance.models import address as of_guidance
from guidance.shipped import SHIPPED
from letters import clock, published
from letters.published import shown_as_of
from public.addresses import full
from public.feeds import entries, sitemap
from public.feeds.decided import pages_of_decisions, pages_of_reports
from public.feeds.sitemap import AT_MOST
from public.pages.answering import public_page

# Pages that are there whatever is published, and change with everything.
_STANDING = (
    *("home", "councils", "letters", "compare", "national-picture", "map", "corrections", "guidance", "data"),
    *("decisions", "public-reports", "service-improvements", "api"),
)
# The pages of a council, by what it has to have for them to say anything.
_OF_COUNCILS = {
    "has_letters": ("statistics", "annual-letters"),
    "has_decisions": ("council-decisions",),
    "has_reports": ("council-reports",),
    "has_improvements": ("council-improvements",),
}


@public_page
def all_sitemaps(request):
    now = clock.now()
    shown = shown_as_of(now)
    years = [(full("sitemap-year", year), changed) for year, changed in _years(now)]
    of_decisions = [part for changes in decided.changes(shown) for part in _parts(changes)]
    reports = range(1, _number_of_parts(decided.reports(shown).count()) + 1)
    of_reports = [(full("sitemap-reports", number), None) for number in reports]
    return _sitemap(sitemap.index([(full("sitemap-pages"), None), *years, *of_decisions, *of_reports]))


def _years(now: datetime) -> list[tuple[int, datetime]]:
    """The years of which letters count, the newest first, each with the newest change to one of them."""
    corrected, newest = entries.last_corrections(now), dict[int, datetime]()
    letters = published.letters(now).order_by().values_list("pk", "review__year_ending", "published_at")
    for pk, year, at in letters.iterator():
        newest[year] = max(filter(None, (newest.get(year), at, corrected.get(pk))))
    return sorted(newest.items(), reverse=True)


def _parts(changes: Changes) -> Iterator[sitemap.Page]:
    """The sitemaps of a year's decisions. Where there are several, which of them changed last is not known."""
    number = _number_of_parts(changes.number)
    for part in range(1, number + 1):
        yield full("sitemap-decisions", changes.year, part), changes.last if number == 1 else None


def _number_of_parts(pages: int) -> int:
    return ceil(pages / AT_MOST)


@public_page
def sitemap_pages(request):
    of_texts = [f"{settings.SITE_ADDRESS}{of_guidance(slug)}" for slug in SHIPPED]
    addresses = [*map(full, _STANDING), *of_texts, *_of_councils(clock.now())]
    return _sitemap(sitemap.of_pages((address, None) for address in addresses))


def _of_councils(now: datetime) -> Iterator[str]:
    shown, this = shown_as_of(now), OuterRef("pk")
    has = {
        "has_letters": Exists(published.letters(now).filter(council=this)),
        "has_decisions": Exists(decided.decisions(shown).filter(bodies=this)),
        "has_reports": Exists(decided.reports(shown).filter(bodies=this)),
        "has_improvements": Exists(decided.improvements(shown).filter(council=this)),
    }
    for slug, *there in Council.objects.order_by("slug").annotate(**has).values_list("slug", *has):
        for pages, is_there in zip(_OF_COUNCILS.values(), there, strict=True):
            yield from (full(page, slug) for page in pages if is_there)


@public_page
def sitemap_year(request, year):
    return _sitemap(sitemap.of_pages(_there(_letters_of(year, clock.now()))))


def _letters_of(year: int, now: datetime) -> list[sitemap.Page]:
    corrected = entries.last_corrections(now)
    letters = published.letters(now).filter(review__year_ending=year).order_by("council__slug")
    rows = letters.values_list("pk", "council__slug", "published_at")
    return [(full("letter", slug, year), max(filter(None, (at, corrected.get(pk))))) for pk, slug, at in rows]


@public_page
def sitemap_decisions(request, year, number):
    oldest_first = decided.listed(Chosen(year=year), shown_as_of(clock.now())).order_by("place")
    return _sitemap(sitemap.of_pages(_there(list(pages_of_decisions(oldest_first[_part(number)])))))


@public_page
def sitemap_reports(request, number):
    oldest_first = decided.reports(shown_as_of(clock.now())).order_by("place")
    return _sitemap(sitemap.of_pages(_there(list(pages_of_reports(oldest_first[_part(number)])))))


def _part(number: int) -> slice:
    return slice((number - 1) * AT_MOST, number * AT_MOST)


def _there(pages: list[sitemap.Page]) -> list[sitemap.Page]:
    if not pages:
        raise Http404
    return pages


def _sitemap(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type=sitemap.TYPE)
