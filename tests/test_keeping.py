"""What caches may keep: browsers nothing unasked, our own proxy until the next publication, others nothing of staff."""

from datetime import datetime as DateTime
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.test import override_settings
from django.urls import reverse

from caches.models import Change
from councils.loading import load_register
from guidance import editing
from letters import clock, workflow
from letters.extraction.prose import Page
from letters.middleware import keep_private_by_default
from letters.models import Correction
from letters.workflow.prerelease import Person
from letters.workflow.reviewing import Numbers
from public.keeping import last_second
from tests import factories

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=LONDON)
STATISTICS = "/your-councils-performance/sometown-council/statistics"


@pytest.fixture
def with_proxy(settings):
    settings.PROXY_PURGE = ["http://127.0.0.1:9/purge"]


def scheduled(staff, hour, year=2020, approved_before=timedelta(days=7)):
    """A letter to Sometown, approved before its edition's hour."""
    council = factories.council("Sometown Council")
    with time_machine.travel(hour - approved_before, tick=False):
        letter = factories.approved_letter(factories.edition(year), staff, council)
        workflow.schedule(letter.review, hour, staff, acknowledged=True)
    letter.refresh_from_db()
    return letter


SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
MIDNIGHT = DateTime(2020, 7, 30, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("hour", "now", "last"),
    [
        (HOUR, HOUR - 10 * MINUTE, HOUR - SECOND),
        (HOUR, HOUR - timedelta(milliseconds=1), HOUR - SECOND),
        (HOUR + timedelta(milliseconds=500), HOUR - MINUTE, HOUR - SECOND),
        (HOUR, HOUR, HOUR + timedelta(minutes=60) - SECOND),
        (HOUR, HOUR - timedelta(days=1), HOUR - timedelta(days=1) + timedelta(minutes=60) - SECOND),
        (HOUR, MIDNIGHT - 10 * MINUTE, MIDNIGHT - SECOND),
    ],
    ids=["until the hour", "just before it", "rounded down", "an hour", "an hour at most", "until midnight"],
)
def test_t47_our_proxy_keeps_until_the_next_publication_at_most(staff, hour, now, last):
    scheduled(staff, hour)
    assert last_second(now) == last.timestamp()


def test_only_our_proxy_is_told_and_only_of_what_it_may_keep(client, staff, settings, with_proxy):
    scheduled(staff, HOUR)
    with time_machine.travel(HOUR - MINUTE, tick=False):
        until = f"@{int(HOUR.timestamp()) - 1}"
        for address in ("/", STATISTICS, "/robots.txt", "/your-councils-performance"):
            assert client.get(address)["X-Accel-Expires"] == until
        for address in (
            "/nothing",
            f"{STATISTICS}?year=2020",
            "/councils?q=x",
            "/map?name=x",
            "/councils?q=ZZ1+1AA",
        ):
            assert not client.get(address).has_header("X-Accel-Expires")
        client.force_login(staff)
        assert not client.get(reverse("admin:index")).has_header("X-Accel-Expires")
        settings.PROXY_PURGE = []
        assert not client.get("/").has_header("X-Accel-Expires")


def test_t49_no_validator_moves_with_what_is_not_public(client, staff):
    """A page's ETag is made of its bytes: another letter received, approved and scheduled leaves it as it is."""
    scheduled(staff, HOUR)
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        addresses = [
            "/",
            STATISTICS,
            "/national-picture",
            "/councils",
            "/your-councils-performance/town/statistics",
        ]
        factories.council("Town Council", slug="town")
        before = [client.get(address)["ETag"] for address in addresses]
        letter = factories.approved_letter(factories.edition(2021), staff, factories.council("Town Council"))
        workflow.schedule(letter.review, HOUR.replace(year=2021), staff, acknowledged=True)
        for address, etag in zip(addresses, before, strict=True):
            unchanged = client.get(address, headers={"if-none-match": etag})
            assert (unchanged.status_code, unchanged["ETag"], unchanged.content) == (304, etag, b"")
            assert not unchanged.has_header("Last-Modified")
    with time_machine.travel(HOUR.replace(year=2021), tick=False):
        changed = [
            client.get(address, headers={"if-none-match": etag})
            for address, etag in zip(addresses, before, strict=True)
        ]
        # A council's page says from then on that it has no letter of the newest year.
        assert [each.status_code for each in changed] == [200, 200, 200, 304, 200]


