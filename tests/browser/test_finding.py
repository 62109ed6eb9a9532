"""Finding a council as one types: by keyboard, on a phone, for screen readers, and when there is no script."""

from datetime import date

import pytest
from playwright.sync_api import expect

from councils.models import Succession
from tests import factories

pytestmark = pytest.mark.django_db

AT = "/your-councils-performance"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture(scope="module")
def site(kept_server):
    new = factories.council("North Northamptonshire Council", kind="unitary")
    old = factories.council("Wellingborough Borough Council", last_day=date(2021, 3, 31))
    Succession.objects.create(predecessor=old, successor=new, day=date(2021, 4, 1), how="merged")
    factories.council("Well <img src=x onerror=alert(1)> Council", slug="well-council")
    return kept_server


def typed(page, text):
    page.get_by_role("combobox").click()
    page.keyboard.type(text, delay=20)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", ["/", "/councils", "/councils?q=nowhere", "/compare"])
def test_the_open_list_is_accessible_and_fits(site, watched, accessible, width, address):
    page = watched
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + address)
    expect(page.locator("[role=option]")).to_have_count(0)
    if address == "/councils?q=nowhere":
        assert page.get_by_role("combobox").input_value() == "nowhere"
        page.get_by_role("combobox").fill("")
    typed(page, "well")
    page.get_by_role("option").nth(1).wait_for()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("ArrowDown")
    page.locator("[role=option][aria-selected=true]").wait_for()
    accessible(page)
    assert page.refused == []
    assert all(url.startswith(site) for url in page.asked)
    assert page.context.cookies() == []


def test_from_a_misspelling_to_the_page_by_keyboard(site, page):
    page.goto(site)
    typed(page, "wellinb")
    option = page.get_by_role("option")
    option.wait_for()
    assert option.inner_text().split("\n") == [
        "Did you mean Wellingborough Borough Council",
        "District council, abolished 2021, see North Northamptonshire Council",
    ]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{AT}/wellingborough-borough-council/statistics")


def test_names_stay_words(site, page):
    """T63: the list is made of markup, the names in it are not."""
    page.goto(site)
    typed(page, "well img")
    page.get_by_role("option", name="Well <img src=x onerror=alert(1)> Council").wait_for()
    expect(page.locator("[role=option] img")).to_have_count(0)


def test_enter_searches_for_what_was_typed_whether_or_not_the_list_is_open(site, page):
    page.goto(site)
    typed(page, "well")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/councils?q=well")
    typed(page, "")
    expect(page.get_by_role("option")).to_have_count(0)
    page.get_by_role("combobox").fill("wellinb")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option").first).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/councils?q=wellinb")
    expect(page.get_by_role("heading", name="No council is called “wellinb”")).to_be_visible()


@pytest.mark.parametrize("then", [["Backspace"] * 4, ["Escape"]], ids=["emptied", "closed"])
def test_an_answer_that_comes_late_opens_no_list_again(site, page, then):
    page.route("**/councils/suggest*", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.goto(site)
    with page.expect_request("**/councils/suggest?q=well"):
        typed(page, "well")
    for key in then:
        page.keyboard.press(key)
    page.wait_for_timeout(600)
    expect(page.get_by_role("option").first).to_be_hidden()


def test_a_council_is_chosen_for_a_comparison(site, page):
    page.goto(f"{site}/compare")
    typed(page, "north north")
    page.get_by_role("option").click()
    page.wait_for_url("**/compare?council=north-northamptonshire-council*")
    expect(page.get_by_text("No letters are published")).to_be_visible()


def test_postcodes_are_not_sent_while_they_are_typed(site, watched):
    page = watched
    page.goto(site)
    with page.expect_request("**/councils/suggest?q=north"):
        typed(page, "north")
    for text in ("NN8 1BP", "e10 1aa", "E07"):
        page.get_by_role("combobox").fill("")
        typed(page, text)
        page.wait_for_timeout(400)
    # On a slow machine a pause between two letters may be long enough to ask for what is there by then.
    asked = [url.rsplit("=")[-1] for url in page.asked if "suggest" in url]
    assert asked[-1] == "north"
    assert all("north".startswith(typed_so_far) for typed_so_far in asked)
    with page.expect_request("**/councils/suggest?q=e0700"):
        page.get_by_role("combobox").fill("e0700")


def test_an_error_is_told_with_the_field(site, page, accessible):
    page.goto(f"{site}/councils?q=")
    description = page.evaluate(
        "document.getElementById(document.querySelector('[role=combobox]').getAttribute('aria-describedby')).textContent"
    )
    assert "For example, York" in description
    assert "Error: Enter the name of a council" in description
    field = page.get_by_role("combobox")
    field.fill("x")  # the list takes away what describes a field that is not empty
    page.locator("[role=combobox][aria-describedby=q-error]").wait_for()
    expect(page.locator("#q-error")).to_contain_text("Enter the name of a council", use_inner_text=True)
    assert field.get_attribute("aria-invalid") == "true"
    accessible(page)


def test_on_an_iphone_the_policy_refuses_nothing(site, chromium):
    context = chromium.new_context(user_agent=IPHONE, viewport={"width": 375, "height": 700}, has_touch=True)
    page = context.new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(site)
    page.get_by_role("combobox").tap()
    page.keyboard.type("wellinb")
    page.get_by_role("option").wait_for()
    assert "1 of 1" not in page.get_by_role("option").inner_text()
    assert refused == []
    page.get_by_role("option").tap()
    page.wait_for_url(f"**{AT}/wellingborough-borough-council/statistics")
    context.close()


def test_without_script_the_form_finds_the_same(site, chromium):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(site)
    page.get_by_label("Find a council").fill("wellinborough")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Wellingborough Borough Council").click()
    page.wait_for_url(f"**{AT}/wellingborough-borough-council/statistics")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Wellingborough Borough Council", use_inner_text=True
    )
    context.close()
