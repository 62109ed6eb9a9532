"""T51: whatever is asked of the API, a letter under embargo is not told from none; at its hour all of it is there."""

import pytest
import time_machine
from django.test import Client

from letters import workflow
from letters.models import Letter
from public.api.tables import TABLES
from tests import factories
from tests.api_addresses import API, asked_of
from tests.canaries import BEFORE, HOUR, SLUG, TRACES, answer

pytestmark = pytest.mark.django_db

TRUE = {"HTTP_IF_NONE_MATCH": "*"}


def answers():
    asked = asked_of(SLUG)
    found = {address: answer("GET", address, {}) for address in asked}
    for table in TABLES:
        for headers in (TRUE, {"HTTP_ACCEPT": "text/csv"}, {"HTTP_ACCEPT": "text/html"}):
            found[table.table, str(headers)] = answer("GET", f"{API}{table.table}", headers)
    for method in ("HEAD", "OPTIONS", "POST"):
        for address in (f"{API}statistics", f"{API}letters/{SLUG}/2020", f"{API}statistics.csv"):
            found[method, address] = answer(method, address, {})
    return found


def pages_of(table):
    """Every page of one row each, with its cursor."""
    address, pages = f"{API}{table}?limit=1", []
    while address and len(pages) < 20:
        pages.append(answer("GET", address, {}))
        following = Client().get(address).json()["next"]
        address = following and following.removeprefix("http://localhost:8000")
    return pages


def test_before_the_hour_everything_answers_as_if_there_were_no_letter(canary):
    """Beside letters that are public, of the same council and of the same year: the same bytes and headers."""
    with time_machine.travel(BEFORE, tick=False):
        others = [
            factories.public_letter(review, canary.approved_by, council)
            for review, council in (
                (factories.edition(2019), canary.council),
                (factories.edition(2019), factories.council("Other Council")),
            )
        ]
        workflow.schedule(others[0].review, BEFORE, canary.approved_by, acknowledged=True)
        late = factories.public_letter(canary.review, canary.approved_by, others[1].council)
        Letter.objects.filter(pk=late.pk).update(publish_at=BEFORE, published_by_one_person=True)
        with_it = answers()
        paged = {table: pages_of(table) for table in ("statistics", "letters", "editions", "councils")}
        assert len(paged["letters"]) == 3
        for address, (_, headers, body) in with_it.items():
            # What cannot be asked is named again.
            for trace in [trace for trace in TRACES if trace not in str(address)]:
                assert trace.encode() not in body
                assert trace not in str(headers)
        factories.forget([canary])
        assert answers() == with_it
        assert {table: pages_of(table) for table in paged} == paged


def test_at_the_hour_all_of_it_is_there(canary):
    with time_machine.travel(HOUR, tick=False):
        [row] = Client().get(f"{API}statistics?council={SLUG}").json()["results"]
        assert (row["rate_printed"], row["numerator"], row["denominator"]) == (87.31, 4711, 8642)
        assert b",87.31," in answer("GET", f"{API}statistics.csv?council={SLUG}", {})[2]
        assert b"Zyxwold" in answer("GET", f"{API}letters/{SLUG}/2020", {})[2]
        [letter] = Client().get(f"{API}letters?year_ending=2020").json()["results"]
        assert letter["pdf_sha256"] == canary.clean_copy.sha256
        assert [row["year_ending"] for row in Client().get(f"{API}editions").json()["results"]] == [2020]
