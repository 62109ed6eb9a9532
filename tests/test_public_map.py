"""The map read back out of its SVG: the right area, in the right look, saying what the table says."""

import gzip
import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
import time_machine

from councils.boundaries import _projected
from councils.kinds import CouncilKind
from councils.models import Council
from letters.measures import MEASURES
from letters.models import Statistic
from public.maps.entries import Entry
from public.maps.steps import STEPS
from public.series import Year
from tests import maps
from tests.maps import address, looks, rate, shapes, table
from tests.visitors import words_of

LEEDS, YORK, HULL = "leeds-city-council", "city-of-york-council", "hull-city-council"
BRISTOL, DERBY = "bristol-city-council", "derby-city-council"


@pytest.fixture(autouse=True)
def today(register, db):
    with time_machine.travel(maps.hour_of(2025) + timedelta(days=1), tick=False):
        yield


def page(client, where):
    response = client.get(where)
    assert response.status_code == 200, response.headers.get("Location")
    return response.content.decode()


@pytest.mark.parametrize(
    ("figure", "percent", "count", "base", "look"),
    [
        ("upheld", 0, 0, 5, "step-1"),
        ("upheld", 39, 39, 100, "step-1"),
        ("upheld", 40, 40, 100, "step-2"),
        ("upheld", 54, 54, 100, "step-2"),
        ("upheld", 55, 55, 100, "step-3"),
        ("upheld", 70, 70, 100, "step-4"),
        ("upheld", 85, 85, 100, "step-5"),
        ("upheld", 100, 9, 9, "step-5"),
        # As printed, even if the share is a little under the bound.
        ("upheld", 70, 16, 23, "step-4"),
        ("upheld", 86, None, None, "step-5"),
        ("upheld", 85, None, 20, "step-5"),
        ("upheld", 0, 0, 4, "few"),
        ("upheld", 100, 4, 4, "few"),
        ("upheld", 100, None, 1, "few"),
        ("compliance", 79, None, 14, "step-1"),
        ("compliance", 95, None, 38, "step-4"),
        ("compliance", 100, None, 30, "step-5"),
        ("satisfactory-remedies", 4, 1, 25, "step-1"),
        ("upheld-per-100000", Decimal("1.9"), None, None, "step-1"),
        ("upheld-per-100000", 2, None, None, "step-2"),
        ("upheld-per-100000", 0, None, None, "step-1"),
        ("upheld-per-100000", Decimal("11.4"), None, None, "step-5"),
        # T31: nothing that is not stated, or does not fit together, is shaded as if it were known.
        ("upheld", None, None, None, "no-figure"),
        ("upheld", None, 3, None, "no-figure"),
        ("upheld", None, None, 20, "no-figure"),
        ("upheld", None, 3, 4, "few"),
        ("upheld", None, 8, 10, "step-4"),
        ("upheld", None, 0, 0, "few"),
        ("upheld", 50, 0, 0, "few"),
        ("upheld", 90, 2, 10, "no-figure"),
        ("upheld", 90, None, 7, "no-figure"),
    ],
)
def test_how_an_area_looks(figure, percent, count, base, look):
    stated = Year(2025, MEASURES[figure], True, percent, None, count, base, "Not stated in the letter")
    assert Entry(Council(name="Sometown Council"), stated).shade == look


def test_without_a_letter_an_area_looks_like_no_other():
    stated = Year(2025, MEASURES["upheld"], False, without="No letter")
    assert Entry(Council(name="Sometown Council"), stated).shade == "no-letter"


