"""Following a figure to its place in the letter, in a real browser."""

from datetime import datetime as DateTime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import expect

from letters import reading, workflow
from letters.models import Letter
from tests import factories, odd_pdfs

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
COUNCIL = "/your-councils-performance/wellingborough-borough-council"
LETTER = f"{COUNCIL}/annualletters/2020"


@pytest.fixture(scope="module")
def site(kept_server):
    """A council with a letter that was really read from a PDF, and published."""
    staff = factories.staff()
    council = factories.council("Wellingborough Borough Council")
    with time_machine.travel(HOUR, tick=False):
        letter = workflow.receive(odd_pdfs.letter(), "letter.pdf", staff)
        reading.read(str(letter.pk))
        Letter.objects.filter(pk=letter.pk).update(council=council)
        letter.refresh_from_db()
        workflow.approve(letter, staff, reason="As printed.")
        workflow.schedule(letter.review, HOUR, staff, acknowledged=True)
    return kept_server


@pytest.mark.parametrize("javascript", [True, False])
def test_from_a_figure_to_its_line_in_the_letter_and_back_by_keyboard(site, chromium, javascript):
    context = chromium.new_context(java_script_enabled=javascript, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(f"{site}{COUNCIL}/statistics?year=2020")
    page.locator("#upheld summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{LETTER}/pages/2#upheld")
    page.wait_for_load_state("networkidle")
    picture, mark = page.locator(".sheet img"), page.locator("#upheld rect").first
    assert picture.evaluate("each => each.naturalWidth") == 1000
    assert mark.evaluate("each => getComputedStyle(each).strokeWidth") == "3px"
    sheet, box = picture.bounding_box(), mark.bounding_box()
    assert sheet["x"] <= box["x"]
    assert box["x"] + box["width"] <= sheet["x"] + sheet["width"]
    assert 0 <= box["y"] < 800
    back = page.locator("#upheld-words").get_by_role("link")
    back.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{COUNCIL}/statistics?year=2020#upheld")
    context.close()


def test_from_the_list_of_letters_to_a_line_of_one_and_its_mark(site, page, accessible):
    page.goto(f"{site}{COUNCIL}/annualletters")
    page.get_by_role("link", name="Letter of 22 July 2020 for 2019–20").first.click()
    page.wait_for_url(f"**{LETTER}")
    accessible(page)
    page.get_by_role("link", name="67% of complaints we investigated were upheld.").click()
    page.wait_for_url(f"**{LETTER}/pages/2#upheld")
    accessible(page)
    page.get_by_role("link", name="Previous page").click()
    page.wait_for_url(f"**{LETTER}/pages/1")
    page.get_by_role("link", name="This page as text").click()
    page.wait_for_url(f"**{LETTER}#page-1")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_moves_when_the_picture_arrives(site, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}{LETTER}/pages/2", wait_until="commit")
    moved = page.evaluate(
        """() => new Promise(done => {
            let sum = 0
            new PerformanceObserver(list => list.getEntries().forEach(each => { sum += each.value }))
                .observe({type: 'layout-shift', buffered: true})
            const wait = () => document.querySelector('.sheet img')?.complete && document.readyState === 'complete'
                ? setTimeout(() => done(sum), 200) : setTimeout(wait, 50)
            wait()
        })"""
    )
    assert moved == 0
    sheet = page.locator(".sheet").bounding_box()
    picture = page.locator(".sheet img").bounding_box()
    assert abs(sheet["height"] - picture["height"]) <= 2


def test_on_paper_the_words_and_the_quotations_stand(site, page):
    page.emulate_media(media="print")
    page.goto(f"{site}{LETTER}/pages/2")
    expect(page.get_by_text("“67% of complaints we investigated were upheld.”")).to_be_visible()
    expect(page.locator(".sheet img")).to_be_visible()
    expect(page.get_by_text(f"{LETTER}/pages/2").last).to_be_visible()
    page.goto(f"{site}{LETTER}")
    expect(page.get_by_text("This is our annual summary of statistics")).to_be_visible()
