"""Makes up what a council's letters of some years to 2018 state: the same each time, and consistent in itself."""

from decimal import Decimal
from random import Random

from letters.headings import DECISIONS_2009_TO_2011, DECISIONS_TO_2008, OUTCOMES, SUBJECTS

from .era import EARLIER
from .invent import officer
from .reports import ReportFacts, YearCounts

_SUBJECTS_TO_2011 = (
    "Adult care services", "Benefits", "Children and family services", "Education", "Housing",
    "Planning and building control", "Public finance", "Transport and highways", "Other",
)  # fmt: skip


def invent_report(council: str, slug: str, year_ending: int) -> ReportFacts:
    """The made-up letter of one council and one of the years in era.EARLIER."""
    years = range(year_ending, year_ending - (3 if year_ending <= 2008 else 1), -1)
    counts = {year: _counts(slug, year, year_ending) for year in years}
    due = 1 + int(Random(f"{slug} due {year_ending}").random() * 20)
    return ReportFacts(
        council,
        year_ending,
        EARLIER[year_ending],
        *officer(slug, year_ending),
        counts=counts[year_ending],
        compliance=(due, due) if year_ending >= 2016 else None,
        restated={year: counts[year] for year in years if year != year_ending},
    )


def _counts(slug: str, year: int, of_letter: int) -> YearCounts:
    dice = Random(f"{slug} tables {year}")
    subjects = SUBJECTS if of_letter >= 2014 else _SUBJECTS_TO_2011
    outcomes = OUTCOMES if of_letter >= 2014 else DECISIONS_TO_2008
    if 2009 <= of_letter <= 2013:
        outcomes = DECISIONS_2009_TO_2011
    received = {subject: int(dice.random() * 30) for subject in subjects}
    decided = {outcome: 1 + int(dice.random() * 25) for outcome in outcomes}
    if of_letter >= 2014:
        return YearCounts(received, decided)
    days = Decimal(150 + int(dice.random() * 200)) / 10
    return YearCounts(received, decided, 5 + int(dice.random() * 20), days)
