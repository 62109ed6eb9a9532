"""The comparison in a real browser: at every width, by keyboard, without JavaScript, on paper."""

import re
from datetime import datetime as DateTime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import expect

from letters import workflow
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
SIMILAR = "/compare?council=town-3-council&year=2020&figure=upheld&with=similar"
NEAREST = "/compare?council=town-3-council&year=2020&figure=upheld&with=nearest"
LIST = "/compare?council=town-3-council&year=2020&figure=upheld&with=list&councils=town-1-council"


@pytest.fixture(scope="module")
def site(kept_server):
    """Twenty councils with a letter, one of them with a long name, and one without."""
    staff = factories.staff()
    place = {"latitude": 52.0, "region": "South West"}
    with time_machine.travel(HOUR, tick=False):
        for number in range(1, 21):
            name = f"Town {number} Council" if number != 4 else "Bournemouth, Christchurch and Poole Council"
            council = factories.council(name, longitude=-number / 10, **place)
            figure = factories.figure(
                percent=Decimal((200 * (number // 2) + number) // (2 * number)),
                numerator=number // 2,
                denominator=number,
            )
            factories.public_letter(factories.edition(2020), staff, council, figures=[figure])
        factories.council("Town Without Council", longitude=-0.35, **place)
        workflow.schedule(factories.edition(2020), HOUR, staff, acknowledged=True)
    return kept_server


@pytest.mark.parametrize("address", [SIMILAR, f"{SIMILAR}&sort=-rate", NEAREST, LIST, f"{LIST}&q=town"])
def test_the_comparison_is_accessible_and_fits(site, page, accessible, address):
    page.goto(site + address)
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        # Between a phone's width and a desk's there is nothing new for axe to find.
        if width != 768:
            accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.locator(".plot").first.bounding_box()["width"] <= width
        # Words in a drawing neither leave it nor run into one another.
        assert page.evaluate(
            """() => [...document.querySelectorAll('.plot')].every(plot => {
                const boxes = [...plot.querySelectorAll('text')].map(text => text.getBoundingClientRect());
                return boxes.every((one, place) => one.left >= 0 && one.right <= innerWidth
                    && boxes.slice(place + 1).every(two => one.right <= two.left || two.right <= one.left
                        || one.bottom <= two.top + 3 || two.bottom <= one.top + 3));
            })"""
        ), address


def test_hundreds_of_points_are_no_tab_stops(site, page):
    page.goto(site + SIMILAR)
    assert page.locator(".plot a").count() >= 39
    focused = []
    for _ in range(60):
        page.keyboard.press("Tab")
        inside = page.evaluate("document.activeElement.closest('.plot') !== null")
        focused.append((page.evaluate("document.activeElement.textContent.trim()"), inside))
    assert not any(inside for _, inside in focused)
    assert "Town 20 Council" in [words for words, _ in focused]


def test_points_lie_where_their_numbers_say(site, page):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(site + SIMILAR)
    plot = page.locator("figure").nth(1)
    left, right = (plot.locator("text", has_text=re.compile(f"^{base}$")).bounding_box() for base in (0, 20))
    axis = [box["x"] + box["width"] / 2 for box in (left, right)]
    point = plot.locator("a", has_text="Town 10 Council: 5 of 10").locator("circle").bounding_box()
    assert point["x"] + point["width"] / 2 == pytest.approx(sum(axis) / 2, abs=1)


def test_the_table_keeps_its_meaning_where_a_phone_shows_it_in_lines(site, page):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(site + LIST)
    expect(page.get_by_role("row", name="Town 1 Council 0 of 1 too few to compare 0% 45%")).to_be_visible()


def test_on_paper_the_drawings_and_their_address_stand(site, page):
    page.goto(site + SIMILAR)
    page.emulate_media(media="print")
    expect(page.locator(".plot")).to_have_count(2)
    for plot in page.locator(".plot").all():
        expect(plot).to_be_visible()
    expect(page.get_by_text("The lowest and highest counts")).to_have_count(1)
    address = page.get_by_text(f"Address of this page: {SIMILAR}").or_(page.locator(".on-paper"))
    expect(address.first).to_be_visible()
    expect(page.get_by_role("button", name="Show")).to_be_hidden()


@pytest.mark.parametrize("address", [SIMILAR, NEAREST])
def test_in_the_readers_own_colours_nothing_is_drawn_in_the_colour_of_the_page(site, page, address):
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.goto(site + address)
    odd = page.evaluate(
        """() => {
            const sample = document.body.appendChild(document.createElement('p'));
            const own = new Set(['none', ...['CanvasText', 'Canvas', 'GrayText'].map(name => {
                sample.style.color = name;
                return getComputedStyle(sample).color;
            })]);
            const drawn = '.plot :is(line, polyline, circle, text), .key :is(path, circle)';
            const shapes = [...document.querySelectorAll(drawn)];
            return shapes.filter(shape => {
                const {fill, stroke} = getComputedStyle(shape);
                const isLine = shape.matches('line, polyline, path');
                return !own.has(stroke) || !(isLine || own.has(fill));
            }).map(shape => shape.getAttribute('class'));
        }"""
    )
    assert odd == []
