"""The map in a real browser: at every width, by keyboard, by finger, without JavaScript, on paper."""

import re
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from councils.loading import load_register
from tests import maps

pytestmark = pytest.mark.django_db

LOOKS = {
    "leeds-city-council": maps.rate("upheld", 2025, 30, 40),
    "city-of-bradford-metropolitan-district-council": maps.rate("upheld", 2025, 1, 2),
    "wakefield-metropolitan-district-council": maps.rate("upheld", 2025, 2, 8),
    "city-of-westminster": maps.rate("upheld", 2025, 9, 9),
    "kent-county-council": maps.rate("upheld", 2025, 50, 60),
}
WHOLE = maps.address()
LEEDS = maps.address(rest="&council=leeds-city-council")
HEXAGONS = maps.address(rest="&view=hexagons")
# Presses every arrow at every area that is reached so far, from the first.
REACHED = """() => {
    const areas = [...document.querySelectorAll('#map-areas a')];
    const reached = new Set([areas[0]]), next = [areas[0]];
    while (next.length) {
        const from = next.pop();
        for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
            from.focus();
            from.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
            if (!reached.has(document.activeElement)) {
                reached.add(document.activeElement);
                next.push(document.activeElement);
            }
        }
    }
    return [areas.length, reached.size];
}"""


@pytest.fixture(scope="module")
def site(kept_server):
    load_register()
    with time_machine.travel(maps.hour_of(2025) + timedelta(days=1), tick=False):
        maps.publish(2025, {slug: [figure] for slug, figure in LOOKS.items()})
    return kept_server


def in_focus(page):
    return page.evaluate("document.activeElement.querySelector('title')?.textContent || ''")


def scale(page):
    """How many times as large as at first the map is shown."""
    return page.evaluate("2320 / document.getElementById('map').viewBox.baseVal.width")


@pytest.mark.parametrize(
    "address", [LEEDS, HEXAGONS, maps.address(kind="counties"), maps.address(kind="national-parks")]
)
def test_the_map_is_accessible_and_fits(site, page, accessible, address):
    page.goto(site + address)
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        # Between a phone's width and a desk's there is nothing new for axe to find.
        if width != 768:
            accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        box = page.locator("#map").bounding_box()
        assert 280 <= box["width"] <= width
        # Of a phone the whole map can be seen at once.
        assert box["height"] < 800
        for tool in page.locator("#map-tools button").all():
            assert min(tool.bounding_box()["width"], tool.bounding_box()["height"]) >= 44


def test_arrow_keys_go_from_neighbour_to_neighbour(site, page):
    page.goto(site + LEEDS)
    page.locator("#map-tools button").first.focus()
    page.keyboard.press("Shift+Tab")
    assert in_focus(page).startswith("Leeds City Council: 30 of 40, 75%")
    expect(page.locator("#map-said")).to_contain_text("Leeds City Council", use_inner_text=True)
    for key, name in (
        ("ArrowLeft", "City of Bradford"),
        ("ArrowRight", "Leeds"),
        ("ArrowDown", "Wakefield"),
        ("ArrowUp", "Leeds"),
    ):
        page.keyboard.press(key)
        assert in_focus(page).startswith(name)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#map-said")).to_contain_text("1 of 2, 50%, too few to compare")
    page.keyboard.press("Enter")
    page.wait_for_url("**/city-of-bradford-metropolitan-district-council/statistics?year=2025")


