"""The staff pages in a real browser: wide and narrow, by keyboard, with and without JavaScript."""

from datetime import datetime as DateTime
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from demonstration.printing import print_letter
from demonstration.published import WELLINGBOROUGH_2020
from letters import clock, reading, workflow
from letters.extraction.types import Problem
from letters.models import Letter, State, Upload
from letters.workflow.prerelease import Person
from letters.workflow.reviewing import Numbers
from tests import factories
from tests.browser.moving import click, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

DIFFER = Problem("readers-differ", "upheld", "The two readers differ on the rate.")


@pytest.fixture
def letter(private_files):
    """A real letter, read, with a problem about its first figure and one about its council."""
    factories.council("Wellingborough Borough Council")
    row = workflow.receive(print_letter(WELLINGBOROUGH_2020), "wellingborough.pdf", factories.staff())
    reading.read(str(row.pk))
    problems = [
        {"code": "readers-differ", "measure": "upheld", "message": "The two readers differ on the rate."},
        {"code": "readers-differ", "measure": "compliance", "message": "The two readers differ on the base."},
    ]
    Letter.objects.filter(pk=row.pk).update(problems=problems)
    row.refresh_from_db()
    return row


def page_of(letter) -> str:
    return reverse("admin:letters_letter_change", args=[letter.pk])


def take(page, server, letter):
    page.goto(server.url + page_of(letter))
    click(page, page.get_by_role("button", name="Review this letter"))


def with_access(review, staff, letter):
    """The edition has its hour, a person has seen a letter of it and asked something; the token of their link."""
    tomorrow = clock.now() + timedelta(days=1)
    workflow.schedule(review, tomorrow, staff, acknowledged=True)
    person = Person("Ms Sample", "Link Officer", "Sometown Council", "sample@example.org")
    row, token = workflow.give_access(
        review, staff, person, [letter], opens_at=clock.now(), closes_at=tomorrow
    )
    workflow.keep_view(row, "letter", letter, clock.now())
    workflow.ask(letter, row, "Is it one complaint, or two?")
    query = workflow.enter_query(letter, staff, "Mr Example by telephone", "And the average?")
    workflow.answer_query(query, staff, "It is as printed.", led_to_change=False)
    return token


def corrected(staff):
    """A public letter with a figure that was put right."""
    letter = factories.approved_letter(factories.edition(2019), staff)
    workflow.schedule(letter.review, clock.now(), staff, acknowledged=True)
    right = Numbers(Decimal(50), None, 1, 2, Decimal(45))
    workflow.correct(letter, staff, "upheld", right, reason="A slip.", note="We had copied it wrongly.")
    return letter


def test_every_staff_page_is_accessible_and_fits(live_server, page, accessible, letter):
    review, staff = letter.review, letter.received_by
    for state in (State.READ, State.UNREADABLE, State.RECEIVED):
        factories.letter(review, staff, state)
    approved = factories.approved_letter(review, staff)
    workflow.hold_back(factories.approved_letter(review, staff), staff)
    workflow.say_no_letter(
        review, factories.council(), "The Ombudsman decided no complaints about it.", staff
    )
    lines = ["Authority,Upheld,Mystery", f"{letter.council.name},1,1", "Nowhere,1,1", "Total,2,2"]
    table = workflow.receive_table(review, "\n".join(lines).encode(), "a long name of a table.csv", staff)
    factories.council()
    token = with_access(review, staff, approved)
    public = corrected(staff)
    refused = []
    page.on("console", lambda said: "Content Security Policy" in said.text and refused.append(said.text))
    sign_in(page, live_server)
    take(page, live_server, letter)
    edition = [review.pk]
    for address in (
        "/admin/",
        page_of(letter),
        page_of(approved),
        reverse("admin:letters_letter_withdraw", args=[approved.pk]),
        reverse("admin:letters_letter_publish_later", args=[approved.pk]),
        reverse("admin:letters_letter_history", args=[approved.pk]),
        reverse("admin:letters_letter_upload"),
        reverse("admin:letters_letter_queue"),
        reverse("admin:letters_letter_changelist"),
        reverse("admin:letters_annualreview_changelist"),
        reverse("admin:letters_annualreview_change", args=edition),
        reverse("admin:letters_annualreview_schedule", args=edition),
        reverse("admin:letters_annualreview_no_letter", args=edition),
        reverse("admin:letters_annualreview_access", args=edition),
        reverse("admin:letters_annualreview_queries", args=edition),
        f"/before-publication/{token}",
        f"/before-publication/{token}/{approved.council.slug}",
        reverse("admin:letters_letter_correct", args=[public.pk]),
        reverse("admin:letters_letter_correct", args=[public.pk]) + "?figure=upheld",
        page_of(public),
        reverse("admin:letters_annualreview_contradicting", args=edition),
        reverse("admin:letters_annualreview_tables", args=edition),
        reverse("admin:letters_annualreview_table", args=[review.pk, table.pk]),
    ):
        page.goto(live_server.url + address)
        assert refused == [], address
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            accessible(page)
        # The check itself sets styles that the site's policy refuses.
        refused.clear()


