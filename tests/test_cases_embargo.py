"""Nothing early of decisions: the whole public site is the same to the byte with what is not public yet and without."""

import pytest
import time_machine
from django.test import Client

from cases.counting import recount
from cases.models import Category, Decision, Holds, Party, PublicReport, ReportFile, ServiceImprovement
from tests import cases, factories
from tests.api_addresses import of_cases
from tests.cases import DECISION, imported, london, table

pytestmark = pytest.mark.django_db
AT = "/your-councils-performance/canary-council"
HOUR = london(2026, 6, 2)
BEFORE = london(2026, 6, 1, 23, 59, 59)
WORDS = {"summary": "A zyxwold summary.", "text": "A zyxwold text.", "remedy": "Zyxwolds."}
FEEDS, SITEMAPS = cases.followed(AT)[:4], cases.followed(AT)[4:]
ADDRESSES = [
    *cases.addresses(AT, "26-000-009"),
    *cases.addresses(AT),
    "/decisions/zyxwold/zyxwold/26-000-010",
    "/decisions/planning/trees/26-000-010",
    "/decisions?category=zyxwold",
    "/decisions?category=housing&part=zyxwold",
    "/decisions?category=housing",
    "/decisions?year=2026",
    "/decisions?outcome=report",
    "/decisions?q=zyxwold",
    "/decisions?before=9999999999999999999",
    f"{AT}/decisions?q=zyxwolds",
    f"{AT}/decisions?outcome=upheld&year=2026",
    f"{AT}/serviceimprovements?state=late",
    "/service-improvements?category=policy-or-procedure",
    "/service-improvements?subject=housing",
    f"{AT}/statistics",
    f"{AT}/annualletters",
    "/",
    "/national-picture",
    "/councils?q=zyxwold",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemaps/pages.xml",
    *FEEDS,
    *SITEMAPS,
]
WAYS = [("GET", {}), ("HEAD", {}), ("POST", {}), ("GET", {"HTTP_RANGE": "bytes=0-9"})]
# Asked by GET alone: that methods and ranges are all one to the API is tested beside it.
FOR_PROGRAMS = of_cases("canary-council", "26-000-009")


def bring_in():
    """A council with decisions long public; and a canary for each way to be known before its day."""
    factories.council("Canary Council")
    cases.one_of_each("Canary Council", "2025-06-14", BEFORE)
    canary = DECISION | WORDS | {"councils": "Canary Council", "decided on": "2026-03-02"}
    imported(
        table(
            canary | {"reference": "26 000 009"},
            canary | {"reference": "26 000 010", "category": "Zyxwold", "sub-category": "Zyxwold"},
            canary | {"reference": "26 000 011", "sub-category": "Zyxwold", "outcome": "report"},
        ),
        now=BEFORE,
    )
    same = {"councils": "Canary Council", "reference": "26 000 009"}
    improvement = (
        cases.IMPROVEMENT | same | {"text": "Zyxwold.", "agreed on": "2026-03-02", "due on": "2026-03-02"}
    )
    imported(table(improvement), Holds.IMPROVEMENTS, BEFORE)
    report = {"references": "26 000 009", "title": "Zyxwold", "published on": "2026-06-02"}
    imported(table(cases.REPORT | report | {"councils": "Canary Council"}), Holds.REPORTS, BEFORE)


def forget():
    """As if what waits had never been brought in."""
    ServiceImprovement.objects.filter(decision__reference__startswith="26").delete()
    Party.objects.filter(decision__reference__startswith="26").delete()
    Decision.objects.filter(reference__startswith="26").delete()
    ReportFile.objects.filter(report__reference__startswith="26").delete()
    PublicReport.objects.filter(reference__startswith="26").delete()
    recount([2026])
    Category.objects.filter(within__isnull=False, name="Zyxwold").delete()
    Category.objects.filter(name="Zyxwold").delete()


def answers():
    asked = [(address, method, headers) for address in ADDRESSES for method, headers in WAYS]
    asked += [(address, "GET", {}) for address in FOR_PROGRAMS]
    return {
        (address, method, str(headers)): answer(address, method, headers)
        for address, method, headers in asked
    }


def answer(address, method="GET", headers=None):
    response = Client().generic(method, address, **(headers or {}))
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, dict(response.items()), body


def test_before_its_day_all_answers_are_as_if_it_had_never_been_brought_in():
    """T51, T52: pages, counts, choices, searches and refusals."""
    bring_in()
    with time_machine.travel(BEFORE, tick=False):
        with_it = answers()
        for (address, *_), (_, _headers, body) in with_it.items():
            assert b"26 000 0" not in body, address
            assert "zyxwold" in address.lower() or b"zyxwold" not in body.lower(), address
        forget()
        assert answers() == with_it


def test_on_its_day_all_of_it_is_there():
    bring_in()
    with time_machine.travel(HOUR, tick=False):
        for address in (
            "/decisions",
            "/decisions/housing/allocations/26-000-009",
            "/decisions/zyxwold/zyxwold/26-000-010",
            "/decisions?category=housing&part=zyxwold",
            "/decisions?q=zyxwold",
            "/public-reports",
            "/public-reports/26-000-009",
            "/service-improvements",
            f"{AT}/decisions?q=zyxwolds",
            f"{AT}/decisions",
            f"{AT}/reports",
            f"{AT}/serviceimprovements?state=late",
            *FEEDS,
            "/api/v1/decisions",
            "/api/v1/decisions.csv",
            "/api/v1/decisions/26-000-009",
            "/api/v1/decisions?council=canary-council",
            "/api/v1/decisions?decided_from=2026-03-01",
            "/api/v1/decisions?category=housing&subcategory=zyxwold",
            "/api/v1/public-reports?published_from=2026-06-02",
            "/api/v1/public-reports.csv?council=canary-council",
            "/api/v1/service-improvements?state=late",
            "/api/v1/service-improvements.csv?council=canary-council",
        ):
            _, _, body = answer(address)
            assert b"zyxwold" in body.lower(), address
            assert b"26 000 0" in body or address.endswith("/reports") or "public-reports" in address
        for sitemap in SITEMAPS:
            assert b"26-000-009" in answer(sitemap)[2]
