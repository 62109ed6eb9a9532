"""What people come for, each task from start to end: by keyboard alone, on a phone, with and without JavaScript.

Following a figure to its line in the letter and back is in test_letter_pages, which needs a real PDF.
"""

import re
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from councils.loading import load_register
from councils.models import Council
from tests import maps, postcode_files
from tests.browser.keyboard import follow, press, reach, unfold, write

pytestmark = pytest.mark.django_db

AT = "/your-councils-performance"
SEARCH = "Find a council or other authority by its name or your postcode"
LEEDS = "leeds-city-council"
BRADFORD = "city-of-bradford-metropolitan-district-council"
WAKEFIELD = "wakefield-metropolitan-district-council"


def figures(year, count, base):
    return [
        maps.rate("upheld", year, count, base),
        maps.rate("compliance", year, None, 8, percent=100),
        maps.per_100_000(year, "3.4"),
    ]


@pytest.fixture(scope="module")
def site(kept_server, tmp_path_factory):
    """The whole register, two years of letters to a few, and a postcode in one of them."""
    load_register()
    with time_machine.travel(maps.hour_of(2025) + timedelta(days=1), tick=False):
        maps.publish(2024, {LEEDS: figures(2024, 20, 30), BRADFORD: figures(2024, 4, 9)})
        maps.publish(
            2025,
            {
                LEEDS: figures(2025, 30, 40),
                BRADFORD: figures(2025, 1, 2),
                WAKEFIELD: figures(2025, 2, 8),
                "kent-county-council": figures(2025, 50, 60),
            },
        )
    leeds = Council.objects.get(slug=LEEDS)
    file = tmp_path_factory.mktemp("postcodes") / "ONSPD.csv"
    postcode_files.load(postcode_files.write(file, [("ZZ1 1AA", leeds.gss)]))
    return kept_server


def find_a_council_past_the_navigation_by_its_name(site, page):
    page.goto(site)
    reach(page, page.get_by_role("link", name="Skip to main content"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))
    write(page, SEARCH, "leeds city")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{AT}/{LEEDS}/statistics")
    expect(page.get_by_role("heading", level=1)).to_have_text("Leeds City Council")
    expect(page.locator("#upheld .figure__count")).to_have_text(
        "30 of 40 investigations upheld", use_inner_text=True
    )


def find_a_council_by_a_misspelt_name(site, page):
    page.goto(site)
    write(page, SEARCH, "wakefeild")
    page.keyboard.press("Enter")
    page.wait_for_url("**/councils?q=wakefeild")
    expect(page.locator("main")).to_contain_text("Did you mean", use_inner_text=True)
    follow(page, "Wakefield Metropolitan District Council", "wakefield.*/statistics$")


def choose_a_suggestion_or_a_former_council_from_the_list(site, page):
    page.goto(site)
    if page.scripts:
        write(page, SEARCH, "wellingb")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    else:
        follow(page, "Former councils", "/councils#")
        follow(page, "Wellingborough Borough Council", "wellingborough")
    page.wait_for_url("**wellingborough*/statistics")
    expect(page.locator("main")).to_contain_text("North Northamptonshire Council", use_inner_text=True)


def find_a_council_by_postcode(site, page):
    page.goto(site)
    write(page, SEARCH, "zz1 1aa")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/councils"))
    follow(page, "Leeds City Council", f"{LEEDS}/statistics$")


def change_the_year_and_read_the_trend_as_a_table(site, page):
    page.goto(f"{site}{AT}/{LEEDS}/statistics")
    follow(page, "2023–24", r"\?year=2024$", exact=True)
    expect(page.locator("#upheld .figure__count")).to_have_text(
        "20 of 30 investigations upheld", use_inner_text=True
    )
    same = page.locator("summary", has_text="The same as a table").first
    unfold(page, same, page.locator("table").first)
    expect(page.locator("table").first).to_contain_text("30 of 40", use_inner_text=True)


def read_the_map(site, page):
    page.goto(site)
    follow(page, "Map", "figure=upheld&year=2025&kind=councils$", exact=True)
    write(page, "Figure", "Upheld decisions per")
    write(page, "Authorities", "County")
    write(page, "Year", "2023")
    press(page, "Show", "figure=upheld-per-100000&year=2024&kind=counties")
    assert "2023–24" in page.title()
    write(page, "Figure", "Complaints upheld")
    write(page, "Authorities", "Districts")
    write(page, "Year", "2024")
    press(page, "Show", "figure=upheld&year=2025&kind=councils")
    follow(page, "Hexagons", "view=hexagons")
    if page.scripts:
        follow(page, "Boundaries", "kind=councils$", exact=True)
        from_leeds_to_its_neighbour_by_arrows(page)
    else:
        from_the_table_to_a_council(page)


