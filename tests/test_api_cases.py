"""Decisions, public reports and service improvements in the API: what filters leave, in which order, on which day."""

import csv
import io
import re

import pytest
import time_machine
from django.test import Client

from cases.models import Holds
from letters.models import Standstill
from tests import cases, factories
from tests.api_addresses import API
from tests.cases import IMPROVEMENT, NOW, REPORT, imported, london, table

pytestmark = pytest.mark.django_db
PARAGRAPHS = "The council was late.\n\nIt agreed to apologise; and to pay."
BOTH = "Sometown Borough Council; Othertown District Council"


@pytest.fixture(scope="module", autouse=True)
def brought_in(kept_rows):
    """Six decisions, the first the newest but for one to come; two reports; three improvements."""
    factories.council("Sometown Borough Council", region="London")
    factories.council("Othertown District Council")
    differing = [
        {"decided on": "2025-09-01", "summary": PARAGRAPHS, "text": PARAGRAPHS, "remedy": PARAGRAPHS},
        {"decided on": "2025-08-01", "councils": BOTH, "outcome": "report"},
        {"decided on": "2025-07-01", "category": "Planning", "sub-category": "Trees"},
        {"decided on": "2025-07-01", "category": "Planning", "sub-category": "Allocations", "councils": BOTH},
        {"decided on": "2025-03-31", "outcome": "not upheld", "councils": "Othertown District Council"},
        {"decided on": "2026-03-02"},
        {"decided on": "2025-06-01", "withheld": "yes", "text": "", "summary": "", "remedy": ""},
    ]
    imported(table(*cases.decisions(*differing)))
    agreed = [
        IMPROVEMENT | {"agreed on": "2025-09-01"},
        IMPROVEMENT | {"agreed on": "2025-09-01", "number": "2", "evidence on": "2026-05-01"},
        IMPROVEMENT | {"reference": "25 000 005", "agreed on": "2025-03-31", "category": "Training",
                       "councils": "Othertown District Council"},
    ]  # fmt: skip
    imported(table(*agreed), Holds.IMPROVEMENTS)
    later = {"references": "25 000 003", "published on": "2025-11-03", "satisfied": "no", "councils": BOTH}
    imported(table(REPORT, REPORT | later | {"response": PARAGRAPHS}), Holds.REPORTS)


@pytest.fixture(autouse=True)
def clock(db):
    with time_machine.travel(NOW, tick=False):
        yield


def results(query):
    response = Client().get(f"{API}{query}")
    assert response.status_code == 200, response.content
    return response.json()["results"]