def test_the_legend_counts_what_is_drawn(client):
    maps.publish(
        2025,
        {
            LEEDS: [rate("upheld", 2025, 9, 9)],
            YORK: [rate("upheld", 2025, 1, 4)],
            HULL: [rate("upheld", 2025, 2, 8)],
            DERBY: [rate("upheld", 2025, 3, 9)],
            BRISTOL: [],
        },
    )
    html = page(client, address())
    key = html.split('class="map-key"')[1].split("</ul>")[0]
    stated = re.findall(r"map__([a-z0-9-]+) map__sample.*?\((\d+)\)", key, re.DOTALL)
    drawn = Counter(looks(html).values())
    assert {look: int(number) for look, number in stated if number != "0"} == drawn
    assert [look for look, _ in stated] == [
        *(f"step-{step}" for step in range(1, 6)),
        "few",
        "no-figure",
        "no-letter",
    ]
    assert drawn == {"step-1": 2, "step-5": 1, "few": 1, "no-figure": 1, "no-letter": 291}


def test_none_due_is_neither_a_low_figure_nor_a_missing_letter(client):
    maps.publish(2025, {LEEDS: [rate("compliance", 2025, None, 8, 100)], YORK: []})
    Statistic.objects.update(percent=None, numerator=None, denominator=None, average=None)
    html = page(client, address(figure="compliance"))
    lines = table(html)
    assert lines["Leeds City Council"] == ["No recommendations were due"]
    assert lines["City of York Council"] == ["Not stated in the letter"]
    assert lines["Bristol City Council"] == ["No letter"]
    found = looks(html)
    assert (found["Leeds City Council"], found["City of York Council"]) == ("no-figure", "no-figure")
    assert found["Bristol City Council"] == "no-letter"


def test_map_and_table_say_the_same(client):
    maps.publish(
        2025,
        {
            LEEDS: [rate("upheld", 2025, 11, 12)],
            YORK: [rate("upheld", 2025, 1, 2)],
            HULL: [rate("upheld", 2025, 0, 7)],
            BRISTOL: [],
            DERBY: [rate("upheld", 2025, None, None, 60)],
        },
    )
    html = page(client, address())
    lines = table(html)
    assert len(lines) == 296
    titles = dict(title.split(": ", 1) for _, title, _, _ in shapes(html))
    assert titles.keys() == lines.keys()
    for name, cells in lines.items():
        said = ", ".join(cells).replace(" too few to compare", "")
        assert titles[name].removesuffix(", too few to compare") == said.removeprefix(
            "Not stated, "
        ) or titles[name] in (said, "Not stated in the letter")
    assert titles["Leeds City Council"] == "11 of 12, 92%"
    assert titles["City of York Council"] == "1 of 2, 50%, too few to compare"
    assert titles["Hull City Council"] == "0 of 7, 0%"


def test_each_area_is_where_its_council_is_and_leads_to_it(client):
    """The centre that the register has of a council lies near the middle of what is drawn as its area."""
    maps.publish(2025, {LEEDS: [rate("upheld", 2025, 5, 6)]})
    html = page(client, address())
    councils = {council.name: council for council in Council.objects.all()}
    far = []
    for _, title, link, path in shapes(html):
        council = councils[title.split(": ")[0]]
        assert link.split("?")[0] == f"/your-councils-performance/{council.slug}/statistics"
        assert ("?year=2025" in link) is (council.slug == LEEDS)
        left, top, right, bottom = maps.box(path)
        x, y = (left + right) / 2, (top + bottom) / 2
        east, south = _projected(council.longitude, council.latitude)
        off = (x / 4 - 320 - east) ** 2 + (y / 4 - 6212 - south) ** 2
        if off > 15**2:
            far.append((council.name, off**0.5))
    # Scilly and others with far islands have the middle of their box elsewhere.
    assert len(far) < 12, far


def test_nothing_is_drawn_outside_the_picture(client):
    maps.publish(2025, {LEEDS: [rate("upheld", 2025, 5, 6)]})
    for rest, room in (("", 0), ("&view=hexagons", 14)):
        html = page(client, address(rest=rest))
        width, height = map(int, re.search(r'id="map" viewBox="0 0 (\d+) (\d+)"', html).groups())
        for _, _, _, path in shapes(html):
            left, top, right, bottom = maps.start(path) * 2 if room else maps.box(path)
            assert left >= room
            assert top >= room
            assert right <= width - room
            assert bottom <= height - room


