"""A rate on the line from 0% to 100%, with its 95% interval as a bar and the average of similar authorities.

Drawn for the width of a phone; `templates/public/charts/bar.svg.html` holds what never moves.
"""

from dataclasses import dataclass
from typing import Literal

from public.charts.scale import Scale
from public.figures import percent
from public.sentences import Rate

WIDTH = 290
# Room on either side for half a mark, so that 0% and 100% stand whole inside the drawing.
_SCALE = Scale(100, 10, WIDTH - 10)
# Nearer to an end than this, in per cent, the words above or below a mark begin or end there.
_NEAR_AN_END = 30


@dataclass(frozen=True)
class Mark:
    """A rate's place, and where its words begin, end or have their middle."""

    x: float
    written: str
    anchor: Literal["start", "middle", "end"]
    words_x: float


@dataclass(frozen=True)
class Bar:
    """The drawing of one rate; without `average` where there is none or the cases are too few to compare."""

    low: float
    high: float
    rate: Mark
    average: Mark | None
    few: bool
    words: str

    @property
    def foot(self) -> int:
        """Where the numbers of the line are written: below the words of the average, if there are any."""
        return 62 if self.average is None else 84

    @property
    def height(self) -> int:
        return self.foot + 6

    @property
    def length(self) -> float:
        """How long the bar of the interval is."""
        return round(self.high - self.low, 1)


def bar(name: str, rate: Rate) -> Bar | None:
    """The drawing of the rate that is called `name`; None where the letter states too little for an interval."""
    if rate.interval is None or rate.percent is None:
        return None
    low, high = rate.interval
    average = None if rate.average is None or rate.too_few else _mark(rate.average)
    beside = "" if average is None else f", beside the average of similar authorities, {average.written}"
    return Bar(
        low=_SCALE.at(low),
        high=_SCALE.at(high),
        rate=_mark(rate.percent),
        average=average,
        few=rate.too_few,
        words=f"{name}: {percent(rate.percent)} and its 95% interval{beside}, on a line from 0% to 100%.",
    )


def _mark(value) -> Mark:
    x = _SCALE.at(value)
    if value < _NEAR_AN_END:
        return Mark(x, percent(value), "start", max(0, x - 7))
    if value > 100 - _NEAR_AN_END:
        return Mark(x, percent(value), "end", min(WIDTH, x + 7))
    return Mark(x, percent(value), "middle", x)
