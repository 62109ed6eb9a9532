"""The public pages in a real browser: wide and narrow, by keyboard, without JavaScript, on paper."""

from datetime import date, timedelta
from datetime import datetime as DateTime
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import override_settings
from playwright.sync_api import expect

from councils.models import Succession
from guidance import editing
from letters import workflow
from letters.workflow.reviewing import Numbers
from tests import cases, factories, releases
from tests.browser.addresses import ADDRESSES, AT, COUNCIL

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))

CUT_OFF = """[...document.querySelectorAll('table')].filter(
    each => each.getBoundingClientRect().right > document.documentElement.clientWidth
).map(each => each.outerHTML)"""
SHIFT = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(each => { sum += each.value; }))
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 300);
})"""


def letters_of_three_years(staff):
    """One council with a trend: few cases, a rate without a count, a gap and a break; and with signs."""
    council = factories.council("Cornwall Council", kind="unitary")
    for year, base, complied in ((2017, 4, 100), (2019, 20, 100), (2020, 30, 50)):
        hour = HOUR.replace(year=year)
        figures = [
            factories.figure("upheld", year, numerator=base, denominator=base),
            factories.figure("compliance", year, percent=complied, numerator=None, denominator=base),
        ]
        with time_machine.travel(hour, tick=False):
            factories.public_letter(factories.edition(year), staff, council, figures=figures)
            if year != 2020:
                workflow.schedule(factories.edition(year), hour, staff, acknowledged=True)


def correct(letter, staff):
    """One figure put right, in a year and at a length that pages have to bear."""
    note = "We had copied the count wrongly: the letter says 29, as a reader told us, and we thank them."
    right = Numbers(Decimal(97), None, 29, 30, Decimal(45))
    workflow.correct(letter, staff, "upheld", right, reason="A slip.", note=note)


@pytest.fixture(scope="module")
def site(kept_server, tmp_path_factory):
    """Two councils that became one: a letter to the one is public, the other's has been withdrawn; and a third."""
    with override_settings(DEMONSTRATION=True, CONTACT_EMAIL="figures@example.org"):
        write_rows(tmp_path_factory.mktemp("release"))
        yield kept_server


def write_rows(folder):
    staff = factories.staff()
    new = factories.council("North Northamptonshire Council", kind="unitary", first_day=date(2021, 4, 1))
    with time_machine.travel(HOUR, tick=False):
        letters_of_three_years(staff)
        review = factories.edition(2020)
        for name in ("Wellingborough Borough Council", "Corby Borough Council"):
            old = factories.council(name, last_day=date(2021, 3, 31))
            Succession.objects.create(predecessor=old, successor=new, day=date(2021, 4, 1), how="merged")
            factories.approved_letter(review, staff, old, pages=factories.SOME_PAGES)
        workflow.schedule(review, HOUR, staff, acknowledged=True)
        cases.one_of_each("Wellingborough Borough Council", "2020-01-14", HOUR)
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        newer = factories.approved_letter(review, staff, old, "The first counted a case twice.")
        workflow.publish_now(newer, staff)
        workflow.withdraw(newer, staff, "It was sent to the wrong council.")
        correct(review.letters.get(council__name="Cornwall Council"), staff)
    releases.kept(folder)
    editing.save_draft(
        "written-by-staff", 0, staff, title="By staff", text="## Words\n\nOf staff.\n", summary="x"
    )
    editing.publish("written-by-staff", 1, staff)


# Whether the words over what is open on paper look as if they could be clicked: their sign, their line.
LOOKS_OPENABLE = """each => [
    getComputedStyle(each, "::before").content,
    getComputedStyle(each.querySelector("span")).textDecorationLine,
]"""
LOOKS = [("screen", 320), ("screen", 768), ("print", 720), ("screen", 1280)]
# The pages in so many parts, each a test of its own, so that they can be looked at at the same time.
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible_and_fits(site, page, accessible, part):
    refused = []
    page.on(
        "console", lambda message: "Content Security Policy" in message.text and refused.append(message.text)
    )
    for address in ADDRESSES[part::PARTS]:
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 320, "height": 800})
        page.goto(site + address)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate("[...document.styleSheets].some(each => each.cssRules.length)"), address
        assert_headings_are_in_order(page, address)
        for media, width in LOOKS:
            page.emulate_media(media=media)
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            assert page.evaluate(CUT_OFF) == [], address
            # Between a phone's width and a desk's there is nothing new for axe to find.
            if width != 768:
                accessible(page)
    assert refused == []


def assert_headings_are_in_order(page, address):
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(each => +each.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), (address, levels)


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_and_nothing_is_asked_of_another_host(site, page, width):
    """Layout shift (CLS) of first visits, and where they ask for anything."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 800})
    for address in (
        f"{COUNCIL}/statistics",
        f"{AT}/north-northamptonshire-council/statistics",
        "/",
        "/compare",
        "/national-picture",
        "/map?figure=upheld&year=2020&kind=councils",
    ):
        page.goto(site + address, wait_until="load")
        assert page.evaluate(SHIFT) == 0, address
    assert [url for url in asked if not url.startswith((f"{site}/", "data:"))] == []


def test_on_paper_the_demonstration_is_marked_and_the_quotations_stand(site, page):
    page.goto(f"{site}{COUNCIL}/statistics")
    page.emulate_media(media="print")
    expect(page.get_by_text("The letters and most figures here are made up")).to_be_visible()
    expect(page.get_by_text("“100% of complaints we investigated were upheld.”").first).to_be_visible()
    expect(page.get_by_text(f"{COUNCIL}/statistics?year=2020")).to_be_visible()
    expect(page.locator("#upheld svg.chart")).to_be_visible()
    expect(page.get_by_text("Not applied here")).to_be_visible()
    assert page.locator("summary").first.evaluate(LOOKS_OPENABLE) == ["none", "none"]
    page.goto(f"{site}{AT}/north-northamptonshire-council/statistics")
    expect(page.get_by_role("rowheader", name="Wellingborough Borough Council")).to_be_visible()
    page.goto(f"{site}{AT}/cornwall-council/statistics")
    expect(page.get_by_text("Our rule 3, not a verdict")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    assert_drawings_stand_below_each_other_and_whole(page)


def assert_drawings_stand_below_each_other_and_whole(page):
    """Two beside each other, broken over pages, are printed over one another."""
    drawings = page.locator(".trend").evaluate_all(
        "all => all.map(each => [each.getBoundingClientRect(), getComputedStyle(each).breakInside])"
    )
    assert all(before["bottom"] <= after["top"] for (before, _), (after, _) in pairwise(drawings))
    assert [breaks for _, breaks in drawings] == ["avoid"] * 2
    for name in ("h2", ".trend h3"):
        assert page.locator(name).first.evaluate("each => getComputedStyle(each).breakAfter") == "avoid"


def test_the_national_picture_on_paper(site, page):
    page.goto(f"{site}/national-picture?year=2019")
    page.emulate_media(media="print")
    expect(page.locator("#compliance-table table")).to_be_visible()
    assert page.locator("#compliance-spread").evaluate("each => getComputedStyle(each).breakAfter") == "avoid"
    expect(page.get_by_role("navigation", name="Years")).to_be_hidden()
