"""The public pages of decisions, reports and service improvements: what they show, count, lead to and refuse."""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import withholding
from cases.models import Decision, Holds, PublicReport, ReportFile
from councils.models import Council
from letters.models import Standstill
from public.decisions.asked import Asked
from public.decisions.listing import listing
from tests import cases, factories
from tests.cases import IMPROVEMENT, REPORT, imported, london, table

pytestmark = pytest.mark.django_db
NOW = london(2026, 6, 1, 12)
AT = "/your-councils-performance/sometown-borough-council"
OTHER = "/your-councils-performance/othertown-district-council"
ONE = "/decisions/housing/allocations/25-000-001"


@pytest.fixture(scope="module")
def rows(kept_rows):
    factories.council("Sometown Borough Council")
    factories.council("Othertown District Council")
    many = [
        {
            "decided on": f"2024-0{1 + number % 9}-1{number % 8}",
            "outcome": ("upheld", "not upheld")[number % 2],
        }
        for number in range(40)
    ]
    many[0]["councils"] = "Sometown Borough Council; Othertown District Council"
    imported(
        table(
            *cases.decisions(
                {"text": "An example with a zebra."},
                {
                    "decided on": "2026-03-02",
                    "category": "Zyxwold",
                    "sub-category": "Zyxwolds",
                    "text": "A zebra.",
                },
                {"category": "Planning", "sub-category": "Trees", "councils": "Othertown District Council"},
                {"withheld": "yes", "text": "", "summary": "", "remedy": ""},
                *many,
            )
        )
    )
    imported(table(IMPROVEMENT, IMPROVEMENT | {"number": "2", "category": "Training"}), Holds.IMPROVEMENTS)
    imported(
        table(REPORT, REPORT | {"references": "25 000 003", "published on": "2026-06-02"}), Holds.REPORTS
    )


@pytest.fixture(autouse=True)
def clock(rows, db):
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    body = response.content.decode().split('<main id="content"')[1].split("</main>")[0]
    return " ".join(re.sub("<[^>]+>", " ", body).split())


def references(client, address):
    return re.findall(r"\((\d\d \d{3} \d{3})\)", text(client, address))


def test_a_list_counts_beside_each_choice_what_there_would_be(client):
    page = text(client, "/decisions")
    assert "43 decisions, the newest first. 1 of them is counted and not shown" in page
    assert "All categories (43) Housing (42) Planning (1)" in page
    assert "All outcomes (43) Upheld (23) Not upheld (20)" in page
    assert "All years (43) 2025–26 (3)" in page
    assert "Zyxwold" not in page
    page = text(client, "/decisions?outcome=not-upheld&year=2024")
    assert "All categories (7) Housing (7)" in page
    assert "All outcomes (15) Upheld (8) Not upheld (7)" in page
    assert "All years (20)" in page
    assert "Sub-category" not in page
    assert "All of them (42) Allocations (42)" in text(client, "/decisions?category=housing")


MORE = [
    {"category": "Planning", "sub-category": "Trees", "outcome": "not upheld", "decided on": "2024-03-01"},
    {"category": "Planning", "sub-category": "Enforcement", "decided on": "2024-05-01"},
    {"sub-category": "Repairs", "outcome": "closed after initial enquiries", "decided on": "2023-05-01"},
    {"sub-category": "Repairs", "decided on": "2024-05-02", "text": "A zebra."},
]


CHOSEN = [
    {},
    {"category": "housing"},
    {"category": "housing", "part": "repairs"},
    {"category": "planning", "outcome": "upheld"},
    {"category": "housing", "part": "allocations", "year": 2024, "outcome": "not-upheld"},
    {"outcome": "upheld", "year": 2025},
]


@pytest.mark.parametrize(("council", "q"), [(None, ""), (None, "example"), ("sometown-borough-council", "")])
def test_each_choice_leads_to_as_many_decisions_as_stand_beside_it(council, q):
    rows = [each | {"reference": f"24 000 {number:03}"} for number, each in enumerate(MORE)]
    imported(table(*cases.decisions(*rows)))
    of = Council.objects.get(slug=council) if council else None
    for chosen in CHOSEN:
        asked = Asked(**chosen, q=q)
        for facet in listing(asked, NOW, of).facets:
            told = {"": facet.total} | {each.value: each.number for each in facet.choices}
            assert told == {value: number_with(asked, facet.name, value, of) for value in told}, facet.name


def number_with(asked, name, value, council):
    """How many there are with another choice of one kind; a part goes with its category."""
    changed = {name: (int(value) if value else None) if name == "year" else value}
    changed |= {"part": ""} if name == "category" else {}
    return listing(asked.but(**changed), NOW, council).counted.number


