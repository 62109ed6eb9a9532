"""Publishing: the hour, what a publisher must have seen, and what is done with single letters."""

from datetime import datetime as DateTime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from history.models import Line
from letters import clock, published, workflow
from letters.workflow import Refused
from tests import factories

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("publish_at", "warning"),
    [
        (HOUR, None),
        (DateTime(2020, 7, 30, 9, 30, tzinfo=LONDON), "promised another date: 29 July 2020"),
        (DateTime(2020, 7, 19, 9, 30, tzinfo=LONDON), "time has passed"),
        (DateTime(2020, 8, 1, 9, 30, tzinfo=LONDON), "Saturday"),
    ],
    ids=["T38 as promised", "T38 another day", "T38 in the past", "T38 on a week-end"],
)
def test_what_a_publisher_must_have_seen(staff, publish_at, warning):
    review = factories.edition(2020)
    with time_machine.travel(DateTime(2020, 7, 20, 12, tzinfo=LONDON), tick=False):
        factories.approved_letter(review, staff)
        if warning is None:
            workflow.schedule(review, publish_at, staff)
            assert review.publish_at == publish_at
            return
        with pytest.raises(Refused, match=warning):
            workflow.schedule(review, publish_at, staff)
        review.refresh_from_db()
        assert review.publish_at is None
        workflow.schedule(review, publish_at, staff, acknowledged=True)
        assert review.publish_at == publish_at


def test_the_hour_stays_once_letters_are_public(staff):
    review = factories.edition(2020)
    with time_machine.travel(HOUR - timedelta(days=1), tick=False):
        factories.approved_letter(review, staff)
        workflow.schedule(review, HOUR, staff, acknowledged=True)
    with time_machine.travel(HOUR, tick=False):
        for deed in (
            lambda: workflow.schedule(review, HOUR + timedelta(days=7), staff, acknowledged=True),
            lambda: workflow.unschedule(review, staff),
        ):
            with pytest.raises(Refused, match="public already"):
                deed()
    review.refresh_from_db()
    assert review.publish_at == HOUR


def test_an_edition_can_be_taken_off_the_schedule(staff):
    review = factories.edition(2020)
    with time_machine.travel(HOUR - timedelta(days=1), tick=False):
        workflow.schedule(review, HOUR, staff, acknowledged=True)
        workflow.unschedule(review, staff)
    assert review.publish_at is None


def test_a_letter_is_not_published_before_its_edition(staff):
    review = factories.edition(2020)
    letter = factories.approved_letter(review, staff)
    with pytest.raises(Refused, match="hour has not come"):
        workflow.publish_now(letter, staff)


def test_what_nobody_would_see_is_not_published(staff):
    """Two people correct the same letter, and the newer correction is published first."""
    review, council = factories.edition(2020), factories.council()
    with time_machine.travel(HOUR - timedelta(days=1), tick=False):
        factories.approved_letter(review, staff, council)
        workflow.schedule(review, HOUR, staff, acknowledged=True)
    with time_machine.travel(HOUR + timedelta(days=1), tick=True):
        second, third = (
            factories.approved_letter(review, staff, council, replacement_reason="A slip.") for _ in range(2)
        )
        workflow.publish_now(third, staff)
        for deed in (
            lambda: workflow.publish_now(second, staff),
            lambda: workflow.publish_later(second, staff, clock.now() + timedelta(days=1)),
        ):
            with pytest.raises(Refused, match="nobody would see this one"):
                deed()
        second.refresh_from_db()
        workflow.take_back(second, staff)
        workflow.approve(second, staff, reason="As printed.", replacement_reason="Another slip.")
        workflow.publish_now(second, staff)
        [counting] = published.letters(clock.now())
    assert (counting.pk, counting.number) == (second.pk, 4)


def test_withdrawing_asks_for_a_reason(staff):
    letter = factories.letter(by=staff)
    with pytest.raises(Refused, match="Say why"):
        workflow.withdraw(letter, staff, "  ")


def test_every_deed_is_on_record(staff):
    letter = factories.approved_letter(by=staff)
    workflow.hold_back(letter, staff)
    workflow.release(letter, staff)
    workflow.withdraw(letter, staff, "Wrong file.")
    deeds = Line.objects.filter(subject_id=str(letter.pk)).order_by("pk").values_list("deed", flat=True)
    assert [deed.split()[0].rstrip(".:") for deed in deeds] == [
        "Received",
        "A",  # clean copy was made
        "Read",
        "Approved",
        "Held",
        "No",
        "Withdrawn",
    ]
