"""The queue: problems first, agreeing letters together."""

from datetime import datetime as DateTime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from letters import workflow
from letters.admin import queue
from letters.extraction.types import Problem
from letters.models import Letter, State
from letters.workflow.reviewing import Details, Numbers
from tests import factories
from tests.staff_pages import text

pytestmark = pytest.mark.django_db
QUEUE = "/admin/letters/letter/queue/"
HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
DIFFER = Problem("readers-differ", "upheld", "The two readers differ on the rate.")


def tick(*letters) -> dict:
    return {"seen": [f"{letter.pk}:{letter.revision}" for letter in letters]}


def test_problems_come_first_each_with_its_reason(browser, staff):
    factories.letter(by=staff, council=factories.council("Agreeing Borough Council"))
    factories.letter(
        by=staff, council=factories.council("Differing Borough Council"), problems=[DIFFER, DIFFER]
    )
    factories.letter(by=staff, state=State.UNREADABLE)
    page = text(browser.get(QUEUE))
    assert page.index("It could not be read.") < page.index("The two readers differ on the rate.")
    assert page.index("Differing Borough Council") < page.index("Agreeing Borough Council")
    assert "Needs a person: 2" in page
    assert "And 1 more." in page
    assert "Agree on everything: 1" in page


def test_the_queue_leads_to_the_upload_whoever_may_upload(client):
    upload = reverse("admin:letters_letter_upload")
    client.force_login(factories.member("reviewer"))
    assert upload not in text(client.get(QUEUE))
    client.force_login(factories.staff("both"))
    assert upload in text(client.get(QUEUE))


def test_a_letter_without_a_council_is_not_among_those_that_agree(browser, staff):
    letter = factories.letter(by=staff)
    empty = Details(None, letter.review, "", "", None, None)
    workflow.save_review(letter, staff, empty, {})
    page = text(browser.get(QUEUE))
    assert "Needs a person: 1" in page
    assert "No council is chosen: choose it from the register." in page


def test_figures_are_shown_before_they_are_approved_together(browser, staff):
    figures = [
        factories.figure(),
        factories.figure("compliance", numerator=None, denominator=1, average=Decimal(99)),
        factories.figure("satisfactory-remedies", percent=Decimal(0), numerator=0, average=Decimal(20)),
    ]
    factories.letter(by=staff, council=factories.council("Zyxwold Borough Council"), figures=figures)
    page = text(browser.get(QUEUE))
    for shown in (
        "100% (2 of 2), average 45%",
        "100% (base 1), average 99%",
        "0% (0 of 2), average 20%",
        "2019–20",
    ):
        assert shown in page


def test_what_is_ticked_is_approved_and_the_rest_is_not(browser, staff):
    ticked, other = factories.letter(by=staff), factories.letter(by=staff)
    response = browser.post(reverse("admin:letters_letter_together"), tick(ticked))
    assert "Approved: 1 letter." in text(browser.get(response.url))
    assert {letter.pk: letter.state for letter in Letter.objects.all()} == {
        ticked.pk: State.APPROVED,
        other.pk: State.READ,
    }


def test_a_letter_changed_since_it_was_shown_is_left_and_named(browser, staff):
    """T10b, T71"""
    fine = factories.letter(by=staff)
    changed = factories.letter(by=staff, council=factories.council("Changed Borough Council"))
    seen = tick(fine, changed)
    unchanged = Details(changed.council, changed.review, "Ms New", "", None, None)
    workflow.save_review(changed, staff, unchanged, {})
    page = text(browser.get(browser.post(reverse("admin:letters_letter_together"), seen).url))
    assert "Approved: 1 letter." in page
    assert "changed since you opened it" in page
    assert "Changed Borough Council" in page
    changed.refresh_from_db()
    assert changed.state == State.READ


def test_a_letter_with_a_problem_cannot_be_approved_with_others(browser, staff):
    """T71: not by ticking what is not on the page either."""
    odd = factories.letter(by=staff, problems=[DIFFER])
    page = text(browser.get(browser.post(reverse("admin:letters_letter_together"), tick(odd)).url))
    assert "has a problem and is reviewed by itself" in page
    odd.refresh_from_db()
    assert odd.state == State.READ


