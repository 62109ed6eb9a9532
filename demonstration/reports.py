"""What a letter to 2018 states in its tables, before it is put into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from letters.headings import OUTCOMES, slug_of

from .facts import percent_of, statistic


@dataclass(frozen=True)
class YearCounts:
    """A year's rows: how many complaints by heading, totals left out; they are summed when the letter is printed."""

    received: Mapping[str, int]
    decided: Mapping[str, int]
    first_enquiries: int | None = None
    days_to_respond: Decimal | None = None


@dataclass(frozen=True)
class ReportFacts:
    """Everything that a letter to 2018 says of one council and year.

    `compliance` is how many recommendations were complied with, of how many. `restated` has the rows of earlier years.
    """

    council: str
    year_ending: int
    letter_date: date
    recipient_name: str
    recipient_post: str
    counts: YearCounts
    compliance: tuple[int, int] | None = None
    restated: Mapping[int, YearCounts] = field(default_factory=dict)
    real: bool = False

    @property
    def period(self) -> tuple[date, date]:
        """First and last day of the year that the letter covers."""
        return date(self.year_ending - 1, 4, 1), date(self.year_ending, 3, 31)

    @property
    def is_report(self) -> bool:
        """Whether the letter has the tables of 2014 to 2018, of the year alone and with an uphold rate."""
        return self.year_ending >= 2014

    @property
    def upheld(self) -> tuple[int, int]:
        """How many complaints were upheld, of how many that were decided either way."""
        yes, no = (self.counts.decided.get(outcome, 0) for outcome in ("Upheld", "Not Upheld"))
        return yes, yes + no

    def expected(self) -> dict:
        """What a faultless reader of the printed letter returns, in the form of `read_letter`'s JSON."""
        return {
            "council": self.council,
            "year_ending": self.year_ending,
            "letter_date": self.letter_date.isoformat(),
            "publication_date": None,
            "recipient": {"name": self.recipient_name, "post": self.recipient_post},
            "statistics": self._statistics(),
        }

    def _statistics(self) -> list[dict]:
        found = []
        if self.is_report:
            yes, base = self.upheld
            rate = percent_of(yes, base) if base else None
            found.append(statistic("upheld", percent=rate, numerator=yes, denominator=base))
        if self.compliance:
            done, due = self.compliance
            found.append(statistic("compliance", percent=percent_of(done, due), denominator=due))
        if self.counts.first_enquiries is not None:
            found.append(self._value("first-enquiries", self.counts.first_enquiries))
            found.append(self._value("days-to-respond", float(self.counts.days_to_respond)))
        received, decided = with_totals(self.counts, self.year_ending)
        found += [self._value(f"received:{slug_of(heading)}", count) for heading, count in received.items()]
        found += [self._value(f"decided:{slug_of(heading)}", count) for heading, count in decided.items()]
        return found

    def _value(self, measure: str, value: float) -> dict:
        if self.is_report:
            return statistic(measure, value=value)
        start, end = self.period
        return statistic(measure, value=value, period_start=start.isoformat(), period_end=end.isoformat())


def with_totals(counts: YearCounts, year_ending: int) -> tuple[dict[str, int], dict[str, int]]:
    """Received and decided by heading, with the totals that the year's tables have."""
    received = {**counts.received, "Total": sum(counts.received.values())}
    decided, total = dict(counts.decided), sum(counts.decided.values())
    if year_ending <= 2008:
        premature = counts.decided.get("Premature complaints", 0)
        decided["Total excl premature"] = total - premature
    return received, {**decided, "Total": total}


def in_order(decided: Mapping[str, int]) -> list[str]:
    """The outcomes in the order in which tables of 2014 to 2018 print them."""
    return sorted(decided, key=lambda heading: OUTCOMES.index(heading) if heading in OUTCOMES else 99)
