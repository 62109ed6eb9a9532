"""The API: what each table answers, by whom it can be read, and how it refuses what it cannot answer."""

import csv
import io
import json
from datetime import datetime as DateTime
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from councils.models import Council
from letters import workflow
from letters.models import Letter
from public.api.tables import TABLES
from tests import cases, factories
from tests.api_addresses import API, READABLE

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(scope="module")
def letters(register):
    """Letters of two years to some councils of the register, one of them replaced and one withdrawn."""
    staff = factories.staff()
    named = {
        name: factories.council(f"{name} Council", region="London") for name in ("Sometown", "=Othertown")
    }
    with time_machine.travel(HOUR, tick=False):
        for year in (2019, 2020):
            review = factories.edition(year)
            wellingborough = Council.objects.get(slug="wellingborough-borough-council")
            for council in (*named.values(), wellingborough):
                factories.public_letter(
                    review, staff, council, pages=factories.SOME_PAGES, figures=factories.two_figures(year)
                )
            workflow.schedule(review, HOUR, staff, acknowledged=True)
    with time_machine.travel(HOUR.replace(hour=10), tick=False):
        second = factories.letter(
            review, staff, council=named["Sometown"], figures=factories.two_figures(2020, count=1)
        )
        workflow.approve(second, staff, reason="New.", replacement_reason="A figure was wrong.")
        workflow.publish_now(second, staff)
        cases.one_of_each("Sometown Council", "2020-01-14", HOUR)
    return named


@pytest.fixture(autouse=True)
def site(letters, db):
    """The clock stands an hour after the letters appeared."""
    with time_machine.travel(HOUR.replace(hour=11), tick=False):
        yield letters


def get(address, **headers):
    return Client(headers=headers).get(address if address.startswith("/") else f"{API}{address}")