def known_by(row):
    return f"{row['reference'][-1]}/{row['number']}" if "number" in row else row["reference"][-1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("decisions", "1 2 4 3 5"),
        ("decisions?council=sometown-borough-council", "1 2 4 3"),
        ("decisions?council=othertown-district-council", "2 4 5"),
        ("decisions?council=no-such-council", ""),
        ("decisions?category=planning", "4 3"),
        ("decisions?subcategory=allocations", "1 2 4 5"),
        ("decisions?category=housing&subcategory=allocations", "1 2 5"),
        ("decisions?category=housing&subcategory=trees", ""),
        ("decisions?category=allocations", ""),
        ("decisions?category=no-such", ""),
        ("decisions?outcome=not-upheld", "5"),
        ("decisions?outcome=upheld&council=othertown-district-council", "4"),
        ("decisions?year_ending=2025", "5"),
        ("decisions?year_ending=2026&council=othertown-district-council", "2 4"),
        ("decisions?decided_from=2025-08-01", "1 2"),
        ("decisions?decided_to=2025-07-01", "4 3 5"),
        ("decisions?decided_from=2025-07-01&decided_to=2025-08-01&council=othertown-district-council", "2 4"),
        ("decisions?decided_from=0001-01-01&decided_to=9999-12-31", "1 2 4 3 5"),
        ("decisions?decided_from=2025-08-01&decided_to=2025-07-01", ""),
        ("decisions?reference=25+000+004", "4"),
        ("decisions?reference=25-000-004", "4"),
        ("decisions?reference=25-000-007", ""),
        ("decisions?region=London", "1 2 4 3"),
        ("decisions?region=London&outcome=report", "2"),
        ("decisions?council_kind=district", "1 2 4 3 5"),
        ("decisions?council_kind=county", ""),
        ("decisions?region=London&council=sometown-borough-council&outcome=upheld", "1 4 3"),
        ("decisions?region=London&council=othertown-district-council", ""),
        ("decisions?q=apologising", "1"),
        ("decisions?q=example", "2 4 3 5"),
        ("decisions?q=text+EXAMPLE", "2 4 3 5"),
        ("decisions?q=example&council=othertown-district-council", "2 4 5"),
        ("decisions?q=example&council=no-such-council", ""),
        ("decisions?q=example&category=planning&subcategory=trees", "3"),
        ("decisions?q=example&subcategory=allocations&outcome=upheld", "4"),
        ("decisions?q=example&region=London", "2 4 3"),
        ("decisions?q=example&decided_from=2025-04-01&decided_to=2025-07-01", "4 3"),
        ("decisions?q=example&year_ending=2025", "5"),
        ("decisions?q=example&reference=25-000-004", "4"),
        ("decisions?q=apologising&reference=25-000-004", ""),
        ("decisions?q=%21%3F", ""),
        ("decisions?q=Zyxwold", ""),
        ("public-reports", "3 1"),
        ("public-reports?council=othertown-district-council", "3"),
        ("public-reports?council_kind=district", "3 1"),
        ("public-reports?council_kind=county", ""),
        ("public-reports?region=London", "3 1"),
        ("public-reports?region=London&council=sometown-borough-council&satisfied=not-satisfied", "3"),
        ("public-reports?region=London&council=othertown-district-council", ""),
        ("public-reports?satisfied=satisfied", "1"),
        ("public-reports?published_from=2025-11-03", "3"),
        ("public-reports?published_to=2025-11-02", "1"),
        ("public-reports?reference=25+000+002", "1"),
        ("public-reports?reference=25+000+009", ""),
        ("service-improvements", "1/2 1/1 5/1"),
        ("service-improvements?council=othertown-district-council", "5/1"),
        ("service-improvements?council_kind=district&region=London", "1/2 1/1"),
        ("service-improvements?improvement=training", "5/1"),
        ("service-improvements?category=housing", "1/2 1/1 5/1"),
        ("service-improvements?state=due", "1/1 5/1"),
        ("service-improvements?state=done", "1/2"),
        ("service-improvements?state=late", ""),
        ("service-improvements?year_ending=2025", "5/1"),
        ("service-improvements?agreed_from=2025-04-01", "1/2 1/1"),
        ("service-improvements?agreed_to=2025-03-31&due_from=2026-06-10", "5/1"),
        ("service-improvements?due_to=2026-06-09", ""),
        ("service-improvements?reference=25+000+001", "1/2 1/1"),
    ],
)
def test_filters_leave_what_they_say_newest_first(query, found):
    assert " ".join(map(known_by, results(query))) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("decisions?region=London", "1 2 4 3"),
        ("decisions?council_kind=district&limit=2", "1 2"),
        ("decisions?q=example&region=London", "2 4 3"),
    ],
)
def test_what_many_bodies_have_is_found_as_what_few_have(monkeypatch, query, found):
    monkeypatch.setattr("cases.published.FEW_BODIES", 0)
    assert " ".join(map(known_by, results(query))) == found


@pytest.mark.parametrize(
    "name",
    [
        "decisions?council=othertown-district-council&",
        "decisions?q=example&",
        "decisions?q=example&region=London&subcategory=allocations&",
        "service-improvements?",
    ],
)
def test_page_by_page_each_row_comes_once_and_as_in_the_csv(name):
    paged, address = [], f"{API}{name}limit=1"
    while address:
        page = Client().get(address).json()
        paged += page["results"]
        address = page["next"] and page["next"].removeprefix("http://localhost:8000")
    assert paged == results(name)
    whole = Client().get(f"{API}{name.replace('?', '.csv?')}").getvalue().decode()
    assert [known_by(row) for row in csv.DictReader(io.StringIO(whole))] == list(map(known_by, paged))


