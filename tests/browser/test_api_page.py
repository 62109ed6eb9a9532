"""The page about the API: an address is tried on it, with nothing from elsewhere and within the policy of the site."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_address_is_tried_on_the_page(live_server, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/api/v1/")
    page.get_by_role("button", name="Show what can be asked").click()
    page.locator("#operations-editions-list_editions .opblock-summary-control").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    page.locator(".live-responses-table .response-col_status", has_text="200").wait_for()
    assert f"{live_server.url}/api/v1/editions?from_year=2020&to_year=2024&limit=100" in asked
    assert all(url.startswith((live_server.url, "data:", "blob:")) for url in asked)
