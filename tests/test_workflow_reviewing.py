"""Reviewing: what a person enters, what stays open, and what may be approved."""

from dataclasses import replace
from datetime import datetime as DateTime
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction

from letters import workflow
from letters.extraction.types import Problem
from letters.models import Letter, State
from letters.workflow import Refused
from letters.workflow.reviewing import Details, Numbers
from tests import factories

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=LONDON)


def details(letter, **values):
    unchanged = {
        "council": letter.council,
        "review": letter.review,
        "recipient_name": letter.recipient_name,
        "recipient_post": letter.recipient_post,
        "letter_date": letter.letter_date,
        "promised_date": letter.promised_date,
    }
    return Details(**(unchanged | values))


def test_two_reviewers_never_get_the_same_next_letter(staff):
    for _ in range(3):
        factories.letter(by=staff)
    others = [factories.staff(f"reviewer{n}") for n in range(3)]
    taken = [workflow.claim_next(by) for by in (staff, *others)]
    assert len({letter.pk for letter in taken[:3]}) == 3
    assert taken[3] is None


def test_a_claim_lapses(staff):
    letter = factories.letter(by=staff)
    other = factories.staff("other")
    assert workflow.claim(letter, staff)
    assert not workflow.claim(letter, other)
    with time_machine.travel(DateTime.now(LONDON) + timedelta(minutes=16)):
        assert workflow.claim(letter, other)


def test_a_stale_form_changes_nothing(staff):
    """T71: two tabs; the second one to save is told."""
    letter = factories.letter(by=staff)
    stale = Letter.objects.get(pk=letter.pk)
    workflow.save_review(letter, staff, details(letter, recipient_name="Ms First"), {})
    with pytest.raises(Refused, match="changed since you opened it"):
        workflow.save_review(stale, staff, details(stale, recipient_name="Ms Second"), {})
    letter.refresh_from_db()
    assert letter.recipient_name == "Ms First"


def test_a_figure_left_as_read_stays_read_and_a_changed_one_is_entered(staff):
    letter = factories.letter(
        by=staff, figures=[factories.figure(), factories.figure("satisfactory-remedies")]
    )
    left = Numbers(percent=100, numerator=2, denominator=2, average=45)
    changed = Numbers(percent=50, numerator=1, denominator=2, average=45)
    workflow.save_review(letter, staff, details(letter), {"upheld": left, "satisfactory-remedies": changed})
    origins = dict(letter.statistics.values_list("measure", "origin"))
    assert origins == {"upheld": "read", "satisfactory-remedies": "entered"}
    assert letter.statistics.get(measure="satisfactory-remedies").sources == []


def test_a_figure_taken_out_is_gone_and_not_zero(staff):
    letter = factories.letter(by=staff)
    workflow.save_review(letter, staff, details(letter), {"upheld": Numbers()})
    assert not letter.statistics.exists()


def test_zero_is_a_figure(staff):
    """LETTERS: 0% of 2 is a real zero."""
    letter = factories.letter(by=staff, figures=[])
    zero = Numbers(percent=0, numerator=0, denominator=2)
    workflow.save_review(letter, staff, details(letter), {"satisfactory-remedies": zero})
    assert letter.statistics.get().percent == 0


def test_no_recommendations_due_is_kept_without_numbers(staff):
    letter = factories.letter(by=staff, figures=[])
    workflow.save_review(letter, staff, details(letter), {"compliance": Numbers(none_due=True)})
    statistic = letter.statistics.get()
    assert statistic.none_due
    assert statistic.percent is None


def test_an_average_alone_is_no_statement_that_none_were_due(staff):
    letter = factories.letter(by=staff, figures=[])
    workflow.save_review(letter, staff, details(letter), {"compliance": Numbers(average=Decimal(99))})
    assert not letter.statistics.get().none_due


