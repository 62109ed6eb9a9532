"""What the review screen refuses: nothing is saved, and everything entered is kept on the page."""

from datetime import timedelta

import pytest
import time_machine

from letters import clock, workflow
from letters.extraction.types import Problem
from letters.models import Letter, State
from tests import factories
from tests.staff_pages import filled, page_of, take, text

pytestmark = pytest.mark.django_db

NO_STATISTICS = Problem("no-statistics", None, "The letter states no statistics that could be found.")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("upheld-percent", "101", "less than or equal to 100"),
        ("upheld-percent", "-1", "greater than or equal to 0"),
        ("upheld-percent", "1OO", "Give a number, such as 45 or 7.5."),
        ("upheld-percent", "45%", "Give a number, such as 45 or 7.5."),
        ("upheld-percent", "forty-five", "Give a number, such as 45 or 7.5."),
        ("upheld-percent", "NaN", "Give a number, such as 45 or 7.5."),
        ("upheld-percent", "1e400", "Give a number|less than or equal to 100"),
        ("upheld-numerator", "2.5", "Give a whole number, such as 2."),
        ("upheld-numerator", "9" * 30, "less than or equal to"),
        ("upheld-denominator", "-3", "greater than or equal to 0"),
        ("letter_date", "31/02/2020", "Give the date like this: 29/07/2020."),
        ("council", "999999", "not one of the available choices"),
        ("review", "x", "not one of the available choices"),
        ("recipient_name", "x" * 201, "at most 200 characters"),
    ],
)
def test_what_cannot_be_is_refused_on_its_field(browser, staff, field, value, says):
    """T33: nothing is cut short in silence, and what was entered stays."""
    letter = factories.letter(by=staff)
    take(browser, letter)
    page = text(browser.post(page_of(letter), filled(browser, letter, approve="", **{field: value})))
    assert any(part in page for part in says.split("|"))
    assert "Nothing was saved." in page
    assert "aria-invalid" in page
    assert f'<a href="#id_{field}" data-problem>' in page
    letter.refresh_from_db()
    assert letter.state == State.READ
    assert letter.statistics.get().percent == 100


def test_a_contradiction_just_entered_is_shown_and_nothing_of_it_is_kept(browser, staff):
    """T32: 50% is not 2 of 2."""
    letter = factories.letter(by=staff)
    take(browser, letter)
    page = text(
        browser.post(page_of(letter), filled(browser, letter, approve="", **{"upheld-percent": "50"}))
    )
    assert "What is open: 1" in page
    assert 'href="#id_upheld-percent" data-problem' in page
    assert 'name="upheld-percent" value="50"' in page
    assert "Why it is right all the same" in page
    assert letter.statistics.get().percent == 100
    letter.refresh_from_db()
    assert letter.problems == []


def test_a_stale_form_changes_nothing_and_keeps_what_was_entered(browser, staff):
    """T71: two tabs of one reviewer; the second to save is told."""
    letter = factories.letter(by=staff)
    take(browser, letter)
    one = filled(browser, letter, recipient_name="Ms First", save="")
    two = filled(browser, letter, recipient_name="Ms Second", approve="")
    browser.post(page_of(letter), one)
    page = text(browser.post(page_of(letter), two))
    assert "This letter has been changed since you opened it. Nothing of yours was saved" in page
    assert 'value="Ms Second"' in page
    assert f'name="revision" value="{two["revision"]}"' in page
    letter.refresh_from_db()
    assert (letter.state, letter.recipient_name) == (State.READ, "Ms First")


def test_a_letter_that_somebody_else_has_can_be_read_and_not_changed(browser, staff, client):
    letter = factories.letter(by=staff)
    other = factories.staff("zyx")
    workflow.claim(letter, other)
    page = text(browser.get(page_of(letter)))
    assert "zyx is looking at this letter until" in page
    assert "Review this letter" not in page
    take(browser, letter)
    assert browser.get(page_of(letter)).context["form"] is None
    sent = {"revision": letter.revision, "recipient_name": "Mr Quick", "approve": ""}
    page = text(browser.post(page_of(letter), sent))
    assert "zyx is looking at this letter. Nothing of yours was saved." in page
    assert 'value="Mr Quick"' in page
    letter.refresh_from_db()
    assert (letter.state, letter.claimed_by) == (State.READ, other)


def test_a_claim_that_lapsed_can_still_be_saved_if_nobody_took_the_letter(browser, staff):
    letter = factories.letter(by=staff)
    take(browser, letter)
    sent = filled(browser, letter, recipient_name="Ms Late", save="")
    with time_machine.travel(clock.now() + timedelta(minutes=20)):
        browser.force_login(staff)
        assert browser.get(page_of(letter)).context["form"] is None
        browser.post(page_of(letter), sent)
    letter.refresh_from_db()
    assert letter.recipient_name == "Ms Late"


@pytest.mark.parametrize("state", [State.RECEIVED, State.READING, State.APPROVED, State.WITHDRAWN])
def test_only_what_was_read_can_be_reviewed(browser, staff, state):
    """T71: a direct POST to a letter in another state changes nothing."""
    letter = factories.letter(by=staff)
    take(browser, letter)
    sent = filled(browser, letter, approve="", reason="So be it.")
    if state == State.APPROVED:
        workflow.approve(letter, staff)
    elif state == State.WITHDRAWN:
        workflow.withdraw(letter, staff, "Wrong file.")
    else:
        Letter.objects.filter(pk=letter.pk).update(state=state)
    page = text(browser.post(page_of(letter), sent))
    assert "no longer to be reviewed" in page
    assert Letter.objects.get(pk=letter.pk).state == state
    assert browser.get(page_of(letter)).context["form"] is None


def test_an_open_problem_needs_a_correction_or_a_reason(browser, staff):
    letter = factories.letter(by=staff, figures=[], problems=[NO_STATISTICS])
    take(browser, letter)
    page = text(browser.post(page_of(letter), filled(browser, letter, approve="", recipient_name="Ms Kept")))
    assert "Correct them, or say why it is right all the same." in page
    assert 'value="Ms Kept"' in page
    letter.refresh_from_db()
    assert (letter.state, letter.recipient_name) == (State.READ, "Ms Example")
    reason = "The letter as sent has no statistics."
    browser.post(page_of(letter), filled(browser, letter, approve="", reason=reason))
    letter.refresh_from_db()
    assert (letter.state, letter.approval_reason) == (State.APPROVED, reason)
