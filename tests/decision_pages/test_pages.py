"""The public pages of a decision, a report and an improvement: what they show, lead to and refuse."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import withholding
from cases.models import Decision, Holds, PublicReport, ReportFile
from letters.models import Standstill
from tests import cases, factories
from tests.cases import IMPROVEMENT, imported, london, table
from tests.decision_pages.world import AT, NOW, ONE, OTHER, text

pytestmark = pytest.mark.django_db


def test_what_is_not_public_looks_like_what_never_was(client):
    never = client.get("/decisions/housing/allocations/25-999-999")
    assert never.status_code == 404
    for hidden in (
        "/decisions/zyxwold/zyxwolds/25-000-002",  # not public yet
        "/decisions/housing/allocations/25-000-002",  # the same, by another category
        "/decisions/housing/allocations/25-000-004",  # withheld
        "/decisions/planning/trees/25-000-004",
    ):
        answer = client.get(hidden)
        assert (answer.status_code, answer.content) == (404, never.content)
    assert client.get("/public-reports/25-000-003").content == never.content
    assert client.get("/public-reports/25-000-003.pdf").content == never.content
    assert client.get("/public-reports/25-000-001.pdf").content == never.content


def test_a_decision_is_found_at_each_address_it_has_had(client):
    """What is printed, or in a release, leads to its page for good; a change back is no circle."""
    moved = {"category": "Planning", "sub-category": "Trees"}
    for row, page in ((moved, "/decisions/planning/trees/25-000-001"), ({}, ONE)):
        imported(table(*cases.decisions(row)))
        assert client.get(page).status_code == 200
        for slugs in {"housing/allocations", "planning/trees", "nothing/nowhere"} - {page[11:-11]}:
            answer = client.get(f"/decisions/{slugs}/25-000-001?from=pack")
            assert (answer.status_code, answer["Location"]) == (301, f"{page}?from=pack")
            assert answer["Cache-Control"] == "no-cache"
        assert client.head(f"/decisions/nothing/nowhere/{page[-10:]}").status_code == 301


def test_a_part_under_embargo_is_no_part(client):
    imported(
        table(*cases.decisions(*[{}] * 60, {"decided on": "2026-05-02", "sub-category": "Zyxwolds"})[60:])
    )
    hidden = client.get("/decisions?category=housing&part=zyxwolds").content.decode()
    never = client.get("/decisions?category=housing&part=nothings").content.decode()
    assert hidden.replace("zyxwolds", "nothings") == never
    assert "Zyxwolds" not in hidden


def test_a_decision_tells_its_words_and_what_follows_from_it(client):
    page = text(client, ONE)
    for words in ("25 000 001", "Upheld", "14 June 2025", "14 September 2025", "zebra", "An apology."):
        assert words in page
    assert "Public from 14 September 2025, three months after it was made" in page
    assert "Due on 10 June 2026 · Policy or procedure" in page


def test_an_improvement_turns_late_by_the_clock_everywhere(client, clock):
    assert "2 due" in text(client, "/service-improvements")
    clock.move_to(london(2026, 6, 11))
    late = "Late by 1 day: due on 10 June 2026, and no evidence that it was done is published here yet"
    assert late in text(client, ONE)
    assert "2 service improvements: 2 late." in text(client, "/service-improvements")
    assert "2 late" in text(client, f"{AT}/serviceimprovements")
    assert "No service improvement is shown" in text(client, f"{AT}/serviceimprovements?state=done")
    done = IMPROVEMENT | {"evidence on": "2026-06-11"}
    imported(table(done), Holds.IMPROVEMENTS, now=london(2026, 6, 11))
    page = text(client, "/service-improvements?category=policy-or-procedure&subject=housing")
    assert "1 service improvement: 1 done late." in page
    assert "362 days after it was agreed; due on 10 June 2026, 1 day before that" in page


def test_a_report_has_its_response_and_its_pdf(client):
    report = PublicReport.objects.get(reference="25 000 001")
    page = text(client, "/public-reports/25-000-001")
    assert "25 000 001, 25 000 002" in page
    assert "is satisfied with the council’s response." in page
    assert "as a PDF" not in page
    ReportFile.objects.create(
        report=report, content=b"%PDF-1.7 example", sha256="0" * 64, size=16, uploaded_sha256="1" * 64, added_at=NOW,
        added_by=factories.staff("keeper"),
    )  # fmt: skip
    assert "as a PDF" in text(client, "/public-reports/25-000-001")
    answer = client.get("/public-reports/25-000-001.pdf")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 example"
    assert answer["Content-Type"] == "application/pdf"
    assert "An example of a title" in text(client, f"{AT}/reports")
    assert "No public report" in text(client, f"{OTHER}/reports")


@pytest.mark.parametrize("page", ["/decisions/housing/allocations/25-000-001", "/public-reports/25-000-001"])
def test_search_engines_know_one_address_of_it_whatever_is_asked_with_it(client, page, settings):
    known = f'<link rel="canonical" href="{settings.SITE_ADDRESS}{page}">'
    assert known in client.get(f"{page}?utm_source=newsletter").content.decode()


def test_taken_down_it_is_gone_at_once(client):
    before = client.get("/decisions/housing/allocations/25-999-999").content
    withholding.take_down(
        Decision.objects.get(reference="25 000 001"), factories.staff("keeper"), "Recognised."
    )
    assert client.get(ONE).content == before
    for address in (
        "/decisions?q=zebra",
        f"{AT}/decisions",
        "/service-improvements",
        f"{AT}/serviceimprovements",
    ):
        assert "25 000 001" not in text(client, address), address
    assert "43 decisions, the newest first. 2 of them are counted and not shown" in text(client, "/decisions")


def test_a_restored_copy_publishes_nothing_more_by_itself(client, clock):
    clock.move_to(london(2026, 6, 2))
    assert "zyxwold" in text(client, "/decisions").lower()
    Standstill.objects.create(pk=1, since=NOW, restored_at=NOW)
    assert "zyxwold" not in text(client, "/decisions").lower()
    assert "43 decisions" in text(client, "/decisions")
    assert client.get("/public-reports/25-000-003").status_code == 404


@pytest.mark.parametrize(
    ("address", "at_most"),
    [
        ("/decisions", 8),
        ("/decisions?category=housing&outcome=upheld&year=2024", 8),
        ("/decisions?q=example", 8),
        (f"{AT}/decisions", 8),
        (f"{AT}/decisions?category=housing", 8),
        (f"{AT}/decisions?q=example", 8),
        (f"{AT}/decisions?q=example&category=housing", 8),
        (f"{AT}/decisions?q=nowhere&category=housing", 8),
        (f"{AT}/serviceimprovements", 8),
        ("/service-improvements", 8),
        ("/public-reports", 4),
        (f"{AT}/reports", 8),
        (ONE, 5),
    ],
)
def test_pages_ask_few_questions(client, address, at_most):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address)
    assert len(queries) <= at_most, "\n".join(each["sql"][:150] for each in queries)
