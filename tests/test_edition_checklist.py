"""Before an edition's hour: what must be mended, what will change, and that the hour moves up to its last second."""

from dataclasses import fields
from datetime import date, timedelta
from datetime import datetime as DateTime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from letters import published, workflow
from letters.models import Letter, State
from letters.what_changes import what_changes
from letters.workflow.reviewing import Details, Numbers
from tests import factories
from tests.staff_pages import page_of, schedule, text

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
TODAY = HOUR - timedelta(days=7)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False) as now:
        yield now


@pytest.fixture
def letter(staff):
    return factories.approved_letter(factories.edition(2020), staff)


def lose(letter):
    letter.file.storage.delete(letter.file.name)


def make_unreadable(letter):
    """A name beyond a file is an error of the disk, other than that nothing is there."""
    Letter.objects.filter(pk=letter.pk).update(file=f"{letter.file.name}/x")


def change_bytes(letter):
    with letter.file.storage.open(letter.file.name, "ab") as file:
        file.write(b"more")


def close_council(letter):
    letter.council.last_day = date(2018, 3, 31)
    letter.council.save()


@pytest.mark.parametrize(
    ("breaks", "says"),
    [
        (lose, "Its PDF is missing."),
        (make_unreadable, "Its PDF cannot be read just now."),
        (change_bytes, "not the one that was uploaded"),
    ],
)
def test_what_would_be_wrong_in_public_keeps_the_edition_from_its_hour(client, staff, letter, breaks, says):
    breaks(letter)
    with pytest.raises(workflow.Refused, match=says):
        workflow.schedule(letter.review, HOUR, staff, acknowledged=True)
    client.force_login(staff)
    page = text(schedule(client, letter.review, "2020-07-29", "09:30"))
    assert "Mend this first" in page
    assert says in page
    assert letter.review.publish_at is None
    workflow.hold_back(Letter.objects.get(pk=letter.pk), staff)
    workflow.schedule(letter.review, HOUR, staff, acknowledged=True)


@pytest.mark.parametrize(
    ("breaks", "status", "says"),
    [(lose, 404, "restore the file from a backup"), (make_unreadable, 503, "try again in a minute")],
)
def test_a_file_that_cannot_be_opened_is_told_where_staff_are_sent_to_look(
    client, staff, letter, breaks, status, says
):
    client.force_login(staff)
    breaks(letter)
    for name, more in (("pdf", []), ("picture", [1])):
        answer = client.get(reverse(f"admin:letters_letter_{name}", args=[letter.pk, *more]))
        assert answer.status_code == status
        assert says in text(answer)


def test_a_letter_to_a_council_of_another_time_is_a_warning(staff, letter):
    close_council(letter)
    with pytest.raises(workflow.Refused, match="did not exist in 2019–20, but has a letter"):
        workflow.schedule(letter.review, HOUR, staff, acknowledged=False)
    workflow.schedule(letter.review, HOUR, staff, acknowledged=True)
    assert letter.review.publish_at == HOUR


def test_what_changes_is_what_the_door_opens_to_at_the_hour(client, staff, letter, django_assert_num_queries):
    review = letter.review
    newer = factories.approved_letter(review, staff, letter.council, "The first was wrong.")
    held = factories.approved_letter(review, staff)
    workflow.hold_back(held, staff)
    factories.letter(review, staff)
    excused = factories.council("Excused Council")
    workflow.say_no_letter(review, excused, "No complaints were decided.", staff)
    factories.council("Forgotten Council")
    with django_assert_num_queries(5):
        found = what_changes(review)
    assert (found.held_back, found.not_approved) == (1, 1)
    assert [each.name for each in found.missing] == ["Forgotten Council"]
    assert [each.council for each in found.reasons] == [excused]
    assert found.unseen == [letter]
    client.force_login(staff)
    page = text(schedule(client, review, "2020-07-29", "09:30"))
    assert "1 letter appears, with 1 figure" in page
    assert "1 letter will not be seen" in page
    workflow.schedule(review, HOUR, staff, acknowledged=True)
    assert set(found.letters) == set(published.letters(HOUR)) == {newer}
    assert found.figures == published.statistics(HOUR).count()


def test_the_countdown_is_a_stated_time_without_a_script(client, staff, letter):
    workflow.schedule(letter.review, HOUR, staff, acknowledged=True)
    client.force_login(staff)
    page = text(client.get(page_of(letter.review)))
    assert "Will be public at 09:30 on 29 July 2020 (British Summer Time), in 7 days." in page
    assert 'data-until="2020-07-29T09:30:00+01:00" data-now="2020-07-22T09:30:00+01:00" hidden' in page


@pytest.mark.parametrize("deed", ["postponed", "cancelled"])
def test_t53_the_hour_moves_up_to_its_last_second(client, staff, letter, today, deed):
    """Nothing of it is public then, at the old hour or after it; and a correction in time is approved anew."""
    review = letter.review
    workflow.schedule(review, HOUR, staff, acknowledged=True)
    today.move_to(HOUR - timedelta(seconds=1))
    before = client.get("/").content
    if deed == "postponed":
        workflow.schedule(review, HOUR + timedelta(days=1), staff, acknowledged=True)
    else:
        workflow.unschedule(review, staff)
    today.move_to(HOUR + timedelta(hours=1))
    assert not published.letters(HOUR + timedelta(hours=1)).exists()
    assert client.get("/").content == before


def test_t10b_what_is_changed_after_approval_is_not_public_unless_approved_again(staff, letter, today):
    review = letter.review
    workflow.schedule(review, HOUR, staff, acknowledged=True)
    right = {"upheld": Numbers(percent=50, numerator=1, denominator=2, average=45)}
    details = Details(**{each.name: getattr(letter, each.name) for each in fields(Details)})
    workflow.claim(letter, staff)
    with pytest.raises(workflow.Refused, match="changed since"):
        workflow.save_review(letter, staff, details, right)
    assert letter.statistics.get().percent == 100
    today.move_to(HOUR - timedelta(minutes=5))
    workflow.take_back(letter, staff)
    workflow.save_review(letter, staff, details, right)
    assert letter.state == State.READ
    assert not published.letters(HOUR).exists()
    workflow.approve(letter, staff, "As printed.")
    assert published.statistics(HOUR).get().percent == 50
