"""Figures of one letter against each other. Pure, so that figures which a person has edited can be checked again."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Protocol

from letters.measures import OVERVIEW, find, measure

from .rounding import is_rate_of, rounded_rate
from .sums import sums
from .types import Problem

Period = tuple[date, date]


class FigureLike(Protocol):
    """Anything with the numbers of a figure: a `Figure`, or a row of the database."""

    @property
    def measure(self) -> str: ...
    @property
    def percent(self) -> Decimal | None: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def numerator(self) -> int | None: ...
    @property
    def denominator(self) -> int | None: ...
    @property
    def average(self) -> Decimal | None: ...
    @property
    def period_start(self) -> date | None: ...
    @property
    def period_end(self) -> date | None: ...


def contradictions(figures: Iterable[FigureLike], year_ending: int | None = None) -> list[Problem]:
    """What cannot all be true at once. With `year_ending`, periods are checked against the letter's year too."""
    by_measure = {figure.measure: figure for figure in figures}
    problems = [problem for figure in by_measure.values() for check in _ON_ONE for problem in check(figure)]
    return [
        *problems,
        *_bases(by_measure),
        *_overview(by_measure),
        *_table_totals(by_measure),
        *_table_rate(by_measure),
        *_periods(by_measure, year_ending),
    ]


def _out_of_range(figure: FigureLike) -> Iterator[Problem]:
    known = find(figure.measure)
    is_rate = known is not None and known.form == "rate"
    for field, rate in (("rate", figure.percent), ("average", figure.average if is_rate else None)):
        if rate is not None and not 0 <= rate <= 100:
            yield _problem(
                figure, "percent-over-100", f"The {field} is {plain(rate)}%, which no rate can be."
            )


def _more_than_base(figure: FigureLike) -> Iterator[Problem]:
    if (
        figure.numerator is not None
        and figure.denominator is not None
        and figure.numerator > figure.denominator
    ):
        message = f"The count, {figure.numerator}, is larger than its base, {figure.denominator}."
        yield _problem(figure, "numerator-over-base", message)


def _rate_of_nothing(figure: FigureLike) -> Iterator[Problem]:
    if figure.denominator == 0 and figure.percent is not None:
        rate = plain(figure.percent)
        message = f"The rate is {rate}%, but its base is 0. Of nothing there is no rate: leave it empty."
        yield _problem(figure, "zero-base-with-rate", message)


def _rate_against_counts(figure: FigureLike) -> Iterator[Problem]:
    percent, numerator, denominator = figure.percent, figure.numerator, figure.denominator
    if percent is None or numerator is None or not denominator or is_rate_of(percent, numerator, denominator):
        return
    is_rate = rounded_rate(numerator, denominator)
    message = f"The rate is {plain(percent)}%, but {numerator} of {denominator} is {is_rate}%."
    yield _problem(figure, "rate-contradicts-counts", message)


def _rate_against_base(figure: FigureLike) -> Iterator[Problem]:
    """Where no count is stated, as never for compliance, some count must give the rate."""
    percent, base = figure.percent, figure.denominator
    if percent is None or figure.numerator is not None or not base or not 0 <= percent <= 100:
        return
    near = int(percent * base / 100)
    if not any(
        is_rate_of(percent, count, base) for count in (near - 1, near, near + 1) if 0 <= count <= base
    ):
        message = f"The rate is {plain(percent)}%, which no count of {base} comes to."
        yield _problem(figure, "rate-contradicts-base", message)


_ON_ONE: tuple[Callable[[FigureLike], Iterator[Problem]], ...] = (
    _out_of_range,
    _more_than_base,
    _rate_of_nothing,
    _rate_against_counts,
    _rate_against_base,
)


def _bases(figures: dict[str, FigureLike]) -> Iterator[Problem]:
    upheld, remedies = figures.get("upheld"), figures.get("satisfactory-remedies")
    investigated = figures.get("investigated")
    if upheld and remedies and _differ(upheld.numerator, remedies.denominator):
        message = (
            f"{upheld.numerator} decisions were upheld, but the base of the satisfactory remedies is"
            f" {remedies.denominator}: they should be the same."
        )
        yield _problem(remedies, "bases-differ", message)
    if upheld and investigated and _differ(upheld.denominator, investigated.value):
        message = (
            f"The overview says that {plain(investigated.value)} complaints were investigated, but the base of the"
            f" upheld rate is {upheld.denominator}: they should be the same."
        )
        yield _problem(investigated, "bases-differ", message)


