"""Every public address: what it answers, where it leads, and what it refuses."""

from datetime import datetime as DateTime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from letters import workflow
from tests import cases, factories
from tests.public_addresses import AT, GUIDANCE, PAGES, READABLE

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(scope="module")
def letter(kept_rows):
    """A published letter to one of two councils."""
    staff = factories.staff()
    factories.council("Othertown Council")
    with time_machine.travel(HOUR, tick=False):
        review = factories.edition(2020)
        letter = factories.public_letter(review, staff, factories.council("Sometown Council"))
        workflow.schedule(review, HOUR, staff, acknowledged=True)
        cases.one_of_each("Sometown Council", "2020-01-14", HOUR)
    return letter


@pytest.fixture(autouse=True)
def site(letter, db):
    """The clock stands at the hour."""
    with time_machine.travel(HOUR, tick=False):
        yield


@pytest.mark.parametrize("address", PAGES)
def test_pages_answer_everyone_alike(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"
    assert not response.cookies
    assert not response.has_header("Vary")
    assert response.has_header("ETag")
    assert b"csrf" not in response.content
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("address", GUIDANCE)
def test_a_page_of_guidance_takes_one_query(client, address, django_assert_num_queries):
    """The credits take one more: whether postcodes are loaded, and so to be credited."""
    with django_assert_num_queries(2 if address == "/data-sources" else 1):
        client.get(address)


def test_titles_tell_the_pages_apart(client):
    titles = [
        client.get(address).content.decode().split("<title>")[1].split("</title>")[0] for address in PAGES
    ]
    # The council's page without a year is that of its latest one.
    assert len(set(titles)) == len(PAGES) - 1
    assert all(title.endswith(" – Your council’s performance") for title in titles)


@pytest.mark.parametrize(
    ("address", "leads_to", "status"),
    [
        (AT, f"{AT}/statistics", 301),
        (f"{AT}/", AT, 301),
        (f"{AT}/statistics/", f"{AT}/statistics", 301),
        (f"{AT}/statistics/?year=2020", f"{AT}/statistics?year=2020", 301),
        (f"{AT}/annualletters/", f"{AT}/annualletters", 301),
        (f"{AT}/Take-Along/?year=2020", f"{AT}/take-along?year=2020", 301),
        (f"{AT}/committee-pack/", f"{AT}/committee-pack", 301),
        (f"{AT}/committee-pack/2020.PDF", f"{AT}/committee-pack/2020.pdf", 301),
        (f"{AT}/card/", f"{AT}/card", 301),
        ("/oEmbed/?url=x", "/oembed?url=x", 301),
        (f"{AT}/annualletters/2020.pdf/", f"{AT}/annualletters/2020.pdf", 301),
        (f"{AT}/annualletters/2020.PDF", f"{AT}/annualletters/2020.pdf", 301),
        (f"{AT}/annualletters/2020/", f"{AT}/annualletters/2020", 301),
        (f"{AT}/AnnualLetters/2020/Pages/1", f"{AT}/annualletters/2020/pages/1", 301),
        (f"{AT}/annualletters/2020/pages/1.WEBP", f"{AT}/annualletters/2020/pages/1.webp", 301),
        ("/your-councils-performance/Sometown-Council/statistics", f"{AT}/statistics", 301),
        ("/Your-Councils-Performance/SOMETOWN-COUNCIL/Statistics/", f"{AT}/statistics", 301),
        (
            "/your-councils-performance/No-Such/statistics",
            "/your-councils-performance/no-such/statistics",
            301,
        ),
        ("/privacy/", "/privacy", 301),
        ("/Privacy", "/privacy", 301),
        ("/guidance/privacy", "/privacy", 301),
        ("/guidance/", "/guidance", 301),
        ("/Guidance/Signs/", "/guidance/signs", 301),
        ("/councils/?q=York", "/councils?q=York", 301),
        ("/compare/?q=York", "/compare?q=York", 301),
        ("/councils/suggest/?q=York", "/councils/suggest?q=York", 301),
        ("/national-picture/", "/national-picture", 301),
        ("/National-Picture/?year=2020", "/national-picture?year=2020", 301),
        (
            "/compare?council=Sometown-Council",
            "/compare?council=sometown-council&year=2020&figure=upheld&with=similar",
            302,
        ),
        ("/map/", "/map", 301),
        ("/api/v1", "/api/v1/", 301),
        ("/map", "/map?figure=upheld&year=2020&kind=councils", 302),
        ("/your-councils-performance", "/", 302),
        ("/councils?q=sometown", f"{AT}/statistics", 302),
    ],
)
def test_one_address_each(client, address, leads_to, status):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (status, leads_to)
    assert not response.cookies


def test_no_address_leads_to_another_site(client):
    """T74: two slashes before a name would make it a host."""
    for path in ("//example.org/", "//example.org/privacy/", "/\\example.org/", "//example.org"):
        assert client.get("/", PATH_INFO=path).status_code == 404
    assert client.get("/", PATH_INFO="//privacy//")["Location"] == "/privacy"


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/nothing/",
        "/admin-of-nothing",
        "/media/letters/1.pdf",
        "/guidance/nothing",
        "/guidance/no--thing",
        "/guidance/%00",
        f"/guidance/{'a' * 5000}",
        "/your-councils-performance/no-such-council",
        "/your-councils-performance/no-such-council/statistics",
        "/your-councils-performance/no-such-council/annualletters",
        "/your-councils-performance/no-such-council/annualletters/2020.pdf",
        "/your-councils-performance/sometown--council/statistics",
        "/your-councils-performance/-/statistics",
        "/your-councils-performance/some%00town/statistics",
        "/your-councils-performance/%FF%FE/statistics",
        f"/your-councils-performance/{'a' * 5000}/statistics",
        "/your-councils-performance/othertown-council/statistics?year=2020",
        "/your-councils-performance/othertown-council/annualletters/2020.pdf",
        f"{AT}/annualletters/2019.pdf",
        f"{AT}/annualletters/2021.pdf",
        f"{AT}/annualletters/0.pdf",
        f"{AT}/annualletters/99999999999999.pdf",
        f"{AT}/annualletters/٢٠٢٠.pdf",
        f"{AT}/annualletters/2019",
        f"{AT}/annualletters/2021",
        f"{AT}/annualletters/٢٠٢٠",
        f"{AT}/annualletters/2020%00",
        "/your-councils-performance/othertown-council/annualletters/2020",
        "/your-councils-performance/othertown-council/annualletters/2020/pages/1",
        "/your-councils-performance/othertown-council/annualletters/2020/pages/1.webp",
        f"{AT}/annualletters/2020/pages",
        f"{AT}/annualletters/2020/pages/0",
        f"{AT}/annualletters/2020/pages/01",
        f"{AT}/annualletters/2020/pages/4",
        f"{AT}/annualletters/2020/pages/99999999999999",
        f"{AT}/annualletters/2020/pages/١",
        f"{AT}/annualletters/2020/pages/-1",
        f"{AT}/annualletters/2020/pages/1.png",
        f"{AT}/annualletters/2020/pages/0.webp",
        f"{AT}/annualletters/2020/pages/4.webp",
        f"{AT}/annualletters/2020/pages/4.webp?width=100000",
        f"{AT}/annualletters/2019/pages/1.webp",
        f"{AT}/annualletters/2020/replaced",
        f"{AT}/annualletters/2020/replaced/1",
        f"{AT}/annualletters/2020/replaced/1.pdf",
        f"{AT}/annualletters/2020/replaced/0",
        f"{AT}/annualletters/2020/replaced/99999999999999",
        f"{AT}/annualletters/2020/replaced/٢.pdf",
        "/corrections/1",
        f"{AT}/annualletters/../2020.pdf",
        f"{AT}/statistics?year=2019",
        *(
            f"{AT}/{page}?year={year}"
            for page in ("take-along", "committee-pack", "card")
            for year in (
                "2019",
                "",
                "abc",
                "02020",
                "99999999999999",
                "٢٠٢٠",
                "%002020",
                "2020%0A",
                "2020&year=2019",
            )
        ),
        "/your-councils-performance/no-such-council/take-along",
        "/your-councils-performance/no-such-council/committee-pack",
        "/your-councils-performance/no-such-council/card",
        "/your-councils-performance/othertown-council/card?year=2020",
        "/your-councils-performance/othertown-council/committee-pack/2020.pdf",
        f"{AT}/committee-pack/2019.pdf",
        f"{AT}/committee-pack/٢٠٢٠.pdf",
        f"{AT}/committee-pack/99999999999999.pdf",
        f"{AT}/committee-pack/2020",
        f"{AT}/committee-pack.pdf",
        f"{AT}/statistics?year=abc",
        f"{AT}/statistics?year=",
        f"{AT}/statistics?year=0",
        f"{AT}/statistics?year=02020",
        f"{AT}/statistics?year=2020.0",
        f"{AT}/statistics?year=-2020",
        f"{AT}/statistics?year=10000",
        f"{AT}/statistics?year=99999999999999",
        f"{AT}/statistics?year=٢٠٢٠",
        f"{AT}/statistics?year=%002020",
        f"{AT}/statistics?year=2020%0A",
        f"{AT}/statistics?year=%FF",
        "/national-picture?year=2019",
        "/national-picture?year=2021",
        "/national-picture?year=",
        "/national-picture?year=0",
        "/national-picture?year=10000",
        "/national-picture?year=٢٠٢٠",
        "/national-picture?year=%00",
        "/national-picture?year=2020&year=x",
        f"/national-picture?year={'2' * 1_000_000}",
        "/national-picture/2020.pdf",
        "/national-picture/2019.pdf",
        "/national-picture/2020",
        "/national-picture/٢٠٢٠.pdf",
    ],
)
def test_what_is_not_there_is_one_page(client, address):
    """T58: whatever was asked for, the same bytes and headers."""
    reference = client.get("/never-was")
    response = client.get(address)
    assert response.status_code == 404
    assert (response.content, response.headers) == (reference.content, reference.headers)
    assert response["Cache-Control"] == "no-cache"
    assert not response.cookies


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("%20%20", 400),
        ("%00", 400),
        ("york%00", 400),
        ("a" * 101, 400),
        ("a" * 1_000_000, 400),
        ("%FF%FE", 200),
        ("%25", 200),
        ("_", 200),
        ("'%22--%5C", 200),
        ("%26%7C!:*", 200),
        ("ZZ1+1AA", 200),
        ("ZZ1+1AA%00", 400),
        ("%3Cscript%3Ealert(1)%3C/script%3E", 200),
        ("%E2%80%AE%F0%9F%98%80", 200),
    ],
)
def test_odd_searches_find_nothing_and_break_nothing(client, query, status):
    """T58, T59, T63: refused or answered with nothing found; never everything, never markup."""
    response = client.get(f"/councils?q={query}")
    assert response.status_code == status
    assert b"<script>" not in response.content
    assert b"sometown" not in response.content


