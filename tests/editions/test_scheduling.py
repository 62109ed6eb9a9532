"""Setting an edition's hour: with open eyes, as clocks in England show it, or not at all."""

from datetime import datetime as DateTime
from datetime import timedelta
from time import tzset
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from letters import published, workflow
from letters.moments import stamp
from tests import factories
from tests.editions.world import HOUR, LONDON
from tests.staff_pages import hidden, page_of, schedule, text

pytestmark = pytest.mark.django_db

UTC = ZoneInfo("UTC")


@pytest.fixture(params=["America/New_York", "Asia/Tokyo"])
def elsewhere(monkeypatch, request):
    """The server's own clock is set to another part of the world."""
    monkeypatch.setenv("TZ", request.param)
    tzset()
    yield
    monkeypatch.undo()
    tzset()


def test_an_edition_without_a_time_says_that_nothing_will_be_public(browser, review):
    """T38"""
    assert "No publication time is set: nothing of this edition will be public." in text(
        browser.get(page_of(review))
    )


def test_the_promised_day_is_offered_and_the_time_is_not(browser, review):
    where = reverse("admin:letters_annualreview_schedule", args=[review.pk])
    page = text(browser.get(where))
    assert "1 letter promises 29 July 2020." in page
    assert 'name="day" value="2020-07-29"' in page
    assert 'name="time" value=' not in page
    assert 'name="day" value="2020-08-05"' in text(browser.get(where, {"day": "2020-08-05"}))


def test_nothing_is_set_before_its_meaning_was_shown(browser, review):
    page = text(schedule(browser, review, "2020-07-29", "09:30"))
    assert "1 approved letter will be public at" in page
    assert "09:30 on 29 July 2020 (British Summer Time)" in page
    assert "in 6 days and 21 hours" in page
    assert review.publish_at is None
    page = text(schedule(browser, review, "2020-07-29", "09:30", confirm="Schedule"))
    assert review.publish_at == HOUR
    assert "Scheduled for 09:30 on 29 July 2020 (British Summer Time)." in page
    assert "Will be public at 09:30 on 29 July 2020 (British Summer Time), in 6 days and 21 hours." in page


@pytest.mark.parametrize(
    ("day", "time", "warning"),
    [
        ("2020-07-30", "09:30", "1 letter promised another date: 29 July 2020."),
        ("2020-08-01", "09:30", "1 August 2020 is a Saturday."),
        ("2020-07-22", "11:59", "This time has passed: the 1 letter approved will be public at once."),
    ],
    ids=["T38 another day", "T38 a week-end", "T38 in the past"],
)
def test_warnings_are_acknowledged_or_nothing_is_set(browser, review, day, time, warning):
    page = text(schedule(browser, review, day, time))
    assert warning in page
    assert (", which has passed." in page) == ("has passed" in warning)
    seen = workflow.schedule_warnings(review, DateTime.fromisoformat(f"{day}T{time}").replace(tzinfo=LONDON))
    assert page.count('name="seen"') == len(seen)
    for sent in ({}, {"acknowledged": "on"}, {"seen": seen[1:]}, {"seen": [*seen, "more"]}):
        page = text(schedule(browser, review, day, time, confirm="Schedule", **sent))
        assert "Nothing was scheduled." in page
        assert review.publish_at is None
    said = text(schedule(browser, review, day, time, confirm="Schedule", seen=seen))
    assert review.publish_at == DateTime.fromisoformat(f"{day}T{time}").replace(tzinfo=LONDON)
    assert ("Public now, since" in said) == ("has passed" in warning)


@pytest.mark.parametrize(
    ("day", "time", "instant"),
    [
        ("2020-07-29", "00:00", DateTime(2020, 7, 28, 23, 0, tzinfo=UTC)),
        ("2027-01-15", "09:30", DateTime(2027, 1, 15, 9, 30, tzinfo=UTC)),
        ("2027-07-15", "09:30", DateTime(2027, 7, 15, 8, 30, tzinfo=UTC)),
        ("2027-03-28", "00:59", DateTime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28", "02:00", DateTime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        ("2027-10-31", "00:59", DateTime(2027, 10, 30, 23, 59, tzinfo=UTC)),
        ("2027-10-31", "02:00", DateTime(2027, 10, 31, 2, 0, tzinfo=UTC)),
    ],
    ids=[
        "T40 midnight",
        "T42 winter",
        "T42 summer",
        "before the gap",
        "after it",
        "before the hour that comes twice",
        "after it ",
    ],
)
def test_a_time_is_what_clocks_in_england_show(browser, elsewhere, day, time, instant):
    """T41, T42: whatever the machine's own zone."""
    review = factories.edition(2026)
    seen = workflow.schedule_warnings(review, instant)
    schedule(browser, review, day, time, confirm="Schedule", seen=seen)
    assert review.publish_at == instant


@pytest.mark.parametrize(
    ("day", "time", "says"),
    [
        ("2027-10-31", "01:30", "01:30 comes twice on 31 October 2027, since the clocks go back an hour."),
        ("2027-10-31", "01:30", "Choose a time before 01:00 or from 02:00."),
        (
            "2027-03-28",
            "01:30",
            "01:30 does not exist on 28 March 2027, since the clocks go forward an hour.",
        ),
        ("2027-03-28", "01:00", "Choose a time before 01:00 or from 02:00."),
        ("", "09:30", "Give the day."),
        ("2027-02-30", "09:30", "Give the day like this: 29/07/2020."),
        ("2027-03-01", "", "Give the time."),
        ("2027-03-01", "25:00", "Give the time like this: 09:30."),
    ],
)
def test_times_that_name_no_one_instant_are_refused(browser, review, day, time, says):
    """T42"""
    for more in ({}, {"confirm": "Schedule"}):
        assert says in text(schedule(browser, review, day, time, **more))
        assert review.publish_at is None


def test_at_its_hour_it_is_public_and_the_hour_stays(browser, review, staff):
    schedule(browser, review, "2020-07-29", "09:30", confirm="Schedule")
    with time_machine.travel(HOUR, tick=False):
        browser.force_login(staff)
        assert published.has_begun(review, HOUR)
        page = text(browser.get(page_of(review)))
        assert "Public since 09:30 on 29 July 2020 (British Summer Time)." in page
        assert "Take the publication time away" not in page
        assert "Change the publication time" not in page
        seen = workflow.schedule_warnings(review, HOUR + timedelta(days=1))
        as_shown = {"hour": stamp(HOUR)}
        page = text(schedule(browser, review, "2020-07-30", "09:30", confirm="x", seen=seen, **as_shown))
        assert "its hour stays" in page
        where = reverse("admin:letters_annualreview_unschedule", args=[review.pk])
        response = browser.post(where, as_shown, follow=True)
        assert "its hour stays" in text(response)
    review.refresh_from_db()
    assert review.publish_at == HOUR


def test_a_time_can_be_taken_away_and_moved_before_it_comes(browser, review):
    schedule(browser, review, "2020-07-29", "09:30", confirm="Schedule")
    page = text(browser.get(page_of(review)))
    assert "Change the publication time" in page
    # What it does is read before it can be done.
    assert "away …</summary> <p>Nothing of this edition becomes public then" in page
    where = reverse("admin:letters_annualreview_unschedule", args=[review.pk])
    response = browser.post(where, hidden(browser.get(page_of(review)), where), follow=True)
    assert "Taken off the schedule" in text(response)
    review.refresh_from_db()
    assert review.publish_at is None
