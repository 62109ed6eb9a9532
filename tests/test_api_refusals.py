"""What the API refuses: each with a problem that says what to do, and none by breaking."""

import pytest
from django.db import OperationalError
from django.test import Client

from public.api import councils
from public.api.cursors import cursor
from tests import factories
from tests.api_addresses import API

pytestmark = pytest.mark.django_db

CURSOR = cursor("councils", {}, ("a",))


@pytest.fixture(scope="module", autouse=True)
def somebody(kept_rows):
    factories.council("Sometown Council", region="London")


def problem(address, status=400):
    response = Client().get(f"{API}{address}")
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    told = response.json()
    assert told["status"] == status
    assert told["type"].startswith("http://localhost:8000/api/v1/#")
    assert told["detail"]
    return told


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("nothing=1", "nothing"),
        ("kind=castle", "kind"),
        ("kind=", "kind"),
        ("kind=district&kind=county", "kind"),
        ("kind=District", "kind"),
        ("kind=+district", "kind"),
        ("kind=district%0A", "kind"),
        ("kind=district%00", "kind"),
        ("kind[]=district", "kind[]"),
        ("kind__in=district", "kind__in"),
        ("open_on=2020-02-30", "open_on"),
        ("open_on=0000-01-01", "open_on"),
        ("open_on=20200101", "open_on"),
        ("open_on=29/07/2020", "open_on"),
        ("open_on=٢٠٢٠-٠١-٠١", "open_on"),
        ("gss_code=E0700015", "gss_code"),
        ("gss_code=%25", "gss_code"),
        ("gss_code=' OR 1=1--", "gss_code"),
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=-1", "limit"),
        ("limit=1e2", "limit"),
        ("limit=010", "limit"),
        ("limit=١٠", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("limit=", "limit"),
        ("offset=10", "offset"),
        ("page=2", "page"),
        ("ordering=name", "ordering"),
        ("fields=name", "fields"),
        ("format=csv", "format"),
        ("_method=POST", "_method"),
        ("callback=alert", "callback"),
        (f"{'a' * 5000}=1", "a" * 100),
        (f"region={'a' * 100_000}", "region"),
        ("%FF=1", "�"),
    ],
)
@pytest.mark.parametrize("suffix", ["", ".csv"])
def test_t58_t59_what_cannot_be_asked_is_named_with_what_can(query, named, suffix):
    told = problem(f"councils{suffix}?{query}")
    assert [each["parameter"] for each in told["errors"]] == [named]
    assert told["detail"].startswith(f"{named}: {told['errors'][0]['message']}")
    assert {"kind", "region", "open_on", "gss_code"} <= set(told["allowed"])


@pytest.mark.parametrize(
    "measure", ["uphelt", "%25", "upheld%00", "received:", "received:" + "a" * 200, "'--"]
)
def test_t59_a_measure_that_cannot_be_is_refused(measure):
    assert problem(f"statistics?measure={measure}")["errors"][0]["parameter"] == "measure"


@pytest.mark.parametrize(
    "year",
    ["2005", "2101", "0", "-2020", "2020.0", "02020", "99999999999999999999", "٢٠٢٠", "twenty", "2020%0A"],
)
def test_t58_a_year_that_cannot_be_is_refused(year):
    assert problem(f"statistics?year_ending={year}")["errors"][0]["parameter"] == "year_ending"


@pytest.mark.parametrize(
    "address",
    [
        "councils?cursor=x",
        f"councils?cursor={CURSOR[:-1]}",
        f"councils?cursor={CURSOR[:-2]}AA",
        f"councils?cursor=W{CURSOR}",
        f"councils?cursor={CURSOR}%00",
        f"councils?cursor={CURSOR * 50}",
        f"councils?kind=district&cursor={CURSOR}",
        f"letters?cursor={CURSOR}",
        f"statistics?cursor={cursor('letters', {}, (2020, 'a'))}",
        "statistics.csv?cursor=x",
        "measures?cursor=WyJhIl0",
    ],
)
def test_a_cursor_that_was_changed_made_up_or_is_of_another_question_is_refused(address):
    told = problem(address, 404)
    assert told["type"].endswith("#bad-cursor")
    assert "begin anew" in told["detail"]


def test_its_own_cursor_is_taken_with_another_limit():
    assert Client().get(f"{API}councils?limit=3&cursor={CURSOR}").status_code == 200


@pytest.mark.parametrize("address", ["councils/sometown-council", "measures/upheld", "schema", "schema.json"])
def test_an_address_without_parameters_takes_none(address):
    assert problem(f"{address}?lang=de")["allowed"] == []


@pytest.mark.parametrize(
    "address",
    [
        "nothing", "councils.xml", "councils/", "Councils", "councils/Sometown-Council", "councils/no-such-council",
        "councils/%00", "councils/1", "measures/uphelt", "measures/", "STATISTICS.CSV",
        "measures/received:" + "a" * 200, "letters/sometown-council", "letters/sometown-council/2020",
        "letters/no-such-council/2020", "letters/sometown-council/٢٠٢٠", "statistics/1", "schema.xml", "../admin",
    ],
)  # fmt: skip
def test_what_is_not_there_is_one_answer(address):
    reference = Client().get(f"{API}never-was")
    response = Client().get(f"{API}{address}")
    assert (response.status_code, response.content) == (404, reference.content)
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_what_is_not_there_is_a_problem_by_any_method(method):
    """Also to a browser that asks beforehand, and to who sends no token against forgery."""
    client = Client(enforce_csrf_checks=True)
    for address in ("statistics/", "never-was"):
        response = getattr(client, method)(f"{API}{address}")
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
        assert response["Access-Control-Allow-Origin"] == "*"


def test_whoever_asks_by_another_name_of_the_site_is_told_so():
    response = Client().get(f"{API}councils", HTTP_HOST="other.example")
    assert response.status_code == 400
    assert "its host is none of this site" in response.json()["detail"]


def test_t58_ten_thousand_parameters_are_refused():
    problem("councils?" + "&".join(f"q{number}=1" for number in range(10_000)))


@pytest.mark.parametrize(
    ("failure", "status"), [(RuntimeError("Zyxwold"), 500), (OperationalError("Zyxwold"), 503)]
)
def test_t86_a_fault_of_ours_is_a_problem_that_tells_nothing_of_it(monkeypatch, failure, status):
    def fail():
        raise failure

    monkeypatch.setattr(councils, "councils", fail)
    response = Client(raise_request_exception=False).get(f"{API}councils")
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert response["Cache-Control"] == "no-store"
    assert b"Zyxwold" not in response.content
    assert response.json()["reference"]
    assert response.has_header("Retry-After") == (status == 503)
