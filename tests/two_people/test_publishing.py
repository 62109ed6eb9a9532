"""Two people: one proposes an hour or a publication, and another confirms it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from letters import published, workflow
from letters.models import AnnualReview, Letter, Proposal, State
from letters.workflow import Refused
from tests import factories
from tests.two_people.world import HOUR, TODAY

pytestmark = pytest.mark.django_db


def test_t72_an_hour_takes_a_second_person(review, ada, ben):
    proposal = workflow.schedule(review, HOUR, ada)
    review.refresh_from_db()
    assert review.publish_at is None
    with pytest.raises(Refused, match="You proposed this: another person confirms it"):
        workflow.confirm(proposal, ada)
    review.refresh_from_db()
    assert (review.publish_at, proposal.confirmed_at) == (None, None)
    workflow.confirm(proposal, ben)
    review.refresh_from_db()
    assert (review.publish_at, review.proposed_by, review.scheduled_by) == (HOUR, ada, ben)


def test_the_second_person_sees_the_warnings_of_that_moment(review, ada, ben):
    proposal = workflow.schedule(review, HOUR, ada)
    factories.letter(review, ada)
    with pytest.raises(Refused, match="1 letter of this edition is not approved yet"):
        workflow.confirm(proposal, ben)
    proposal.refresh_from_db()
    assert proposal.confirmed_at is None
    workflow.confirm(proposal, ben, acknowledged=True)


@pytest.mark.parametrize("ended", [workflow.confirm, workflow.drop])
def test_t71_a_proposal_is_decided_once(review, ada, ben, ended):
    proposal = workflow.schedule(review, HOUR, ada)
    ended(proposal, ben)
    for again in (workflow.confirm, workflow.drop):
        with pytest.raises(Refused, match="confirmed or dropped already"):
            again(Proposal.objects.get(pk=proposal.pk), ben)


def test_t71_a_newer_proposal_takes_the_place_of_the_older(review, ada, ben):
    older = workflow.schedule(review, HOUR, ada)
    workflow.schedule(review, HOUR + timedelta(hours=1), ada)
    with pytest.raises(Refused, match="confirmed or dropped already"):
        workflow.confirm(older, ben)


def test_t69_what_somebody_proposed_who_has_left_is_proposed_anew(review, ada, ben):
    proposal = workflow.schedule(review, HOUR, ada)
    ada.is_active = False
    ada.save()
    with pytest.raises(Refused, match="ada, who proposed this, works here no longer"):
        workflow.confirm(Proposal.objects.get(pk=proposal.pk), ben)
    review.refresh_from_db()
    assert review.publish_at is None


def test_one_person_is_enough_to_hold_back(review, letter, ada, ben):
    """Postponing, taking off the schedule and withdrawing publish nothing, and cannot wait for a second person."""
    workflow.confirm(workflow.schedule(review, HOUR, ada), ben)
    later = HOUR + timedelta(days=1)
    assert workflow.schedule(review, later, ada, acknowledged=True) is None
    assert (review.publish_at, review.scheduled_by) == (later, ben)
    assert workflow.schedule(review, HOUR, ada) is not None
    workflow.unschedule(review, ada)
    review.refresh_from_db()
    assert review.publish_at is None
    workflow.withdraw(letter, ada, "Sent by mistake.")
    assert letter.state == State.WITHDRAWN


def test_t72_a_late_letter_takes_a_second_person(late, ada, ben):
    proposal = workflow.publish_now(late, ada)
    now = HOUR + timedelta(days=1)
    with pytest.raises(Refused, match="You proposed this"):
        workflow.confirm(proposal, ada)
    assert not published.is_public(late, now)
    workflow.confirm(Proposal.objects.get(pk=proposal.pk), ben)
    late.refresh_from_db()
    assert published.is_public(late, now)
    assert (late.publication_proposed_by, late.published_by) == (ada, ben)


def test_t10b_a_letter_changed_since_is_not_published(late, ada, ben):
    proposal = workflow.publish_now(late, ada)
    workflow.take_back(late, ada)
    workflow.approve(late, ada, "As printed.")
    with pytest.raises(Refused, match="has been changed since"):
        workflow.confirm(Proposal.objects.get(pk=proposal.pk), ben)
    assert Proposal.objects.get(pk=proposal.pk).confirmed_at is None


@pytest.mark.parametrize("alone", [True, False])
def test_t72_the_database_refuses_a_publication_by_one(review, letter, ada, alone):
    """Whoever has a shell has to say that one person did it, which stays on record."""
    hours = AnnualReview.objects.filter(pk=review.pk)
    times = Letter.objects.filter(pk=letter.pk)
    by = {"proposed_by": ada, "scheduled_by": ada, "scheduled_at": TODAY, "by_one_person": alone}
    own = {"publication_proposed_by": ada, "published_by": ada, "published_by_one_person": alone}
    for rows, values in ((hours, by), (times, own)):
        if alone:
            assert rows.update(publish_at=HOUR, **values) == 1
            continue
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(publish_at=HOUR, **values)


def test_what_was_proposed_for_an_hour_that_has_passed_is_public_once_it_is_confirmed(late, ada, ben):
    proposal = workflow.publish_later(late, ada, HOUR + timedelta(days=2))
    with time_machine.travel(HOUR + timedelta(days=3), tick=False):
        assert not published.is_public(late, HOUR + timedelta(days=3))
        workflow.confirm(Proposal.objects.get(pk=proposal.pk), ben)
    late.refresh_from_db()
    assert late.publish_at == HOUR + timedelta(days=3)
