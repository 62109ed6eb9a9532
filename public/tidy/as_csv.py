"""A table as CSV (RFC 4180): a head of the columns' names, numbers as numbers, nothing for null, a list in one cell."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from public.tidy.columns import NAMES
from public.tidy.spreadsheets import harmless

# What stands between the parts of a list in one cell.
SEPARATOR = "; "
# So many lines are handed on at once.
_TOGETHER = 200


def lines(rows: Iterable[dict[str, Any]], names: Iterable[str] = NAMES) -> Iterator[str]:
    """The file in pieces of whole lines, of rows with these names; in constant memory.

    Text that a spreadsheet might run is made harmless (`spreadsheets.harmless`).
    """
    page = StringIO()
    writer = csv.writer(page)
    writer.writerow(names)
    for number, row in enumerate(rows, start=1):
        writer.writerow(map(_cell, row.values()))
        if number % _TOGETHER == 0:
            yield page.getvalue()
            page.seek(0)
            page.truncate()
    yield page.getvalue()


def _cell(value: Any) -> Any:
    told = in_one(value)
    return harmless(told) if isinstance(told, str) else told


def in_one(value: Any) -> Any:
    """A value as one cell: the parts of a list with semicolons between them."""
    return SEPARATOR.join(value) if isinstance(value, list) else value
