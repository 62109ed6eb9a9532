"""What one annual letter states, before it is put into words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from .era import base_labels

# "No recommendations were due for compliance in this period": no rate, no average, no base.
NONE_DUE: Literal["none due"] = "none due"


@dataclass(frozen=True)
class RateFacts:
    """One rate in whole per cent: `numerator` of `denominator`, and the average of similar authorities.

    What the letter does not print is None; compliance never prints a numerator.
    """

    percent: int
    average: int | None
    numerator: int | None
    denominator: int


@dataclass(frozen=True)
class OverviewFacts:
    """How many complaints were dealt with; the first is the sum of the other three. Letters of 2025 on."""

    dealt_with: int
    not_for_us: int
    assessed_and_closed: int
    investigated: int


@dataclass(frozen=True)
class LetterFacts:
    """Everything that one letter says of one council and year.

    A block that is None is left out of the letter altogether. `real` tells published figures from made-up
    ones; names of officers, dates and words are made up in either case unless the caller puts real ones in.
    """

    council: str
    year_ending: int
    letter_date: date
    publication_date: date
    recipient_name: str
    recipient_post: str
    upheld: RateFacts | None
    compliance: RateFacts | Literal["none due"] | None
    remedies: RateFacts | None
    per_100000: Decimal | None = None
    per_100000_average: Decimal | None = None
    overview: OverviewFacts | None = None
    real: bool = False

    def expected(self) -> dict:
        """What a faultless reader of the printed letter returns, in the form of `read_letter`'s JSON."""
        return {
            "council": self.council,
            "year_ending": self.year_ending,
            "letter_date": self.letter_date.isoformat(),
            "publication_date": self.publication_date.isoformat(),
            "recipient": {"name": self.recipient_name, "post": self.recipient_post},
            "statistics": self._statistics(),
        }

    @property
    def period(self) -> tuple[date, date]:
        """First and last day of the year that the letter covers."""
        return date(self.year_ending - 1, 4, 1), date(self.year_ending, 3, 31)

    def _statistics(self) -> list[dict]:
        rates = {"upheld": self.upheld, "compliance": self.compliance, "satisfactory-remedies": self.remedies}
        found = [self._rate(measure, rate) for measure, rate in rates.items() if rate is not None]
        if self.per_100000 is not None:
            average = self.per_100000_average
            found.append(self._value("upheld-per-100000", float(self.per_100000), average and float(average)))
        if self.overview is not None:
            found += [self._value(*figure) for figure in self._overview_figures(self.overview)]
        return found

    @staticmethod
    def _overview_figures(overview: OverviewFacts) -> list[tuple[str, int]]:
        return [
            ("dealt-with", overview.dealt_with),
            ("not-for-us", overview.not_for_us),
            ("assessed-and-closed", overview.assessed_and_closed),
            ("investigated", overview.investigated),
        ]

    def _rate(self, measure: str, rate: RateFacts | str) -> dict:
        if not isinstance(rate, RateFacts):
            return statistic(measure)
        return self._dated(
            measure,
            percent=rate.percent,
            numerator=rate.numerator,
            denominator=rate.denominator,
            average=rate.average,
            base_label=base_labels(self.year_ending)[measure].of(rate.denominator),
        )

    def _value(self, measure: str, value: float, average: float | None = None) -> dict:
        return self._dated(measure, value=value, average=average)

    def _dated(self, measure: str, **figures) -> dict:
        start, end = self.period
        return statistic(measure, period_start=start.isoformat(), period_end=end.isoformat(), **figures)


def statistic(measure: str, **figures) -> dict:
    """A figure as in JSON: what is not given is null."""
    nothing = dict.fromkeys(
        [
            "percent",
            "value",
            "numerator",
            "denominator",
            "average",
            "base_label",
            "period_start",
            "period_end",
        ]
    )
    return {"measure": measure, **nothing, **figures}


def rate_of(numerator: int, denominator: int, average: int | None = None) -> RateFacts:
    """The rate of a count and its base, rounded half up as the Ombudsman rounds (1 of 8 is 13%)."""
    return RateFacts(percent_of(numerator, denominator), average, numerator, denominator)


def percent_of(numerator: int, denominator: int) -> int:
    """Whole per cent, rounded half up; of a base of 0 there is none (ZeroDivisionError)."""
    return (200 * numerator + denominator) // (2 * denominator)