def test_a_contradiction_that_a_person_enters_is_a_problem(staff):
    """T32: 50% is not 2 of 2."""
    letter = factories.letter(by=staff)
    workflow.save_review(
        letter, staff, details(letter), {"upheld": Numbers(percent=50, numerator=2, denominator=2)}
    )
    assert [problem.measure for problem in workflow.open_problems(letter)] == ["upheld"]
    workflow.save_review(
        letter, staff, details(letter), {"upheld": Numbers(percent=100, numerator=2, denominator=2)}
    )
    assert workflow.open_problems(letter) == []


def test_entering_one_number_leaves_what_is_open_about_another(staff):
    problem = Problem("readers-differ", "upheld", "Only one of the two readers finds the average.", "average")
    letter = factories.letter(by=staff, problems=[problem])
    entered = Numbers(percent=Decimal(50), numerator=1, denominator=2, average=Decimal(45))
    workflow.save_review(letter, staff, details(letter), {"upheld": entered})
    assert workflow.open_problems(letter) == [problem]
    workflow.save_review(letter, staff, details(letter), {"upheld": replace(entered, average=Decimal(46))})
    assert workflow.open_problems(letter) == []


def test_a_letter_withdrawn_unseen_is_replaced_by_none(staff):
    """The council's next letter of the year is its first, and needs no reason."""
    council = factories.council("Twice")
    first = factories.approved_letter(by=staff, council=council)
    workflow.withdraw(first, staff, "Wrong file.")
    second = factories.letter(by=staff, council=council)
    assert workflow.earlier_letter(second) is None
    workflow.approve(second, staff)
    assert second.number == 1


def test_open_problems_need_a_reason(staff):
    problem = Problem("no-statistics", None, "The letter has no statistics.")
    letter = factories.letter(by=staff, figures=[], problems=[problem])
    with pytest.raises(Refused, match="say why"):
        workflow.approve(letter, staff)
    workflow.approve(letter, staff, reason="The page is missing from the letter as sent.")
    assert letter.state == State.APPROVED


@pytest.mark.parametrize("code", ["no-statistics", "new-layout"])
def test_a_letter_without_its_statistics_stays_open_until_a_person_has_entered_some(staff, code):
    """Whatever other figures were read, and however often the page is saved."""
    read = factories.figure("upheld-per-100000", percent=None, value=5, numerator=None, denominator=None)
    letter = factories.letter(by=staff, figures=[read], problems=[Problem(code, None, "Enter them by hand.")])
    workflow.save_review(letter, staff, details(letter), {})
    assert [problem.code for problem in workflow.open_problems(letter)] == [code]
    workflow.save_review(
        letter, staff, details(letter), {"upheld": Numbers(percent=100, numerator=2, denominator=2)}
    )
    assert workflow.open_problems(letter) == []


def test_averages_that_were_not_found_are_open_until_a_person_has_entered_one(staff):
    missing = Problem("no-average", None, "No average of similar authorities was found.")
    figures = [factories.figure(average=None), factories.figure("compliance", numerator=None, average=None)]
    its_own = Problem("no-average", "compliance", "Other figures have an average.")
    letter = factories.letter(by=staff, figures=figures, problems=[missing, its_own])
    without = Numbers(percent=100, numerator=2, denominator=2)
    workflow.save_review(letter, staff, details(letter), {"upheld": without})
    assert workflow.open_problems(letter) == [missing, its_own]
    workflow.save_review(letter, staff, details(letter), {"upheld": replace(without, average=45)})
    assert workflow.open_problems(letter) == [its_own]


def test_what_the_readers_differ_on_stays_open_while_the_figure_is_left_as_it_is(staff):
    problem = Problem("readers-differ", "upheld", "Only one of the two readers finds the average.")
    letter = factories.letter(by=staff, problems=[problem])
    left = Numbers(percent=100, numerator=2, denominator=2, average=45)
    workflow.save_review(letter, staff, details(letter, recipient_name="Ms Other"), {"upheld": left})
    assert workflow.open_problems(letter) == [problem]
    with pytest.raises(Refused, match="say why"):
        workflow.approve(letter, staff)


