"""Where councils lie: the decoding of the files, and whether each area is the right council's in the right year."""

from collections import Counter
from functools import cache
from math import cos, hypot, radians

import pytest

from councils import boundaries, register, topology
from councils.boundaries import FIRST, LAST, Layer, _projected, hexagons, in_force

areas = cache(boundaries.areas)

# Two unit squares with a common border, and a hole in the second.
SQUARES = {
    "transform": {"scale": [0.5, 2], "translate": [10, 20]},
    "arcs": [
        [[2, 0], [0, 1]],
        [[2, 1], [-2, 0], [0, -1], [2, 0]],
        [[2, 0], [2, 0], [0, 1], [-2, 0]],
        [[3, 0], [0, 0], [0, 1], [1, -1], [-1, 0]],
    ],
}


def decoded():
    return topology.arcs(SQUARES, lambda east, north: (east, north))


def test_arcs_are_sums_of_steps_scaled_and_shifted():
    assert decoded()[:2] == [[(11, 20), (11, 22)], [(11, 22), (10, 22), (10, 20), (11, 20)]]


def test_rings_follow_their_arcs_and_turn_those_that_are_negative():
    left = topology.rings({"type": "Polygon", "arcs": [[0, 1]]}, decoded())
    assert left == [[(11, 20), (11, 22), (10, 22), (10, 20)]]
    right = topology.rings({"type": "MultiPolygon", "arcs": [[[2, ~0], [3]]]}, decoded())
    assert right[0] == [(11, 20), (12, 20), (12, 22), (11, 22)]
    assert len(right) == 2


@pytest.mark.parametrize(
    ("arc", "least", "kept"),
    [
        ([(0, 0), (1, 1)], 100, [(0, 0), (1, 1)]),
        ([(0, 0), (1, 0), (2, 0)], 0.1, [(0, 0), (2, 0)]),
        ([(0, 0), (1, 1), (2, 0)], 1, [(0, 0), (1, 1), (2, 0)]),
        ([(0, 0), (1, 1), (2, 0)], 1.01, [(0, 0), (2, 0)]),
        # The small bend goes, the large one stays; then nothing more is small.
        ([(0, 0), (5, 0.1), (10, 0), (10, 9), (20, 9)], 2, [(0, 0), (10, 0), (10, 9), (20, 9)]),
        ([(0, 0)], 1, [(0, 0)]),
        ([], 1, []),
    ],
)
def test_thinning_keeps_the_ends_and_what_matters(arc, least, kept):
    assert topology.thinned(arc, least) == kept


def surface(area):
    """In square kilometres; holes run the other way round."""
    return abs(
        sum(
            (x * next_y - next_x * y) / 2
            for ring in area.rings
            for (x, y), (next_x, next_y) in zip(ring, ring[1:] + ring[:1], strict=True)
        )
    )


def contains(area, point):
    x, y = point
    inside = False
    for ring in area.rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


def existing(year, kinds):
    """The register's bodies of those kinds in the reporting year that ends in `year`, by each of their codes."""
    found = {}
    for entry in register.councils():
        row = entry.fields
        opened = row["first_day"] is None or row["first_day"].isoformat() <= f"{year}-03-31"
        open_still = row["last_day"] is None or row["last_day"].isoformat() >= f"{year - 1}-04-01"
        if row["kind"] in kinds and opened and open_still:
            found |= {row[code]: row for code in ("newer_gss", "gss") if row[code]}
    return found


LOWER_TIER = {"district", "unitary", "metropolitan", "london-borough", "city-corporation"}


@pytest.mark.parametrize("year", range(2010, 2028))
def test_each_year_every_council_has_an_area_and_every_area_a_council(year):
    for layer, kinds in ((Layer.DISTRICTS, LOWER_TIER), (Layer.COUNTIES, {"county"})):
        bodies = existing(year, kinds)
        codes = {area.code for area in areas(layer, 100) if area.stood_in(in_force(year))}
        assert codes <= set(bodies)
        assert {row["slug"] for row in bodies.values()} == {bodies[code]["slug"] for code in codes}


