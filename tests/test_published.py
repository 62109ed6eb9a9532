"""The door to the public: at the hour everything, before it nothing, by the clock alone."""

from datetime import datetime as DateTime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from letters import published, workflow
from letters.models import AnnualReview
from tests import factories

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=LONDON)
BEFORE = HOUR - timedelta(days=5)


@pytest.fixture
def edition(staff):
    """The edition of 2020, scheduled in good time."""
    review = factories.edition(2020)
    with time_machine.travel(BEFORE - timedelta(days=1), tick=False):
        workflow.schedule(review, HOUR, staff, acknowledged=True)
    return review


def approved(review, staff, when=BEFORE, **values):
    with time_machine.travel(when, tick=False):
        return factories.approved_letter(review=review, by=staff, **values)


def public(now):
    return set(published.letters(now))


@pytest.mark.parametrize(
    ("since_the_hour", "visible"),
    [
        (timedelta(seconds=-1), False),
        (timedelta(milliseconds=-1), False),
        (timedelta(0), True),
        (timedelta(seconds=1), True),
    ],
    ids=["T40 a second before", "T40 a millisecond before", "T40 at the hour", "T40 a second after"],
)
def test_at_the_hour_everything_appears_at_once(edition, staff, since_the_hour, visible):
    letter = approved(edition, staff)
    now = HOUR + since_the_hour
    assert public(now) == ({letter} if visible else set())
    assert published.statistics(now).exists() is visible
    assert list(published.editions(now)) == ([edition] if visible else [])
    assert published.has_begun(edition, now) is visible


def test_midnight_in_london_is_an_hour_earlier_in_utc_in_summer(staff):
    """T40: 00:00 on 29 July 2020 in London is 23:00 UTC on 28 July."""
    review = factories.edition(2020)
    with time_machine.travel(BEFORE, tick=False):
        workflow.schedule(review, DateTime(2020, 7, 29, tzinfo=LONDON), staff, acknowledged=True)
    letter = approved(review, staff)
    utc = ZoneInfo("UTC")
    assert public(DateTime(2020, 7, 28, 22, 59, 59, tzinfo=utc)) == set()
    assert public(DateTime(2020, 7, 28, 23, 0, 0, tzinfo=utc)) == {letter}


def test_an_edition_without_a_time_is_never_public(staff):
    """T38: no embargo means not publishable, never "now"."""
    approved(factories.edition(2020), staff)
    assert public(DateTime(2100, 1, 1, tzinfo=LONDON)) == set()


@pytest.mark.parametrize("state", ["received", "reading", "read", "unreadable"])
def test_what_nobody_approved_is_not_public(edition, staff, state):
    with time_machine.travel(BEFORE, tick=False):
        factories.letter(review=edition, by=staff, state=state)
    assert public(HOUR + timedelta(days=365)) == set()


def test_what_is_approved_after_the_hour_waits_for_a_publication_of_its_own(edition, staff):
    late = approved(edition, staff, when=HOUR + timedelta(seconds=1))
    assert public(HOUR + timedelta(days=1)) == set()
    with time_machine.travel(HOUR + timedelta(days=2), tick=False):
        workflow.publish_now(late, staff)
    assert public(HOUR + timedelta(days=1)) == set()
    assert public(HOUR + timedelta(days=2)) == {late}


def test_a_time_already_past_publishes_what_was_approved_when_it_was_set(staff):
    review = factories.edition(2020)
    then = HOUR + timedelta(days=2000)
    early = approved(review, staff, when=then - timedelta(minutes=1), council=factories.council("Early"))
    with time_machine.travel(then, tick=False):
        workflow.schedule(review, HOUR, staff, acknowledged=True)
    approved(review, staff, when=then + timedelta(minutes=1), council=factories.council("Late"))
    assert public(then + timedelta(days=1)) == {early}


def test_a_letter_held_back_does_not_go_with_its_edition(edition, staff):
    letter = approved(edition, staff)
    with time_machine.travel(BEFORE, tick=False):
        workflow.hold_back(letter, staff)
    assert public(HOUR) == set()
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        workflow.publish_now(letter, staff)
    assert public(HOUR) == set()
    assert public(HOUR + timedelta(days=1)) == {letter}


