"""The spread of a rate by kind of authority on the line from 0% to 100%: a box for each kind.

Places across are in per cent of the drawing's width, so a rate is its own place; places down are in pixels.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from public.spread import Spread

# In pixels: down to the foot of a kind's name, to the middle of its box, and to the next kind.
_NAME = 16
_BOX = 34
_NEXT = 58


@dataclass(frozen=True)
class Box:
    """A kind's place: `ends` are its lowest and highest rate, `box` its quartiles, `points` its rates if few."""

    spread: Spread
    top: float
    ends: tuple[float, float] | None
    box: tuple[float, float, float] | None
    points: tuple[float, ...]
    ours: float | None
    printed: tuple[float, ...]

    @property
    def name_y(self) -> float:
        return self.top + _NAME

    @property
    def y(self) -> float:
        return self.top + _BOX

    @property
    def box_width(self) -> float:
        return round(self.box[2] - self.box[0], 2) if self.box else 0


@dataclass(frozen=True)
class BoxPlot:
    """The whole drawing, `height` pixels high without the numbers below its line."""

    boxes: list[Box]
    height: float
    ticks: tuple[int, ...] = (0, 25, 50, 75, 100)

    @property
    def full_height(self) -> float:
        return self.height + 24


def box_plot(spreads: Iterable[Spread]) -> BoxPlot | None:
    """The drawing of those kinds that have an average or a rate of enough cases; None where none has."""
    drawn = [each for each in spreads if each.places or each.average]
    boxes = [_box(each, place * _NEXT) for place, each in enumerate(drawn)]
    return BoxPlot(boxes, len(boxes) * _NEXT) if boxes else None


def _box(spread: Spread, top: float) -> Box:
    places = tuple(round(each, 2) for each in spread.places)
    box = spread.quartiles
    return Box(
        spread=spread,
        top=top,
        ends=(places[0], places[-1]) if box else None,
        box=(round(box[0], 2), round(box[1], 2), round(box[2], 2)) if box else None,
        points=() if box else places,
        ours=spread.average.place if spread.average else None,
        printed=tuple(float(each) for each in spread.printed),
    )