def test_what_an_hour_means_is_accessible_too(live_server, page, accessible, letter):
    sign_in(page, live_server)
    page.goto(live_server.url + reverse("admin:letters_annualreview_schedule", args=[letter.review.pk]))
    page.get_by_label("Day").fill("2020-08-01")
    page.get_by_label("Time").fill("09:30")
    page.get_by_role("button", name="Show what this means").click()
    expect(page.get_by_text("1 August 2020 is a Saturday.")).to_be_visible()
    accessible(page)
    for warning in page.locator('input[name="seen"]').all():
        warning.check()
    click(page, page.get_by_role("button", name="Schedule"))
    letter.review.refresh_from_db()
    assert letter.review.publish_at == DateTime(2020, 8, 1, 9, 30, tzinfo=ZoneInfo("Europe/London"))


def test_the_upload_is_followed_without_a_reload(live_server, page, private_files):
    factories.staff()
    sign_in(page, live_server)
    page.goto(live_server.url + reverse("admin:letters_letter_upload"))
    files = [
        {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": factories.pdf_bytes()}
        for name in ("one", "two")
    ]
    page.get_by_label("Letters").set_input_files([*files, files[0] | {"name": "no.pdf", "buffer": b"no"}])
    expect(page.get_by_text("3 files chosen.")).to_be_visible()
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("2 received, 1 refused. 0 of 2 read.")).to_be_visible()
    one, two = Letter.objects.order_by("original_name")
    _, token = workflow.claim_for_reading(str(one.pk))
    workflow.finish_reading(one, token, factories.reading(), factories.council("Zyxwold Council"), [])
    expect(page.get_by_text("1 of 2 read.")).to_be_visible()
    expect(page.get_by_role("link", name="Zyxwold Council, 2019–20")).to_be_visible()
    _, token = workflow.claim_for_reading(str(two.pk))
    workflow.finish_unreadable(two, token, "It is locked.")
    expect(page.get_by_text("nothing is left to wait for")).to_be_visible()


def test_files_can_be_dropped(live_server, page):
    factories.staff()
    sign_in(page, live_server)
    page.goto(live_server.url + reverse("admin:letters_letter_upload"))
    dropped = page.evaluate_handle(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["%PDF-1.7 dropped"], "dropped.pdf", {type: "application/pdf"}));
            return data;
        }"""
    )
    page.dispatch_event(".drop-zone", "drop", {"dataTransfer": dropped})
    expect(page.get_by_text("1 file chosen.")).to_be_visible()
    # Beside the zone, and a second time: the page stays, and what was chosen before does.
    page.dispatch_event("h1", "drop", {"dataTransfer": dropped})
    expect(page.get_by_text("2 files chosen.")).to_be_visible()
    page.locator("#upload-form").evaluate(
        "form => form.addEventListener('submit', event => event.preventDefault(), {once: true})"
    )
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("2 files on the way.")).to_be_visible()
    # Pressed again while they are under way, nothing is sent a second time.
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("2 files still on the way.")).to_be_visible()
    assert not Upload.objects.exists()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("1 received, 1 refused.")).to_be_visible()


@pytest.mark.parametrize(
    ("limit", "most"), [("UPLOAD_MAX_FILES", 1), ("UPLOAD_MAX_BYTES", 6_000)], ids=["files", "bytes"]
)
def test_more_than_one_upload_may_have_is_not_sent(live_server, page, settings, limit, most):
    setattr(settings, limit, most)
    factories.staff()
    sign_in(page, live_server)
    page.goto(live_server.url + reverse("admin:letters_letter_upload"))
    files = [
        {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": b"no! " * 1_000} for name in "ab"
    ]
    chosen = page.get_by_label("Letters")
    chosen.set_input_files(files)
    expect(page.get_by_text("2 files chosen. That is more than one upload may have")).to_be_visible()
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("on the way")).to_have_count(0)
    chosen.set_input_files(files[:1])
    expect(page.get_by_text("1 file chosen.")).to_be_visible()
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("0 received, 1 refused.")).to_be_visible()


def test_field_and_box_point_at_each_other(live_server, page, letter):
    sign_in(page, live_server)
    take(page, live_server, letter)
    page.locator("#id_satisfactory-remedies-percent").focus()
    box = page.locator("#box-satisfactory-remedies-percent")
    expect(box).to_have_class("is-current")
    expect(box.locator("rect")).to_be_in_viewport()
    expect(page.locator(".is-current")).to_have_count(1)
    page.locator("#box-upheld-average").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_upheld-average")).to_be_focused()
    picture = page.locator(".sheet img").last
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 900)


def press(page, key: str):
    """An access key, which a keyboard sends with Alt as a system key; Playwright's own `press` leaves that out."""
    keyboard = page.context.new_cdp_session(page)
    event = {"modifiers": 1, "key": key, "code": f"Key{key.upper()}", "text": key, "unmodifiedText": key}
    for kind in ("rawKeyDown", "char", "keyUp"):
        keyboard.send("Input.dispatchKeyEvent", event | {"type": kind, "isSystemKey": kind == "char"})


