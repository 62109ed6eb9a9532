"""What decisions say beside a letter: how many were upheld by either, and why the two numbers differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cases.days import days_of, last_decided
from cases.published import Cell, Outcome
from public.figures import number, years
from public.sentences import Rate

# The outcomes that a letter counts as upheld: a report is one in the public interest.
UPHELD = {Outcome.UPHELD, Outcome.REPORT}


@dataclass(frozen=True)
class Beside:
    """Upheld decisions of a year that are counted here, and what the letter states.

    `reports` of them are public reports, and `withheld` are not shown. `stated_is_ours` where the letter states a rate
    and its base alone, and only one count is printed as that rate. `why` says why the two numbers differ; empty where
    they do not, or where the letter has none.
    """

    year: int
    upheld: int
    reports: int
    withheld: int
    stated: int | None
    stated_is_ours: bool
    why: str

    @property
    def words(self) -> str:
        """Both counts, and why they differ, in sentences."""
        if self.stated is None:
            return f"Upheld in {years(self.year)}: {self._here}. The letter states no number of its own."
        ours = " (worked out by us from its rate)" if self.stated_is_ours else ""
        differ = f" They differ: {self.why}." if self.why else ""
        return (
            f"Upheld in {years(self.year)}: {number(self.stated)} by the letter{ours}, {self._here}.{differ}"
        )

    @property
    def words_without_letter(self) -> str:
        """The one count of a year of which no letter is published."""
        return f"Upheld in {years(self.year)}: {self._here}. No letter for the year is published here."

    @property
    def _here(self) -> str:
        parts = [
            self._of_them(self.reports, "a public report" if self.reports == 1 else "public reports"),
            self._of_them(self.withheld, "counted and not shown"),
        ]
        told = "; ".join(filter(None, parts))
        return f"{number(self.upheld)} among the decisions published here{f' ({told})' if told else ''}"

    def _of_them(self, amount: int, what: str) -> str:
        """Of how many of the upheld decisions that holds; empty where of none."""
        if not amount:
            return ""
        return what if self.upheld == 1 else f"{number(amount)} of them {what}"


def beside(cells: Iterable[Cell], year: int, rate: Rate | None, now: datetime) -> Beside | None:
    """What there is to say beside the rate of a year's letter; None where no decision of the year is public.

    `cells` are all public decisions about the council, each in one cell.
    """
    of_year = [cell for cell in cells if cell.year == year]
    if not of_year:
        return None
    upheld = [cell for cell in of_year if cell.outcome in UPHELD]
    total, withheld = sum(cell.number for cell in upheld), sum(cell.withheld for cell in upheld)
    reports = sum(cell.number for cell in upheld if cell.outcome == Outcome.REPORT)
    stated, ours = _stated(rate)
    why = "" if stated in (None, total) else _why(year, total, stated, now)
    return Beside(year, total, reports, withheld, stated, ours, why)


def _stated(rate: Rate | None) -> tuple[int | None, bool]:
    """The number that the letter states, else the only one possible; and whether it is ours."""
    if rate is None or rate.count is not None:
        return rate and rate.count, False
    return (rate.known_counts[0], True) if rate.known_counts else (None, False)


def _why(year: int, upheld: int, stated: int, now: datetime) -> str:
    """What can be told from the numbers alone, and no more."""
    last = last_decided(now)
    if last < days_of(year)[1] and upheld < stated:
        told = f"{last.day} {last:%B %Y}"
        return f"decisions made after {told} are not published yet, three months have to pass"
    if upheld < stated:
        return (
            "not every decision that the letter counts has been published here, or some count here in another year, "
            "the one in which they were made"
        )
    return (
        "here each published decision counts in the year in which it was made, and one about several councils "
        "for each of them; the letter states what the Ombudsman’s records held when it was written"
    )