def results(address):
    response = get(address)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def table(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return list(csv.DictReader(io.StringIO(body.decode())))


def test_t31_what_is_not_stated_is_null_and_never_nought():
    [row] = results("statistics?measure=compliance&year_ending=2020&council=wellingborough-borough-council")
    numbers = ("rate_printed", "rate_computed", "numerator", "denominator", "interval_low", "average_printed")
    assert [row[name] for name in numbers] == [None] * 6
    assert row["why_not_computed"] == "no recommendations due"
    [as_csv] = table(
        get("statistics.csv?measure=compliance&year_ending=2020&council=wellingborough-borough-council")
    )
    assert [as_csv[name] for name in numbers] == [""] * 6


def test_t87_a_replaced_letter_counts_no_more_and_is_told_beside_the_one_that_does():
    [row] = results("statistics?measure=upheld&year_ending=2020&council=sometown-council")
    assert (row["numerator"], row["rate_printed"]) == (1, 50)
    [letter] = results("letters?council=sometown-council&year_ending=2020")
    told = get(letter["details"].replace("http://localhost:8000", "")).json()
    [before] = told.pop("replaced")
    assert before["why"] == "A figure was wrong."
    assert before["page"].endswith("/annualletters/2020/replaced/1")
    assert get(before["page"].replace("http://localhost:8000", "")).status_code == 200
    del told["text"]
    assert told == letter


def test_t87_a_withdrawn_letter_is_gone_with_its_note(letters):
    letter = Letter.objects.get(council=letters["=Othertown"], review__year_ending=2020)
    workflow.withdraw(letter, letter.approved_by, "It was sent to the wrong council.")
    response = get("letters/othertown-council/2020")
    assert response.status_code == 410
    assert response.json()["note"] == "It was sent to the wrong council."
    assert not results("statistics?council=othertown-council&year_ending=2020")


def test_a_letter_has_its_words_and_where_its_file_is():
    told = get("letters/wellingborough-borough-council/2020").json()
    assert [page["page"] for page in told["text"]] == [1, 2, 3]
    assert told["text"][1]["blocks"][0] == {"kind": "paragraph", "rows": [["Words of the letter."]]}
    file = get(told["pdf"].replace("http://localhost:8000", ""))
    content = b"".join(file.streaming_content)
    assert (sha256(content).hexdigest(), len(content)) == (told["pdf_sha256"], told["pdf_bytes"])


def test_councils_have_their_codes_days_and_lineage():
    [row] = results("councils?gss_code=E07000156")
    assert row["council"] == "wellingborough-borough-council"
    assert (row["last_day"], row["successors"]) == ("2021-03-31", ["north-northamptonshire-council"])
    assert get("councils/wellingborough-borough-council").json() == row
    [as_csv] = table(get("councils.csv?gss_code=E07000156"))
    assert (as_csv["successors"], as_csv["first_day"]) == ("north-northamptonshire-council", "")
    [link] = results("successions?predecessor=wellingborough-borough-council")
    assert (link["successor"], link["day"], link["how"]) == (
        "north-northamptonshire-council",
        "2021-04-01",
        "merged",
    )


@pytest.mark.parametrize(
    ("day", "there"),
    [("2021-03-31", True), ("2021-04-01", False), ("0001-01-01", True), ("9999-12-31", False)],
)
def test_councils_that_existed_on_a_day(day, there):
    rows = table(get(f"councils.csv?open_on={day}&kind=district&region=East+Midlands"))
    assert ("wellingborough-borough-council" in {row["council"] for row in rows}) == there


def test_the_years_and_the_measures():
    assert [row["year_ending"] for row in results("editions")] == [2019, 2020]
    assert [row["year_ending"] for row in results("editions?from_year=2020")] == [2020]
    measures = results("measures?limit=1000")
    assert get("measures/upheld").json() in measures
    assert "received:housing" in {row["measure"] for row in measures}
    assert get("measures/received:waste-management").json()["measure_name"].endswith(": Waste management")


@pytest.mark.parametrize("name", [each.table for each in TABLES])
def test_pages_and_the_whole_table_say_the_same(name):
    """By pages of seven and by pages of a thousand, as JSON and as CSV: each row once, in one order."""
    whole = table(get(f"{name}.csv"))
    paged, address = [], f"{API}{name}?limit=7"
    while address:
        page = get(address).json()
        assert len(page["results"]) == 7 or page["next"] is None
        paged += page["results"]
        address = page["next"] and page["next"].replace("http://localhost:8000", "")
        if len(paged) > 100:
            break
    assert paged
    told = [[_cell(value) for value in row.values()] for row in paged]
    assert told == [list(row.values()) for row in whole[: len(told)]]
    assert len({json.dumps(row) for row in whole}) == len(whole)


@pytest.mark.parametrize("asked", ["limit=1", "limit=1000", "limit=1000&council=sometown-council"])
@pytest.mark.parametrize("name", ["letters", "statistics"])
def test_a_page_is_few_queries_where_few_councils_have_letters(name, asked, django_assert_max_num_queries):
    """Of the whole register three do, in two years."""
    with django_assert_max_num_queries(20):
        assert results(f"{name}?{asked}")


def _cell(value):
    text = "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text.startswith("=") else text


def test_cells_that_a_spreadsheet_would_run_are_text():
    """T63b: a name that begins as a formula does; JSON has it as it is."""
    assert (
        results("letters?council=othertown-council&year_ending=2020")[0]["council_name"]
        == "=Othertown Council"
    )
    [row] = table(get("letters.csv?council=othertown-council&year_ending=2020"))
    assert row["council_name"] == "'=Othertown Council"


def test_a_page_of_csv_leads_to_the_next():
    response = get("letters.csv?limit=2")
    assert len(table(response)) == 2
    following = response["Link"].removeprefix("<http://localhost:8000").removesuffix('>; rel="next"')
    assert table(get(following)) == table(get("letters.csv"))[2:4]


def test_a_page_stays_right_when_rows_come_and_go(letters):
    """What was told already is not told again, and nothing is left out, though an earlier row is gone meanwhile."""
    first = get("letters?limit=2&year_ending=2020").json()
    gone = Letter.objects.get(council=letters["=Othertown"], review__year_ending=2020)
    workflow.withdraw(gone, gone.approved_by, "Withdrawn.")
    second = get(first["next"].replace("http://localhost:8000", "")).json()["results"]
    assert [row["council"] for row in [*first["results"], *second]] == [
        "othertown-council", "sometown-council", "wellingborough-borough-council"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("accept", "told"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/json;q=0.1, text/csv", "text/csv; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/json; charset=utf-8", "application/json"),
        ('text/csv;header=present; charset="utf-8"; q=0.9', "text/csv; charset=utf-8"),
        ("application/json;version=2;q=0.1, text/csv;q=0.2", "text/csv; charset=utf-8"),
        ("text/html", None),
        ("application/json;q=0", None),
        ("application/json; charset=utf-8; q=0", None),
    ],
)
def test_the_accept_header_chooses_with_its_weights(accept, told):
    response = get("editions", accept=accept) if accept else get("editions")
    assert response["Vary"] == "Accept"
    if told is None:
        assert (response.status_code, response["Content-Type"]) == (406, "application/problem+json")
        assert response.json()["formats"] == ["application/json", "text/csv"]
    else:
        assert (response.status_code, response["Content-Type"]) == (200, told)


def test_a_suffix_goes_before_the_accept_header():
    response = get("editions.csv", accept="application/json")
    assert response["Content-Type"].startswith("text/csv")
    assert not response.has_header("Vary")


@pytest.mark.parametrize("address", READABLE)
def test_everybody_may_read_and_nobody_may_write(address):
    response = get(address, origin="https://example.org")
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-cache"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    for method in ("head", "options", "post", "put", "patch", "delete", "trace"):
        other = getattr(Client(), method)(address)
        assert other["Access-Control-Allow-Origin"] == "*"
        assert not other.has_header("Access-Control-Allow-Credentials")
        if method == "options":
            assert (other.status_code, other["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
        elif method == "head":
            assert (other.status_code, other.getvalue()) == (200, b"")
            assert other.headers == response.headers
        else:
            assert (other.status_code, other["Allow"]) == (405, "GET, HEAD, OPTIONS")
            assert other["Content-Type"] == "application/problem+json"


def test_what_stands_is_not_sent_again():
    first = get("statistics?limit=3")
    again = get("statistics?limit=3", if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert get("statistics?limit=2", if_none_match=first["ETag"]).status_code == 200


def test_t66_a_network_that_asks_too_often_waits_whatever_it_says_of_itself(settings):
    settings.API_REQUESTS_A_MINUTE = 2
    statuses = [
        Client(REMOTE_ADDR="203.0.113.9").get(f"{API}{address}").status_code
        for address in ("editions", "councils?nothing=1", "editions")
    ]
    assert statuses == [200, 400, 429]
    refused = Client(REMOTE_ADDR="203.0.113.9").get(f"{API}editions")
    assert (refused["Retry-After"], refused["Cache-Control"]) == ("60", "no-store")
    assert refused["Content-Type"] == "application/problem+json"
    assert Client(REMOTE_ADDR="198.51.100.7").get(f"{API}editions").status_code == 200
    settings.BEHIND_PROXY = True
    for made_up in range(3):
        spoofed = Client(HTTP_X_FORWARDED_FOR=f"192.0.2.{made_up}, 203.0.113.9").get(f"{API}editions")
        assert spoofed.status_code == 429
