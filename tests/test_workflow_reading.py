"""Reading, as the database sees it: one worker at a time, and the whole outcome or none of it."""

from datetime import datetime as DateTime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError

from letters import workflow
from letters.models import State, Statistic
from tests import factories

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")


def test_only_one_worker_gets_a_letter(staff):
    letter = workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
    assert workflow.claim_for_reading(str(letter.pk)) is not None
    assert workflow.claim_for_reading(str(letter.pk)) is None


def test_a_late_result_of_a_lost_lease_is_rejected(staff):
    """T10: the token of an expired lease writes nothing."""
    letter = workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
    _, lost = workflow.claim_for_reading(str(letter.pk))
    with time_machine.travel(DateTime.now(LONDON) + timedelta(minutes=5)):
        assert workflow.sweep() == 1
        _, held = workflow.claim_for_reading(str(letter.pk))
    assert not workflow.finish_reading(letter, lost, factories.reading(), None, [])
    assert not Statistic.objects.exists()
    assert workflow.finish_reading(letter, held, factories.reading(), None, [])


@pytest.mark.django_db(transaction=True)
def test_an_outcome_is_written_whole_or_not_at_all(staff):
    """T01: nothing is half written, and what cannot be written does not keep the letter waiting for ever."""
    letter = workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
    twice = factories.reading(figures=[factories.figure(), factories.figure()])
    for minutes in (5, 10):
        _, token = workflow.claim_for_reading(str(letter.pk))
        with pytest.raises(IntegrityError):
            workflow.finish_reading(letter, token, twice, None, [])
        letter.refresh_from_db()
        assert (letter.state, letter.review, letter.recipient_name) == (State.READING, None, "")
        assert not Statistic.objects.exists()
        with time_machine.travel(DateTime.now(LONDON) + timedelta(minutes=minutes)):
            assert workflow.sweep() == 1
    letter.refresh_from_db()
    assert letter.state == State.UNREADABLE


def test_a_letter_broken_off_twice_is_unreadable(staff):
    letter = workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
    for minutes in (5, 10):
        assert workflow.claim_for_reading(str(letter.pk)) is not None
        with time_machine.travel(DateTime.now(LONDON) + timedelta(minutes=minutes)):
            assert workflow.sweep() == 1
    letter.refresh_from_db()
    assert letter.state == State.UNREADABLE
    assert "broken off twice" in letter.unreadable_reason


def test_the_sweep_leaves_a_lease_in_force_alone(staff):
    letter = workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
    workflow.claim_for_reading(str(letter.pk))
    assert workflow.sweep() == 0


def test_the_year_on_the_form_and_in_the_letter_must_agree(staff):
    """T35: the letter is about 2020, the upload said 2021."""
    row = workflow.receive(factories.pdf_bytes(), "letter.pdf", staff, factories.edition(2021))
    _, token = workflow.claim_for_reading(str(row.pk))
    workflow.finish_reading(row, token, factories.reading(2020), factories.council(), [])
    row.refresh_from_db()
    assert [problem["code"] for problem in row.problems] == ["year-differs-from-upload"]
