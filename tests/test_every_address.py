"""No public address is forgotten: each stands in the lists that are held against the embargo, odd requests and axe."""

from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from public.urls import urlpatterns
from tests import api_addresses, canaries, public_addresses
from tests.browser import addresses as browser_addresses

PATTERNS = [str(pattern.pattern) for pattern in urlpatterns]

ASK = "before-publication/<token:token>/<council:slug>/ask"
# What is no page of its own: it leads on, or is not HTML.
NO_PAGES = {
    "councils/suggest": "suggestions as JSON",
    "national-picture/<year:year>.pdf": "a PDF, or the way to one",
    "your-councils-performance": "leads to the home page",
    "your-councils-performance/<council:slug>": "leads to the council's statistics",
    "your-councils-performance/<council:slug>/annualletters/<year:year>.pdf": "a PDF, or its withdrawal",
    "your-councils-performance/<council:slug>/annualletters/<year:year>/pages/<number:number>.webp": "a picture",
    "your-councils-performance/<council:slug>/annualletters/<year:year>/replaced/<number:number>.pdf": "a PDF",
    "your-councils-performance/<council:slug>/committee-pack/<year:year>.pdf": "a PDF",
    "before-publication/<token:token>": "for named people: tests/browser/test_admin_pages.py",
    "before-publication/<token:token>/<council:slug>": "for named people",
    "before-publication/<token:token>/<council:slug>.pdf": "a PDF for named people",
    ASK: "takes a query, and leads back",
    "public-reports/<reference:reference>.pdf": "a PDF",
    "oembed": "JSON or XML",
    **{
        pattern: "for programs"
        for pattern in PATTERNS
        if pattern.startswith("api/v1/") and pattern != "api/v1/"
    },
    "api/v1": "leads to the page about the API",
    "data/latest": "leads to the latest release",
    "data/latest/<file:name>": "leads to a file of it",
    "data/<release:number>/<file:name>": "a file to take away",
    "your-councils-performance/<council:slug>/social-picture/<year:year>.png": "a picture",
    "letters.atom": "Atom",
    "corrections.atom": "Atom",
    "your-councils-performance/<council:slug>/annualletters.atom": "Atom",
    "decisions.atom": "Atom",
    "public-reports.atom": "Atom",
    "your-councils-performance/<council:slug>/decisions.atom": "Atom",
    "your-councils-performance/<council:slug>/reports.atom": "Atom",
    "publication-dates.ics": "iCalendar",
    "sitemap.xml": "XML",
    "sitemaps/pages.xml": "XML",
    "sitemaps/<year:year>.xml": "XML",
    "sitemaps/decisions/<year:year>/<number:number>.xml": "XML",
    "sitemaps/public-reports/<number:number>.xml": "XML",
    "robots.txt": "plain text",
    "favicon.ico": "a picture",
}
# The same for everyone at any time, and nothing of a letter in them: these lead on without a look at the database.
NEVER_OF_A_LETTER = {"your-councils-performance", "favicon.ico"}


def patterns_of(addresses):
    """The patterns of the public site that these addresses meet."""
    found = set()
    for address in addresses:
        try:
            found.add(resolve(urlsplit(address).path).route)
        except Resolver404:
            continue
    return found


def under_embargo():
    file = SimpleNamespace(name="letters/0.pdf")
    unread = SimpleNamespace(
        pk=1, sha256="0" * 64, file=file, clean_copy=SimpleNamespace(sha256="0" * 64, file=file)
    )
    return canaries.addresses(unread)


LISTS = {
    "under embargo": ([*under_embargo(), *api_addresses.asked_of(canaries.SLUG)], NEVER_OF_A_LETTER),
    "read by anyone": (
        [*public_addresses.READABLE, *api_addresses.READABLE, "/api/v1/nothing"],
        {ASK, "api/v1"},
    ),
    "in a browser": (browser_addresses.ADDRESSES, set(NO_PAGES)),
}


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("name", LISTS)
def test_each_public_address_stands_in_the_list(name, pattern):
    addresses, exempt = LISTS[name]
    assert pattern in patterns_of(addresses) | exempt


@pytest.mark.parametrize("exempt", sorted({*NO_PAGES, *NEVER_OF_A_LETTER}))
def test_what_is_left_out_exists(exempt):
    assert exempt in PATTERNS
