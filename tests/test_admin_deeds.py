"""What is done with one letter: hold back, release, publish, take back, read again, withdraw; and its files."""

import io
from datetime import datetime as DateTime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from PIL import Image

from demonstration.printing import print_letter
from demonstration.published import WELLINGBOROUGH_2020
from letters import clock, published, reading, workflow
from letters.models import Letter, Part, State
from tests import factories
from tests.staff_pages import hidden, page_of, text

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
BEFORE, AFTER = HOUR - timedelta(days=1), HOUR + timedelta(days=1)
BUTTONS = {
    "hold-back": "Hold back",
    "release": "No longer hold back",
    "publish-now": "Publish now",
    "take-back": "Take the approval back",
    "read-again": "Read the letter again",
}


@pytest.fixture
def browser(client):
    return client


def do(client, letter, deed, revision=None):
    kind = "reviewing" if deed in {"take-back", "read-again"} else "publishing"
    where = reverse(f"admin:letters_letter_{kind}", args=[letter.pk, deed])
    return client.post(where, {"revision": revision or letter.revision}, follow=True)


@pytest.fixture
def letter(staff):
    """A letter approved before the hour of its edition."""
    review = factories.edition(2020)
    with time_machine.travel(BEFORE, tick=False):
        row = factories.approved_letter(review, staff)
        workflow.schedule(review, HOUR, staff, acknowledged=True)
    return row


def buttons(page) -> set[str]:
    return {deed for deed, label in BUTTONS.items() if f'class="button">{label}</button>' in page}


@pytest.mark.parametrize(
    ("prepare", "when", "offered"),
    [
        (None, BEFORE, {"hold-back", "take-back"}),
        ("hold_back", BEFORE, {"release", "take-back"}),
        ("hold_back", AFTER, {"publish-now", "take-back"}),
        (None, AFTER, set()),
        ("take_back", BEFORE, {"read-again"}),
    ],
    ids=["approved", "held back", "held back, the hour past", "public", "to be reviewed"],
)
def test_a_letter_offers_what_can_be_done_with_it(browser, staff, letter, prepare, when, offered):
    with time_machine.travel(BEFORE, tick=False):
        if prepare:
            getattr(workflow, prepare)(letter, staff)
    with time_machine.travel(when, tick=False):
        browser.force_login(staff)
        page = text(browser.get(page_of(letter)))
    assert buttons(page) == offered
    assert "Withdraw …" in page


def test_held_back_it_is_not_public_at_the_hour_and_then_published_by_itself(browser, staff, letter):
    with time_machine.travel(BEFORE, tick=False):
        browser.force_login(staff)
        assert "Held back: it will not go with its edition." in text(do(browser, letter, "hold-back"))
    assert not published.is_public(letter, HOUR)
    with time_machine.travel(AFTER, tick=False):
        browser.force_login(staff)
        letter.refresh_from_db()
        assert "Published." in text(do(browser, letter, "publish-now"))
    assert published.is_public(letter, AFTER)


@pytest.mark.parametrize(
    ("deed", "when", "says"),
    [
        ("publish-now", BEFORE, "The edition's hour has not come"),
        ("hold-back", AFTER, "This letter is public already."),
        ("take-back", AFTER, "This letter is public."),
        ("release", BEFORE, "changed since you opened it"),
        ("read-again", BEFORE, "changed since you opened it"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(browser, staff, letter, deed, when, says):
    """T71: a direct POST that no button offers."""
    with time_machine.travel(when, tick=False):
        browser.force_login(staff)
        assert says in text(do(browser, letter, deed))
    before = letter.revision
    letter.refresh_from_db()
    assert (letter.state, letter.revision, letter.held_back) == (State.APPROVED, before, False)


@pytest.mark.parametrize("revision", ["99", "0", "", "x"])
def test_a_stale_page_does_nothing(browser, staff, letter, revision):
    with time_machine.travel(BEFORE, tick=False):
        browser.force_login(staff)
        where = reverse("admin:letters_letter_publishing", args=[letter.pk, "hold-back"])
        page = text(browser.post(where, {"revision": revision}, follow=True))
    assert "Open the letter again" in page or "changed since you opened it" in page
    letter.refresh_from_db()
    assert not letter.held_back


def test_a_deed_that_does_not_exist_is_not_found(browser, staff, letter):
    browser.force_login(staff)
    assert do(browser, letter, "erase").status_code == 404


def test_withdrawing_asks_first_and_says_who_will_read_the_reason(browser, staff, letter):
    where = reverse("admin:letters_letter_withdraw", args=[letter.pk])
    for when, says in ((BEFORE, "the public will never know of it"), (AFTER, "This letter is public.")):
        with time_machine.travel(when, tick=False):
            browser.force_login(staff)
            assert says in text(browser.get(where))
    letter.refresh_from_db()
    assert letter.state == State.APPROVED


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"note": ""}, "Say why the letter is withdrawn."),
        ({"note": "   "}, "Say why the letter is withdrawn."),
        ({"note": "x" * 1001}, "at most 1000 characters"),
        ({"note": "Wrong.", "revision": 99}, "changed since you opened it"),
    ],
)
def test_a_withdrawal_without_a_reason_or_of_a_changed_letter_is_refused(browser, staff, letter, sent, says):
    browser.force_login(staff)
    where = reverse("admin:letters_letter_withdraw", args=[letter.pk])
    assert says in text(browser.post(where, hidden(browser.get(where)) | sent))
    letter.refresh_from_db()
    assert letter.state == State.APPROVED