@pytest.mark.parametrize("address", READABLE)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_pages_are_for_reading_only(address, method):
    response = getattr(Client(), method)(address)
    assert response.status_code == 405
    assert not response.cookies


def test_a_request_that_cannot_be_understood_gets_a_plain_page(client):
    """T58: ten thousand parameters are more than any page asks for."""
    response = client.get("/councils?" + "&".join(f"q{number}=1" for number in range(10_000)))
    assert response.status_code == 400
    assert b"There is a problem with that address" in response.content


def test_a_fault_of_ours_gets_a_plain_page(client, settings, django_assert_num_queries):
    """T86: it needs neither the database nor what may have failed, and shows nothing of the fault."""
    del settings.CONTACT_EMAIL  # now every page fails
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        response = client.get("/nothing")
    assert response.status_code == 500
    assert b"Sorry, something went wrong" in response.content
    assert b"CONTACT_EMAIL" not in response.content


def test_robots_and_icon(client):
    assert (
        client.get("/robots.txt").content
        == b"User-agent: *\nAllow: /\n\nSitemap: http://localhost:8000/sitemap.xml\n"
    )
    assert client.get("/favicon.ico")["Location"].startswith("/static/icon")


@pytest.mark.parametrize(
    "address", [*PAGES, "/nothing", "/councils?q=", f"{AT}/annualletters/2020.pdf", "/robots.txt"]
)
def test_a_demonstration_says_so_and_keeps_search_engines_away(settings, address):
    settings.DEMONSTRATION = True
    response = Client().get(address)
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    if response["Content-Type"].startswith("text/html"):
        assert b"<b>Demonstration.</b>" in response.content
        assert b'<meta name="robots" content="noindex, nofollow">' in response.content


def test_only_a_demonstration_says_so(client):
    response = client.get("/")
    assert not response.has_header("X-Robots-Tag")
    assert b"Demonstration" not in response.content


def test_robots_are_turned_away_from_a_demonstration(client, settings):
    settings.DEMONSTRATION = True
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


def test_a_fault_in_a_demonstration_says_that_too(client, settings):
    settings.DEMONSTRATION = True
    del settings.CONTACT_EMAIL
    client.raise_request_exception = False
    assert b"<b>Demonstration.</b>" in client.get("/privacy").content


@pytest.mark.parametrize("address", ["/", "/admin/login/", "/admin/letters/letter/upload/"])
def test_nobody_but_staff_can_make_the_site_take_in_large_files(address, settings):
    """T13: what an anonymous visitor sends is refused before any of it is written to disk."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    large = SimpleUploadedFile("large.pdf", b"%PDF-1.7" + b" " * 20_000)
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["csrftoken"] = "a" * 32
    response = browser.post(address, {"file": large})
    assert response.status_code == 400
