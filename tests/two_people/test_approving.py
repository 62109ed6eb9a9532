"""Two people: who entered figures approves nothing of that letter."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from letters import workflow
from letters.models import Part, State
from letters.workflow import Refused
from letters.workflow.reviewing import Details
from tests import factories
from tests.staff_pages import filled, page_of, take, text
from tests.two_people.world import HOUR, TODAY, browser, enter

pytestmark = pytest.mark.django_db


def test_t72_who_entered_a_figure_leaves_the_approval_to_another(letter, ada, ben):
    enter(letter, ada, average=46)
    with pytest.raises(Refused, match="another person approves it"):
        workflow.approve(letter, ada, "As printed.")
    letter.refresh_from_db()
    assert (letter.state, letter.approved_by) == (State.READ, None)
    workflow.approve(letter, ben, "As printed.")
    assert letter.approved_by == ben


def test_t72_whose_figures_they_are_is_entered_too(letter, ada):
    enter(letter, ada, council=factories.council("Another Council"))
    with pytest.raises(Refused, match="another person approves it"):
        workflow.approve(letter, ada, "As printed.")


def test_who_only_looked_or_uploaded_may_approve(letter, ada):
    enter(letter, ada)
    workflow.approve(letter, ada, "As printed.")
    assert letter.approved_by == ada


def test_t72_each_who_entered_is_kept_from_it_and_not_the_last_alone(letter, ada, ben):
    enter(letter, ada, average=46)
    enter(letter, ben, average=47)
    for one in (ada, ben):
        with pytest.raises(Refused, match="another person approves it"):
            workflow.approve(letter, one, "As printed.")


def test_t72_not_together_with_others_either(letter, ada):
    enter(letter, ada, average=46)
    approved, refused = workflow.approve_together([(str(letter.pk), letter.revision)], ada)
    assert approved == []
    assert "another person approves it" in str(refused[0])


def read_anew(letter, by, reads=None):
    """Have the letter read again; it is unreadable unless `reads` says what is in it."""
    workflow.read_again(letter, by)
    _, token = workflow.claim_for_reading(str(letter.pk))
    if reads:
        assert workflow.finish_reading(letter, token, reads, factories.council("As Read"), [])
    else:
        assert workflow.finish_unreadable(letter, token, "It could not be read.")
    letter.refresh_from_db()


def test_after_a_new_reading_nothing_is_anybodys(letter, ada):
    enter(letter, ada, council=factories.council("As Entered"), average=46)
    read_anew(letter, ada, factories.reading(2020))
    assert not workflow.has_entered(letter, ada)
    assert letter.council.name == "As Read"
    assert letter.statistics.get().average == 45
    workflow.approve(letter, ada, "As printed.")


def test_t72_what_was_entered_does_not_outlive_a_new_reading(ada):
    """Else one person would choose council and year, have the letter read again, and approve it alone."""
    letter = factories.letter(by=ada, state=State.UNREADABLE)
    dates = {"letter_date": TODAY.date(), "promised_date": HOUR.date()}
    details = Details(factories.council(), factories.edition(2019), "Ms Wrong", "Chief", **dates)
    workflow.save_review(letter, ada, details, {})
    with pytest.raises(Refused, match="another person approves it"):
        workflow.approve(letter, ada, "As printed.")
    read_anew(letter, ada)
    left = {name: getattr(letter, name) for name in vars(details)}
    assert left == {name: "" if name.startswith("recipient") else None for name in left}
    with pytest.raises(Refused, match="choose both"):
        workflow.approve(letter, ada, "As printed.")


def test_a_year_that_was_entered_does_not_outlive_a_new_reading(ada):
    letter = factories.letter(by=ada)
    details = {name: getattr(letter, name) for name in vars(Details(*[None] * 6))}
    workflow.save_review(letter, ada, Details(**details | {"review": factories.edition(2019)}), {})
    read_anew(letter, ada, factories.reading(2020))
    assert letter.review.year_ending == 2020


def test_a_year_chosen_at_the_upload_outlives_a_new_reading(ada):
    letter = factories.letter(factories.edition(2019), ada, State.UNREADABLE)
    read_anew(letter, ada)
    assert letter.review.year_ending == 2019


def test_who_takes_an_approval_back_may_enter_figures(letter, ada, ben):
    workflow.approve(letter, ada, "As printed.")
    workflow.take_back(letter, ada)
    enter(letter, ada, average=46)
    with pytest.raises(Refused, match="another person approves it"):
        workflow.approve(letter, ada, "As printed.")
    workflow.approve(letter, ben, "As printed.")


def test_t72_the_database_takes_no_two_parts_of_one_person(letter, ada):
    Part.objects.create(letter=letter, by=ada, of=Part.Of.ENTERED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Part.objects.create(letter=letter, by=ada, of=Part.Of.APPROVED)


def test_the_queue_leads_nobody_to_what_others_approve(letter, ada, ben):
    enter(letter, ada, average=46)
    assert workflow.claim_next(ada) is None
    assert workflow.claim_next(ben) == letter


def test_a_slip_that_raises_a_question_comes_back_before_it_is_left_to_another(letter, ada):
    client = browser(ada)
    take(client, letter)
    sent = filled(client, letter, **{"upheld-percent": "99", "approve": "1"})
    said = client.post(page_of(letter), sent, follow=True)
    assert "Saved, but what you entered raises a question." in text(said)
    assert (said.request["PATH_INFO"], bool(said.context["form"])) == (page_of(letter), True)
    letter.refresh_from_db()
    assert (letter.state, letter.claimed_by) == (State.READ, ada)
    sent = filled(client, letter, approve="1")
    assert "so another person approves it." in text(client.post(page_of(letter), sent, follow=True))


def test_approving_ones_own_figures_keeps_them_and_says_who_is_next(letter, ada):
    client = browser(ada)
    take(client, letter)
    sent = filled(client, letter, **{"upheld-average": "46", "approve": "1"})
    said = text(client.post(page_of(letter), sent, follow=True))
    assert "You entered figures of it, so another person approves it." in said
    letter.refresh_from_db()
    assert (letter.state, letter.claimed_by) == (State.READ, None)
    assert letter.statistics.get().average == 46
    take(client, letter)
    assert "Save, and leave to another" in text(client.get(page_of(letter)))
    assert "you entered figures: another person approves it" in text(
        client.get(reverse("admin:letters_letter_queue"))
    )
