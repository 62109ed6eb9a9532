"""Two people: who entered figures approves nothing of that letter, and one proposes what another publishes."""

from datetime import datetime as DateTime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from letters import published, workflow
from letters.models import AnnualReview, Letter, Part, Proposal, State
from letters.workflow import Refused
from letters.workflow.reviewing import Details, Numbers
from tests import factories
from tests.staff_pages import filled, hidden, page_of, schedule, take, text

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
TODAY = DateTime(2020, 7, 22, 12, 0, tzinfo=LONDON)
HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def two_people(settings, one_person):
    settings.TWO_PEOPLE = True
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def ada():
    """A superuser: the rules are the same for everybody."""
    return factories.staff("ada")


@pytest.fixture
def ben():
    return factories.staff("ben")


@pytest.fixture
def letter(ada):
    return factories.letter(by=ada)


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def enter(letter, by, council=None, **numbers):
    """Save a review: with `numbers` of the uphold rate, or another council, or nothing new."""
    names = ("recipient_name", "recipient_post", "letter_date", "promised_date")
    about = {name: getattr(letter, name) for name in names}
    details = Details(council=council or letter.council, review=letter.review, **about)
    figure = letter.statistics.get()
    known = {
        name: getattr(figure, name) for name in ("percent", "value", "numerator", "denominator", "average")
    }
    workflow.save_review(letter, by, details, {"upheld": Numbers(**known | numbers)})


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


@pytest.fixture
def review(letter, ben):
    workflow.approve(letter, ben, "As printed.")
    return letter.review


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
    with pytest.raises(Refused, match="1 letter of this edition not approved yet"):
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


@pytest.fixture
def late(review, ada, ben):
    """A letter that was approved after its edition's hour."""
    workflow.confirm(workflow.schedule(review, HOUR, ada), ben)
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        yield factories.approved_letter(review, ada)


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


def test_two_publishers_schedule_an_edition_in_the_admin(review, ada, ben):
    first, second = browser(ada), browser(ben)
    confirm = reverse("admin:letters_annualreview_confirm", args=[review.pk])
    said = text(schedule(first, review, "2020-07-29", "09:30", confirm="1"))
    assert "Nothing is scheduled until another person confirms it." in said
    assert "You proposed this hour, so another person confirms it." in text(first.get(confirm))
    stale = {"proposal": str(Proposal.objects.get().pk)}
    assert "another person confirms it" in text(first.post(confirm, stale))
    said = text(schedule(first, review, "2020-07-30", "09:30", confirm="1", acknowledged="1", **seen(review)))
    assert "Another hour has been proposed meanwhile" in text(second.post(confirm, stale))
    shown = text(second.get(confirm))
    assert "ada proposes 09:30 on 30 July 2020 (British Summer Time)" in shown.replace("<strong>", "")
    answer = {"proposal": str(workflow.waiting(review).pk), "acknowledged": "1", **seen(review)}
    assert "Scheduled for 09:30 on 30 July 2020" in text(second.post(confirm, answer, follow=True))
    assert "confirmed or dropped" in text(second.get(confirm, follow=True))


def seen(review) -> dict:
    return {"seen": workflow.schedule_warnings(review, HOUR + timedelta(days=1))}


def test_two_publishers_publish_a_late_letter_in_the_admin(late, ada, ben):
    first, second = browser(ada), browser(ben)

    def do(client, deed):
        late.refresh_from_db()
        where = reverse("admin:letters_letter_publishing", args=[late.pk, deed])
        waits = workflow.waiting_of(late)
        sent = {"revision": late.revision, "proposal": waits.pk if waits else ""}
        return text(client.post(where, sent, follow=True))

    assert "Propose to publish" in text(first.get(page_of(late)))
    assert "Proposed: it is public once another person confirms it." in do(first, "propose")
    assert "Confirm and publish" not in text(first.get(page_of(late)))
    assert "You proposed this" in do(first, "confirm")
    assert "Confirm and publish" in text(second.get(page_of(late)))
    assert "Dropped" in do(second, "drop")
    assert "confirmed or dropped already" in do(second, "confirm")
    do(second, "propose")
    assert "Published." in do(first, "confirm")
    assert published.is_public(late, HOUR + timedelta(days=1))


def test_two_publishers_give_a_late_letter_an_hour_of_its_own(late, ada, ben):
    first, second = browser(ada), browser(ben)
    later = HOUR + timedelta(days=7)
    where = reverse("admin:letters_letter_publish_later", args=[late.pk])
    confirming = reverse("admin:letters_letter_publishing", args=[late.pk, "confirm"])

    def do(client, where, **more):
        late.refresh_from_db()
        waits = workflow.waiting_of(late)
        sent = {"revision": late.revision, "proposal": waits.pk if waits else ""}
        return text(client.post(where, sent | more, follow=True))

    assert "Publish at an hour of its own" in text(first.get(page_of(late)))
    assert "has passed" in do(first, where, day="2020-07-29", time="09:30")
    assert "once another person confirms it" in do(first, where, day="2020-08-05", time="09:30")
    assert "ada proposes that it be public at 09:30 on 5 August 2020" in text(second.get(page_of(late)))
    assert "Its publication was proposed for 09:30 on 5 August 2020" in text(second.get(page_of(late)))
    assert not published.is_public(late, later)
    assert "You proposed this" in do(first, confirming)
    assert "It will be public at 09:30 on 5 August 2020 (British Summer Time)." in do(second, confirming)
    assert "waiting for a publication of its own at 09:30 on 5 August 2020" in text(first.get(page_of(late)))
    assert not published.is_public(late, later - timedelta(milliseconds=1))
    assert published.is_public(late, later)