def _differ(one: Decimal | int | None, other: Decimal | int | None) -> bool:
    return one is not None and other is not None and one != other


def _overview(figures: dict[str, FigureLike]) -> Iterator[Problem]:
    values = [figures[measure].value for measure in OVERVIEW if measure in figures]
    stated = [value for value in values if value is not None]
    if len(stated) == len(OVERVIEW) and stated[0] != sum(stated[1:]):
        parts = " + ".join(map(plain, stated[1:]))
        whole, total = plain(stated[0]), plain(sum(stated[1:]))
        message = f"The overview does not add up: {whole} dealt with, but {parts} = {total}."
        yield _problem(figures["dealt-with"], "overview-sum", message)


def _table_totals(figures: dict[str, FigureLike]) -> Iterator[Problem]:
    """A table's numbers against its total. What is not stated adds nothing."""
    for total, parts in sums(figures):
        stated = [value for part in parts if (value := figures[part].value) is not None]
        whole = figures[total].value
        if whole is not None and stated and whole != sum(stated):
            message = (
                f"The table does not add up: “{measure(total).name}” is {plain(whole)}, but the {len(stated)} numbers"
                f" that should come to it make {plain(sum(stated))}. None of them is sure."
            )
            yield _problem(figures[total], "table-total", message)


def _table_rate(figures: dict[str, FigureLike]) -> Iterator[Problem]:
    """The uphold rate's count and base against the table of decisions that it is worked out from."""
    rate = figures.get("upheld")
    yes, no = (_value(figures, f"decided:{outcome}") for outcome in ("upheld", "not-upheld"))
    if rate is None or yes is None or no is None:
        return
    if _differ(rate.numerator, yes) or _differ(rate.denominator, yes + no):
        message = (
            f"The decisions made are {plain(yes)} upheld and {plain(no)} not upheld, but the uphold rate counts"
            f" {plain(rate.numerator)} of {plain(rate.denominator)}: they should be the same."
        )
        yield _problem(rate, "bases-differ", message)


def _value(figures: dict[str, FigureLike], slug: str) -> Decimal | None:
    return figures[slug].value if slug in figures else None


def _periods(figures: dict[str, FigureLike], year_ending: int | None) -> Iterator[Problem]:
    periods = Counter(period for figure in figures.values() if (period := _period(figure)))
    if not periods:
        return
    usual = year(year_ending) if year_ending else periods.most_common(1)[0][0]
    if len(periods) == 1 and usual not in periods:
        stated = in_words(*next(iter(periods)))
        message = (
            f"The letter is of the year ending 31 March {year_ending}, but its figures are for {stated}."
        )
        yield Problem("year-differs", None, message)
        return
    for figure in figures.values():
        if (period := _period(figure)) and period != usual:
            message = f"This figure is for {in_words(*period)}, others or the letter's title for {in_words(*usual)}."
            yield _problem(figure, "period-differs", message)


def _period(figure: FigureLike) -> Period | None:
    start, end = figure.period_start, figure.period_end
    return (start, end) if start and end else None


def year(year_ending: int) -> Period:
    """The period that letters of a year cover: 1 April to 31 March."""
    return date(year_ending - 1, 4, 1), date(year_ending, 3, 31)


def plain(number: Decimal | int | None) -> str:
    """ "7.5", "45" rather than "45.00"."""
    return "?" if number is None else f"{Decimal(number).normalize():f}"


def in_words(start: date, end: date) -> str:
    """ "1 April 2019 to 31 March 2020"."""
    return f"{start.day} {start:%B %Y} to {end.day} {end:%B %Y}"


def _problem(figure: FigureLike, code: str, message: str) -> Problem:
    return Problem(code, figure.measure, message)
