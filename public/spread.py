"""How the rates of one kind of authority lie in a year: quartiles, never ranks. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from statistics import quantiles

from councils.kinds import CouncilKind
from councils.models import Council
from public.comparison import Average, Row, our_average, printed_averages
from public.figures import counted, percent, whole
from public.groups import peers_of

# Quartiles of fewer authorities than these would say no more than their rates do.
ENOUGH_FOR_QUARTILES = 4


TOO_FEW = "Too few"
FIVE = ("Lowest", "Lower quartile", "Middle", "Upper quartile", "Highest")


@dataclass(frozen=True)
class Place:
    """One of the five places of a spread, in words: a rate, or that there are too few authorities for it."""

    name: str
    written: str


@dataclass(frozen=True)
class Spread:
    """One kind of authority: `places` are the rates of those with enough cases, in per cent, lowest first."""

    kind: str
    rows: Sequence[Row]
    average: Average | None
    places: tuple[float, ...]

    @property
    def letters(self) -> int:
        return len(self.rows)

    @property
    def quartiles(self) -> tuple[float, float, float] | None:
        """Those of the rates themselves, between two neighbours in proportion; None for a few authorities."""
        if len(self.places) < ENOUGH_FOR_QUARTILES:
            return None
        lower, middle, upper = quantiles(self.places, n=4, method="inclusive")
        return lower, middle, upper

    @property
    def five(self) -> list["Place"]:
        """Lowest, lower quartile, middle, upper quartile and highest, as the table has them."""
        if not self.places:
            return [Place(name, TOO_FEW) for name in FIVE]
        # Of three authorities the one in the middle is drawn as a point of its own.
        between = self.places[1] if len(self.places) == 3 else None
        middle = self.quartiles or (None, between, None)
        return [
            Place(name, TOO_FEW if place is None else percent(whole(place)))
            for name, place in zip(FIVE, (self.places[0], *middle, self.places[-1]), strict=True)
        ]

    @property
    def printed(self) -> list[Decimal]:
        """The average that its letters print; all of them, where they differ."""
        return printed_averages(self.rows)

    @property
    def printed_written(self) -> str:
        return ", ".join(percent(each) for each in self.printed) or "None"

    @property
    def enough_written(self) -> str:
        return counted(len(self.places), "authority", "authorities")


def by_kind(rows: Iterable[Row]) -> list[Spread]:
    """The rows of a year's letters by kind of authority; the City of London is one of the London boroughs."""
    in_order = sorted(rows, key=lambda row: (_order(row.council), peers_of(row.council)))
    return [
        _spread(kind, list(group)) for kind, group in groupby(in_order, key=lambda row: peers_of(row.council))
    ]


def _order(council: Council) -> int:
    kinds = list(CouncilKind)
    return kinds.index(council.similar_group.kinds[0] if council.similar_group else CouncilKind(council.kind))


def _spread(kind: str, rows: list[Row]) -> Spread:
    enough = sorted(row.position for row in rows if row.drawn and not row.too_few)
    return Spread(f"{kind[0].upper()}{kind[1:]}", rows, our_average(rows), tuple(enough))
