"""The map's pages: its table sorted and filtered, its one address, what leads to it, and what is refused."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from councils.models import Council
from tests import maps
from tests.maps import address, main, rate, table
from tests.visitors import words_of

ALL = {
    "adur-district-council": rate("upheld", 2025, 1, 3),
    "arun-district-council": rate("upheld", 2025, 6, 8),
    "city-of-york-council": rate("upheld", 2025, 0, 5),
    "leeds-city-council": rate("upheld", 2025, 30, 40),
    "kent-county-council": rate("upheld", 2025, 50, 60),
    "exmoor-national-park-authority": rate("upheld", 2025, 1, 1),
}


@pytest.fixture(scope="module")
def letters(register):
    maps.publish(2025, {slug: [figure] for slug, figure in ALL.items()})


@pytest.fixture(autouse=True)
def site(letters, db):
    with time_machine.travel(maps.hour_of(2025) + timedelta(days=1), tick=False):
        yield


def seen(client, where, status=200):
    response = client.get(where)
    assert response.status_code == status, response.headers.get("Location")
    return response.content.decode()


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        (
            "rate",
            ["City of York Council", "Arun District Council", "Leeds City Council", "Adur District Council"],
        ),
        (
            "-rate",
            ["Arun District Council", "Leeds City Council", "City of York Council", "Adur District Council"],
        ),
        (
            "base",
            ["Adur District Council", "City of York Council", "Arun District Council", "Leeds City Council"],
        ),
        (
            "-base",
            ["Leeds City Council", "Arun District Council", "City of York Council", "Adur District Council"],
        ),
    ],
)
def test_the_table_is_sorted_by_links_and_never_numbered(client, sort, names):
    """Equal figures go by name; too few to compare come after the rest, those without a letter last."""
    html = seen(client, address(rest=f"&sort={sort}"))
    found = list(table(html))
    assert found[:4] == names
    assert found[4:] == sorted(found[4:], key=str.casefold)
    assert html.count("aria-sort=") == 1
    assert "<ol" not in html
    for link in re.findall(r'<th role="columnheader"[^>]*>\s*<a href="([^"]+)#table"', html):
        assert client.get(unescape(link)).status_code == 200


@pytest.mark.parametrize(
    ("rest", "names"),
    [
        ("&name=leeds", ["Leeds City Council"]),
        ("&name=CITY+york", ["City of York Council"]),
        ("&name=saint+helens", ["St Helens Council"]),
        ("&name=zzz", []),
        ("&of=city-corporation", ["City of London Corporation"]),
        ("&name=isle&region=South+West", ["Council of the Isles of Scilly"]),
        ("&name=york&of=district", []),
    ],
)
def test_the_table_is_filtered_and_the_map_stays_whole(client, rest, names):
    html = seen(client, address(rest=rest))
    assert [name.split(" (")[0] for name in table(html)] == names
    assert len(maps.shapes(html)) == 296
    assert f"{len(names)} of 296 authorities." in words_of(html)
    [back, *_] = re.findall(r'<a href="([^"]+)#table">Show all</a>', html)
    assert len(table(seen(client, unescape(back)))) == 296


def test_filters_by_region_and_kind_together(client):
    html = seen(client, address(rest="&of=metropolitan&region=Yorkshire+and+The+Humber"))
    assert len(table(html)) == 9
    assert "Leeds City Council" in table(html)
    assert "9 of 296 authorities." in words_of(html)


def test_each_form_keeps_what_the_other_chose(client):
    html = seen(client, address(rest="&view=hexagons&council=leeds-city-council&of=district&sort=-rate"))
    switches, filters = re.findall(r"<form.*?</form>", main(html), re.DOTALL)
    assert set(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', switches)) == {
        ("view", "hexagons"),
        ("council", "leeds-city-council"),
        ("sort", "-rate"),
    }
    assert set(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', filters)) == {
        ("figure", "upheld"),
        ("year", "2025"),
        ("kind", "councils"),
        ("view", "hexagons"),
        ("council", "leeds-city-council"),
        ("sort", "-rate"),
    }
    assert re.findall(r'value="([^"]+)" selected', filters) == ["district"]


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("", address()),
        ("?year=2025", address()),
        ("?kind=counties", address(kind="counties")),
        ("?figure=upheld&year=2025&kind=councils&view=boundaries&sort=name", address()),
        ("?figure=&year=&kind=&view=&council=&name=&of=&region=&sort=", address()),
        ("?kind=councils&year=2025&figure=upheld&utm_source=x", address()),
        ("?council=Leeds-City-Council", address(rest="&council=leeds-city-council")),
        ("?council=kent-county-council", address(kind="counties", rest="&council=kent-county-council")),
        (
            "?council=exmoor-national-park-authority",
            address(kind="national-parks", rest="&council=exmoor-national-park-authority"),
        ),
        ("?name=++city++of+", address(rest="&name=city+of")),
    ],
)
def test_other_spellings_lead_to_the_one_address(client, asked, leads_to):
    response = client.get(f"/map{asked}")
    assert (response.status_code, response["Location"]) == (302, leads_to)


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("year=2019", 404, "No letters are published for the year"),
        ("year=٢٠٢٠", 404, "No letters are published for the year"),
        ("year=2025%00", 404, "No letters are published for the year"),
        ("figure=dealt-with", 404, "a figure that there is not"),
        ("figure=nonsense", 404, "a figure that there is not"),
        ("kind=districts", 404, "a map that there is not"),
        ("view=globe", 404, "a map that there is not"),
        ("sort=rank", 404, "an order that there is not"),
        ("of=parish", 404, "a kind of authority that there is not"),
        ("region=Wales", 404, "a region that there is not"),
        ("council=nowhere", 404, "No council has this address: “nowhere”."),
        ("council=%FF", 404, "No council has this address"),
        ("council=%3Cscript%3E", 404, "“<script>”"),
        ("name=%00", 400, "Enter a shorter name in ordinary characters"),
        (f"name={'a' * 1_000_000}", 400, "Enter a shorter name"),
        (f"council={'a' * 1_000_000}", 404, "No council has this address"),
        ("name=%3Cscript%3E", 200, "None of the authorities on this map is like that."),
        ("name=%FF%25_%27", 200, "None of the authorities on this map is like that."),
    ],
)
def test_odd_addresses_get_a_plain_page(client, query, status, said):
    response = client.get(f"/map?{query}", follow=True)
    assert response.status_code == status
    html = main(response.content.decode())
    assert said in words_of(html)
    assert "<script" not in html
    assert response["Cache-Control"] == "no-cache"


def test_a_figure_that_the_year_does_not_have(client):
    maps.publish(2020, {"leeds-city-council": [rate("upheld", 2020, 5, 6)]})
    html = seen(client, address(2020, figure="upheld-per-100000"), status=404)
    assert "The letters of 2019–20 do not state this figure; they do from 2022–23 on." in words_of(html)
    offered = re.findall(r'<option value="([a-z0-9-]+)"', seen(client, address(2020)))
    assert "upheld-per-100000" not in offered
    assert "satisfactory-remedies" in offered
    assert "upheld-per-100000" in re.findall(r'<option value="([a-z0-9-]+)"', seen(client, address()))


@pytest.mark.parametrize(
    ("slug", "kind", "said"),
    [
        ("leeds-city-council", "councils", "Leeds City Council: 30 of 40, 75%."),
        ("bristol-city-council", "councils", "Bristol City Council: No letter."),
        (
            "kent-county-council",
            "councils",
            "Kent County Council is not one of the districts, unitaries and boroughs",
        ),
        ("carlisle-city-council", "councils", "Carlisle City Council did not exist in 2024–25."),
    ],
)
def test_the_council_in_view_is_marked_or_it_is_said_why_not(client, slug, kind, said):
    html = seen(client, address(kind=kind, rest=f"&council={slug}"))
    assert said in words_of(html)
    marked = re.findall(r'<path class="map__marked" d="([^"]+)"', html)
    drawn = {title.split(": ")[0]: path for _, title, _, path in maps.shapes(html)}
    assert marked == [path for name, path in drawn.items() if said.startswith(f"{name}: ")]
    assert ("compared__seen" in html) is bool(marked)


def test_counts_of_our_own_are_marked(client):
    maps.publish(2020, {"leeds-city-council": [rate("compliance", 2020, None, 28, 100)]})
    html = seen(client, address(2020, figure="compliance"))
    assert table(html)["Leeds City Council"] == ["28 of 28 *", "100%"]
    assert "* Our count: the letter states the rate and the base" in words_of(html)


def test_figures_that_are_no_rates_have_a_table_without_counts(client):
    maps.publish(2024, {"leeds-city-council": [maps.per_100_000(2024, "5.5")]})
    html = seen(client, address(2024, figure="upheld-per-100000", rest="&sort=-rate"))
    assert list(table(html).items())[:2] == [
        ("Leeds City Council", ["5.5"]),
        ("Adur District Council", ["No letter"]),
    ]
    assert "Count of base" not in html


def test_who_has_no_letter_is_one_click_away(client):
    html = seen(client, address())
    [link] = re.findall(r'<a href="([^"]+)">Who has no letter, and why</a>', main(html))
    assert "Bristol City Council" in words_of(seen(client, link))
    assert 'id="without-a-letter"' in seen(client, link)
    Council.objects.filter(kind="national-park").exclude(slug__in=ALL).delete()
    assert "Who has no letter" not in seen(client, address(kind="national-parks"))


def test_the_credit_stands_with_every_map(client):
    for rest in ("", "&view=hexagons"):
        assert "Contains OS data © Crown copyright and database right" in words_of(
            seen(client, address(rest=rest))
        )
    assert "Open Innovations" in seen(client, address(rest="&view=hexagons"))


def test_council_pages_lead_to_the_map_that_has_them(client):
    for slug, where in (
        ("leeds-city-council", address(rest="&council=leeds-city-council")),
        ("kent-county-council", address(kind="counties", rest="&council=kent-county-council")),
        ("bristol-city-council", address(rest="&council=bristol-city-council")),
    ):
        html = seen(client, f"/your-councils-performance/{slug}/statistics")
        [link] = re.findall(r'<a href="(/map[^"]*)">See it on the map</a>', html)
        assert client.get(unescape(link))["Location"] == where
    for council in (
        Council.objects.get(slug="west-midlands-combined-authority"),
        Council.objects.get(slug="carlisle-city-council"),
    ):
        html = seen(client, f"/your-councils-performance/{council.slug}/statistics")
        assert "See it on the map" not in html


def test_the_home_page_has_the_map_small(client):
    html = seen(client, "/")
    assert '<a href="/map">The map of 2024–25</a>' in html
    small = html.split('<figure class="home-map">')[1].split("</figure>")[0]
    found = dict(re.findall(r'<path class="map__([a-z0-9-]+)"[^>]* d="([^"]+)"', small))
    assert set(found) == {"ground", "hatch", "step-1", "step-4", "few", "no-letter"}
    assert found["step-4"].count("M") >= 2


def test_without_a_published_letter_there_is_no_map(client):
    with time_machine.travel(maps.hour_of(2025) - timedelta(minutes=1), tick=False):
        assert "No letters are published yet" in words_of(seen(client, "/map", status=404))
        assert "home-map" not in seen(client, "/")