def test_the_map_is_one_tab_stop_and_escape_leaves_it(site, page):
    page.goto(site + WHOLE)
    page.get_by_role("link", name="Hexagons").focus()
    page.keyboard.press("Tab")
    assert in_focus(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.zoom") == "in"
    page.keyboard.press("Shift+Tab")
    assert in_focus(page)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.zoom") == "in"


@pytest.mark.parametrize("address", [WHOLE, HEXAGONS, maps.address(kind="counties")])
def test_arrow_keys_reach_every_area(site, page, address):
    page.goto(site + address)
    areas, reached = page.evaluate(REACHED)
    assert areas in (296, 21)
    assert reached == areas


def test_what_is_in_focus_stays_in_view_however_large_the_map(site, page):
    page.goto(site + LEEDS)
    page.locator("#map-tools button").first.focus()
    page.keyboard.press("Shift+Tab")
    larger = page.get_by_role("button", name="Larger")
    for _ in range(3):
        larger.click()
    assert scale(page) == pytest.approx(1.6**3)
    page.evaluate("document.querySelector('#map-areas a[tabindex=\"0\"]').focus()")
    for key in ["ArrowLeft"] * 4 + ["ArrowDown"] * 6:
        page.keyboard.press(key)
        box, whole = (page.locator(each).bounding_box() for each in (".map__here", "#map"))
        assert whole["x"] <= box["x"] + box["width"] / 2 <= whole["x"] + whole["width"]
        assert whole["y"] <= box["y"] + box["height"] / 2 <= whole["y"] + whole["height"]
    page.get_by_role("button", name="All of England").click()
    assert scale(page) == 1
    expect(page.get_by_role("button", name="Smaller")).to_be_disabled()


def until(page, said):
    """Wait for what a script says. Asked from here, since the page's own policy forbids it to evaluate text."""
    for _ in range(600):
        if page.evaluate(said):
            return
        page.wait_for_timeout(50)
    raise AssertionError(said)


def test_a_wheel_scrolls_the_page_unless_the_key_for_zooming_is_held(site, page):
    page.goto(site + WHOLE)
    box = page.locator("#map").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 200)
    page.mouse.wheel(0, 100)
    until(page, "scrollY > 0")
    assert scale(page) == 1
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    until(page, "document.getElementById('map').viewBox.baseVal.width < 2000")
    page.keyboard.up("Control")


def test_pointing_reads_out_and_dragging_opens_nothing(site, page):
    page.goto(site + LEEDS)
    page.get_by_role("button", name="Larger").click()
    leeds = page.locator("#map-areas a", has_text="Leeds City Council").bounding_box()
    x, y = leeds["x"] + leeds["width"] / 2, leeds["y"] + leeds["height"] / 2
    page.mouse.move(x, y)
    expect(page.locator("#map-said")).to_have_text(
        re.compile(r"^Leeds City Council\s+30 of 40, 75%"), use_inner_text=True
    )
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(re.escape(LEEDS) + "$"))
    after = page.locator("#map-areas a", has_text="Leeds City Council").bounding_box()
    assert after["x"] - leeds["x"] == pytest.approx(60, abs=2)
    page.mouse.click(x + 60, y + 40)
    page.wait_for_url("**/leeds-city-council/statistics?year=2025")


def test_enter_opens_an_area_after_the_map_was_dragged(site, page):
    page.goto(site + LEEDS)
    page.get_by_role("button", name="Larger").click()
    leeds = page.locator("#map-areas a", has_text="Leeds City Council")
    box = leeds.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=4)
    page.mouse.up()
    leeds.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/leeds-city-council/statistics?year=2025")
    expect(page.get_by_role("heading", level=1)).to_have_text("Leeds City Council", use_inner_text=True)


def test_a_finger_reads_first_and_opens_then(site, chromium):
    context = chromium.new_context(has_touch=True, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(site + HEXAGONS)
    area = page.locator("#map-areas a", has_text="Leeds City Council")
    area.tap()
    until(page, "document.getElementById('map-said').textContent.includes('30 of 40')")
    expect(page).to_have_url(re.compile(re.escape(HEXAGONS) + "$"))
    area.tap()
    page.wait_for_url("**/leeds-city-council/statistics?year=2025")
    context.close()


def test_without_javascript_the_areas_are_links(site, chromium):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(site + WHOLE)
    expect(page.locator("#map-tools")).to_be_hidden()
    page.locator("#map-areas a", has_text="Westminster").click(force=True)
    page.wait_for_url("**/city-of-westminster/statistics?year=2025")
    context.close()


def test_on_paper_the_map_has_its_legend_and_address(site, page):
    page.goto(site + LEEDS)
    page.emulate_media(media="print")
    expect(page.locator("#map")).to_be_visible()
    expect(page.locator(".map-key")).to_be_visible()
    expect(page.locator("#map-tools")).to_be_hidden()
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
    expect(page.get_by_text("Address of this page")).to_be_visible()
