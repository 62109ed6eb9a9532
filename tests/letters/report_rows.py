"""Letters to 2018 that a reader has to get right. All made up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from demonstration.reports import ReportFacts, YearCounts
from letters.headings import DECISIONS_2009_TO_2011, DECISIONS_TO_2008, OUTCOMES, SUBJECTS

_TO_2008 = (
    "Adult care services", "Benefits", "Children and family services", "Education", "Housing", "Other",
    "Planning & building control", "Public finance", "Social services - other", "Transport and highways",
)  # fmt: skip
_ADVICE_TEAM = (
    "Adult care services", "Benefits", "Children and family services", "Education", "Housing",
    "Planning and building control", "Public finance inc. local taxation", "Transport and highways", "Other",
)  # fmt: skip


def _counts(subjects, outcomes, received, decided, *answered) -> YearCounts:
    return YearCounts(
        dict(zip(subjects, received, strict=True)), dict(zip(outcomes, decided, strict=True)), *answered
    )


LEEDS_2016 = ReportFacts(
    "Leeds City Council",
    2016,
    date(2016, 7, 21),
    "Mr Example",
    "Chief Executive",
    _counts(SUBJECTS, OUTCOMES, (12, 7, 3, 15, 9, 11, 8, 14, 2), (3, 2, 31, 18, 9, 14)),
    compliance=(11, 12),
)
WITHOUT_OTHER_2014 = replace(
    LEEDS_2016,
    council="Wellingborough Borough Council",
    year_ending=2014,
    letter_date=date(2014, 7, 7),
    counts=_counts(SUBJECTS[:-1], OUTCOMES, (0, 4, 0, 0, 1, 2, 3, 5), (0, 1, 6, 5, 7, 1)),
    compliance=None,
)
NOTHING_DECIDED_2018 = replace(
    LEEDS_2016,
    council="City of London Corporation",
    year_ending=2018,
    letter_date=date(2018, 7, 18),
    counts=_counts(SUBJECTS, OUTCOMES, (0,) * 9, (0, 0, 1, 1, 0, 0)),
    compliance=(1, 1),
)
THOUSANDS_2017 = replace(
    LEEDS_2016,
    council="Birmingham City Council",
    year_ending=2017,
    letter_date=date(2017, 7, 20),
    counts=_counts(SUBJECTS, OUTCOMES, (61, 80, 26, 84, 71, 55, 131, 34, 11), (23, 18, 260, 170, 1, 7)),
    compliance=None,
)
LEEDS_2007 = ReportFacts(
    "Leeds City Council",
    2007,
    date(2007, 6, 21),
    "Mr Example",
    "Chief Executive",
    _counts(
        _TO_2008,
        DECISIONS_TO_2008,
        (3, 2, 4, 7, 12, 6, 9, 1, 0, 5),
        (0, 11, 1, 0, 9, 8, 4, 13),
        12,
        Decimal("23.4"),
    ),
    restated={
        2006: _counts(
            _TO_2008,
            DECISIONS_TO_2008,
            (4, 4, 5, 9, 13, 8, 10, 3, 1, 7),
            (1, 13, 2, 2, 10, 10, 5, 15),
            9,
            Decimal(31),
        ),
        2005: _counts(
            _TO_2008,
            DECISIONS_TO_2008,
            (5, 5, 6, 10, 14, 9, 11, 4, 2, 8),
            (2, 14, 3, 3, 11, 11, 6, 16),
            14,
            Decimal("28.2"),
        ),
    },
)
LEEDS_2010 = ReportFacts(
    "Leeds City Council",
    2010,
    date(2010, 6, 21),
    "Mr Example",
    "Chief Executive",
    _counts(
        _ADVICE_TEAM,
        DECISIONS_2009_TO_2011,
        (3, 2, 4, 7, 12, 9, 1, 5, 6),
        (0, 7, 0, 0, 11, 8, 3),
        12,
        Decimal("23.4"),
    ),
)

REPORTS = {
    "leeds-2007": LEEDS_2007,
    "leeds-2010": LEEDS_2010,
    "leeds-2016": LEEDS_2016,
    "wellingborough-2014": WITHOUT_OTHER_2014,
    "birmingham-2017": THOUSANDS_2017,
    "city-of-london-2018": NOTHING_DECIDED_2018,
}
