"""Maps of England: areas or hexagons in the units of a drawing, each with what it says.

The areas of all years are turned into paths once for each process; `templates/public/charts/map.svg.html` holds
what never moves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from councils import boundaries
from councils.boundaries import Area, Layer
from councils.models import Council
from public.maps.entries import Entry, Shade

# The west and north ends of England in kilometres, with a little room, and how far it goes from there.
_WEST, _NORTH, _ACROSS, _DOWN = -320, -6212, 580, 664
# The London boroughs again, larger, where there is only sea.
_INSET_SCALE, _INSET_AT = 3, 30
# Pointed at the top, 24 units wide and 28 high; rows overlap by a quarter.
_HEXAGON = "m0-14 12 7v14l-12 7-12-7v-14z"
_COLUMN, _ROW = 24, 21


@dataclass(frozen=True)
class Detail:
    """How fine a drawing is: kilometres a unit, and the square kilometres of the least detail kept."""

    unit: float
    least: float


FINE = Detail(0.25, 0.25)
COARSE = Detail(2, 12)


@dataclass(frozen=True)
class Place:
    """An area as a path, and the ends of the box around it: left, top, right, bottom."""

    code: str
    path: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Shape:
    """The place of one authority."""

    entry: Entry
    place: Place

    @property
    def in_london(self) -> bool:
        return self.place.code.startswith("E09")


@dataclass(frozen=True)
class Inset:
    """A part of the map drawn again, `scale` times as large, in a frame at `at`, `at`."""

    shapes: list[Shape]
    scale: int
    at: int
    transform: str
    width: int
    height: int

    @property
    def below(self) -> int:
        """Where its frame ends."""
        return self.at + self.height


@dataclass(frozen=True)
class Map:
    """The whole drawing. `land` is where none of the year's authorities of that kind is responsible."""

    width: int
    height: int
    shapes: list[Shape]
    land: str
    missing: list[Entry]
    hexagonal: bool = False

    @property
    def grain(self) -> float:
        """How many units make one of the 580 across in which patterns are drawn."""
        return self.width / _ACROSS

    @property
    def inset_grain(self) -> float:
        """The same inside the inset."""
        return round(self.grain / _INSET_SCALE, 3)

    @property
    def swatch(self) -> tuple[float, float]:
        """The size of a look's sample in the legend, 28 by 14 pixels large, with the grain of a map of 580 pixels."""
        return 28 * self.grain, 14 * self.grain

    @property
    def by_shade(self) -> list[tuple[Shade, list[Shape]]]:
        return [
            (shade, found)
            for shade in Shade
            if (found := [shape for shape in self.shapes if shape.entry.shade == shade])
        ]

    @property
    def path_by_shade(self) -> list[tuple[Shade, str]]:
        """The whole of each look as one path, where areas need not be told apart."""
        return [(shade, "".join(shape.place.path for shape in shapes)) for shade, shapes in self.by_shade]

    def shape_of(self, council: Council | None) -> Shape | None:
        return next((shape for shape in self.shapes if shape.entry.council == council), None)

    @cached_property
    def inset(self) -> Inset | None:
        shapes = [] if self.hexagonal else [shape for shape in self.shapes if shape.in_london]
        if not shapes:
            return None
        left, top, right, bottom = _around(shape.place.box for shape in shapes)
        to = _INSET_AT + 20
        return Inset(
            shapes,
            _INSET_SCALE,
            _INSET_AT,
            f"translate({to - left * _INSET_SCALE} {to - top * _INSET_SCALE}) scale({_INSET_SCALE})",
            (right - left) * _INSET_SCALE + 40,
            (bottom - top) * _INSET_SCALE + 40,
        )


def map_of(layer: Layer, year: int, entries: Iterable[Entry], detail: Detail = FINE) -> Map:
    """The areas as they stood in the reporting year that ends in `year`, each with its entry."""
    entries = list(entries)
    places = areas(layer, boundaries.in_force(year), detail)
    shapes, left = _matched(entries, {place.code: place for place in places})
    land = [place.path for place in left]
    if layer != Layer.DISTRICTS:
        land = [place.path for place in areas(Layer.REGIONS, boundaries.LAST, detail)]
    return Map(
        round(_ACROSS / detail.unit),
        round(_DOWN / detail.unit),
        shapes,
        "".join(land),
        _missing(entries, shapes),
    )


def hexagon_map(entries: Iterable[Entry]) -> Map:
    """A hexagon for each entry that has one."""
    entries = list(entries)
    places = _hexagons()
    shapes, _ = _matched(entries, places)
    _, _, right, bottom = _around(place.box for place in places.values())
    return Map(right, bottom, shapes, "", _missing(entries, shapes), hexagonal=True)


def has_hexagons(entries: Iterable[Entry]) -> bool:
    """Whether hexagons are laid out for every one of them."""
    return hexagon_map(entries).missing == []


def _matched(entries: list[Entry], places: Mapping[str, Place]) -> tuple[list[Shape], list[Place]]:
    """The entries that have a place, by any code of theirs; and the places that are left."""
    shapes, taken = [], set()
    for entry in entries:
        council = entry.council
        for code in (council.gss, council.newer_gss, council.former_gss):
            if code in places and code not in taken:
                shapes.append(Shape(entry, places[code]))
                taken.add(code)
                break
    return shapes, [place for code, place in places.items() if code not in taken]


def _missing(entries: list[Entry], shapes: list[Shape]) -> list[Entry]:
    drawn = {shape.entry.council for shape in shapes}
    return [entry for entry in entries if entry.council not in drawn]


def areas(layer: Layer, year: int, detail: Detail) -> list[Place]:
    """The areas of a layer as they stood in a calendar year."""
    return [place for area, place in _paths(layer, detail) if area.stood_in(year)]


@cache
def _paths(layer: Layer, detail: Detail) -> list[tuple[Area, Place]]:
    found = ((area, _place(area, detail.unit)) for area in boundaries.areas(layer, detail.least))
    return [(area, place) for area, place in found if place.path]


def _place(area: Area, unit: float) -> Place:
    rings = [
        [(round((x - _WEST) / unit), round((y - _NORTH) / unit)) for x, y in ring] for ring in area.rings
    ]
    corners = [point for ring in rings for point in ring]
    return Place(area.code, "".join(map(_path, rings)), _box(corners))


def _path(points: list[tuple[int, int]]) -> str:
    """A closed line in the shortest words of SVG; nothing where rounding has left no area."""
    points = [point for place, point in enumerate(points) if point != points[place - 1]]
    if len(set(points)) < 3:
        return ""
    steps = [f"{x - from_x} {y - from_y}" for (from_x, from_y), (x, y) in pairwise(points)]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z".replace(" -", "-")


def _box(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


def _around(boxes: Iterable[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


@cache
def _hexagons() -> dict[str, Place]:
    laid_out = boundaries.hexagons()
    west, north, *_ = _box(list(laid_out.values()))
    return {code: _hexagon(code, column - west, row - north) for code, (column, row) in laid_out.items()}


def _hexagon(code: str, column: float, row: int) -> Place:
    x, y = round(column * _COLUMN) + 14, row * _ROW + 16
    return Place(code, f"M{x} {y}{_HEXAGON}", (x - 12, y - 14, x + 14, y + 16))