def test_postponing_works_until_the_last_moment(edition, staff):
    letter = approved(edition, staff)
    later = HOUR + timedelta(days=7)
    with time_machine.travel(HOUR - timedelta(microseconds=1), tick=False):
        workflow.schedule(edition, later, staff, acknowledged=True)
    assert public(later - timedelta(seconds=1)) == set()
    assert public(later) == {letter}


def test_a_newer_letter_replaces_only_when_it_is_public_itself(edition, staff):
    council = factories.council("Twice")
    first = approved(edition, staff, council=council)
    second = approved(
        edition,
        staff,
        council=council,
        when=HOUR + timedelta(days=1),
        replacement_reason="A figure was wrong.",
    )
    assert public(HOUR + timedelta(days=2)) == {first}
    with time_machine.travel(HOUR + timedelta(days=3), tick=False):
        workflow.publish_now(second, staff)
    assert public(HOUR + timedelta(days=2)) == {first}
    assert public(HOUR + timedelta(days=3)) == {second}
    assert set(published.replaced(HOUR + timedelta(days=3))) == {first}
    assert set(published.replaced(HOUR + timedelta(days=2))) == set()


def test_a_letter_replaced_before_its_hour_was_never_seen(edition, staff):
    council = factories.council("Twice")
    approved(edition, staff, council=council)
    second = approved(edition, staff, council=council, replacement_reason="A figure was wrong.")
    assert public(HOUR) == {second}
    assert set(published.replaced(HOUR + timedelta(days=1))) == set()


def test_a_letter_withdrawn_before_its_hour_never_was(edition, staff):
    letter = approved(edition, staff)
    with time_machine.travel(BEFORE, tick=False):
        workflow.withdraw(letter, staff, "Sent in error.")
    after = HOUR + timedelta(days=1)
    assert public(after) == set()
    assert set(published.withdrawn(after)) == set()
    assert not published.has_begun(edition, after)


def test_a_letter_withdrawn_after_its_hour_leaves_a_note(edition, staff):
    letter = approved(edition, staff)
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        workflow.withdraw(letter, staff, "Sent in error.")
    after = HOUR + timedelta(days=2)
    assert public(after) == set()
    assert [row.withdrawal_note for row in published.withdrawn(after)] == ["Sent in error."]


def test_withdrawing_a_replacement_does_not_bring_back_what_it_replaced(edition, staff):
    council = factories.council("Twice")
    approved(edition, staff, council=council)
    second = approved(edition, staff, council=council, replacement_reason="A figure was wrong.")
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        workflow.withdraw(second, staff, "Wrong council.")
    assert public(HOUR + timedelta(days=2)) == set()


def test_a_replacement_withdrawn_before_its_hour_changes_nothing(edition, staff):
    council = factories.council("Twice")
    first = approved(edition, staff, council=council)
    second = approved(edition, staff, council=council, replacement_reason="A figure was wrong.")
    with time_machine.travel(BEFORE, tick=False):
        workflow.withdraw(second, staff, "Wrong council.")
    assert public(HOUR) == {first}


def test_moving_the_hour_cannot_make_a_letter_withdrawn_unseen_appear(edition, staff):
    """A letter withdrawn before its hour stays unknown when its edition is moved to an earlier time."""
    letter = approved(edition, staff)
    with time_machine.travel(BEFORE + timedelta(days=1), tick=False):
        workflow.withdraw(letter, staff, "Sent in error.")
        workflow.schedule(edition, BEFORE - timedelta(days=1), staff, acknowledged=True)
    assert set(published.withdrawn(HOUR)) == set()


def test_each_letter_of_a_year_belongs_to_its_own_edition(edition, staff):
    approved(edition, staff)
    other = AnnualReview.objects.create(year_ending=2019)
    approved(other, staff, council=factories.council("Elsewhere"))
    assert {letter.review for letter in published.letters(HOUR)} == {edition}
