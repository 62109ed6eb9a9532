"""Two people in the admin: what each of them sees, and what an older page decides."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from letters import published, workflow
from letters.models import AnnualReview, Proposal
from tests.staff_pages import hidden, page_of, schedule, text
from tests.two_people.world import HOUR, browser

pytestmark = pytest.mark.django_db


def test_two_publishers_schedule_an_edition_in_the_admin(review, ada, ben):
    first, second = browser(ada), browser(ben)
    confirm = reverse("admin:letters_annualreview_confirm", args=[review.pk])
    said = text(schedule(first, review, "2020-07-29", "09:30", confirm="1"))
    assert "Nothing is scheduled until another person confirms it." in said
    assert "You proposed this hour, so another person confirms it." in text(first.get(confirm))
    assert confirm not in text(first.get("/admin/")), "who proposed it is not asked"
    start = text(second.get("/admin/"))
    assert f'{confirm}">ada proposes to publish the edition of 2019–20 at 09:30 on 29 July 2020' in start
    assert "ada proposes a publication time, 09:30 on 29 July 2020" in text(second.get(page_of(review)))
    stale = {"proposal": str(Proposal.objects.get().pk)}
    assert "another person confirms it" in text(first.post(confirm, stale))
    said = text(schedule(first, review, "2020-07-30", "09:30", confirm="1", acknowledged="1", **seen(review)))
    assert "Another hour has been proposed meanwhile" in text(second.post(confirm, stale))
    shown = text(second.get(confirm))
    assert "ada proposes 09:30 on 30 July 2020 (British Summer Time)" in shown.replace("<strong>", "")
    with time_machine.travel(HOUR + timedelta(days=2), tick=False):
        second.force_login(ben)
        assert "(British Summer Time)</strong>, which has passed." in text(second.get(confirm))
    second = browser(ben)
    answer = {"proposal": str(workflow.waiting(review).pk), "acknowledged": "1", **seen(review)}
    assert "Scheduled for 09:30 on 30 July 2020" in text(second.post(confirm, answer, follow=True))
    assert "confirmed or dropped" in text(second.get(confirm, follow=True))
    assert confirm not in text(second.get("/admin/"))


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
    assert f'{page_of(late)}">ada proposes to publish the letter {late}' in text(second.get("/admin/"))
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
    assert f"proposes to publish the letter {late} at 09:30 on 5 August 2020" in text(second.get("/admin/"))
    assert not published.is_public(late, later)
    assert "You proposed this" in do(first, confirming)
    assert "It will be public at 09:30 on 5 August 2020 (British Summer Time)." in do(second, confirming)
    assert "waiting for a publication of its own at 09:30 on 5 August 2020" in text(first.get(page_of(late)))
    assert not published.is_public(late, later - timedelta(milliseconds=1))
    assert published.is_public(late, later)


def test_a_late_letter_whose_proposed_hour_has_passed_says_that_it_is_public_once_confirmed(late, ada, ben):
    later = HOUR + timedelta(days=7)
    workflow.publish_later(late, ada, later)
    with time_machine.travel(later - timedelta(seconds=1), tick=False):
        assert "That time has passed" not in text(browser(ben).get(page_of(late)))
    with time_machine.travel(later, tick=False):
        shown = text(browser(ben).get(page_of(late)))
    assert "That time has passed: it is public as soon as another person confirms it." in shown


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


@pytest.mark.parametrize("on", [True, False])
def test_staff_read_when_one_person_is_enough(settings, ada, on):
    settings.TWO_PEOPLE = on
    assert ("Two people are not asked for" in text(browser(ada).get("/admin/"))) != on