def test_london_is_drawn_again_larger_with_the_same_looks(client):
    maps.publish(2025, {"city-of-westminster": [rate("upheld", 2025, 20, 22)]})
    html = page(client, address(rest="&council=city-of-westminster"))
    inset = html.split('<g id="map-inset">')[1]
    found = looks(html)
    links = re.findall(
        r'<a class="map__([a-z0-9-]+)"[^>]*><title>(.*?): .*?<use href="#(E09\d+)"/>', unescape(inset)
    )
    assert len(links) == 33
    assert all(found[name] == look for look, name, _ in links)
    assert all(html.count(f'id="{code}"') == 1 for _, _, code in links)
    assert html.count('class="map__marked" d=') == 2
    for rest in ("&kind=counties", "&kind=national-parks"):
        assert 'id="map-inset"' not in page(client, address(kind=rest.split("=")[1]))


@pytest.mark.parametrize(
    ("year", "kind", "number", "there", "not_there"),
    [
        (2019, "councils", 326, "Taunton Deane Borough Council", "Dorset Council"),
        (2020, "councils", 317, "Wellingborough Borough Council", "Buckinghamshire Council"),
        (2021, "councils", 314, "Wellingborough Borough Council", "North Northamptonshire Council"),
        (2022, "councils", 309, "North Northamptonshire Council", "Wellingborough Borough Council"),
        (2025, "councils", 296, "Cumberland Council", "Carlisle City Council"),
        (2020, "counties", 26, "Northamptonshire County Council", "Dorset County Council"),
        (2025, "counties", 21, "Kent County Council", "Somerset County Council"),
        (2025, "national-parks", 10, "Exmoor National Park Authority", "Kent County Council"),
    ],
)
def test_boundaries_are_those_of_the_year(client, year, kind, number, there, not_there):
    maps.publish(year, {LEEDS: [rate("upheld", year, 5, 6)]})
    html = page(client, address(year, kind=kind))
    found = looks(html)
    assert len(found) == len(table(html)) == number
    assert there in found
    assert not_there not in found
    assert f"Boundaries as they stood in {year - 1}–{year % 100}" in html or kind == "national-parks"


def test_years_next_to_the_boundaries_known_say_so(client):
    with time_machine.travel(maps.hour_of(2027) + timedelta(days=1), tick=False):
        for year, said in ((2014, "of 2014, the earliest we have"), (2027, "of 2025, the latest we have")):
            maps.publish(year, {LEEDS: [rate("upheld", year, 5, 6)]})
            assert f"Boundaries {said}" in words_of(page(client, address(year)))


def test_barnsley_and_sheffield_are_found_by_either_code(client):
    """Their codes changed in April 2025."""
    with time_machine.travel(maps.hour_of(2026) + timedelta(days=1), tick=False):
        for year in (2025, 2026):
            maps.publish(year, {"sheffield-city-council": [rate("upheld", year, 9, 10)]})
            html = page(client, address(year))
            assert looks(html)["Sheffield City Council"] == "step-5"
            assert looks(html)["Barnsley Metropolitan Borough Council"] == "no-letter"
            assert 'class="map__land"' not in html


def test_a_council_without_boundaries_is_named_beside_the_map(client):
    maps.publish(2025, {LEEDS: [rate("upheld", 2025, 5, 6)]})
    new = maps.factories.council("West Surrey Council", kind="unitary", first_day=date(2024, 4, 1))
    html = page(client, address())
    assert new.name not in looks(html)
    assert "because we have no boundaries for them: West Surrey Council: No letter." in words_of(html)
    assert new.name in table(html)
    # And without a hexagon for each there are no hexagons.
    assert "There are no hexagons for this map" in words_of(page(client, address(rest="&view=hexagons")))


