"""Feeds and sitemaps of decisions and public reports: the newest first, with the true days of their changes."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
import time_machine

from cases.models import Holds, PublicReport, ReportFile
from public.feeds import sitemap
from public.pages import sitemaps
from tests import cases, factories
from tests.cases import IMPROVEMENT, NOW, REPORT, imported, london, table
from tests.feeds import ATOM, entries, locations, said

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"
AT = "/your-councils-performance/sometown-borough-council"
OTHER = "/your-councils-performance/othertown-district-council"
BOTH = "Sometown Borough Council; Othertown District Council"
EARLY = london(2025, 6, 20)


@pytest.fixture(scope="module", autouse=True)
def brought_in(kept_rows):
    """Decisions of two years, brought in before they were public, but for one that came late; and two reports."""
    for name in BOTH.split("; "):
        factories.council(name)
    factories.council("Empty Council")
    decisions = cases.decisions(
        {"decided on": "2025-06-14", "summary": "Words with & and “marks”."},
        {"decided on": "2025-03-30", "councils": BOTH},
        {"decided on": "2025-02-03", "outcome": "not upheld"},
    )
    imported(table(*decisions[:2]), now=EARLY)
    imported(table(decisions[2]), now=NOW)
    later = {"references": "25 000 003", "published on": "2026-03-02", "councils": BOTH}
    imported(table(REPORT | {"published on": "2025-05-01"}, REPORT | later), Holds.REPORTS, EARLY)


@pytest.fixture(autouse=True)
def clock(db):
    with time_machine.travel(NOW, tick=False):
        yield


def told(client, address):
    return [
        (said(each, "title"), said(each, "published"), said(each, "updated"))
        for each in entries(client, address)
    ]


FIRST = ("Sometown Borough Council (25 000 001): upheld", "2025-09-13T23:00:00Z", "2025-09-13T23:00:00Z")
SECOND = (
    "Othertown District Council; Sometown Borough Council (25 000 002): upheld",
    "2025-06-29T23:00:00Z",
    "2025-06-29T23:00:00Z",
)
# Brought in after its day: it changed when it came.
THIRD = ("Sometown Borough Council (25 000 003): not upheld", "2025-05-02T23:00:00Z", "2026-06-01T11:00:00Z")
REPORTS = [
    ("An example of a title (public report 25 000 003)", "2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z"),
    ("An example of a title (public report 25 000 001)", "2025-04-30T23:00:00Z", "2025-06-19T23:00:00Z"),
]


@pytest.mark.parametrize(
    ("address", "page", "entries"),
    [
        ("/decisions.atom", "/decisions", [FIRST, SECOND, THIRD]),
        (f"{AT}/decisions.atom", f"{AT}/decisions", [FIRST, SECOND, THIRD]),
        (f"{OTHER}/decisions.atom", f"{OTHER}/decisions", [SECOND]),
        ("/public-reports.atom", "/public-reports", REPORTS),
        (f"{OTHER}/reports.atom", f"{OTHER}/reports", REPORTS[:1]),
        (f"{AT.rpartition('/')[0]}/empty-council/reports.atom", None, []),
    ],
)
def test_a_feed_has_what_is_public_the_newest_first(
    client, address, page, entries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(4):
        response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert told(client, address) == entries
    root = ElementTree.fromstring(response.content)
    ids = [said(each, "id") for each in (root, *root.findall(f"{ATOM}entry"))]
    assert len(set(ids)) == len(ids)
    for link in root.iter(f"{ATOM}link"):
        assert client.get(link.get("href")).status_code == 200
    if page:
        assert f'type="application/atom+xml" href="{address}"' in client.get(page).content.decode()


def test_an_entry_says_what_the_decision_is_about(client):
    newest, *_ = entries(client, "/decisions.atom")
    assert (
        said(newest, "summary") == "Housing: Allocations. Decided on 14 June 2025. Words with & and “marks”."
    )
    report, *_ = entries(client, "/public-reports.atom")
    assert "is satisfied with the council’s response" in said(report, "summary")


def test_an_unknown_council_has_no_feed(client):
    for name in ("decisions", "reports"):
        assert client.get(f"/your-councils-performance/no-such-council/{name}.atom").status_code == 404


def changed(client):
    """When the first decision, and the first report, last changed, by feeds and sitemaps."""
    decision, report = entries(client, "/decisions.atom")[0], entries(client, "/public-reports.atom")[-1]
    mapped = locations(client, "/sitemaps/decisions/2026/1.xml")
    reports = locations(client, "/sitemaps/public-reports/1.xml")
    [of_decision] = mapped.values()
    assert of_decision == said(decision, "updated")
    assert reports[f"{SITE}/public-reports/25-000-001"] == said(report, "updated")
    assert locations(client, "/sitemap.xml")[f"{SITE}/sitemaps/decisions/2026/1.xml"] == of_decision
    return of_decision, said(report, "updated")


def test_what_an_import_changes_was_changed_then_and_what_it_does_not_was_not(client):
    before = changed(client)
    later = NOW + timedelta(hours=1)
    imported(table(IMPROVEMENT), Holds.IMPROVEMENTS, NOW)
    assert changed(client) == ("2026-06-01T11:00:00Z", before[1])
    words = cases.DECISION | {"text": "Other words."}
    imported(
        table(words, *cases.decisions({}, {"decided on": "2025-03-30", "councils": BOTH})[1:]), now=later
    )
    assert changed(client) == ("2026-06-01T12:00:00Z", before[1])
    assert SECOND in told(client, "/decisions.atom")
    imported(table(REPORT | {"published on": "2025-05-01", "satisfied": "no"}), Holds.REPORTS, later)
    assert changed(client)[1] == "2026-06-01T12:00:00Z"


def test_a_pdf_that_is_added_changes_its_report(client):
    report = PublicReport.objects.get(reference="25 000 001")
    staff = factories.staff()
    ReportFile.objects.create(
        report=report,
        content=b"x",
        sha256="0" * 64,
        uploaded_sha256="1" * 64,
        size=1,
        added_at=NOW,
        added_by=staff,
    )
    entry = entries(client, "/public-reports.atom")[-1]
    assert said(entry, "updated") == "2026-06-01T11:00:00Z"
    [link] = [each for each in entry.findall(f"{ATOM}link") if each.get("rel") == "enclosure"]
    assert (link.get("href"), link.get("length")) == (f"{SITE}/public-reports/25-000-001.pdf", "1")
    changed(client)


def test_sitemaps_lead_to_every_decision_and_report_in_parts(client, monkeypatch):
    for module in (sitemap, sitemaps):
        monkeypatch.setattr(module, "AT_MOST", 1)
    whole = locations(client, "/sitemap.xml")
    parts = [each for each in whole if "/decisions/" in each or "/public-reports/" in each]
    assert [each.removeprefix(f"{SITE}/sitemaps/") for each in parts] == [
        "decisions/2026/1.xml", "decisions/2025/1.xml", "decisions/2025/2.xml",
        "public-reports/1.xml", "public-reports/2.xml",
    ]  # fmt: skip
    assert [whole[each] for each in parts] == ["2025-09-13T23:00:00Z", None, None, None, None]
    mapped = [address for part in parts for address in locations(client, part)]
    assert len(mapped) == len(set(mapped)) == 5
    assert all(client.get(address).status_code == 200 for address in mapped)
    for none in ("decisions/2025/3", "decisions/2024/1", "public-reports/3"):
        assert client.get(f"/sitemaps/{none}.xml").status_code == 404


def test_pages_of_councils_are_mapped_where_they_say_something(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        pages = locations(client, "/sitemaps/pages.xml")
    assert {f"{SITE}/decisions", f"{SITE}/data", f"{SITE}{AT}/decisions", f"{SITE}{OTHER}/reports"} <= set(
        pages
    )
    assert f"{SITE}{AT}/serviceimprovements" not in pages
    assert not [each for each in pages if "empty-council" in each]
    imported(table(IMPROVEMENT), Holds.IMPROVEMENTS, NOW)
    assert f"{SITE}{AT}/serviceimprovements" in locations(client, "/sitemaps/pages.xml")
