"""Where councils lie: their areas as they stood, and a hexagon for each of today's.

The files in `register/boundaries/` are as published; docs/data-sources.md says by whom. An area is known by a GSS
code, never by its name.
"""

import json
from dataclasses import dataclass
from enum import Enum
from math import atan2, atanh, cos, radians, sin, tan
from pathlib import Path
from typing import Any

from councils import topology
from councils.topology import Point, Ring

_FOLDER = Path(__file__).parent / "register" / "boundaries"
# The boundaries known are those in force at the end of each of these calendar years.
FIRST, LAST = 2014, 2025
_EARTH = 6371.0  # its radius in kilometres
_MERIDIAN = -2.0  # the one that the Ordnance Survey's grid is built on, so England stands as on its maps


class Layer(Enum):
    """The sets of areas, each by its file and its name in there."""

    DISTRICTS = ("england-2014-2025.topojson", "ltla")
    COUNTIES = ("england-2014-2025.topojson", "cty")
    REGIONS = ("england-2014-2025.topojson", "rgn")
    NATIONAL_PARKS = ("national-parks-2021.topojson", "npark")


@dataclass(frozen=True)
class Area:
    """What one GSS code stood for from the calendar year `first` to `last`, as rings of points in kilometres.

    Points are counted from the meridian 2° W to the east and from the equator to the south, so those of England are
    negative: a greater second number is further south, as in a drawing.
    """

    code: str
    first: int
    last: int
    rings: tuple[tuple[Point, ...], ...]

    def stood_in(self, year: int) -> bool:
        return self.first <= year <= self.last


def in_force(year_ending: int) -> int:
    """The calendar year whose boundaries were in force in a reporting year, or the nearest known.

    Councils change on 1 April, so those of the year that ended in March 2020 are the boundaries of 2019.
    """
    return min(max(year_ending - 1, FIRST), LAST)


def areas(layer: Layer, least: float) -> list[Area]:
    """The areas of all years; lines are thinned to details of at least `least` square kilometres.

    Districts are the unitaries, metropolitan and London boroughs too; the nine regions together are all of England.
    """
    name, within = layer.value
    read = _read(name)
    arcs = [topology.thinned(arc, least) for arc in topology.arcs(read, _projected)]
    return [_area(geometry, arcs) for geometry in read["objects"][within]["geometries"]]


def codes(layer: Layer) -> list[tuple[str, tuple[int, int]]]:
    """The codes of a layer's areas, with the first and the last calendar year in which each stood."""
    name, within = layer.value
    return [
        (properties["areacd"], _years(properties))
        for properties in (
            geometry["properties"] for geometry in _read(name)["objects"][within]["geometries"]
        )
    ]


def hexagons() -> dict[str, tuple[float, int]]:
    """For each council since April 2023, by GSS code, the column and the row of its hexagon.

    Rows are counted from the north, columns from the west; every other row stands half a column further east.
    """
    laid_out = _read("hexagons-2023.hexjson")["hexes"]
    return {
        code: (place["q"] + place["r"] % 2 / 2, -place["r"])
        for code, place in laid_out.items()
        if code.startswith("E")
    }


def _area(geometry: dict[str, Any], arcs: list[Ring]) -> Area:
    properties = geometry["properties"]
    return Area(
        properties["areacd"],
        *_years(properties),
        tuple(map(tuple, topology.rings(geometry, arcs))),
    )


def _years(properties: dict[str, Any]) -> tuple[int, int]:
    return properties.get("start", FIRST), properties.get("end", LAST)


def _read(name: str) -> dict[str, Any]:
    return json.loads((_FOLDER / name).read_text(encoding="utf-8"))


def _projected(longitude: float, latitude: float) -> Point:
    """Kilometres on the transverse Mercator projection of a sphere."""
    east, north = radians(longitude - _MERIDIAN), radians(latitude)
    return _EARTH * atanh(cos(north) * sin(east)), -_EARTH * atan2(tan(north), cos(east))
