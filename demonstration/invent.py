"""Makes up what a council's letter of a year states: plausible, the same each time, and consistent in itself.

Nothing here tells anything of a real council. Counts are drawn around the averages of the council's group, from a
population made up for it; rates are worked out from the counts as the Ombudsman does.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from .averages import Averages, averages
from .era import dates
from .facts import NONE_DUE, LetterFacts, OverviewFacts, RateFacts, percent_of, rate_of
from .published import PUBLISHED

# Kind of body: its comparator group and the range of its made-up population.
_KINDS = {
    "county": ("county", 500_000, 1_500_000),
    "district": ("district", 60_000, 190_000),
    "metropolitan": ("metropolitan", 180_000, 800_000),
    "unitary": ("unitary", 110_000, 560_000),
    "london-borough": ("london-borough", 170_000, 390_000),
    "city-corporation": ("london-borough", 8_000, 15_000),
    "national-park": (None, 90_000, 200_000),
}
KINDS = frozenset(_KINDS)

# So that made-up years stand in proportion to the published one beside them.
_POPULATIONS_AS_PUBLISHED = {
    letter.council: int(letter.upheld.numerator * 100_000 / letter.per_100000)
    for letter in PUBLISHED
    if letter.upheld and letter.upheld.numerator and letter.per_100000
}

_TITLES = ("Ms", "Mr", "Mrs", "Dr", "Miss")
_SURNAMES = (
    "Example",
    "Sample",
    "Specimen",
    "Placeholder",
    "Invented",
    "Fictional",
    "Pretend",
    "Madeup",
    "Imaginary",
    "Fabricated",
)
_POSTS = (
    "Chief Executive",
    "Chief Executive",
    "Chief Executive",
    "Managing Director",
    "Head of Paid Service",
)
_STANDING_IN = ("Interim", "Acting")


@dataclass(frozen=True)
class _Counts:
    investigated: int
    upheld: int
    due: int
    complied: int
    remedied: int


# One council whose figures meet every rule by which the site finds signs to look into, so that they can be seen.
_ARRANGED = {
    ("cornwall-council", 2024): _Counts(investigated=42, upheld=42, due=31, complied=31, remedied=2),
    ("cornwall-council", 2025): _Counts(investigated=45, upheld=44, due=38, complied=35, remedied=13),
}


def invent(council: str, slug: str, kind: str, year_ending: int) -> LetterFacts:
    """The made-up letter of one council and year; `kind` is one of KINDS."""
    group, smallest, largest = _KINDS[kind]
    population = _POPULATIONS_AS_PUBLISHED.get(council) or _between(Random(slug), smallest, largest)
    dice = Random(f"{slug} {year_ending}")
    usual = averages(group, year_ending)
    counts = _ARRANGED.get((slug, year_ending)) or _counts(dice, population, usual)
    return LetterFacts(
        council,
        year_ending,
        *dates(year_ending),
        *officer(slug, year_ending),
        **_rates(counts, usual if group else None),
        **(_per_100000(counts.upheld, population, usual) if group and year_ending >= 2023 else {}),
        overview=_overview(dice, counts.investigated) if year_ending >= 2025 else None,
    )


def _counts(dice: Random, population: int, usual: Averages) -> _Counts:
    expected = population / 100_000 * float(usual.per_100000) / (usual.upheld / 100)
    investigated = max(1, _about(dice, expected))
    upheld = _successes(dice, investigated, usual.upheld / 100)
    due = _about(dice, upheld * 0.9)
    return _Counts(
        investigated,
        upheld,
        due,
        complied=_successes(dice, due, 0.985),
        remedied=_successes(dice, upheld, usual.remedies / 100),
    )


def _rates(counts: _Counts, printed: Averages | None) -> dict:
    compliance, remedies = NONE_DUE, None
    if counts.due:
        percent = percent_of(counts.complied, counts.due)
        compliance = RateFacts(percent, printed and printed.compliance, None, counts.due)
    if counts.upheld:
        remedies = rate_of(counts.remedied, counts.upheld, printed and printed.remedies)
    upheld = rate_of(counts.upheld, counts.investigated, printed and printed.upheld)
    return {"upheld": upheld, "compliance": compliance, "remedies": remedies}


def _per_100000(upheld: int, population: int, printed: Averages) -> dict:
    rate = Decimal(upheld * 100_000) / population
    return {
        "per_100000": rate.quantize(Decimal("0.1"), ROUND_HALF_UP),
        "per_100000_average": printed.per_100000,
    }


def _overview(dice: Random, investigated: int) -> OverviewFacts:
    not_for_us, closed = _about(dice, 1.5 * investigated), _about(dice, 1.7 * investigated)
    return OverviewFacts(not_for_us + closed + investigated, not_for_us, closed, investigated)


def officer(slug: str, year_ending: int) -> tuple[str, str]:
    """Name and post of a council's made-up officer; the same for three years running."""
    dice = Random(f"{slug} {year_ending // 3}")
    name = f"{_one_of(dice, _TITLES)} {_one_of(dice, _SURNAMES)}"
    post = _one_of(dice, _POSTS)
    return name, f"{_one_of(dice, _STANDING_IN)} {post}" if dice.random() < 0.15 else post


def _one_of(dice: Random, choices: tuple[str, ...]) -> str:
    return choices[int(dice.random() * len(choices))]


def _between(dice: Random, smallest: int, largest: int) -> int:
    return smallest + int(dice.random() * (largest - smallest))


def _about(dice: Random, expected: float) -> int:
    """A count that is somewhere around what is expected, more widely so where that is little."""
    return max(0, round(expected + (dice.random() + dice.random() - 1) * 2 * expected**0.5))


def _successes(dice: Random, tries: int, chance: float) -> int:
    return sum(dice.random() < chance for _ in range(tries))