def test_withdrawn_it_is_gone_at_once_and_leaves_the_note(browser, staff, letter):
    """T87"""
    assert published.is_public(letter, AFTER)
    with time_machine.travel(AFTER, tick=False):
        browser.force_login(staff)
        where = reverse("admin:letters_letter_withdraw", args=[letter.pk])
        sent = hidden(browser.get(where)) | {"note": "Sent to the wrong council."}
        page = text(browser.post(where, sent, follow=True))
    assert "Why it was withdrawn: Sent to the wrong council." in page
    assert buttons(page) == set()
    assert "Withdraw …" not in page
    assert not published.is_public(letter, AFTER)
    assert [row.withdrawal_note for row in published.withdrawn(AFTER)] == ["Sent to the wrong council."]


def test_who_withdraws_a_letter_that_somebody_else_has_just_withdrawn_is_told_so(browser, staff, letter):
    where = reverse("admin:letters_letter_withdraw", args=[letter.pk])
    with time_machine.travel(AFTER, tick=False):
        browser.force_login(staff)
        sent = hidden(browser.get(where)) | {"note": "Sent twice."}
        workflow.withdraw(letter, factories.staff("second"), "Sent to the wrong council.")
        for answer in (browser.post(where, sent, follow=True), browser.get(where, follow=True)):
            assert "was withdrawn already, by second. Nothing was changed." in text(answer)
            assert "the public will never know" not in text(answer)
        with pytest.raises(workflow.Refused, match="was withdrawn already"):
            workflow.withdraw(letter, staff, "Sent twice.")
    letter.refresh_from_db()
    assert letter.withdrawal_note == "Sent to the wrong council."


def test_t71_a_note_for_the_record_is_not_published_because_the_hour_has_come_meanwhile(
    browser, staff, letter
):
    where = reverse("admin:letters_letter_withdraw", args=[letter.pk])
    note = {"note": "Ms Example sent the wrong one."}
    with time_machine.travel(BEFORE, tick=False):
        browser.force_login(staff)
        before = hidden(browser.get(where))
    with time_machine.travel(AFTER, tick=False):
        browser.force_login(staff)
        shown = browser.post(where, note | before)
        assert published.is_public(letter, AFTER)
        for words in ("has become public after", "This letter is public.", "Ms Example sent the wrong one."):
            assert words in text(shown)
        browser.post(where, {"note": "Sent to the wrong council."} | hidden(shown))
    assert not published.is_public(letter, AFTER)


# --- the letter's files


@pytest.fixture
def printed(staff):
    """A real PDF, received and read."""
    row = workflow.receive(print_letter(WELLINGBOROUGH_2020), "wellingborough.pdf", staff)
    reading.read(str(row.pk))
    row.refresh_from_db()
    return row


def test_a_letter_read_in_earnest_stands_on_its_page(browser, staff, printed):
    factories.council("Wellingborough Borough Council")
    browser.force_login(staff)
    do(browser, printed, "read-again")
    reading.read(str(printed.pk))
    page = text(browser.get(page_of(printed)))
    assert "Wellingborough Borough Council, 2019–20" in page
    assert "Ready to approve." in page
    for shown in (
        "Read by both readers.",
        "“100% of complaints we investigated were upheld.”",
        "1 April 2019 to 31 March 2020",
    ):
        assert shown in page


def test_pages_are_pictures(browser, staff, printed):
    browser.force_login(staff)
    for number in range(1, printed.page_count + 1):
        answer = browser.get(reverse("admin:letters_letter_picture", args=[printed.pk, number]))
        assert answer.headers["Content-Type"] == "image/webp"
        with Image.open(io.BytesIO(answer.content)) as image:
            assert (image.format, image.width) == ("WEBP", 900)


@pytest.mark.parametrize("number", [0, 99, 10**9])
def test_pages_that_a_letter_does_not_have_are_not_found(browser, staff, printed, number):
    browser.force_login(staff)
    assert browser.get(reverse("admin:letters_letter_picture", args=[printed.pk, number])).status_code == 404


def test_a_file_that_cannot_be_drawn_has_no_pictures(browser, staff):
    letter = factories.letter(by=staff, state=State.UNREADABLE)
    browser.force_login(staff)
    assert browser.get(reverse("admin:letters_letter_picture", args=[letter.pk, 1])).status_code == 404
    page = text(browser.get(page_of(letter)))
    assert "There are no pictures of this letter’s pages." in page


def test_the_pdf_is_shown_and_can_do_nothing(browser, staff, printed):
    browser.force_login(staff)
    answer = browser.get(reverse("admin:letters_letter_pdf", args=[printed.pk]))
    assert b"".join(answer.streaming_content) == print_letter(WELLINGBOROUGH_2020)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{printed.pk}.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_reading_again_asks_where_somebody_has_entered_something(browser, staff):
    letter = factories.letter(by=staff)
    browser.force_login(staff)
    asks = "What was entered by hand goes: council, year, addressee, days and figures."
    assert asks not in text(browser.get(page_of(letter)))
    Part.objects.create(letter=letter, by=staff, of=Part.Of.ENTERED)
    page = text(browser.get(page_of(letter)))
    assert f"<details><summary>Read the letter again …</summary><p>{asks} The history keeps them.</p>" in page


def test_reading_again_forgets_what_was_proposed(browser, staff):
    letter = factories.letter(by=staff)
    browser.force_login(staff)
    do(browser, letter, "read-again")
    row = Letter.objects.get(pk=letter.pk)
    assert row.state == State.RECEIVED
    assert not row.statistics.exists()
    assert row.queued_at <= clock.now()