def test_land_of_a_council_that_was_closed_is_plain(client):
    maps.publish(2025, {LEEDS: [rate("upheld", 2025, 5, 6)]})
    Council.objects.filter(slug=YORK).update(last_day="2024-03-31")
    html = page(client, address())
    assert "City of York Council" not in looks(html)
    assert 'class="map__land"' in html
    assert "no authority of that year has this area" in words_of(html)


def test_hexagons_stand_apart_and_are_only_offered_where_they_cover_the_year(client):
    maps.publish(2025, {LEEDS: [rate("upheld", 2025, 5, 6)]})
    html = page(client, address(rest="&view=hexagons"))
    places = {maps.start(path) for _, _, _, path in shapes(html)}
    assert len(places) == 296
    assert (
        min(
            (x - other_x) ** 2 + (y - other_y) ** 2
            for x, y in places
            for other_x, other_y in places
            if (x, y) != (other_x, other_y)
        )
        >= 24**2
    )
    assert looks(html) == looks(page(client, address()))
    assert "Hexagons © 2017– Open Innovations" in html
    assert ">Hexagons</a>" not in page(client, address(kind="counties"))


def test_older_years_have_no_hexagons_and_say_why(client):
    maps.publish(2020, {LEEDS: [rate("upheld", 2020, 5, 6)]})
    html = page(client, address(2020, rest="&view=hexagons"))
    assert "There are no hexagons for this map" in html
    assert len(looks(html)) == 317
    assert ">Hexagons</a>" not in page(client, address(2020))


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_the_legend_states_the_bounds(steps):
    assert len(steps.labels) == 5
    assert [steps.step(bound) for bound in steps.bounds] == [2, 3, 4, 5]
    assert [steps.step(bound - 0.1) for bound in steps.bounds] == [1, 2, 3, 4]
    for bound, label in zip(steps.bounds, steps.labels[1:], strict=True):
        assert label.startswith(str(bound))
    for bound, label in zip(steps.bounds, steps.labels, strict=False):
        assert f"under {bound}" in label
    assert "the same for every year" in steps.reason


def test_colours_are_one_hue_from_light_to_dark(settings):
    """Each step is darker than the one before by enough to be told apart without seeing its hue."""
    sheet = (settings.BASE_DIR / "static/src/_map_colours.scss").read_text()
    colours = re.findall(r"#([0-9a-f]{6})", re.search(r"\$steps:.*?;", sheet)[0])
    lights = []
    for colour in colours:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        red, green, blue = (
            channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
            for channel in channels
        )
        assert channels[2] >= channels[1] >= channels[0]
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    assert len(lights) == 5
    for lighter, darker in pairwise(lights):
        assert (lighter + 0.05) / (darker + 0.05) > 1.35


def test_the_whole_page_of_a_full_year_weighs_under_100_kb(client, settings):
    """Page, style sheets and script, compressed."""
    load = {
        council.slug: [rate("upheld", 2025, number % 40, number % 40 + number % 7)]
        for number, council in enumerate(_everyone())
    }
    maps.publish(2025, load)
    built, script = Path(settings.BASE_DIR, "static/build"), Path(settings.BASE_DIR, "static/js/map.js")
    beside = sum(
        len(gzip.compress(path.read_bytes())) for path in (built / "site.css", built / "map.css", script)
    )
    for kind in ("councils", "counties", "national-parks"):
        weight = len(gzip.compress(client.get(address(kind=kind)).content))
        assert weight + beside < 100_000, (kind, weight, beside)
    home = len(gzip.compress(client.get("/").content))
    assert home < 12_000


def _everyone():
    kinds = [*(kind for kind in CouncilKind if kind.is_council), CouncilKind.NATIONAL_PARK]
    return Council.objects.filter(kind__in=kinds).open_on(maps.hour_of(2025).date())


def test_queries_do_not_grow(client, django_assert_max_num_queries):
    maps.publish(2025, {LEEDS: [rate("upheld", 2025, 5, 6)], YORK: [], HULL: []})
    with django_assert_max_num_queries(5):
        client.get(address(rest="&council=leeds-city-council"))
