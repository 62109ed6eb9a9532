"""The averages of similar authorities that made-up letters print: the same for every letter of a group and year.

Made up, but for those that published letters print: district councils of 2020 (45, 99, 20), unitary councils of
2024 (79; 4.6 per 100,000) and 2025 (80), county councils of 2025 (89; 5.9 per 100,000).
"""

from dataclasses import dataclass
from decimal import Decimal

FIRST_YEAR, LAST_YEAR = 2020, 2025


@dataclass(frozen=True)
class Averages:
    """Whole per cent, and upheld decisions per 100,000 residents (printed from 2023 on)."""

    upheld: int
    compliance: int
    remedies: int
    per_100000: Decimal


# By group, for the years ending 2020 to 2025.
_UPHELD = {
    "county": (66, 70, 73, 77, 83, 89),
    "district": (45, 53, 51, 59, 63, 66),
    "metropolitan": (67, 68, 69, 77, 81, 81),
    "unitary": (61, 64, 66, 74, 79, 80),
    "london-borough": (70, 71, 73, 77, 80, 81),
}
_COMPLIANCE = {
    "county": (99, 100, 100, 99, 99, 99),
    "district": (99, 100, 99, 100, 100, 99),
    "metropolitan": (99, 99, 100, 99, 99, 100),
    "unitary": (99, 99, 99, 99, 99, 99),
    "london-borough": (99, 99, 100, 99, 98, 99),
}
_REMEDIES = {
    "county": (7, 8, 8, 7, 6, 7),
    "district": (20, 22, 20, 15, 14, 13),
    "metropolitan": (11, 10, 9, 9, 10, 11),
    "unitary": (10, 9, 11, 10, 9, 9),
    "london-borough": (13, 12, 14, 12, 13, 12),
}
_PER_100000 = {
    "county": ("3.2", "2.7", "3.6", "4.1", "4.8", "5.9"),
    "district": ("0.9", "0.8", "1.1", "1.0", "1.2", "1.2"),
    "metropolitan": ("3.8", "3.1", "4.3", "4.2", "4.5", "4.9"),
    "unitary": ("3.7", "3.0", "4.1", "4.2", "4.6", "4.8"),
    "london-borough": ("5.9", "4.8", "6.6", "7.2", "8.0", "8.6"),
}
# National parks are compared with nobody; their counts still have to come from somewhere.
_ALONE = Averages(45, 100, 15, Decimal("1"))


def averages(group: str | None, year_ending: int) -> Averages:
    """Of a comparator group; of a body without one, what its made-up counts are drawn around."""
    if group is None:
        return _ALONE
    year = year_ending - FIRST_YEAR
    rates = (table[group][year] for table in (_UPHELD, _COMPLIANCE, _REMEDIES))
    return Averages(*rates, Decimal(_PER_100000[group][year]))
