"""What programs follow: Atom feeds, the calendar and the sitemaps."""

import json
import re
from datetime import UTC, timedelta
from datetime import datetime as DateTime
from decimal import Decimal
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from letters import workflow
from letters.models import Letter
from letters.workflow.reviewing import Numbers
from public.feeds import atom, calendar
from tests import factories
from tests.feeds import ATOM, entries, locations, said

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 8, 30, tzinfo=UTC)
NOW = HOUR + timedelta(days=9)
AT = "/your-councils-performance"
FEEDS = ["/letters.atom", "/corrections.atom", f"{AT}/alpha-council/annualletters.atom"]


@pytest.fixture(scope="module")
def kept_letters(kept_rows):
    """Two councils' letters, of which one is corrected and the other, of 2019, published a day later by itself."""
    staff = factories.staff()
    with time_machine.travel(HOUR, tick=False):
        alpha = factories.public_letter(factories.edition(2020), staff, factories.council("Alpha Council"))
        factories.public_letter(factories.edition(2020), staff, factories.council("Beta & <Co>", slug="beta"))
        workflow.schedule(factories.edition(2020), HOUR, staff, acknowledged=True)
        workflow.schedule(factories.edition(2019), HOUR, staff, acknowledged=True)
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        late = factories.approved_letter(factories.edition(2019), staff, alpha.council)
        workflow.publish_now(late, staff)
    with time_machine.travel(HOUR + timedelta(days=2), tick=False):
        right = Numbers(Decimal(50), None, 1, 2, Decimal(45))
        workflow.correct(alpha, staff, "upheld", right, reason="A slip.", note="It says <1>.")
    return staff


@pytest.fixture(autouse=True)
def site(kept_letters, db):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_all_that_atom_demands(client, address):
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{ATOM}feed"
    found = root.findall(f"{ATOM}entry")
    assert found
    ids = [said(each, "id") for each in (root, *found)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("urn:uuid:[0-9a-f-]{36}", each) for each in ids)
    for each in (root, *found):
        assert said(each, "title")
        assert re.fullmatch(r"2020-\d\d-\d\dT\d\d:\d\d:\d\dZ", said(each, "updated"))
    assert said(root, "updated") == max(said(each, "updated") for each in found)
    assert all(each.findtext(f"{ATOM}author/{ATOM}name") and said(each, "summary") for each in found)
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == f"http://localhost:8000{address}"
    assert client.get(links["alternate"]).status_code == 200
    for each in found:
        for link in each.findall(f"{ATOM}link"):
            assert client.get(link.get("href")).status_code == 200


def test_the_newest_letter_comes_first_and_a_correction_changes_when_it_was_updated(client):
    told = [
        (said(each, "title"), said(each, "published"), said(each, "updated"))
        for each in entries(client, FEEDS[0])
    ]
    rest = ": the Ombudsman’s letter"
    assert told == [
        (f"Alpha Council, 2018–19{rest}", "2020-07-30T08:30:00Z", "2020-07-30T08:30:00Z"),
        (f"Alpha Council, 2019–20{rest}", "2020-07-29T08:30:00Z", "2020-07-31T08:30:00Z"),
        (f"Beta & <Co>, 2019–20{rest}", "2020-07-29T08:30:00Z", "2020-07-29T08:30:00Z"),
    ]
    assert len(entries(client, FEEDS[2])) == 2


def test_an_id_stays_while_all_else_changes(client):
    before = {said(each, "id") for each in entries(client, FEEDS[0])}
    letter = Letter.objects.get(council__slug="beta")
    type(letter.council).objects.filter(pk=letter.council_id).update(slug="gamma", name="Gamma")
    assert {said(each, "id") for each in entries(client, FEEDS[0])} == before


def test_corrections_and_withdrawals_are_told(client, kept_letters):
    [entry] = entries(client, FEEDS[1])
    assert said(entry, "title").endswith(" was corrected.")
    assert re.fullmatch(
        r"“Complaints upheld” was corrected\. It was .+\. It is .+\. It says <1>\.", said(entry, "summary")
    )
    workflow.withdraw(Letter.objects.get(council__slug="beta"), kept_letters, "It was sent by mistake.")
    newest, _ = entries(client, FEEDS[1])
    assert (said(newest, "updated"), "by mistake" in said(newest, "summary")) == (
        "2020-08-07T08:30:00Z",
        True,
    )
    assert len(entries(client, FEEDS[0])) == 2


def test_a_council_without_letters_has_an_empty_feed(client):
    factories.council("Empty Council")
    root = ElementTree.fromstring(client.get(f"{AT}/empty-council/annualletters.atom").content)
    assert (said(root, "updated"), root.findall(f"{ATOM}entry")) == ("2006-04-01T00:00:00Z", [])
    assert client.get(f"{AT}/no-such-council/annualletters.atom").status_code == 404


def test_pages_name_their_feeds(client):
    for page, feed in [
        ("/", FEEDS[0]),
        ("/corrections", FEEDS[1]),
        (f"{AT}/alpha-council/statistics", FEEDS[2]),
    ]:
        assert f'type="application/atom+xml" href="{feed}"' in client.get(page).content.decode()


@given(st.text())
def test_any_words_make_xml(words):
    entry = atom.Entry("x", words, "http://x", NOW, NOW, words, words)
    root = ElementTree.fromstring(atom.as_xml(atom.Feed(words, "http://x", "http://x", [entry])))
    assert len(root.findall(f"{ATOM}entry")) == 1


