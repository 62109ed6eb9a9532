"""A few postcodes of an area that does not exist, so that the search by postcode can be tried."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

from councils.models import PostcodeList
from councils.postcodes.loading import load

FILE_NAME = "made-up-postcodes.csv"

# Postcode, GSS code, month in which it was last used, and what it shows.
_ROWS = [
    ("ZZ1 1AA", "E06000061", "", "one council"),
    ("ZZ2 1AA", "E07000008", "", "two tiers"),
    ("ZZ3 1AA", "E07000084", "", "split"),
    ("ZZ3 1AA", "E07000086", "", ""),
    ("ZZ4 1AA", "E07000156", "201903", "withdrawn"),
]


def load_unless_loaded() -> None:
    """Load them, unless an operator has loaded a real file, or an earlier run has loaded these."""
    if PostcodeList.objects.in_use():
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE_NAME
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([("pcds", "lad25cd", "doterm"), *(row[:3] for row in _ROWS)])
        load(path, lambda *_: None)


def hint() -> str:
    """What a visitor may try; nothing where the postcodes in use are not these."""
    in_use = PostcodeList.objects.in_use()
    if in_use is None or in_use.file_name != FILE_NAME:
        return ""
    examples = ", ".join(f"{code} ({what})" for code, _, _, what in _ROWS if what)
    return f"Made-up postcodes to try: {examples}."
