"""What the first letters of a postcode tell of where it lies, and who deals with complaints there."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Elsewhere:
    """A country with an ombudsman of its own. `is_sure` where all postcodes with these letters lie in it."""

    country: str
    ombudsman: str
    address: str
    is_sure: bool = True


_SCOTLAND = ("Scotland", "Scottish Public Services Ombudsman", "https://www.spso.org.uk")
_WALES = ("Wales", "Public Services Ombudsman for Wales", "https://www.ombudsman.wales")
_NORTHERN_IRELAND = (
    "Northern Ireland",
    "Northern Ireland Public Services Ombudsman",
    "https://www.nipso.org.uk",
)

_SURE = {
    **dict.fromkeys(
        ["AB", "DD", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "ZE"], _SCOTLAND
    ),
    **dict.fromkeys(["CF", "SA"], _WALES),
    "BT": _NORTHERN_IRELAND,
}

# Areas that the border runs through.
_PERHAPS = {
    **dict.fromkeys(["DG", "TD"], _SCOTLAND),
    **dict.fromkeys(["CH", "HR", "LD", "LL", "NP", "SY"], _WALES),
}


def elsewhere(code: str) -> Elsewhere | None:
    """Where a postcode that is not among England's lies, or perhaps lies, by its first letters."""
    letters = re.match("[A-Z]+", code)[0]
    if letters in _SURE:
        return Elsewhere(*_SURE[letters])
    return Elsewhere(*_PERHAPS[letters], is_sure=False) if letters in _PERHAPS else None