def test_reviewing_by_keyboard(live_server, page, letter):
    other = factories.letter(letter.review, letter.received_by, problems=[DIFFER])
    sign_in(page, live_server)
    page.goto(live_server.url + reverse("admin:letters_letter_queue"))
    press(page, "n")
    page.wait_for_url(f"**{page_of(letter)}")
    # Through the problems in turn, and round again.
    for field in ("upheld-percent", "compliance-percent", "upheld-percent"):
        press(page, "j")
        expect(page.locator(f"#id_{field}")).to_be_focused()
    # Typing is typing.
    page.locator("#id_recipient_name").fill("")
    page.locator("#id_recipient_name").focus()
    page.keyboard.type("Ms Nasjp")
    expect(page.locator("#id_recipient_name")).to_have_value("Ms Nasjp")
    page.get_by_label("Why it is right all the same").fill("As printed.")
    press(page, "a")
    page.wait_for_url(f"**{page_of(other)}?previous=*")
    letter.refresh_from_db()
    assert (letter.state, letter.recipient_name) == (State.APPROVED, "Ms Nasjp")
    press(page, "p")
    page.wait_for_url(f"**{page_of(letter)}")


def test_the_focus_is_never_under_the_buttons(live_server, page, letter):
    sign_in(page, live_server)
    take(page, live_server, letter)
    page.set_viewport_size({"width": 1280, "height": 600})
    page.locator("#id_council").focus()
    buttons = page.locator(".review-buttons")
    while page.evaluate("!document.activeElement.closest('.review-buttons')"):
        focused = page.evaluate("(({bottom}) => bottom)(document.activeElement.getBoundingClientRect())")
        assert focused <= buttons.bounding_box()["y"] + 1, page.evaluate("document.activeElement.outerHTML")
        page.keyboard.press("Tab")


def test_without_javascript_everything_can_be_done(live_server, chromium, letter):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    sign_in(page, live_server)
    page.goto(live_server.url + reverse("admin:letters_letter_upload"))
    file = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": factories.pdf_bytes()}
    page.get_by_label("Letters").set_input_files([file])
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("1 received, 0 refused. 0 of 1 read.")).to_be_visible()
    page.goto(live_server.url + reverse("admin:letters_letter_queue"))
    page.get_by_role("button", name="Start with the next").click()
    page.get_by_role("link", name="Page 3: “100% of complaints we investigated were upheld.”").click()
    expect(page.locator("#box-upheld-percent rect")).to_be_in_viewport()
    page.get_by_role("link", name="The two readers differ on the rate.").click()
    expect(page.locator("#id_upheld-percent")).to_be_in_viewport()
    page.get_by_label("Why it is right all the same").fill("As printed.")
    page.get_by_role("button", name="Approve and next").click()
    expect(page.get_by_text("Nothing is left to review.")).to_be_visible()
    letter.refresh_from_db()
    assert letter.state == State.APPROVED
    context.close()
