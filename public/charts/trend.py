"""A measure over the years, as points joined by lines, with the average of similar authorities beside it.

Drawn for the width of a phone; `templates/public/charts/trend.svg.html` holds what never moves.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from letters.measures import Break
from public.charts.scale import Scale, round_number_above
from public.figures import years
from public.series import Series, Year, as_printed, in_words

WIDTH, HEIGHT = 300, 176
# Where the years lie, and the values: inside the frame by more than a mark's half.
_FIRST_X, _LAST_X = 60, 272
_TOP, _BOTTOM = 28, 144
# The room that a year's name takes, "2019–20".
_NAME = 60


@dataclass(frozen=True)
class Mark:
    """One year's point; `whisker` is the top and the bottom of its interval."""

    x: float
    y: float
    words: str
    few: bool = False
    whisker: tuple[float, float] | None = None


@dataclass(frozen=True)
class Tick:
    """A place on an axis, and what is written there."""

    at: float
    words: str


@dataclass(frozen=True)
class Cut:
    """A break in the series: where it is marked, and by which letter."""

    x: float
    letter: str
    note: str


@dataclass(frozen=True)
class Line:
    """The two series of a drawing are made of lines, each the marks of years that may be joined."""

    marks: tuple[Mark, ...]

    @property
    def points(self) -> str:
        """As SVG has them."""
        return " ".join(f"{mark.x},{mark.y}" for mark in self.marks)


@dataclass(frozen=True)
class Trend:
    """The drawing of one series, and the series itself for the table beside it."""

    series: Series
    words: str
    values: tuple[Tick, ...]
    years: tuple[Tick, ...]
    cuts: tuple[Cut, ...]
    lines: tuple[Line, ...]
    averages: tuple[Line, ...]

    @property
    def span(self) -> str:
        """First and last year: "2019–20 to 2024–25"."""
        return f"{self.series.years[0].years} to {self.series.years[-1].years}"


@dataclass(frozen=True)
class Trends:
    """All drawings of a council, and what their common key has to explain."""

    drawings: tuple[Trend, ...]
    has_breaks: bool
    has_few: bool
    has_intervals: bool
    has_averages: bool


def trends(every: Iterable[Series]) -> Trends:
    """The drawings of a council's series. A break has the same letter in each of them."""
    every = list(every)
    found = sorted({each for series in every for each in series.breaks}, key=lambda each: each.year)
    letters = {each: chr(ord("A") + number) for number, each in enumerate(found)}
    shown = [year for series in every for year in series.years]
    return Trends(
        tuple(_trend(series, letters) for series in every),
        has_breaks=bool(found),
        has_few=any(year.few for year in shown),
        has_intervals=any(year.rate.interval for year in shown),
        has_averages=any(year.average is not None for year in shown),
    )


def _trend(series: Series, letters: dict[Break, str]) -> Trend:
    first, last = series.years[0].year, series.years[-1].year
    along = Scale(last - first, _FIRST_X, _LAST_X)
    top = _top(series)
    up = Scale(top, _BOTTOM, _TOP)

    def line(run: list[Year], mark: Callable[[Year, float, Scale], Mark]) -> Line:
        return Line(tuple(mark(each, along.at(each.year - first), up) for each in run))

    halves = (Decimal(0), Decimal(top) / 2, Decimal(top))
    return Trend(
        series,
        words=in_words(series),
        values=tuple(Tick(up.at(each), as_printed(series.measure, each)) for each in halves),
        years=tuple(Tick(along.at(year - first), years(year)) for year in _named_years(first, last)),
        cuts=tuple(
            Cut(along.at(each.year - 0.5 - first), letters[each], each.note) for each in series.breaks
        ),
        lines=tuple(line(run, _mark) for run in series.runs(lambda each: each.figure)),
        averages=tuple(line(run, _average_mark) for run in series.runs(lambda each: each.average)),
    )


def _top(series: Series) -> int:
    if series.measure.form == "rate":
        return 100
    drawn = (value for each in series.years for value in (each.figure, each.average) if value is not None)
    return round_number_above(max(drawn))


def _named_years(first: int, last: int) -> list[int]:
    """As many years as there is room for their names, the last one among them."""
    step = ceil(_NAME * (last - first) / (_LAST_X - _FIRST_X))
    return sorted(range(last, first - 1, -step))


def _mark(year: Year, x: float, up: Scale) -> Mark:
    whisker = None
    if year.rate.interval is not None:
        low, high = year.rate.interval
        whisker = (up.at(high), up.at(low))
    counts = "" if year.base is None else f" ({year.counts_written})"
    return Mark(x, up.at(year.figure), f"{year.years}: {year.written}{counts}", year.few, whisker)


def _average_mark(year: Year, x: float, up: Scale) -> Mark:
    return Mark(
        x, up.at(year.average), f"{year.years}, average of similar authorities: {year.average_written}"
    )