def test_a_letter_that_replaces_another_is_reviewed_by_itself(browser, staff):
    """T37"""
    council = factories.council("Twice")
    factories.approved_letter(by=staff, council=council)
    second = factories.letter(by=staff, council=council)
    page = text(browser.get(QUEUE))
    assert "replaces an earlier letter: review it by itself" in page
    assert f"{second.pk}:" not in page
    page = text(browser.get(browser.post(reverse("admin:letters_letter_together"), tick(second)).url))
    assert "Say why this one replaces it" in page


@pytest.mark.parametrize(
    "seen",
    [[], ["nonsense"], ["00000000-0000-4000-8000-000000000000:1"], ["x:y"], [f"{'0' * 32}:{'9' * 30}"]],
)
def test_ticks_of_no_letter_do_nothing(browser, staff, seen):
    factories.letter(by=staff)
    response = browser.post(reverse("admin:letters_letter_together"), {"seen": seen})
    assert response.status_code == 302
    assert not Letter.objects.filter(state=State.APPROVED).exists()


def test_all_unreadable_letters_can_be_read_again_at_once(browser, staff):
    for _ in range(2):
        factories.letter(by=staff, state=State.UNREADABLE)
    read = factories.letter(by=staff)
    assert "Read the 2 unreadable again" in text(browser.get(QUEUE))
    response = browser.post(reverse("admin:letters_letter_read_again"), follow=True)
    assert "To be read again: 2 letters." in text(response)
    assert "unreadable again" not in text(response)
    assert Letter.objects.filter(state=State.RECEIVED).count() == 2
    read.refresh_from_db()
    assert read.state == State.READ


def test_a_letter_that_somebody_works_on_is_not_read_again_with_the_others(browser, staff):
    """A new reading would replace the figures typed in from a scan."""
    typed, chosen, taken, left = (factories.letter(by=staff, state=State.UNREADABLE) for _ in range(4))
    details = Details(factories.council(), factories.edition(), "", "", None, None)
    figure = Numbers(percent=Decimal(100), numerator=2, denominator=2)
    workflow.save_review(typed, staff, details, {"upheld": figure})
    workflow.save_review(chosen, staff, details, {})
    assert workflow.claim(taken, factories.staff("other"))
    assert "Read the 1 unreadable again" in text(browser.get(QUEUE))
    browser.post(reverse("admin:letters_letter_read_again"))
    states = [Letter.objects.get(pk=letter.pk).state for letter in (typed, chosen, taken, left)]
    assert states == [*[State.UNREADABLE] * 3, State.RECEIVED]
    assert typed.statistics.count() == 1


def test_two_reviewers_start_with_different_letters(browser, staff, client):
    first, second = factories.letter(by=staff), factories.letter(by=staff)
    others = factories.staff("zyx")
    start = reverse("admin:letters_letter_start")
    assert str(first.pk) in browser.post(start).url
    client.force_login(others)
    assert str(second.pk) in client.post(start).url
    page = text(client.get(QUEUE))
    assert page.count("<td>you</td>") == 0
    third = factories.staff("third")
    client.force_login(third)
    assert "All that is left is being looked at by others." in text(client.get(client.post(start).url))


def test_the_queue_says_who_has_a_letter(browser, staff):
    mine = factories.letter(by=staff, problems=[DIFFER])
    theirs = factories.letter(by=staff, problems=[DIFFER])
    factories.letter(by=staff, problems=[DIFFER])
    workflow.claim(mine, staff)
    workflow.claim(theirs, factories.staff("zyx"))
    page = text(browser.get(QUEUE))
    for who in ("you", "zyx", "nobody"):
        assert f"<td>{who}</td>" in page


def test_long_queues_are_shown_in_pages(browser, staff, monkeypatch):
    monkeypatch.setattr(queue, "PER_PAGE", 5)
    for _ in range(6):
        factories.letter(by=staff)
    assert text(browser.get(QUEUE)).count('name="seen"') == 5
    assert text(browser.get(QUEUE + "?together=2")).count('name="seen"') == 1
    for odd in ("0", "-1", "9" * 30, "x"):
        assert browser.get(QUEUE + f"?together={odd}&problems={odd}").status_code == 200


def test_the_queue_costs_the_same_however_long(browser, staff, django_assert_num_queries):
    def fill():
        factories.letter(by=staff)
        factories.letter(by=staff, problems=[DIFFER])

    fill()
    browser.get(QUEUE)
    with django_assert_num_queries(13):
        browser.get(QUEUE)
    for _ in range(5):
        fill()
    with django_assert_num_queries(13):
        browser.get(QUEUE)