@pytest.mark.parametrize(
    ("headers", "cookie", "kept"),
    [
        ({"Cache-Control": "no-cache", "X-Accel-Expires": "@1"}, False, True),
        ({"X-Accel-Expires": "@1"}, False, False),
        ({"Cache-Control": "no-cache", "X-Accel-Expires": "@1"}, True, False),
        ({"Cache-Control": "max-age=60", "Vary": "Accept, Cookie"}, False, False),
    ],
    ids=["says that it may be", "says nothing", "sets a cookie", "depends on one"],
)
def test_what_does_not_say_that_it_may_be_kept_is_kept_by_nobody(rf, headers, cookie, kept):
    answer = HttpResponse(headers=headers)
    if cookie:
        answer.set_cookie("x", "y")
    given = keep_private_by_default(lambda request: answer)(rf.get("/"))
    assert (given["Cache-Control"] == "private, no-store") is not kept
    assert given.has_header("X-Accel-Expires") is kept


# What the public cannot see, before or after; all other deeds are done below.
BEHIND_THE_SCENES = {
    "Copied", "answer_query", "approve", "approve_together", "ask", "claim", "claim_for_ocr", "claim_for_reading",
    "all_waiting", "anybody_entered", "claim_next", "confirm_table", "drop", "drop_correction", "earlier_letter",
    "edition", "enter_query", "entered_by", "finish_reading", "finish_unreadable", "give_access", "give_back",
    "hand_to_ocr", "has_entered", "hashed", "hold_back", "keep_view", "let_go", "may_confirm",
    "contradictions_of", "new_contradictions", "obstacles", "open_problems", "open_queries", "preview_table", "queue",
    "read_again", "receive", "receive_table", "Refused", "release", "save_review", "schedule_warnings",
    "sweep", "take_back", "take_report", "takes_two", "to_confirm", "waiting", "waiting_corrections",
    "waiting_of", "why_no_copy", "with_access",
}  # fmt: skip


def save_report(letter, by):
    letter.review.national_report_title = "Another title"
    workflow.save_report(letter.review, ["national_report_title"], by)


def say_no_letter(letter, by):
    return workflow.say_no_letter(letter.review, factories.council("Othertown Council"), "None was sent.", by)


def publish_now(letter, by):
    late = factories.approved_letter(letter.review, by, factories.council("Late Council"))
    workflow.publish_now(late, by)


def publish_later(letter, by):
    late = factories.approved_letter(letter.review, by, factories.council("Late Council"))
    workflow.publish_later(late, by, clock.now() + timedelta(days=1))


def correct(letter, by):
    numbers = Numbers(percent=Decimal(50), numerator=1, denominator=2, average=Decimal(45))
    workflow.correct(letter, by, "upheld", numbers, reason="Misread.", note="One of two.")


def confirm_correction(letter, by):
    with override_settings(TWO_PEOPLE=True):
        correct(letter, by)
        assert not Change.objects.exists()
        workflow.confirm_correction(Correction.objects.get(), factories.staff("second"))


def confirm(letter, by):
    with override_settings(TWO_PEOPLE=True):
        proposal = workflow.schedule(factories.edition(2021), HOUR.replace(year=2021), by, acknowledged=True)
        assert not Change.objects.exists()
        workflow.confirm(proposal, factories.staff("second"), acknowledged=True)


