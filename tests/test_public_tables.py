"""The tables of letters to 2018 on a council's page, and the series of the uphold rate that begins with them."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from demonstration.printing import print_letter
from letters import workflow
from tests import factories
from tests.letters.report_rows import LEEDS_2007, LEEDS_2016
from tests.readings import read_here

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    """Publish the letters that these facts are printed as, and one of 2020."""

    def publish(*letters):
        staff = factories.staff()
        for facts in letters:
            council = factories.council(facts.council, kind="metropolitan", first_day=date(1974, 4, 1))
            reading = read_here(print_letter(facts))
            edition = factories.edition(facts.year_ending)
            row = workflow.receive(factories.pdf_bytes(), "letter.pdf", staff, edition)
            _, token = workflow.claim_for_reading(str(row.pk))
            workflow.keep_copy(row, workflow.Copied(b"%PDF-1.7 clean"))
            workflow.finish_reading(row, token, reading, council, reading.problems)
            row.refresh_from_db()
            workflow.approve(row, staff, reason="As printed.")
            workflow.schedule(edition, datetime(2020, 1, 1, tzinfo=UTC), staff, acknowledged=True)
        return council

    return publish


def page(client, council, year) -> str:
    response = client.get(f"/your-councils-performance/{council.slug}/statistics?year={year}")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_tables_stand_under_other_figures(client, published):
    words = page(client, published(LEEDS_2016), 2016)
    assert "Complaints and enquiries received" in words
    assert re.search(r"Education and Children&#x27;s Services 15 page \d", words)
    assert re.search(r"Closed After Initial Enquiries 18 page \d", words)
    assert "There can be more decisions than complaints received" in words
    assert "14 of 23" in words
    assert words.index("14 of 23") < words.index("Other figures in the letter")


def test_no_rate_is_shown_to_2008(client, published):
    words = page(client, published(LEEDS_2007), 2007)
    assert "Complaints upheld" not in words
    assert "Premature complaints" in words
    assert "Average days to respond to first enquiries" in words
    assert "23.4" in words
    assert "The figures in the letter Complaints and enquiries received" in words


def test_abbreviations_are_written_out_as_later_letters_do(client, published):
    council = published(LEEDS_2007, LEEDS_2016)
    words = page(client, council, 2007)
    assert re.search(r"MI reps Reports: maladministration and injustice \d", words)
    assert re.search(r"Omb disc Ombudsman&#x27;s discretion \(no report\) \d", words)
    assert words.count("Beside abbreviations: how letters of 2009 to 2011 write the same out.") == 1
    assert "Beside abbreviations" not in page(client, council, 2016)


def test_the_series_of_the_uphold_rate_breaks_in_2018_19(client, published):
    council = published(LEEDS_2007, LEEDS_2016)
    row = factories.public_letter(factories.edition(2020), council=council, by=None)
    workflow.schedule(row.review, datetime(2020, 7, 29, tzinfo=UTC), row.received_by, acknowledged=True)
    words = page(client, council, 2016)
    assert "From 2018–19 the letters state three headline figures instead of tables." in words
    early = page(client, council, 2007)
    assert early.index("The figures in the letter") < early.index("Over the years")
    assert (
        Decimal(61) == council.letters.get(review__year_ending=2016).statistics.get(measure="upheld").percent
    )
