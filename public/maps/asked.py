"""What the address of a map asks for, and the one address that asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from councils.kinds import CouncilKind, Region
from letters.measures import HEADLINE, MEASURES, Measure
from public import asked as asking
from public.comparison import Sort
from public.maps.kinds import Kind, View
from public.maps.steps import STEPS

_LONGEST_NAME = 100


@dataclass(frozen=True)
class Asked:
    """What the address asks for; None or empty where it leaves the choice to the page.

    `name`, `of` and `region` choose among the lines of the table; the map shows all authorities of its `kind`.
    """

    figure: str = HEADLINE[0]
    year: int | None = None
    kind: Kind | None = None
    view: View = View.BOUNDARIES
    council: str = ""
    name: str = ""
    of: CouncilKind | None = None
    region: Region | None = None
    sort: Sort = Sort.NAME

    @property
    def measure(self) -> Measure:
        return MEASURES[self.figure]

    @property
    def hexagonal(self) -> bool:
        return self.view == View.HEXAGONS

    @property
    def filters(self) -> bool:
        """Whether it asks for some lines of the table only."""
        return bool(self.name or self.of or self.region)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The parameters of the address, in its order."""
        parts = {
            "figure": self.figure,
            "year": self.year,
            "kind": self.kind,
            "view": self.view if self.hexagonal else "",
            "council": self.council,
            "name": self.name,
            "of": self.of,
            "region": self.region,
            "sort": "" if self.sort == Sort.NAME else self.sort,
        }
        return [(name, str(value)) for name, value in parts.items() if value]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The parameters that stay when other lines of the table are asked for."""
        return self.but(name="", of=None, region=None).parts

    @property
    def query(self) -> str:
        return urlencode(self.parts)

    @property
    def address(self) -> str:
        return f"{reverse('map')}?{self.query}"

    def but(self, **changes) -> "Asked":
        """The same with something changed."""
        return replace(self, **changes)


def read(parameters: Mapping[str, str]) -> Asked:
    """What the parameters of an address ask for. Raises Refused for what no link or form of ours could send."""
    return Asked(
        figure=asking.one_of(STEPS, parameters.get("figure", ""), "a figure") or HEADLINE[0],
        year=asking.year_in(parameters.get("year", "")),
        kind=asking.one_of(Kind, parameters.get("kind", ""), "a map"),
        view=asking.one_of(View, parameters.get("view", ""), "a map") or View.BOUNDARIES,
        council=asking.slug_in(parameters.get("council", "")),
        name=_name(parameters.get("name", "")),
        of=asking.one_of(CouncilKind, parameters.get("of", ""), "a kind of authority"),
        region=asking.one_of(Region, parameters.get("region", ""), "a region"),
        sort=asking.one_of(Sort, parameters.get("sort", ""), "an order") or Sort.NAME,
    )


def _name(text: str) -> str:
    name = " ".join(text.split())
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise asking.Refused(400, "Enter a shorter name in ordinary characters: at most 100 of them.")
    return name
