"""Deeds around an edition's hour: judged when they are done, not when their page was opened."""

import threading
from datetime import datetime as DateTime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction

from caches.models import Change
from letters import clock, published, workflow
from letters.models import AnnualReview, Letter
from letters.workflow import Refused
from letters.workflow.changing import lock
from tests import factories

LONDON = ZoneInfo("Europe/London")
HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=LONDON)
LATER = HOUR + timedelta(days=7)


@pytest.fixture
def staff(db):
    return factories.staff()


@pytest.fixture
def review(staff):
    """The edition of 2020, scheduled in good time."""
    review = factories.edition(2020)
    with time_machine.travel(HOUR - timedelta(days=7), tick=False):
        workflow.schedule(review, HOUR, staff, acknowledged=True)
    return review


def loaded(letter) -> Letter:
    """The letter as a page has it that was opened just now."""
    return Letter.objects.select_related("review").get(pk=letter.pk)


def reschedule(review, publish_at, staff):
    workflow.schedule(AnnualReview.objects.get(pk=review.pk), publish_at, staff, acknowledged=True)


def test_a_late_letter_is_not_published_while_its_edition_has_been_postponed(review, staff):
    with time_machine.travel(HOUR + timedelta(hours=1), tick=False):
        letter = loaded(factories.approved_letter(review, staff))
        reschedule(review, LATER, staff)
        with pytest.raises(Refused, match="hour has not come"):
            workflow.publish_now(letter, staff)
        assert not published.letters(LATER - timedelta(seconds=1)).exists()


@pytest.fixture
def late(review, staff):
    """Approved after its edition's hour."""
    with time_machine.travel(HOUR + timedelta(hours=1), tick=False):
        yield loaded(factories.approved_letter(review, staff))


def test_a_late_letter_is_public_at_an_hour_of_its_own(late, staff):
    workflow.publish_later(late, staff, LATER)
    assert not published.is_public(late, LATER - timedelta(milliseconds=1))
    assert published.next_moment(HOUR + timedelta(hours=2)) == LATER
    assert published.is_public(late, LATER)
    assert [each.published_at for each in published.letters(LATER)] == [LATER]


def test_an_hour_of_its_own_is_moved_and_taken_away_while_it_has_not_come(late, staff):
    workflow.publish_later(late, staff, LATER)
    workflow.publish_later(loaded(late), staff, LATER + timedelta(days=1))
    assert not published.is_public(late, LATER)
    workflow.hold_back(loaded(late), staff)
    assert not published.is_public(late, LATER + timedelta(days=1))
    workflow.publish_later(loaded(late), staff, LATER)
    workflow.take_back(loaded(late), staff)
    assert not published.is_public(late, LATER)


def test_an_edition_is_not_moved_past_a_letter_with_an_hour_of_its_own(late, review, staff):
    workflow.publish_later(late, staff, LATER)
    with pytest.raises(Refused, match="hold it back first"):
        reschedule(review, LATER + timedelta(days=7), staff)
    with pytest.raises(Refused, match="hold it back first"):
        workflow.unschedule(AnnualReview.objects.get(pk=review.pk), staff)


@pytest.mark.parametrize(
    ("now", "hour", "says"),
    [
        (HOUR - timedelta(hours=1), LATER, "hour has not come"),
        (HOUR + timedelta(hours=1), HOUR, "has passed"),
        (HOUR + timedelta(hours=1), HOUR + timedelta(hours=1), "has passed"),
    ],
    ids=["before its edition", "in the past", "this moment"],
)
def test_an_hour_that_cannot_be_is_refused_and_nothing_is_set(review, staff, now, hour, says):
    with time_machine.travel(HOUR + timedelta(minutes=1), tick=False):
        letter = loaded(factories.approved_letter(review, staff))
    with time_machine.travel(now, tick=False), pytest.raises(Refused, match=says):
        workflow.publish_later(letter, staff, hour)
    assert loaded(letter).publish_at is None


