"""The maps there are: England's areas overlap, so each tier of authorities has a map of its own."""

from dataclasses import dataclass
from enum import StrEnum

from councils.boundaries import Layer
from councils.kinds import CouncilKind


class Kind(StrEnum):
    """As the address has them."""

    COUNCILS = "councils"
    COUNTIES = "counties"
    NATIONAL_PARKS = "national-parks"


class View(StrEnum):
    """How the areas are drawn."""

    BOUNDARIES = "boundaries"
    HEXAGONS = "hexagons"


@dataclass(frozen=True)
class _Map:
    label: str
    bodies: tuple[CouncilKind, ...]
    layer: Layer


_MAPS = {
    Kind.COUNCILS: _Map(
        "districts, unitaries and boroughs",
        (
            CouncilKind.DISTRICT,
            CouncilKind.UNITARY,
            CouncilKind.METROPOLITAN,
            CouncilKind.LONDON_BOROUGH,
            CouncilKind.CITY_CORPORATION,
        ),
        Layer.DISTRICTS,
    ),
    Kind.COUNTIES: _Map("county councils", (CouncilKind.COUNTY,), Layer.COUNTIES),
    Kind.NATIONAL_PARKS: _Map(
        "national park authorities", (CouncilKind.NATIONAL_PARK,), Layer.NATIONAL_PARKS
    ),
}


def label(kind: Kind) -> str:
    """The map's authorities in words."""
    return _MAPS[kind].label


def bodies(kind: Kind) -> tuple[CouncilKind, ...]:
    """The kinds of bodies on that map."""
    return _MAPS[kind].bodies


def layer(kind: Kind) -> Layer:
    """Where their areas are."""
    return _MAPS[kind].layer


def of(body: str) -> Kind | None:
    """The map that a kind of body is on; None for those that are on none."""
    return next((kind for kind in Kind if body in bodies(kind)), None)
