"""The page about the API: an address is tried on it, with nothing from elsewhere and within the policy of the site."""

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import reach

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_address_is_tried_on_the_page_by_keyboard(live_server, page, accessible):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/api/v1/")
    opened = page.locator("#operations-editions-list_editions")
    for wanted in (
        page.get_by_role("button", name="Show what can be asked"),
        opened.locator(".opblock-summary-control"),
        page.get_by_role("button", name="Try it out"),
        page.get_by_role("button", name="Execute"),
    ):
        wanted.first.wait_for()
        reach(page, wanted, presses=400)
        page.keyboard.press("Enter")
    page.locator(".live-responses-table .response-col_status", has_text="200").wait_for()
    # Nothing that was not chosen is asked for: by all examples at once nothing would be found.
    assert f"{live_server.url}/api/v1/editions" in asked
    expect(
        page.get_by_text("The years from this one on, each by the year in which it ends. Such as 2020.").first
    ).to_be_attached()
    assert all(url.startswith((live_server.url, "data:", "blob:")) for url in asked)
    accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    accessible(page)