def test_what_is_public_has_no_other_hour(late, staff):
    workflow.publish_now(late, staff)
    with pytest.raises(Refused, match="public already"):
        workflow.publish_later(loaded(late), staff, LATER)


def test_a_letter_held_back_is_not_released_into_an_hour_that_has_passed_meanwhile(review, staff):
    with time_machine.travel(HOUR - timedelta(hours=2), tick=False):
        letter = factories.approved_letter(review, staff)
        workflow.hold_back(letter, staff)
        letter = loaded(letter)
        reschedule(review, HOUR - timedelta(hours=3), staff)
        with pytest.raises(Refused, match="hour has passed"):
            workflow.release(letter, staff)


DEEDS = {
    "hold-back": (workflow.hold_back, "public already"),
    "take-back": (workflow.take_back, "is public"),
    "postpone": (
        lambda letter, by: workflow.schedule(letter.review, LATER, by, acknowledged=True),
        "public already",
    ),
}


def while_the_row_is_held(row, seconds, deed):
    """Do `deed` while somebody else keeps the row for so long."""
    clock.now()  # the travelled clock begins to run when it is first looked at
    held = threading.Event()

    def hold():
        with transaction.atomic():
            lock(row)
            held.set()
            threading.Event().wait(seconds)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    try:
        deed()
    finally:
        thread.join()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", DEEDS)
def test_what_had_to_wait_beyond_the_hour_comes_too_late(name):
    """Whoever asks at the last moment, and waits for another's change, does not make a public letter disappear."""
    staff, review = factories.staff(), factories.edition(2020)
    with time_machine.travel(HOUR - timedelta(days=7), tick=False):
        letter = factories.approved_letter(review, staff)
        workflow.schedule(review, HOUR, staff, acknowledged=True)
    deed, refusal = DEEDS[name]
    row = review if name == "postpone" else letter
    with (
        time_machine.travel(HOUR - timedelta(seconds=0.3)),
        pytest.raises(Refused, match=refusal),
    ):
        while_the_row_is_held(row, 0.6, lambda: deed(loaded(letter), staff))
    assert list(published.letters(HOUR + timedelta(minutes=1))) == [letter]


@pytest.mark.django_db(transaction=True)
def test_what_is_approved_after_waiting_beyond_the_hour_is_late():
    """What has been published meanwhile was looked at without it."""
    staff, review = factories.staff(), factories.edition(2020)
    with time_machine.travel(HOUR - timedelta(days=7), tick=False):
        letter = factories.letter(review, staff)
        workflow.schedule(review, HOUR, staff, acknowledged=True)
    with time_machine.travel(HOUR - timedelta(seconds=0.3)):
        while_the_row_is_held(letter, 0.6, lambda: workflow.approve(loaded(letter), staff, "As printed."))
    assert loaded(letter).approved_at > HOUR
    assert not published.letters(HOUR + timedelta(minutes=1)).exists()


@pytest.mark.parametrize(("before", "told"), [(0, True), (1, True), (3600, False)])
def test_an_approval_about_the_hour_is_told_to_the_proxies(review, staff, settings, before, told):
    settings.PROXY_PURGE = ["http://127.0.0.1:9/purge"]
    with time_machine.travel(HOUR - timedelta(seconds=before), tick=False):
        factories.approved_letter(review, staff)
    assert Change.objects.exists() == told


@pytest.mark.django_db(transaction=True)
def test_a_letter_withdrawn_while_its_hour_came_was_public():
    staff, review = factories.staff(), factories.edition(2020)
    with time_machine.travel(HOUR - timedelta(days=7), tick=False):
        letter = factories.approved_letter(review, staff)
        workflow.schedule(review, HOUR, staff, acknowledged=True)
    with time_machine.travel(HOUR - timedelta(seconds=0.3)):
        while_the_row_is_held(
            letter, 0.6, lambda: workflow.withdraw(loaded(letter), staff, "The wrong file.")
        )
    assert list(published.withdrawn(HOUR + timedelta(minutes=1))) == [letter]
