"""Letters that a reader has to get right: the published rows, and made-up ones for forms those lack."""

from decimal import Decimal

from demonstration import published
from demonstration.era import dates
from demonstration.facts import NONE_DUE, LetterFacts, OverviewFacts, RateFacts, rate_of


def _made_up(council: str, year_ending: int, recipient: tuple[str, str], **figures) -> LetterFacts:
    return LetterFacts(council, year_ending, *dates(year_ending), *recipient, **figures)


WITHOUT_AVERAGES = _made_up(
    "Peak District National Park Authority",
    2023,
    ("Mr Fictional", "Chief Executive"),
    upheld=rate_of(1, 2),
    compliance=RateFacts(100, None, None, 3),
    remedies=rate_of(0, 1),
)
NONE_DUE_2022 = _made_up(
    "Rutland County Council",
    2022,
    ("Dr Invented", "Acting Chief Executive"),
    upheld=rate_of(0, 3, 64),
    compliance=NONE_DUE,
    remedies=None,
)
SINGULARS = _made_up(
    "London Borough of Hammersmith & Fulham",
    2025,
    ("Ms Sample", "Chief Executive"),
    upheld=rate_of(1, 1, 72),
    compliance=RateFacts(100, 100, None, 1),
    remedies=rate_of(1, 1, 16),
    per_100000=Decimal("2.0"),
    per_100000_average=Decimal("1.3"),
    overview=OverviewFacts(3, 1, 1, 1),
)

ROWS = {
    "wellingborough-2020": published.WELLINGBOROUGH_2020,
    "buckinghamshire-2024": published.BUCKINGHAMSHIRE_2024,
    "oxfordshire-2025": published.OXFORDSHIRE_2025,
    "isle-of-wight-2025": published.ISLE_OF_WIGHT_2025,
    "peak-district-2023": WITHOUT_AVERAGES,
    "rutland-2022": NONE_DUE_2022,
    "hammersmith-and-fulham-2025": SINGULARS,
}