def test_two_categories_with_one_short_name_are_told_apart_where_both_can_be_chosen(client):
    """The Ombudsman wrote "Planning and development" before, which we call planning too."""
    imported(table(*cases.decisions({"reference": "24 000 001", "category": "Planning and development"})))
    assert "Housing (42) Planning (1) Planning and development (1)" in text(client, "/decisions")


@pytest.mark.parametrize(("address", "number"), [("/decisions", 42), (f"{AT}/decisions", 41)])
def test_a_list_goes_on_from_page_to_page_without_a_gap(client, address, number):
    """Also of one council, with a decision on two."""
    first = client.get(address)
    older = re.search(rf'href="({address}\?before=\d+)" rel="next"', first.content.decode())[1]
    both = references(client, address) + references(client, older)
    assert len(both) == len(set(both)) == number
    days = [Decision.objects.get(reference=each).decided_on for each in both]
    assert days == sorted(days, reverse=True)
    assert 'rel="next"' not in client.get(older).content.decode()


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/decisions?q=zebra", ["25 000 001"]),
        ("/decisions?q=ZEBRAS+example", ["25 000 001"]),
        ("/decisions?q=zebra&outcome=not-upheld", []),
        ("/decisions?q=25+000+001", ["25 000 001"]),
        ("/decisions?q=25-000-001+zebra", ["25 000 001"]),
        ("/decisions?q=case+25000001", []),
        ("/decisions?q=25+000+001&outcome=not-upheld", []),
        ("/decisions?category=planning", ["25 000 003"]),
        ("/decisions?category=planning&part=allocations", ["25 000 003"]),
        (f"{OTHER}/decisions", ["25 000 003", "25 000 005"]),
        (f"{AT}/decisions?q=zebra", ["25 000 001"]),
        (f"{OTHER}/decisions?q=zebra", []),
    ],
)
def test_decisions_are_found_by_words_and_choices(client, address, found):
    assert references(client, address) == found


def test_what_a_text_says_is_never_taken_for_a_choice(client):
    """Classes of use in planning, such as B8, look as choices do in the index."""
    other = Council.objects.get(name="Othertown District Council")
    housing = Decision.objects.get(reference="25 000 001").category
    says = f"Warehouses of class B{other.pk} and C{housing.pk}, by policy Y2026."
    one = {"reference": "24 000 001", "category": "Planning", "sub-category": "Trees", "text": says}
    imported(table(*cases.decisions(one)))
    found = {
        "/decisions?q=warehouse": ["24 000 001"],
        f"/decisions?q=b{other.pk}": ["24 000 001"],
        f"/decisions?q=warehouse+c{housing.pk}": ["24 000 001"],
        f"{OTHER}/decisions?q=warehouse": [],
        "/decisions?q=warehouse&category=housing": [],
    }
    assert {address: references(client, address) for address in found} == found


@pytest.mark.parametrize("most_found", [0, 250])
def test_a_word_too_usual_to_be_kept_finds_no_more_with_a_choice_than_without(
    client, monkeypatch, most_found
):
    """On PostgreSQL; SQLite keeps all words."""
    monkeypatch.setattr("cases.published.MOST_FOUND", most_found)
    without = references(client, "/decisions?q=of")
    assert bool(without) == (connection.vendor == "sqlite")
    for address in (f"{OTHER}/decisions?q=of", "/decisions?q=of&outcome=upheld"):
        assert bool(references(client, address)) == bool(without)


def test_where_none_has_the_words_the_page_says_so(client):
    page = text(client, "/decisions?q=xyzzy")
    assert "No decision published here has all of these words. Check their spelling" in page
    assert "0 decisions" not in page


def test_where_too_many_have_the_words_they_are_not_counted(client, monkeypatch):
    monkeypatch.setattr("cases.published.MOST_FOUND", 10)
    page = text(client, "/decisions?q=example")
    assert "More than 10 decisions have these words" in page
    assert "All categories Housing Planning" in page
    monkeypatch.undo()


@pytest.mark.parametrize(
    "address",
    [
        "/decisions?category=nothing",
        "/decisions?category=zyxwold",
        "/decisions?category=zyxwold&q=zebra",
        "/decisions?outcome=perhaps",
        "/decisions?year=1999",
        "/decisions?year=٢٠٢٤",
        "/decisions?before=x",
        "/decisions?before=-1",
        f"{AT}/decisions?category=planning",
        f"{AT}/serviceimprovements?state=lost",
        "/service-improvements?subject=planning",
        "/service-improvements?category=" + "x" * 1000,
    ],
)
def test_a_list_that_there_is_not_leads_to_the_one_there_is(client, address):
    assert "There is no such list" in text(client, address, 404)


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
