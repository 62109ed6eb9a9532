"""A measure over all years of a council's public letters: what is joined, what is not, and why."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any

from councils.models import Council
from letters.measures import HEADLINE, MEASURES, Break, Measure
from public.figures import count_of, number, percent, whole, years
from public.sentences import Rate

_SHOWN = (*HEADLINE, "upheld-per-100000")


def as_printed(measure: Measure, value: Decimal) -> str:
    """A figure of the measure as the letters print it: a rate with its sign, any other number without."""
    return percent(value) if measure.form == "rate" else number(value)


@dataclass(frozen=True)
class Year:
    """What the letter of one year states of a measure. `without` says why there is no figure.

    `former` is the body that the letter went to if it was under a former name.
    """

    year: int
    measure: Measure
    has_letter: bool
    figure: Decimal | None = None
    average: Decimal | None = None
    count: int | None = None
    base: int | None = None
    without: str = ""
    former: Council | None = None

    @property
    def years(self) -> str:
        return years(self.year)

    @cached_property
    def rate(self) -> Rate:
        """The figure as a rate; one that is no rate has no base, and so neither interval nor too few cases."""
        return Rate(self.figure, self.count, self.base, self.average)

    @property
    def written(self) -> str:
        """The figure as printed, or why there is none."""
        return self.without if self.figure is None else as_printed(self.measure, self.figure)

    @property
    def average_written(self) -> str:
        return "Not stated" if self.average is None else as_printed(self.measure, self.average)

    @property
    def counts_written(self) -> str:
        """ "2 of 5"; where the letter states no count, with ours if a single one is printed as this rate."""
        if self.count is self.base is None:
            return "Not stated"
        return count_of(self.count if self.rate.our_count is None else self.rate.our_count, self.base)

    @property
    def interval_written(self) -> str:
        """The 95% interval: "12–77%"; empty where there is none."""
        if self.rate.interval is None:
            return ""
        low, high = (whole(end) for end in self.rate.interval)
        return f"{low}–{high}%"

    @property
    def few(self) -> bool:
        """Whether there is a figure, but too few cases to compare it."""
        return self.figure is not None and self.rate.too_few


@dataclass(frozen=True)
class Series:
    """A measure year by year, from the first of the letters that could state it to the last."""

    measure: Measure
    years: tuple[Year, ...]

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The breaks between two of its years."""
        first, last = self.years[0].year, self.years[-1].year
        return tuple(each for each in self.measure.breaks if first < each.year <= last)

    @property
    def has_our_counts(self) -> bool:
        return any(each.rate.our_count is not None for each in self.years)

    def runs(self, value: Callable[[Year], Decimal | None]) -> list[list[Year]]:
        """The years that may be joined by one line: each has the value, none is missing, no break between them."""
        broken = {each.year for each in self.breaks}
        runs: list[list[Year]] = [[]]
        for each in self.years:
            if each.year in broken or value(each) is None:
                runs.append([])
            if value(each) is not None:
                runs[-1].append(each)
        return [run for run in runs if run]


def over_the_years(
    letters_of: Iterable[int], statistics: Iterable[Any], former: Mapping[int, Council] = MappingProxyType({})
) -> list[Series]:
    """The headline figures, and upheld decisions per 100,000, over all years of a council's public letters.

    `letters_of` are the years that have one, `statistics` all figures of those letters, `former` the names it bore
    in years when it had another. A measure is left out when no letter states it, or when there is but one year that
    could.
    """
    return [
        series
        for series in _every(_SHOWN, letters_of, statistics, former)
        if len(series.years) > 1 and any(each.figure is not None for each in series.years)
    ]


def headline(letters_of: Iterable[int], statistics: Iterable[Any]) -> list[Series]:
    """The three headline figures over all years; also where it is but one year, or none."""
    return _every(HEADLINE, letters_of, statistics, {})


def _every(
    slugs: Iterable[str],
    letters_of: Iterable[int],
    statistics: Iterable[Any],
    former: Mapping[int, Council],
) -> list[Series]:
    have_letter = set(letters_of)
    stated = {(each.measure, each.letter.review.year_ending): each for each in statistics}
    return [_series(MEASURES[slug], have_letter, stated, former) for slug in slugs]


def _series(
    measure: Measure,
    have_letter: set[int],
    stated: Mapping[tuple[str, int], Any],
    former: Mapping[int, Council],
) -> Series:
    could = [year for year in have_letter if measure.stated_in(year) or (measure.slug, year) in stated]
    span = range(min(could), max(could) + 1) if could else ()
    years = (year_of(measure, year, year in have_letter, stated.get((measure.slug, year))) for year in span)
    return Series(measure, tuple(replace(each, former=former.get(each.year)) for each in years))


def year_of(measure: Measure, year: int, has_letter: bool, statistic: Any) -> Year:
    """What a letter states of the measure; `statistic` is None where it states nothing, or there is no letter."""
    if statistic is None:
        without = "Not stated in the letter" if has_letter else "No letter"
        return Year(year, measure, has_letter, without=without)
    return Year(
        year,
        measure,
        has_letter,
        figure=statistic.percent if measure.form == "rate" else statistic.value,
        average=statistic.average,
        count=statistic.numerator,
        base=statistic.denominator,
        without="No recommendations were due" if statistic.none_due else "Not stated in the letter",
    )


def in_words(series: Series) -> str:
    """What the drawing of the series shows, in a few plain sentences."""
    subject = "The rate" if series.measure.form == "rate" else "The figure"
    said = [
        _spread(series.measure, subject, [each.figure for each in series.years]),
        _spread(
            series.measure, "The average of similar authorities", [each.average for each in series.years]
        ),
        _listed("The series breaks at", [each.year for each in series.breaks]),
        _listed("Fewer than 5 cases:", [each.year for each in series.years if each.few]),
        _listed("No figure:", [each.year for each in series.years if each.figure is None]),
    ]
    return " ".join(sentence for sentence in said if sentence)


def _spread(measure: Measure, subject: str, values: list[Decimal | None]) -> str:
    stated = [value for value in values if value is not None]
    if not stated:
        return ""
    least, most = (as_printed(measure, end) for end in (min(stated), max(stated)))
    return f"{subject} {f'is {least}' if least == most else f'lies between {least} and {most}'}."


def _listed(subject: str, year_endings: list[int]) -> str:
    return f"{subject} {', '.join(years(each) for each in year_endings)}." if year_endings else ""