def withdraw_access(letter, by):
    """Of an edition to come; whose list is public once it is."""
    later = factories.approved_letter(factories.edition(2021), by, factories.council("Later Council"))
    workflow.schedule(later.review, HOUR.replace(year=2021), by, acknowledged=True)
    opens, closes = HOUR + timedelta(hours=1), HOUR + timedelta(hours=2)
    access, _ = workflow.give_access(
        later.review, by, Person("A", "B", "C", "a@example.org"), [later], opens_at=opens, closes_at=closes
    )
    Change.objects.all().delete()
    workflow.withdraw_access(access, by)


def index_all(letter, by):
    """PostgreSQL changes no table of which it has still to check rows, as here those of the test itself."""
    connection.check_constraints()
    workflow.index_all()


DEEDS = {
    "confirm": confirm,
    "withdraw_access": withdraw_access,
    "publish_access_list": lambda letter, by: workflow.publish_access_list(letter.review, by),
    "correct": correct,
    "confirm_correction": confirm_correction,
    "publish_now": publish_now,
    "publish_later": publish_later,
    "withdraw": lambda letter, by: workflow.withdraw(letter, by, "Sent in error."),
    "withdraw_edition": lambda letter, by: workflow.withdraw_edition(letter.review, by, "Leaked."),
    "save_report": save_report,
    "put_clean_report": lambda letter, by: workflow.put_clean_report(letter.review, b"%PDF-1.7 anew"),
    "say_no_letter": say_no_letter,
    "unsay_no_letter": lambda letter, by: workflow.unsay_no_letter(say_no_letter(letter, by), by),
    "keep_copy": lambda letter, by: workflow.keep_copy(letter, workflow.Copied(b"%PDF-1.7 anew")),
    "index_all": index_all,
    "keep_pages": lambda letter, by: workflow.keep_pages(letter, [Page(1, 595.0, 842.0, ())]),
    # An hour to come too: what the proxy keeps, it keeps until the hour that it knew of.
    "schedule": lambda letter, by: workflow.schedule(
        factories.edition(2021), HOUR.replace(year=2021), by, True
    ),
    "unschedule": lambda letter, by: workflow.unschedule(factories.edition(2021), by),
}


def test_each_deed_either_tells_the_proxies_or_is_none_that_the_public_sees():
    assert set(workflow.__all__) == BEHIND_THE_SCENES | set(DEEDS)


@pytest.mark.parametrize("deed", DEEDS)
def test_what_the_public_sees_is_told_to_the_proxies(staff, with_proxy, deed):
    letter = scheduled(staff, HOUR)
    with time_machine.travel(HOUR + MINUTE, tick=False):
        Change.objects.all().delete()
        DEEDS[deed](letter, staff)
    assert Change.objects.exists()


def test_what_was_never_public_is_told_to_nobody(staff, with_proxy):
    letter = scheduled(staff, HOUR)
    Change.objects.all().delete()
    with time_machine.travel(HOUR - MINUTE, tick=False):
        workflow.keep_pages(letter, [])
        workflow.withdraw(letter, staff, "Sent in error.")
    assert not Change.objects.exists()


def test_guidance_and_the_register_are_told_too(staff, with_proxy, client):
    editing.save_draft("about", 0, staff, title="About", text="Words.", summary="x")
    assert not Change.objects.exists()
    editing.publish("about", 2, staff)
    assert Change.objects.count() == 1
    editing.take_off("about", 2, staff)
    load_register()
    client.force_login(staff)
    body = factories.council("Sometown Council")
    before = Change.objects.count()
    client.post(reverse("admin:councils_council_delete", args=[body.pk]), {"post": "yes"})
    assert (before, Change.objects.count()) == (3, 4)


def test_without_a_proxy_of_our_own_nothing_is_noted(staff):
    scheduled(staff, HOUR)
    assert not Change.objects.exists()
    with pytest.raises(CommandError, match="knows of no proxy"):
        call_command("purge_proxies")


def test_a_proxy_that_cannot_be_told_fails_the_command(with_proxy):
    with pytest.raises(CommandError, match="Not every proxy could be told"):
        call_command("purge_proxies")
