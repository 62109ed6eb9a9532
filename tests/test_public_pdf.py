"""A letter's PDF: whole or in parts, under a name and a policy of ours, and only when it is public."""

from datetime import datetime as DateTime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from letters import workflow
from letters.models import CleanCopy
from public.ranges import Unsatisfiable, asked_part
from tests import factories

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
ADDRESS = "/your-councils-performance/sometown-council/annualletters/2020.pdf"


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("", None),
        ("bytes=0-", (0, 100)),
        ("bytes=0-0", (0, 1)),
        ("bytes=10-19", (10, 10)),
        ("bytes=90-1000", (90, 10)),
        ("bytes=-30", (70, 30)),
        ("bytes=-1000", (0, 100)),
        ("BYTES=0-9", (0, 10)),
        ("bytes=20-10", None),
        ("bytes=0-9,20-29", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("bytes=٠-٩", None),
        ("bytes=0-99999999999999999999999", None),
        ("lines=0-9", None),
    ],
)
def test_part_asked_for(header, part):
    assert asked_part(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_part_beyond_the_end(header):
    with pytest.raises(Unsatisfiable):
        asked_part(header, 100)


@pytest.fixture
def letter(db):
    """A letter of 2020 to Sometown Council, public since its hour; the clock stands a day later."""
    staff = factories.staff()
    council = factories.council("Sometown Council")
    with time_machine.travel(HOUR - timedelta(days=7), tick=False):
        letter = factories.public_letter(factories.edition(2020), staff, council)
        workflow.schedule(letter.review, HOUR, staff, acknowledged=True)
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        yield letter


@pytest.fixture
def content(letter):
    """The clean copy, which alone is published."""
    with letter.clean_copy.file.open("rb") as file:
        return file.read()


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_whole_file(client, letter, content):
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert body(response) == content
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(content))
    assert response["Content-Disposition"] == 'inline; filename="sometown-council-annual-letter-2020.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert response["Cache-Control"] == "no-cache"
    assert response["Accept-Ranges"] == "bytes"
    assert letter.original_name not in str(response.headers)


def test_the_original_is_not_published(client, letter):
    """T16: what is served is the clean copy, under a validator that tells nothing of the original."""
    with letter.file.open("rb") as file:
        assert body(client.get(ADDRESS)) != file.read()
    assert letter.sha256 not in str(client.get(ADDRESS).headers)


def test_without_a_clean_copy_there_is_no_pdf_and_the_figures_stay(client, letter):
    """A letter approved before copies were made, or whose copy was taken away."""
    CleanCopy.objects.filter(letter=letter).delete()
    response = client.get(ADDRESS)
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (
        503,
        "3600",
        "no-store",
    )
    assert client.get(ADDRESS.replace(".pdf", "/pages/1.webp")).status_code == 404
    page = client.get("/your-councils-performance/sometown-council/statistics?year=2020")
    assert page.status_code == 200
    assert "annualletters/2020.pdf" not in page.content.decode()


def test_only_its_headers(client, letter, content):
    response = client.head(ADDRESS)
    assert (response.status_code, response["Content-Length"]) == (200, str(len(content)))


def test_a_part(client, letter, content):
    response = client.get(ADDRESS, headers={"range": "bytes=2-5"})
    assert response.status_code == 206
    assert body(response) == content[2:6]
    assert response["Content-Range"] == f"bytes 2-5/{len(content)}"
    assert response["Content-Length"] == "4"


def test_a_part_beyond_the_end(client, letter, content):
    response = client.get(ADDRESS, headers={"range": "bytes=1000000-"})
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(content)}")


def test_a_part_of_another_version_is_the_whole(client, letter, content):
    response = client.get(ADDRESS, headers={"range": "bytes=2-5", "if-range": '"another"'})
    assert (response.status_code, body(response)) == (200, content)
    response = client.get(ADDRESS, headers={"range": "bytes=2-5", "if-range": response["ETag"]})
    assert (response.status_code, body(response)) == (206, content[2:6])


def test_unchanged_since(client, letter):
    etag = client.get(ADDRESS)["ETag"]
    response = client.get(ADDRESS, headers={"if-none-match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert response["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"range": "bytes=0-3"},
        {"if-none-match": "*"},
        {"if-match": '"x"'},
        {"if-none-match": "the true one"},
    ],
    ids=str,
)
def test_who_may_see_it_is_decided_before_anything_else(client, letter, headers):
    """T49: a minute before the hour, the same 404 for every condition on it, the true validator's included."""
    if headers.get("if-none-match") == "the true one":
        headers = {"if-none-match": f'"{letter.clean_copy.sha256}"'}
    with time_machine.travel(HOUR - timedelta(minutes=1), tick=False):
        never = client.get(ADDRESS.replace("2020", "2019"))
        hidden = client.get(ADDRESS, headers=headers)
    assert (hidden.status_code, hidden.content, hidden.headers) == (404, never.content, never.headers)


def test_a_withdrawn_letter_is_gone_with_its_reason(client, letter):
    workflow.withdraw(letter, letter.approved_by, "It was sent to the wrong council.")
    for address in (ADDRESS, "/your-councils-performance/sometown-council/statistics?year=2020"):
        response = client.get(address)
        assert response.status_code == 410
        assert "It was sent to the wrong council." in response.content.decode()
        assert "withdrawn on 30 July 2020" in " ".join(response.content.decode().split())


def test_a_letter_withdrawn_before_its_hour_never_was(client, letter):
    with time_machine.travel(HOUR - timedelta(hours=1), tick=False):
        workflow.withdraw(letter, letter.approved_by, "It was sent to the wrong council.")
    never = client.get(ADDRESS.replace("2020", "2019"))
    for address in (ADDRESS, "/your-councils-performance/sometown-council/statistics?year=2020"):
        response = client.get(address)
        assert (response.status_code, response.content) == (404, never.content)


def test_a_replaced_letter_gives_way_to_the_newer(client, letter):
    newer = factories.approved_letter(
        letter.review, letter.approved_by, letter.council, replacement_reason="A figure was wrong."
    )
    workflow.publish_now(newer, letter.approved_by)
    with newer.clean_copy.file.open("rb") as file:
        assert body(client.get(ADDRESS)) == file.read()
