"""What the banner on every page of the demonstration says."""

import re

from django.utils.functional import SimpleLazyObject

from . import postcodes
from . import progress as kept
from .published import PUBLISHED

_REAL = [
    f"{re.sub('( Borough| County)? Council$', '', letter.council)} {letter.year_ending - 1}–{letter.year_ending % 100}"
    for letter in PUBLISHED
]


def banner(request) -> dict:
    """For templates: which letters have published figures, and how far the taking in of all letters is.

    `demonstration_postcodes` is what the search field says of the made-up postcodes.
    `demonstration_progress` has `done` and `of` while letters are being read, and is None afterwards.
    """
    found = kept.read()
    unfinished = None if found is None or found.is_complete else found
    return {
        "demonstration_real": _REAL,
        "demonstration_progress": unfinished,
        "demonstration_postcodes": SimpleLazyObject(postcodes.hint),
    }