def test_the_calendar_has_the_hours_that_have_come(client, kept_letters):
    workflow.schedule(factories.edition(2021), NOW + timedelta(days=1), kept_letters, acknowledged=True)
    response = client.get("/publication-dates.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.decode().replace("\r\n ", "").split("\r\n")
    assert [each for each in lines if each.startswith("UID:")] == [
        "UID:edition-2020@your-councils-performance",
        "UID:edition-2019@your-councils-performance",
    ]
    assert lines.count("DTSTART:20200729T083000Z") == lines.count("DTSTAMP:20200729T083000Z") == 2
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])


@given(st.text())
def test_a_line_of_the_calendar_is_folded_between_characters(words):
    words = words.encode(errors="replace").decode()
    folded = calendar.folded(words)
    parts = folded.removesuffix(b"\r\n").split(b"\r\n ")
    assert all(len(part) <= 75 - bool(number) for number, part in enumerate(parts))
    assert b"".join(parts).decode() == words


def test_what_means_something_to_a_calendar_is_escaped():
    event = calendar.Event("x", NOW, "a, b; c\\d\ne", "", "")
    assert b"SUMMARY:a\\, b\\; c\\\\d\\ne\r\n" in calendar.as_ics("x", [event])


def test_sitemaps_have_every_letter_with_its_true_date(client):
    whole = "http://localhost:8000"
    assert locations(client, "/sitemap.xml") == {
        f"{whole}/sitemaps/pages.xml": None,
        f"{whole}/sitemaps/2020.xml": "2020-07-31T08:30:00Z",
        f"{whole}/sitemaps/2019.xml": "2020-07-30T08:30:00Z",
    }
    assert locations(client, "/sitemaps/2020.xml") == {
        f"{whole}{AT}/alpha-council/annualletters/2020": "2020-07-31T08:30:00Z",
        f"{whole}{AT}/beta/annualletters/2020": "2020-07-29T08:30:00Z",
    }
    pages = locations(client, "/sitemaps/pages.xml")
    assert f"{whole}{AT}/beta/statistics" in pages
    assert all(client.get(address, follow=True).status_code == 200 for address in pages)
    assert client.get("/sitemaps/2018.xml").status_code == 404
    assert b"Sitemap: http://localhost:8000/sitemap.xml\n" in client.get("/robots.txt").content


@pytest.mark.parametrize(
    "address", [*FEEDS, "/publication-dates.ics", "/sitemaps/pages.xml", "/sitemaps/2020.xml"]
)
def test_few_queries_however_many_letters(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get(address)


def test_the_index_of_sitemaps_asks_the_same_of_the_database_however_many_years(
    client, kept_letters, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as before:
        client.get("/sitemap.xml")
    for year in (2022, 2023):
        review = factories.edition(year)
        factories.public_letter(review, kept_letters, factories.council(f"Council of {year}"))
        workflow.schedule(review, NOW, kept_letters, acknowledged=True)
    with django_assert_num_queries(len(before)):
        assert "/sitemaps/2023.xml" in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("address", [*FEEDS, "/publication-dates.ics", "/sitemap.xml", "/sitemaps/pages.xml"])
def test_nothing_of_a_letter_to_come_moves_anything(client, kept_letters, address):
    before = client.get(address)
    for name in ("Alpha Council", "New Council"):
        factories.approved_letter(factories.edition(2021), kept_letters, factories.council(name))
    workflow.schedule(factories.edition(2021), NOW + timedelta(days=1), kept_letters, acknowledged=True)
    factories.approved_letter(factories.edition(2020), kept_letters, factories.council("Late Council"))
    after = client.get(address)
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert client.get(address).content != before.content or address == "/corrections.atom"


@pytest.mark.parametrize("page", ["alpha-council/statistics", "alpha-council/annualletters/2020"])
def test_search_engines_know_one_address_of_a_page_whatever_is_asked_with_it(client, page, settings):
    """That of the sitemaps: else the figures of an old year are found, or a letter as often as it was shared."""
    known = f'<link rel="canonical" href="{settings.SITE_ADDRESS}{AT}/{page}">'
    for query in ("", "?year=2019", "?utm_source=newsletter"):
        assert client.get(f"{AT}/{page}{query}").content.decode().count(known) == 1


def linked(client, address):
    """The JSON-LD of a page."""
    page = client.get(address).content.decode()
    [told] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(told)


def test_a_council_and_its_figures_are_told_to_programs(client):
    body, figures = linked(client, f"{AT}/alpha-council/statistics")["@graph"]
    assert (body["@type"], body["name"]) == ("GovernmentOrganization", "Alpha Council")
    assert (figures["@type"], figures["temporalCoverage"]) == ("Dataset", "2018-04-01/2020-03-31")
    assert [client.get(each).status_code for each in figures["isBasedOn"]] == [200, 200]
    [csv] = figures["distribution"]
    assert client.get(csv["contentUrl"]).getvalue().count(b"alpha-council,Alpha Council") > 0
    factories.council("Empty Council")
    assert len(linked(client, f"{AT}/empty-council/statistics")["@graph"]) == 1


def test_a_letter_is_told_to_programs_and_no_name_ends_the_data(client):
    name = "</script><script>alert(1)</script> & ’"
    type(Letter.objects.get(council__slug="beta").council).objects.filter(slug="beta").update(name=name)
    told = linked(client, f"{AT}/beta/annualletters/2020")
    assert (told["@type"], told["about"]["name"]) == ("Report", name)
    assert told["datePublished"] == "2020-07-29T08:30:00+00:00"
    assert client.get(told["encoding"]["contentUrl"]).status_code == 200
    assert b"<script>alert" not in client.get(f"{AT}/beta/statistics").content
