"""Who has no letter, as staff say it: what may be said, when anyone reads it, and what goes before it."""

from datetime import date, timedelta
from datetime import datetime as DateTime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from history.models import Line
from letters import dashboard, published, workflow
from letters.models import AnnualReview, NoLetter, State
from tests import factories
from tests.staff_pages import hidden, page_of, text

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
NOW = HOUR + timedelta(days=1)
REASON = "The Ombudsman decided no complaints about it."


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def review(staff) -> AnnualReview:
    """An edition that is public, with one letter."""
    with time_machine.travel(HOUR - timedelta(days=1), tick=False):
        review = factories.approved_letter(factories.edition(2020), staff).review
        workflow.schedule(review, HOUR, staff, acknowledged=True)
    return review


@pytest.fixture
def quiet():
    return factories.council("Quiet Council")


def told(now=NOW):
    return [(said.council.name, said.reason) for said in published.no_letters(now)]


def test_a_reason_is_public_from_the_hour_on(review, quiet, staff):
    workflow.say_no_letter(review, quiet, f" {REASON} ", staff)
    assert told(HOUR - timedelta(seconds=1)) == []
    assert told(HOUR) == [("Quiet Council", REASON)]


def test_a_new_reason_takes_the_place_of_the_old(review, quiet, staff):
    workflow.say_no_letter(review, quiet, REASON, staff)
    said = workflow.say_no_letter(review, quiet, "It is too small.", staff)
    assert told() == [("Quiet Council", "It is too small.")]
    workflow.unsay_no_letter(said, staff)
    assert told() == []
    assert [entry.deed for entry in Line.objects.order_by("pk")][-3:] == [
        f"No letter to Quiet Council: {REASON}",
        "No letter to Quiet Council: It is too small.",
        "No longer said why Quiet Council has no letter.",
    ]


@pytest.mark.parametrize("state", [State.READ, State.APPROVED, State.WITHDRAWN])
def test_no_reason_where_there_is_a_letter_or_was_one_in_public(review, quiet, staff, state):
    letter = factories.letter(review, staff, council=quiet)
    if state != State.READ:
        workflow.approve(letter, staff, reason="As printed.")
    if state == State.WITHDRAWN:
        workflow.publish_now(letter, staff)
        workflow.withdraw(letter, staff, "It was wrong.")
    withdrawn = state == State.WITHDRAWN
    why = (
        "was public and is withdrawn: everyone reads that"
        if withdrawn
        else "There is a letter to Quiet Council"
    )
    with pytest.raises(workflow.Refused, match=why) as refusal:
        workflow.say_no_letter(review, quiet, REASON, staff)
    assert refusal.value.letter == letter
    assert told() == []


def test_a_letter_withdrawn_unseen_is_none(review, quiet, staff):
    workflow.withdraw(factories.letter(review, staff, council=quiet), staff, "The wrong file.")
    workflow.say_no_letter(review, quiet, REASON, staff)
    assert told() == [("Quiet Council", REASON)]


@pytest.mark.parametrize(
    ("values", "reason", "message"),
    [
        ({}, "  ", "Say why there is no letter"),
        ({"last_day": date(2019, 3, 31)}, REASON, "did not exist in 2019–20"),
        ({"first_day": date(2020, 4, 1)}, REASON, "did not exist in 2019–20"),
    ],
)
def test_what_is_refused(review, staff, values, reason, message):
    council = factories.council("Other Council", **values)
    with pytest.raises(workflow.Refused, match=message):
        workflow.say_no_letter(review, council, reason, staff)
    assert not NoLetter.objects.exists()


def test_the_database_refuses_two_reasons_and_none(review, quiet, staff):
    row = {"review": review, "council": quiet, "said_at": NOW, "said_by": staff}
    with pytest.raises(IntegrityError), transaction.atomic():
        NoLetter.objects.create(**row, reason="")
    NoLetter.objects.create(**row, reason=REASON)
    with pytest.raises(IntegrityError), transaction.atomic():
        NoLetter.objects.create(**row, reason=REASON)


def test_a_letter_that_comes_all_the_same_tells_nobody_until_it_is_public(review, quiet, staff):
    """A reason that vanished when a letter is approved would say that one is waiting."""
    workflow.say_no_letter(review, quiet, REASON, staff)
    letter = factories.approved_letter(review, staff, quiet)
    assert told() == [("Quiet Council", REASON)]
    workflow.publish_now(letter, staff)
    assert told() == []
    workflow.withdraw(letter, staff, "It was wrong.")
    assert told() == []


