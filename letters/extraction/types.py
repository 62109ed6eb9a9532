"""What reading a letter yields: figures, each with its place on the page, and the problems a person should see.

Rates, values and averages are Decimals, exact as printed; counts are integers; what the letter does not state
is None, never 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

# The codes of a letter that needs OCR, of one read by it, and of each of its figures until a person has compared it.
SCAN, READ_BY_OCR, NOT_COMPARED = "scan", "read-by-ocr", "not-compared"

# The fields of a figure that are numbers.
NUMBERS = ("percent", "value", "numerator", "denominator", "average")

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Source:
    """Where a field of a figure was read: page (from 1), box (x0, top, x1, bottom, in fractions of the page as
    displayed, from its top left) and the words printed there."""

    field: str
    page: int
    box: Box
    quotation: str


@dataclass(frozen=True)
class Figure:
    """One measure as the letter states it.

    A rate has `percent`, `numerator` and `denominator` (the stated base, whose own wording is `base_label`); a
    number has `value`. `average` is that of similar authorities. `readers_agree`: both readers found the same,
    or the figure's own arithmetic proves it. `sources` has one entry for each field that was read.
    """

    measure: str
    percent: Decimal | None = None
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    average: Decimal | None = None
    base_label: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    readers_agree: bool = False
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Problem:
    """Something a person should look at. `measure` is None when it concerns the whole letter, `field` when it
    concerns the whole figure."""

    code: str
    measure: str | None
    message: str
    field: str | None = None


@dataclass(frozen=True)
class Recipient:
    """To whom the letter is addressed, as printed."""

    name: str | None
    post: str | None


@dataclass(frozen=True)
class Restated:
    """A figure of an earlier year that a letter's table repeats: a check on that year's letter, never its figure."""

    measure: str
    year_ending: int
    value: Decimal
    source: Source


@dataclass(frozen=True)
class Reading:
    """What a letter says. `authority` is the council's name as printed, `year_ending` the year of 31 March.

    `era` is the form of its statistics (`letters.extraction.eras`), None where none that is known was found.
    `scanned` are the pages that may state what was not found, but are pictures without text.
    """

    authority: str | None
    year_ending: int | None
    letter_date: date | None
    publication_date: date | None
    recipient: Recipient
    statistics: tuple[Figure, ...]
    problems: tuple[Problem, ...]
    page_count: int
    era: str | None = None
    restated: tuple[Restated, ...] = ()
    scanned: tuple[int, ...] = ()


class Unreadable(Exception):
    """The file could not be read as a letter. `reason` tells staff why, and what to do."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[str, str]]:
        return type(self), (self.code, self.reason)


def pages_in_words(numbers: Iterable[int]) -> str:
    """ "page 2", "pages 1, 2"."""
    in_order = [str(number) for number in sorted(numbers)]
    return ("page " if len(in_order) == 1 else "pages ") + ", ".join(in_order)
