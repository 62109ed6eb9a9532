"""What made-up letters state, drawn by chance: small and large counts, singulars, and what is left out."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from demonstration.facts import NONE_DUE, LetterFacts, OverviewFacts, RateFacts, percent_of, rate_of
from demonstration.reports import ReportFacts, YearCounts
from letters.headings import DECISIONS_2009_TO_2011, DECISIONS_TO_2008, OUTCOMES, SUBJECTS

ERAS = {
    "to-2008": (2006, 2007, 2008),
    "2009-2011": (2009, 2010, 2011),
    "2012-2013": (2012, 2013),
    "2014-2018": (2014, 2015, 2016, 2017, 2018),
    "2019-2022": (2019, 2020, 2021, 2022),
    "2023-2024": (2023, 2024),
    "2025-on": (2025, 2026),
}
_COUNCILS = (
    "Leeds City Council", "London Borough of Hammersmith & Fulham", "Bournemouth, Christchurch and Poole Council",
    "Kingston upon Hull City Council", "Borough Council of King's Lynn & West Norfolk", "City of York Council",
    "Council of the Isles of Scilly", "Telford & Wrekin Council", "St Helens Metropolitan Borough Council",
    "Royal Borough of Kensington and Chelsea", "Isle of Wight Council", "East Riding of Yorkshire Council",
    "Basingstoke and Deane Borough Council", "Durham County Council", "Peak District National Park Authority",
)  # fmt: skip
_PEOPLE = ("Ms Example", "Mr Sample", "Mrs Specimen", "Dr Pretend", "Miss Invented", "Mr O'Fictional-Name")
_POSTS = ("Chief Executive", "Interim Chief Executive", "Managing Director", "Head of Paid Service")
_SUBJECTS_TO_2011 = (
    "Adult care services", "Benefits", "Children and family services", "Education", "Housing",
    "Planning and building control", "Public finance", "Transport and highways", "Other",
)  # fmt: skip


def letter(dice: Random, year: int) -> LetterFacts | ReportFacts:
    """The facts of one letter of that year."""
    return _of_blocks(dice, year) if year >= 2019 else _of_tables(dice, year)


def _of_blocks(dice: Random, year: int) -> LetterFacts:
    sent = date(year, 5 if year >= 2025 else 7, dice.randint(1, 20))
    base = dice.choice([1, 1, 2, 3, 7, 8, 11, 12, 24, 60, 133, dice.randint(1, 40), 1204])
    yes = dice.choice([0, 1, base, base, dice.randint(0, base), dice.randint(0, base)])
    averages = [dice.randint(40, 90), dice.choice([99, 100, 98]), dice.randint(5, 30)]
    if dice.random() < 0.12:
        averages = [None, None, None]
    facts = LetterFacts(
        dice.choice(_COUNCILS), year, sent, date.fromordinal(sent.toordinal() + 7),
        dice.choice(_PEOPLE), dice.choice(_POSTS),
        upheld=rate_of(min(yes, base), base, averages[0]),
        compliance=_compliance(dice, averages[1]),
        remedies=rate_of(dice.choice([0, min(1, yes), dice.randint(0, yes)]), yes, averages[2]) if yes else None,
    )  # fmt: skip
    if dice.random() < 0.04:
        return _replaced(facts, upheld=None, compliance=None, remedies=None)
    if year >= 2023 and dice.random() < 0.85:
        people = dice.randint(30_000, 900_000)
        average = Decimal(dice.randint(5, 120)) / 10 if averages[0] is not None else None
        facts = _replaced(facts, per_100000=_per(yes, people), per_100000_average=average)
    return _with_overview(dice, facts) if year >= 2025 and dice.random() < 0.9 else facts


def _replaced(facts: LetterFacts, **changes) -> LetterFacts:
    return LetterFacts(**(vars(facts) | changes))


def _per(count: int, people: int) -> Decimal:
    return (Decimal(count) * 100_000 / people).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _compliance(dice: Random, average: int | None):
    kind = dice.random()
    if kind < 0.15:
        return NONE_DUE
    if kind < 0.2:
        return None
    due = dice.choice([1, 2, 5, 16, 28, 130])
    done = dice.choice([due, due, dice.randint(0, due)])
    return RateFacts(percent_of(done, due), average, None, due)


def _with_overview(dice: Random, facts: LetterFacts) -> LetterFacts:
    not_for_us, closed = dice.choice([0, 1, 9, 29, 140]), dice.choice([0, 1, 12, 33, 1020])
    investigated = facts.upheld.denominator if facts.upheld else 0
    overview = OverviewFacts(not_for_us + closed + investigated, not_for_us, closed, investigated)
    return _replaced(facts, overview=overview)


def _of_tables(dice: Random, year: int) -> ReportFacts:
    years = range(year, year - (3 if year <= 2008 else 1), -1)
    subjects, outcomes = _headings(dice, year)
    most = dice.choice([5, 30, 400])
    counts = {each: _counts(dice, subjects, outcomes, most, year) for each in years}
    due = dice.choice([1, 2, 12, 40])
    return ReportFacts(
        dice.choice(_COUNCILS), year, date(year, 7, dice.randint(1, 25)), dice.choice(_PEOPLE), dice.choice(_POSTS),
        counts=counts[year],
        compliance=(dice.randint(0, due), due) if year >= 2016 and dice.random() < 0.8 else None,
        restated={each: counts[each] for each in years if each != year},
    )  # fmt: skip


def _headings(dice: Random, year: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if year >= 2014:
        return SUBJECTS[: dice.choice([8, 9])], OUTCOMES
    subjects = _SUBJECTS_TO_2011[: dice.choice([5, 8, 9])]
    return subjects, DECISIONS_TO_2008 if year <= 2008 else DECISIONS_2009_TO_2011


def _counts(dice: Random, subjects, outcomes, most: int, year: int) -> YearCounts:
    answered = (dice.randint(1, 40), Decimal(dice.randint(90, 600)) / 10) if year <= 2011 else ()
    return YearCounts(
        {each: dice.choice([0, 1, dice.randint(0, most)]) for each in subjects},
        {each: dice.choice([0, 1, dice.randint(0, most)]) for each in outcomes},
        *answered,
    )