def test_who_is_expected(review, quiet, staff):
    excused = factories.council("Excused Council")
    before = dashboard.progress(review, NOW)
    assert (before.expected, before.received) == (3, 1)
    workflow.say_no_letter(review, excused, REASON, staff)
    assert dashboard.progress(review, NOW).expected == 2
    assert [council.name for council in dashboard.missing(review)] == ["Quiet Council"]
    factories.letter(review, staff, council=excused)
    late = dashboard.progress(review, NOW)
    assert (late.expected, late.received) == (3, 2)


def where(review):
    return reverse("admin:letters_annualreview_no_letter", args=[review.pk])


def test_staff_say_it_on_a_page_of_the_edition(client, review, quiet, staff):
    client.force_login(staff)
    assert where(review) in text(client.get(page_of(review)))
    page = text(client.get(where(review)))
    assert "Expected, without a letter and without a reason: 1" in page
    client.post(where(review), {"councils": [quiet.pk], "reason": REASON})
    page = text(client.get(where(review)))
    assert "Expected, without a letter and without a reason: 0" in page
    assert f"<td> {REASON} </td>" in page
    assert f"Quiet Council: {REASON}" in text(client.get(page_of(review)))
    factories.letter(review, staff, council=quiet)
    assert "A letter has come since." in text(client.get(where(review)))
    said = NoLetter.objects.get()
    taking_away = reverse("admin:letters_annualreview_unsay", args=[review.pk, said.pk])
    older = hidden(client.get(where(review)), taking_away)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        NoLetter.objects.update(reason="It is too small.", said_at=NOW + timedelta(minutes=1))
        refused = text(client.post(taking_away, older, follow=True))
    assert "Another reason has been given since you opened the page: “It is too small.”" in refused
    assert NoLetter.objects.exists()
    client.post(taking_away, hidden(client.get(where(review)), taking_away))
    assert not NoLetter.objects.exists()


def test_one_reason_is_given_to_many_at_once(client, review, quiet, staff):
    client.force_login(staff)
    small = factories.council("Small Council")
    combined = factories.council("Combined Authority", kind="combined-authority")
    page = text(client.get(where(review)))
    assert "Expected, without a letter and without a reason: 2" in page
    assert "Others without a letter: 1" in page
    sent = {"councils": [quiet.pk, small.pk, combined.pk], "reason": REASON}
    page = text(client.post(where(review), sent, follow=True))
    assert "Said why there is no letter to Quiet Council, Small Council and Combined Authority." in page
    assert told() == [("Combined Authority", REASON), ("Quiet Council", REASON), ("Small Council", REASON)]
    client.post(where(review), {"councils": [small.pk], "reason": "It is too small."})
    assert told()[-1] == ("Small Council", "It is too small.")


def test_one_that_cannot_have_a_reason_stops_no_other(client, review, quiet, staff):
    """What was public and is withdrawn is told of instead."""
    client.force_login(staff)
    gone = factories.council("Gone Council")
    letter = factories.approved_letter(review, staff, gone)
    workflow.publish_now(letter, staff)
    workflow.withdraw(letter, staff, "It was wrong.")
    page = text(client.post(where(review), {"councils": [gone.pk, quiet.pk], "reason": REASON}, follow=True))
    assert "The letter to Gone Council for 2019–20 was public and is withdrawn" in page
    assert "Said why there is no letter to Quiet Council." in page
    assert told() == [("Quiet Council", REASON)]


def test_the_form_refuses_what_cannot_be(client, review, quiet, staff):
    client.force_login(staff)
    has_one = review.letters.get().council
    for sent, message in [
        ({"councils": [quiet.pk]}, "Say why there is no letter."),
        ({"councils": [quiet.pk], "reason": "x" * 301}, "at most 300 characters"),
        (
            {"councils": [quiet.pk, has_one.pk], "reason": REASON},
            "One of them has a letter by now, or did not exist",
        ),
        (
            {"councils": [quiet.pk, 10**30], "reason": REASON},
            "One of them has a letter by now, or did not exist",
        ),
        ({"reason": REASON}, "Tick who has no letter."),
        ({"councils": ["x"], "reason": REASON}, "One of them has a letter by now"),
    ]:
        assert message in text(client.post(where(review), sent))
    other = reverse("admin:letters_annualreview_unsay", args=[review.pk, 999])
    assert client.post(other).status_code == 404
    assert not NoLetter.objects.exists()