@pytest.mark.parametrize("deed", ["confirm", "drop"])
def test_t71_a_late_letter_is_decided_as_the_page_showed_it(late, ada, ben, deed):
    """The hour on Ben's page is not the one that waits now."""
    workflow.publish_later(late, ada, HOUR + timedelta(days=7))
    client = browser(ben)
    where = reverse("admin:letters_letter_publishing", args=[late.pk, deed])
    shown = hidden(client.get(page_of(late)), where)
    late.refresh_from_db()
    newer = workflow.publish_now(late, ada)
    said = text(client.post(where, shown, follow=True))
    assert "Another publication of this letter has been proposed since you opened the page." in said
    assert "ada proposes that it be public at once." in said
    assert workflow.waiting_of(late) == newer
    assert not published.is_public(late, HOUR + timedelta(days=8))
    # Nor does a page whose proposal is the one that waits, and whose figures are not the letter's any more.
    stale = {"revision": late.revision - 1, "proposal": newer.pk}
    assert ("changed since you opened it" in text(client.post(where, stale, follow=True))) is (
        deed == "confirm"
    )
    assert not published.is_public(late, HOUR + timedelta(days=8))


def test_t71_an_hour_that_two_have_set_is_not_moved_or_taken_away_by_an_older_page(review, ada, ben):
    """Each page was opened before the hour that it would undo was set."""
    first, address = browser(ada), page_of(review)
    scheduling, unscheduling, confirming = (
        reverse(f"admin:letters_annualreview_{each}", args=[review.pk])
        for each in ("schedule", "unschedule", "confirm")
    )
    moved = "somebody else was quicker: the publication time is now"
    sent = {"day": "2020-08-05", "time": "09:30", **seen(review)}
    pages = [(scheduling, sent | {"confirm": "1"} | hidden(first.post(scheduling, sent)))]
    workflow.confirm(workflow.schedule(review, HOUR - timedelta(days=1), ben, acknowledged=True), ada, True)
    pages.append((unscheduling, hidden(first.get(address), unscheduling)))
    workflow.schedule(review, HOUR - timedelta(days=2), ben, acknowledged=True)
    pages.append((confirming, hidden(first.get(confirming))))
    for where, fields in pages:
        AnnualReview.objects.filter(pk=review.pk).update(publish_at=HOUR)
        assert moved in text(first.post(where, fields, follow=True)), where
        review.refresh_from_db()
        assert review.publish_at == HOUR
    shown = first.post(scheduling, pages[0][1])
    assert "The time that is set now is 09:30 on 29 July 2020" in text(shown)
    later = {"seen": workflow.schedule_warnings(review, HOUR + timedelta(days=7)), "confirm": "1"}
    assert "Scheduled for 09:30 on 5 August" in text(
        first.post(scheduling, hidden(shown) | later, follow=True)
    )
    assert "Taken off the schedule" in text(
        first.post(unscheduling, hidden(first.get(address), unscheduling), follow=True)
    )


def test_the_edition_says_what_is_proposed_for_its_late_letters(late, ada, ben):
    first, second, where = browser(ada), browser(ben), page_of(late.review)
    proposing = reverse("admin:letters_letter_publishing", args=[late.pk, "propose"])
    first.post(proposing, hidden(first.get(where), proposing))
    for client in (first, second):
        page = text(client.get(where))
        assert "ada proposes that it be public at once. Another person confirms it." in page
        assert f'<a href="{page_of(late)}">Look at it' in page
        assert "Propose to publish" not in page
    workflow.drop(workflow.waiting_of(late), ben)
    assert "Propose to publish" in text(second.get(where))


def test_what_was_proposed_for_an_hour_that_has_passed_is_public_once_it_is_confirmed(late, ada, ben):
    proposal = workflow.publish_later(late, ada, HOUR + timedelta(days=2))
    with time_machine.travel(HOUR + timedelta(days=3), tick=False):
        assert not published.is_public(late, HOUR + timedelta(days=3))
        workflow.confirm(Proposal.objects.get(pk=proposal.pk), ben)
    late.refresh_from_db()
    assert late.publish_at == HOUR + timedelta(days=3)


@pytest.mark.parametrize("on", [True, False])
def test_staff_read_when_one_person_is_enough(settings, ada, on):
    settings.TWO_PEOPLE = on
    assert ("Two people are not asked for" in text(browser(ada).get("/admin/"))) != on