def of_csv(name):
    return csv.DictReader(io.StringIO(Client().get(f"{API}{name}.csv").getvalue().decode(), newline=""))


@pytest.mark.parametrize(("name", "column"), [("decisions", "summary"), ("public-reports", "response")])
def test_a_text_of_two_paragraphs_is_the_same_on_its_page_in_json_and_in_csv(name, column):
    row, *_ = results(name)
    assert row[column] == PARAGRAPHS
    assert next(iter(of_csv(name)))[column] == PARAGRAPHS
    page = Client().get(row["page"].removeprefix("http://localhost:8000")).content.decode()
    first, second = PARAGRAPHS.split("\n\n")
    assert f"<p>{first}</p> <p>{second}</p>" in " ".join(page.split())


def test_a_decision_has_its_text_and_what_was_agreed():
    listed, *_ = results("decisions")
    told = Client().get(listed["details"].removeprefix("http://localhost:8000")).json()
    assert told.pop("text") == PARAGRAPHS
    assert told.pop("improvements") == results("service-improvements?reference=25+000+001")[::-1]
    assert told == listed
    assert "text" not in listed
    for unknown in ("25-000-006", "25-000-007", "25-999-999"):
        assert Client().get(f"{API}decisions/{unknown}").status_code == 404


@pytest.mark.parametrize("name", ["", "sometown-borough-council", "othertown-district-council"])
def test_pages_count_as_many_as_there_are_rows(name):
    """The decisions of all and of each council: as a page counts them, but for those withheld, and in JSON and CSV."""
    page = Client().get(f"/your-councils-performance/{name}/decisions" if name else "/decisions")
    words = " ".join(page.content.decode().split())
    counted = int(re.search(r"(\d+) decisions?, the newest first", words)[1])
    withheld = re.search(r"(\d+) of them (?:is|are) counted and not shown", words)
    rows = results(f"decisions?council={name}" if name else "decisions")
    assert len(rows) == counted - int(withheld[1] if withheld else 0)
    whole = Client().get(f"{API}decisions.csv{f'?council={name}' if name else ''}").getvalue().decode()
    assert list(map(known_by, csv.DictReader(io.StringIO(whole)))) == list(map(known_by, rows))


def test_an_improvement_turns_late_with_the_day_and_stands_still_in_a_restored_copy():
    with time_machine.travel(london(2026, 6, 11), tick=False):
        [late, other] = results("service-improvements?state=late")
        assert (late["state"], late["days_late"], other["reference"]) == ("late", 1, "25 000 005")
        assert known_by(results("decisions")[0]) == "6"
        Standstill.objects.create(pk=1, since=london(2026, 4, 30, 12), restored_at=NOW)
        assert results("service-improvements?state=late") == []
        assert [row["state"] for row in results("service-improvements")] == ["due"] * 3
        assert known_by(results("decisions")[0]) == "1"


@pytest.mark.parametrize(
    "query",
    [
        "decisions?outcome=Upheld", "decisions?reference=25000001", "decisions?reference=25+000-001",
        "decisions?decided_from=2025-02-30", "decisions?category=Housing", "decisions?text=example", "decisions?q=",
            "decisions?q=a%00b", "decisions?region=london", "decisions?council_kind=council",
        "service-improvements?state=overdue", "public-reports?satisfied=yes", "public-reports?category=housing",
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(query):
    response = Client().get(f"{API}{query}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] in query


@pytest.mark.parametrize(
    ("name", "most"), [("decisions", 4), ("public-reports", 3), ("service-improvements", 2)]
)
def test_however_many_rows_a_page_has_it_is_few_queries(name, most, django_assert_max_num_queries):
    with django_assert_max_num_queries(most):
        results(f"{name}?council=sometown-borough-council")