@pytest.mark.parametrize("missing", ["council", "review"])
def test_a_letter_without_council_or_year_cannot_be_approved(staff, missing):
    """T36: choose, never guess."""
    letter = factories.letter(by=staff)
    workflow.save_review(letter, staff, details(letter, **{missing: None}), {})
    with pytest.raises(Refused, match="choose both"):
        workflow.approve(letter, staff, reason="Never mind.")
    letter.refresh_from_db()
    assert letter.state == State.READ


def test_a_second_letter_for_council_and_year_needs_a_reason(staff):
    """T37: the first stays on record."""
    council = factories.council("Twice")
    first = factories.approved_letter(by=staff, council=council)
    second = factories.letter(by=staff, council=council)
    with pytest.raises(Refused, match="Say why this one replaces it"):
        workflow.approve(second, staff)
    workflow.approve(second, staff, replacement_reason="A figure was wrong.")
    first.refresh_from_db()
    assert (first.number, second.number) == (1, 2)
    assert first.state == State.APPROVED


def test_the_database_lets_only_one_letter_count(staff):
    council = factories.council("Twice")
    factories.approved_letter(by=staff, council=council)
    second = factories.letter(by=staff, council=council)
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=second.pk).update(state="approved", approved_at=HOUR, approved_by=staff)


@pytest.mark.parametrize("state", [State.RECEIVED, State.READING, State.APPROVED, State.WITHDRAWN])
def test_only_what_was_read_can_be_approved(staff, state):
    letter = factories.letter(by=staff)
    if state == State.WITHDRAWN:
        workflow.withdraw(letter, staff, "Wrong file.")
    elif state == State.APPROVED:
        workflow.approve(letter, staff)
    else:
        Letter.objects.filter(pk=letter.pk).update(state=state)
    letter.refresh_from_db()
    with pytest.raises(Refused):
        workflow.approve(letter, staff, reason="So be it.", replacement_reason="So be it.")
    assert Letter.objects.get(pk=letter.pk).state == state


def test_an_unreadable_letter_may_be_approved_with_figures_entered_by_hand(staff):
    letter = factories.letter(by=staff, state=State.UNREADABLE)
    chosen = details(letter, council=factories.council(), review=factories.edition(2020))
    workflow.save_review(letter, staff, chosen, {"upheld": Numbers(percent=100, numerator=2, denominator=2)})
    workflow.approve(letter, staff, reason="A scan; figures typed from it.")
    assert letter.statistics.get().origin == "entered"


def test_together_only_what_has_no_problem_and_was_seen(staff):
    fine, changed = factories.letter(by=staff), factories.letter(by=staff)
    odd = factories.letter(
        by=staff, problems=[Problem("readers-differ", "upheld", "The two readers differ.")]
    )
    seen = [(str(letter.pk), letter.revision) for letter in (fine, changed, odd)]
    workflow.save_review(
        changed, staff, details(changed), {"upheld": Numbers(percent=50, numerator=1, denominator=2)}
    )
    approved, refused = workflow.approve_together(seen, staff)
    assert approved == [fine]
    assert len(refused) == 2
    assert Letter.objects.filter(state=State.APPROVED).count() == 1


def test_an_approval_can_be_taken_back_until_the_letter_is_public(staff):
    review = factories.edition(2020)
    with time_machine.travel(HOUR - timedelta(days=1), tick=False):
        letter = factories.approved_letter(review, staff)
        workflow.schedule(review, HOUR, staff, acknowledged=True)
        workflow.take_back(letter, staff)
        assert letter.state == State.READ
        workflow.approve(letter, staff)
    with (
        time_machine.travel(HOUR, tick=False),
        pytest.raises(Refused, match="is public"),
    ):
        workflow.take_back(letter, staff)