def from_leeds_to_its_neighbour_by_arrows(page):
    page.goto(f"{page.url}&council={LEEDS}")
    reach(page, page.locator("#map-areas a", has_text="Leeds City Council"))
    expect(page.locator("#map-said")).to_contain_text("30 of 40, 75%", use_inner_text=True)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#map-said")).to_contain_text("1 of 2, 50%, too few to compare", use_inner_text=True)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{BRADFORD}/statistics?year=2025")


def from_the_table_to_a_council(page):
    write(page, "Name", "metropolitan district")
    press(page, "Filter the table", "name=metropolitan.district#table$")
    follow(page, "Rate", "sort=rate#table$")
    rows = page.locator("tbody").get_by_role("row").all_inner_texts()
    assert [row.split(" Metropolitan")[0] for row in rows] == ["Wakefield", "City of Bradford"]
    follow(page, "City of Bradford", f"/{BRADFORD}/statistics.year=2025$")


def compare_with_a_group_and_with_a_list_of_ones_own(site, page):
    page.goto(f"{site}{AT}/{LEEDS}/statistics")
    follow(page, "Compare with similar authorities", f"council={LEEDS}.*with=similar$")
    write(page, "Compare with", "The five nearest")
    press(page, "Show", "with=nearest$")
    expect(page.locator("main")).to_contain_text("five nearest", use_inner_text=True)
    write(page, "Compare with", "A list")
    press(page, "Show", "with=list$")
    write(page, "Add a council", "wakefield")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=wakefield"))
    follow(page, "Add Wakefield Metropolitan District Council", f"councils={WAKEFIELD}$")
    follow(page, "Rate", "sort=rate#councils$")
    rows = page.locator("tbody").get_by_role("row").all_inner_texts()
    assert [row.split()[0] for row in rows] == ["Wakefield", "Leeds"]
    follow(page, "Remove Wakefield Metropolitan District Council", "with=list&sort=rate$")


def look_at_the_national_picture(site, page):
    page.goto(site)
    follow(page, "National picture", "/national-picture$", exact=True)
    follow(page, "2023–24", r"/national-picture\?year=2024$", exact=True)
    expect(page.locator("#upheld .figure__count")).to_have_text(
        "24 of 39 investigations upheld", use_inner_text=True
    )
    unfold(page, page.locator("#upheld-table summary"), page.locator("#upheld-table table"))
    expect(page.locator("#without-a-letter")).to_be_visible()


def take_the_figures_along(site, page):
    page.goto(f"{site}{AT}/{LEEDS}/statistics")
    follow(page, "Copy, cite or embed these figures", r"/take-along\?year=2025$")
    sentence = "our sentence: Complaints upheld"
    text = page.locator(f"[data-copy='{sentence}']")
    expect(text).to_contain_text("30 of 40", use_inner_text=True)
    if page.scripts:
        reach(page, page.get_by_role("button", name=f"Copy {sentence}", exact=True))
        page.keyboard.press("Enter")
        page.get_by_role("status").filter(has_text=re.compile("Copied|selected")).wait_for(state="attached")
    else:
        expect(page.get_by_role("button")).to_have_count(0)
    follow(page, "Committee pack for 2024–25", r"/committee-pack\?year=2025$")
    expect(page.get_by_role("heading", name="Questions that members may ask")).to_be_visible()
    reach(page, page.get_by_role("link", name="This pack as a PDF"))


TASKS = [
    find_a_council_past_the_navigation_by_its_name,
    find_a_council_by_a_misspelt_name,
    choose_a_suggestion_or_a_former_council_from_the_list,
    find_a_council_by_postcode,
    change_the_year_and_read_the_trend_as_a_table,
    read_the_map,
    compare_with_a_group_and_with_a_list_of_ones_own,
    look_at_the_national_picture,
    take_the_figures_along,
]


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_every_task_at_a_phones_width_by_keyboard_alone(site, chromium, scripts):
    """All in one test, each by a visitor of its own: the site they need is large, and none of them changes it."""
    for task in TASKS:
        context = chromium.new_context(
            java_script_enabled=scripts, viewport={"width": 320, "height": 800}, locale="en-GB"
        )
        page = context.new_page()
        page.scripts, errors = scripts, []
        page.on("pageerror", lambda error, errors=errors: errors.append(str(error)))
        task(site, page)
        assert (context.cookies(), errors) == ([], []), task.__name__
        context.close()
