"""Every deed of the workflow is a line of the history that tells all that it changed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from councils.models import Council
from history.models import Line
from history.noting import note_changes
from history.recording import tell, writing
from history.states import state_of
from history.verifying import faults
from letters import clock, workflow
from letters.models import Letter, State
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(staff):
    """Everything that a test stands on is in the history; what comes after must be, too."""
    factories.council("Zyxwold Borough Council", kind="district")
    factories.edition()
    note_changes("Made for a test.")
    return staff


def found() -> list[str]:
    return [fault.code for fault in faults()]


def seen(letter):
    return str(letter.pk), letter.revision


def hand_to_ocr(by):
    letter = workflow.receive(factories.pdf_bytes(), "letter.pdf", by)
    _, token = workflow.claim_for_reading(str(letter.pk))
    workflow.hand_to_ocr(letter, token)
    _, token = workflow.claim_for_ocr(str(letter.pk))
    workflow.finish_reading(letter, token, factories.reading(), None, [])


def of_another_year(by):
    letter = workflow.receive(factories.pdf_bytes(), "letter.pdf", by)
    _, token = workflow.claim_for_reading(str(letter.pk))
    workflow.finish_reading(letter, token, factories.reading(2012), None, [])


def given_up(by):
    letter = workflow.receive(factories.pdf_bytes(), "letter.pdf", by)
    for _ in range(2):
        workflow.claim_for_reading(str(letter.pk))
        Letter.objects.update(lease_until=clock.now() - timedelta(minutes=1))
        workflow.sweep()
    letter.refresh_from_db()
    assert letter.state == State.UNREADABLE


def released(by):
    letter = factories.approved_letter(by=by)
    workflow.hold_back(letter, by)
    workflow.release(letter, by)


def published_late(by):
    review = factories.edition()
    workflow.schedule(review, clock.now(), by, acknowledged=True)
    workflow.publish_now(factories.approved_letter(review, by), by)


def scheduled(by):
    review = factories.edition()
    return workflow.schedule(review, clock.now() + timedelta(days=300), by, acknowledged=True) or review


def report(by):
    review = factories.edition()
    review.national_report_title = "The Review"
    workflow.take_report(review, factories.pdf_bytes())
    workflow.save_report(review, ["national_report_title", "national_report"], by)
    workflow.put_clean_report(review, factories.pdf_bytes())


def no_letter(by):
    council = Council.objects.get(name="Zyxwold Borough Council")
    return workflow.say_no_letter(factories.edition(), council, "None was due.", by)


def public_letter(by):
    letter = factories.approved_letter(by=by)
    workflow.schedule(letter.review, clock.now(), by, acknowledged=True)
    return letter


def correction(by, letter=None):
    half = workflow.reviewing.Numbers(percent=Decimal(50), numerator=1, denominator=2, average=Decimal(45))
    letter = letter or public_letter(by)
    return workflow.correct(letter, by, "upheld", half, reason="Misread.", note="Misread.")


def proposed(by):
    letter = public_letter(by)
    with override_settings(TWO_PEOPLE=True):
        return correction(by, letter)


def proposed_hour(by):
    with override_settings(TWO_PEOPLE=True):
        return scheduled(by)


def proposed_letter(by):
    public = public_letter(by)
    late = factories.approved_letter(public.review, by)
    with override_settings(TWO_PEOPLE=True):
        return workflow.publish_now(late, by)


def another():
    """A second person, whose account is on record like everything that is not of the deed."""
    with writing():
        user = User.objects.create_user("another")
        tell(None, user, "Made for a test.", {}, state_of(user))
    return user


def access(by):
    letter = factories.approved_letter(by=by)
    end = clock.now() + timedelta(hours=1)
    workflow.schedule(letter.review, end, by, acknowledged=True)
    person = workflow.prerelease.Person("Ms Sample", "Link Officer", "Sometown Council", "s@example.org")
    given, _ = workflow.give_access(letter.review, by, person, [letter], opens_at=clock.now(), closes_at=end)
    return given


def query(by):
    return workflow.enter_query(factories.letter(by=by), by, "Mr Example", "Is it so?")


def asked(by):
    given = access(by)
    return workflow.ask(given.letters.get(), given, "Is it so?")


LETTER_DEEDS = {
    "receive": lambda by: workflow.receive(factories.pdf_bytes(), "letter.pdf", by, factories.edition()),
    "read": lambda by: factories.letter(by=by, pages=factories.SOME_PAGES),
    "unreadable": lambda by: factories.letter(by=by, state=State.UNREADABLE),
    "scan": hand_to_ocr,
    "an edition of its own": of_another_year,
    "given up": given_up,
    "copy": lambda by: workflow.keep_copy(factories.letter(by=by), workflow.Copied(b"%PDF-1.7 another")),
    "words": lambda by: workflow.keep_pages(factories.letter(by=by), factories.SOME_PAGES),
    "review": lambda by: factories.reviewed(factories.letter(by=by), by),
    "approve": lambda by: factories.approved_letter(by=by),
    "approve together": lambda by: workflow.approve_together([seen(factories.letter(by=by))], by),
    "take back": lambda by: workflow.take_back(factories.approved_letter(by=by), by),
    "read again": lambda by: workflow.read_again(factories.letter(by=by), by),
    "hold back": lambda by: workflow.hold_back(factories.approved_letter(by=by), by),
    "release": released,
    "publish now": published_late,
    "withdraw": lambda by: workflow.withdraw(factories.letter(by=by), by, "Sent in error."),
    "correct": correction,
    "propose a correction": proposed,
    "confirm a correction": lambda by: workflow.confirm_correction(proposed(by), by),
    "drop a correction": lambda by: workflow.drop_correction(proposed(by), by),
    "give access": access,
    "withdraw access": lambda by: workflow.withdraw_access(access(by), by),
    "list access": lambda by: workflow.publish_access_list(public_letter(by).review, by),
    "ask": asked,
    "enter a query": query,
    "answer a query": lambda by: workflow.answer_query(query(by), by, "It is.", led_to_change=False),
    "schedule": scheduled,
    "postpone": lambda by: workflow.schedule(scheduled(by), clock.now() + timedelta(days=600), by, True),
    "propose an hour": proposed_hour,
    "confirm an hour": lambda by: workflow.confirm(proposed_hour(by), another(), acknowledged=True),
    "drop an hour": lambda by: workflow.drop(proposed_hour(by), by),
    "propose a late letter": proposed_letter,
    "confirm a late letter": lambda by: workflow.confirm(proposed_letter(by), another()),
    "unschedule": lambda by: workflow.unschedule(scheduled(by), by),
    "report": report,
    "no letter": no_letter,
    "no reason": lambda by: workflow.unsay_no_letter(no_letter(by), by),
    "edition": lambda by: workflow.edition(2031, by),
}


@pytest.mark.parametrize("deed", LETTER_DEEDS.values(), ids=LETTER_DEEDS)
def test_t76_every_deed_of_the_workflow_is_told_whole(told, deed):
    """Whatever a deed changed, the history tells: else a row would not be as the history left it."""
    before = Line.objects.count()
    made = set(Council.objects.values_list("pk", flat=True))
    deed(told)
    if Council.objects.exclude(pk__in=made).exists():  # the factories' own
        note_councils(made)
    assert Line.objects.count() > before
    assert found() == []


def note_councils(made):
    with writing():
        for council in Council.objects.exclude(pk__in=made):
            tell(None, council, "Made for a test.", {}, state_of(council))


def test_every_writer_of_the_workflow_is_among_these_deeds():
    """A new deed without a line here fails."""
    covered = {
        *(
            "receive",
            "finish_reading",
            "finish_unreadable",
            "hand_to_ocr",
            "sweep",
            "keep_pages",
            "keep_copy",
            "save_review",
        ),
        *("approve", "approve_together", "take_back", "read_again", "hold_back", "release"),
        *("publish_now", "publish_later"),
        *("withdraw", "schedule", "unschedule", "say_no_letter", "unsay_no_letter", "edition"),
        *("save_report", "put_clean_report"),
        *("correct", "confirm_correction", "drop_correction", "confirm", "drop", "withdraw_edition"),
        *("give_access", "withdraw_access", "publish_access_list", "ask", "enter_query", "answer_query"),
    }
    # Who has a letter in hand, and what only looks, changes nothing of a letter; tables are told with their edition.
    others = {
        *(
            "Refused",
            "Copied",
            "why_no_copy",
            "claim",
            "claim_for_ocr",
            "claim_for_reading",
            "claim_next",
            "give_back",
            "let_go",
            "queue",
        ),
        *(
            "earlier_letter",
            "take_report",
            "open_problems",
            "preview_table",
            "receive_table",
            "confirm_table",
        ),
        # Looks of those with access are kept as rows of their own, which nobody changes.
        *("keep_view", "hashed", "obstacles", "open_queries"),
        # What the search looks through is made of letters, and can be made anew of them.
        "index_all",
        *(
            "schedule_warnings",
            "may_confirm",
            "new_contradictions",
            "contradictions_of",
            "waiting_corrections",
        ),
        *(
            "all_waiting",
            "anybody_entered",
            "entered_by",
            "has_entered",
            "takes_two",
            "to_confirm",
            "waiting",
            "waiting_of",
            "with_access",
        ),
    }
    assert set(workflow.__all__) == covered | others
