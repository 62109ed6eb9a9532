"""Writing guidance in a real browser: wide and narrow, by keyboard, without JavaScript; and what it becomes."""

from dataclasses import replace

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from guidance import editing, published, standing
from guidance.shipped import SHIPPED
from tests import factories
from tests.browser.moving import click, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

SLUG = "how-to-complain"
EDIT = f"/admin/guidance/page/{SLUG}/change/"
TEXT = """Short answer.

| Year | What changed in that year |
| --- | --- |
| 2020–21 | Donaudampfschifffahrtsgesellschaftskapitaenswitwenversicherung |

1. one
   * two [a link](https://example.org/averyveryveryveryveryveryveryveryverylongaddressthatdoesnotbreak)

> Set apart

    as-it-is-written-without-a-break-as-it-is-written-without-a-break
"""


@pytest.fixture
def staff(transactional_db):
    return factories.staff()


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_of_writing_is_accessible_and_fits(
    live_server, page, accessible, staff, width, monkeypatch
):
    editing.save_draft(SLUG, 0, staff, title="A title", text=TEXT, summary="A start")
    editing.publish(SLUG, 2, staff)
    editing.save_draft(SLUG, 2, staff, title="A title", text=TEXT.replace("one", "another"), summary="x")
    editing.save_draft(SLUG, 3, staff, title="A title", text=TEXT.replace("two", "three"), summary="x")
    other = replace(SHIPPED[SLUG], text="New in this release.\n")
    monkeypatch.setattr(standing, "SHIPPED", dict(SHIPPED) | {SLUG: other})
    refused = []
    page.on("console", lambda said: "Content Security Policy" in said.text and refused.append(said.text))
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, live_server)
    for address in (
        EDIT,
        f"/{SLUG}",
        "/guidance",
        reverse("admin:guidance_page_changelist"),
        reverse("admin:guidance_page_add"),
        reverse("admin:guidance_page_history", args=[SLUG]),
        reverse("admin:guidance_page_preview", args=[SLUG, 4]),
        reverse("admin:guidance_page_compare", args=[SLUG]) + "?from=2&to=4",
    ):
        page.goto(live_server.url + address)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert refused == [], address
        accessible(page)
        refused.clear()


def test_refusals_are_accessible_too(live_server, page, accessible, staff):
    sign_in(page, live_server)
    page.goto(live_server.url + EDIT)
    page.get_by_label("Text").fill("# Wrong\n\n{{ nothing }}")
    editing.save_draft(SLUG, 0, staff, title="A title", text=TEXT, summary="A start")
    page.get_by_label("What you changed").fill("x")
    click(page, page.get_by_role("button", name="Save draft", exact=True))
    expect(page.get_by_text("There is no placeholder {{ nothing }}")).to_be_visible()
    accessible(page)
    page.get_by_label("Text").fill("Right.")
    click(page, page.get_by_role("button", name="Save draft", exact=True))
    expect(page.get_by_text("Nothing of yours is lost")).to_be_visible()
    accessible(page)


def test_from_the_list_to_the_public_page_by_keyboard_without_javascript(live_server, chromium, staff):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    sign_in(page, live_server)
    page.goto(live_server.url + reverse("admin:guidance_page_changelist"))
    press(page, page.get_by_role("link", name="How to complain about a council"))
    write(page, page.get_by_label("Text"), "Go to [privacy](/privacy).\n")
    write(page, page.get_by_label("What you changed"), "Shorter")
    press(page, page.get_by_role("button", name="Save draft and preview"))
    expect(page.get_by_text("which has not been published")).to_be_visible()
    expect(page.get_by_role("link", name="privacy", exact=True)).to_be_visible()
    press(page, page.get_by_role("link", name="Back to writing and publishing"))
    assert published.page(SLUG).text != "Go to [privacy](/privacy).\n"
    press(page, page.get_by_role("button", name="Publish the draft"))
    expect(page.get_by_text("Published: everyone sees it now.")).to_be_visible()
    page.goto(f"{live_server.url}/{SLUG}")
    press(page, page.get_by_role("link", name="privacy", exact=True))
    page.wait_for_url("**/privacy")
    context.close()


def press(page, element):
    """What a keyboard does: come to the element, and press Enter on it."""
    element.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page, element, words):
    element.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
