"""The list of letters: where each stands, and everything found again."""

from datetime import datetime as DateTime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from letters import clock, workflow
from letters.extraction.types import Problem
from letters.models import Letter, State
from letters.standing import Standing, counts, with_standing
from tests import factories
from tests.staff_pages import text

pytestmark = pytest.mark.django_db

LIST = "/admin/letters/letter/"
HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
DIFFER = Problem("readers-differ", "upheld", "The two readers differ on the rate.")


@pytest.fixture
def of_each_standing(staff):
    """A letter of each standing, as seen a day after the hour of 2020; the edition of 2021 is due a year later."""
    review, later, never = (factories.edition(year) for year in (2020, 2021, 2022))
    council = factories.council("Twice")
    with time_machine.travel(HOUR - timedelta(days=1), tick=False):
        workflow.schedule(review, HOUR, staff, acknowledged=True)
        workflow.schedule(later, HOUR + timedelta(days=365), staff, acknowledged=True)
        factories.approved_letter(review, staff)
        factories.approved_letter(later, staff)
        factories.approved_letter(never, staff)
        factories.approved_letter(review, staff, council)
        factories.approved_letter(review, staff, council, replacement_reason="A figure was wrong.")
        workflow.hold_back(factories.approved_letter(review, staff), staff)
        workflow.withdraw(factories.letter(review, staff), staff, "Wrong file.")
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        factories.approved_letter(review, staff)
        workflow.publish_later(factories.approved_letter(review, staff), staff, HOUR + timedelta(days=9))
        for state in (State.RECEIVED, State.READ, State.UNREADABLE):
            factories.letter(review, staff, state)
        reading = factories.letter(review, staff, State.RECEIVED)
        workflow.claim_for_reading(str(reading.pk))
        yield


def test_every_letter_has_one_standing(of_each_standing):
    found = counts(Letter.objects.all(), clock.now())
    assert found == dict.fromkeys(Standing, 1) | {Standing.PUBLIC: 2}


def test_the_list_tells_where_letters_stand(of_each_standing, browser, staff):
    client = browser
    client.force_login(staff)
    for standing, words in {
        Standing.WAITING: "waiting to be read",
        Standing.READING: "being read",
        Standing.NEEDS_A_PERSON: "needs a person: It could not be read.",
        Standing.READY: "ready to approve",
        Standing.HELD_BACK: "approved, held back",
        Standing.UNSCHEDULED: "approved, no publication time yet",
        Standing.SCHEDULED: "approved, waiting for publication at 09:30 on 29 July 2021",
        Standing.COMING: "approved, waiting for a publication of its own at 09:30 on 7 August 2020",
        Standing.LATE: "approved after its edition’s hour",
        Standing.PUBLIC: "public since 09:30 on 29 July 2020",
        Standing.REPLACED: "replaced by a newer letter",
        Standing.WITHDRAWN: "withdrawn at 09:30 on 28 July 2020",
    }.items():
        page = text(client.get(LIST, {"standing": standing.value}))
        rows = page.split("<tbody>")[1].split("</tbody>")[0]
        assert rows.count("<tr") == (2 if standing == Standing.PUBLIC else 1), standing
        assert words in rows


def test_letters_are_found_by_council_file_year_and_standing(browser, staff):
    council = factories.council("Zyxwold Borough Council")
    council.aliases.create(text="Zyx on Sea")
    letter = factories.letter(by=staff, council=council)
    Letter.objects.filter(pk=letter.pk).update(original_name="canary-7f3a.pdf")
    for name, value, found in [
        ("q", "Zyxwold", True),
        ("q", "Zyx on Sea", True),
        ("q", "canary-7f3a.pdf", True),
        ("q", "nowhere", False),
        ("review__id__exact", str(letter.review.pk), True),
        ("council", "zyxwold-borough-council", True),
        ("council", "elsewhere", False),
        ("standing", "ready", True),
        ("standing", "public", False),
    ]:
        page = browser.get(LIST, {name: value})
        assert (str(letter.pk) in text(page)) is found, (name, value)


def test_the_list_costs_the_same_however_long(browser, staff, django_assert_num_queries):
    factories.letter(by=staff)
    browser.get(LIST)
    with django_assert_num_queries(11):
        browser.get(LIST)
    for _ in range(5):
        factories.letter(by=staff, problems=[DIFFER])
    with django_assert_num_queries(11):
        browser.get(LIST)


def test_nothing_in_the_list_changes_a_letter(browser, staff):
    """T73: neither actions nor editable columns."""
    letter = factories.letter(by=staff)
    page = text(browser.get(LIST))
    assert 'name="action"' not in page
    sent = {"action": "delete_selected", "_selected_action": [str(letter.pk)], "post": "yes"}
    browser.post(LIST, sent)
    assert Letter.objects.filter(pk=letter.pk).exists()
    assert list(with_standing(Letter.objects.all(), clock.now()).values_list("standing", flat=True)) == [
        "ready"
    ]