@pytest.mark.parametrize(
    ("year", "districts", "counties"),
    [(2015, 326, 27), (2019, 326, 27), (2020, 317, 26), (2021, 314, 25), (2022, 309, 24), (2024, 296, 21)],
)
def test_how_many_there_were(year, districts, counties):
    for layer, number in ((Layer.DISTRICTS, districts), (Layer.COUNTIES, counties)):
        assert sum(area.stood_in(in_force(year)) for area in areas(layer, 100)) == number
    assert len(areas(Layer.NATIONAL_PARKS, 100)) == 10
    assert len(areas(Layer.REGIONS, 100)) == 9


@pytest.mark.parametrize(
    ("year", "calendar"), [(2010, 2014), (2014, 2014), (2015, 2014), (2020, 2019), (2026, 2025), (2030, 2025)]
)
def test_boundaries_of_a_reporting_year(year, calendar):
    """Councils change on the first day of a reporting year."""
    assert in_force(year) == calendar


def test_each_area_holds_the_centre_that_the_register_gives_its_council():
    """A code on the wrong area would show one council's figure as another's."""
    by_code = {
        code: row
        for year in (2015, 2020, 2026)
        for code, row in existing(year, LOWER_TIER | {"county", "national-park"}).items()
    }
    outside = Counter()
    for layer in (Layer.DISTRICTS, Layer.COUNTIES, Layer.NATIONAL_PARKS):
        for area in areas(layer, 0):
            row = by_code[area.code]
            if row["latitude"] is not None:
                centre = _projected(row["longitude"], row["latitude"])
                if not contains(area, centre):
                    nearest = min(hypot(x - centre[0], y - centre[1]) for ring in area.rings for x, y in ring)
                    outside[row["slug"]] = nearest
    # The middle of an area bent like a bow lies outside it, but not far.
    assert len(outside) < 12, outside
    assert all(distance < 5 for distance in outside.values()), outside


@pytest.mark.parametrize("year", range(FIRST, LAST + 1))
def test_in_every_year_the_areas_cover_england_once(year):
    """England is 130,279 square kilometres large."""
    covered = sum(surface(area) for area in areas(Layer.DISTRICTS, 0) if area.stood_in(year))
    assert covered == pytest.approx(130_279, rel=0.02)
    assert covered == pytest.approx(sum(map(surface, areas(Layer.REGIONS, 0))), rel=0.001)


def test_thinned_neighbours_still_touch():
    """Whatever the detail, all of England stays covered: what one area loses, its neighbour gains."""
    for least in (0.25, 12):
        covered = sum(surface(area) for area in areas(Layer.DISTRICTS, least) if area.stood_in(2024))
        assert covered == pytest.approx(sum(map(surface, areas(Layer.REGIONS, least))), rel=0.001)


def test_places_are_in_kilometres():
    """A degree of latitude is 111.2 km on a sphere of the Earth's size."""
    (x1, y1), (x2, y2) = _projected(-2, 52), _projected(-2, 53)
    assert (x1, x2) == (0, 0)
    assert y1 - y2 == pytest.approx(111.2, abs=0.1)
    east, _ = _projected(-1, 52)
    assert east == pytest.approx(111.2 * cos(radians(52)), abs=0.1)


def test_every_council_since_april_2023_has_a_hexagon_of_its_own():
    bodies = existing(2024, LOWER_TIER)
    laid_out = hexagons()
    assert len(laid_out) == len(set(laid_out.values())) == 296
    assert {row["slug"] for row in bodies.values()} == {bodies[code]["slug"] for code in laid_out}


def test_hexagons_lie_as_the_country_does():
    laid_out = hexagons()
    berwick, penzance, norwich = laid_out["E06000057"], laid_out["E06000052"], laid_out["E07000148"]
    assert berwick[1] < norwich[1] < penzance[1]
    assert penzance[0] < berwick[0] < norwich[0]
    # Rows are shoved by half a column in turn.
    assert {column % 1 for column, row in laid_out.values() if row % 2} == {0.5}
    assert {column % 1 for column, row in laid_out.values() if not row % 2} == {0}
