"""Figures that the Ombudsman or the councils themselves have published, of four letters.

Sources: Wellingborough 2020, its letter; Buckinghamshire 2024, the council's own report; Oxfordshire 2025 and
Isle of Wight 2025, the Ombudsman's pages, Oxfordshire's figures per 100,000 from the council's minutes.
What nobody has published is not made up here: it is left out of the letter. The addressees are made up.
"""

from decimal import Decimal

from .era import dates
from .facts import LetterFacts, OverviewFacts, RateFacts


def _letter(council: str, year_ending: int, recipient: tuple[str, str], **figures) -> LetterFacts:
    letter_date, publication_date = dates(year_ending)
    name, post = recipient
    return LetterFacts(
        council, year_ending, letter_date, publication_date, name, post, real=True, **{**_NOTHING, **figures}
    )


_NOTHING = {"upheld": None, "compliance": None, "remedies": None}

WELLINGBOROUGH_2020 = _letter(
    "Wellingborough Borough Council",
    2020,
    ("Ms Example", "Managing Director"),
    upheld=RateFacts(100, 45, 2, 2),
    compliance=RateFacts(100, 99, None, 1),
    remedies=RateFacts(0, 20, 0, 2),
)
BUCKINGHAMSHIRE_2024 = _letter(
    "Buckinghamshire Council",
    2024,
    ("Mrs Specimen", "Chief Executive"),
    upheld=RateFacts(79, 79, 31, 39),
    per_100000=Decimal("5.5"),
    per_100000_average=Decimal("4.6"),
    compliance=RateFacts(100, None, None, 28),
    remedies=RateFacts(6, None, 2, 31),
)
OXFORDSHIRE_2025 = _letter(
    "Oxfordshire County Council",
    2025,
    ("Dr Sample", "Interim Chief Executive"),
    upheld=RateFacts(100, 89, 22, 22),
    per_100000=Decimal("2.9"),
    per_100000_average=Decimal("5.9"),
    overview=OverviewFacts(84, 29, 33, 22),
)
ISLE_OF_WIGHT_2025 = _letter(
    "Isle of Wight Council",
    2025,
    ("Mr Placeholder", "Chief Executive"),
    upheld=RateFacts(73, 80, 11, 15),
    per_100000=Decimal("7.8"),
    overview=OverviewFacts(59, 18, 26, 15),
)

PUBLISHED = (WELLINGBOROUGH_2020, BUCKINGHAMSHIRE_2024, OXFORDSHIRE_2025, ISLE_OF_WIGHT_2025)
