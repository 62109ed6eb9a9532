"""A letter's figures against the Ombudsman's yearly tables. Pure.

Tables often have more decimals than letters print: they agree where the table's number, rounded half up as letters
round, is the letter's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from letters.across.averages import name_of, sign_of
from letters.across.stated import Stated
from letters.extraction.types import Problem
from letters.measures import find
from letters.tables.cells import letters
from letters.tables.models import FIELDS
from letters.wording import as_printed

CODE = "table-differs"


@dataclass(frozen=True, slots=True)
class Tabled:
    """A number of a table, and where it stands."""

    number: Decimal
    sheet: str
    row: int
    column: int

    @property
    def place(self) -> str:
        sheet = f"“{self.sheet}”, " if self.sheet else ""
        return f"{sheet}cell {letters(self.column)}{self.row}"


# What tables state of one figure, by field.
OfFigure = Mapping[str, Tabled]


def differing(figure: Stated, tabled: OfFigure) -> Iterator[Problem]:
    """A problem for each number that both the letter and a table state, and state otherwise."""
    for field, told in differences(figure, tabled):
        message = (
            f"{told}. Look at the number on the page. If it is printed so, approve the letter with a reason: the public"
            " reads what the letter prints."
        )
        yield Problem(CODE, figure.measure, message, field)


def differences(figure: Stated, tabled: OfFigure) -> Iterator[tuple[str, str]]:
    """The fields that letter and table state otherwise, each with both numbers in words."""
    for field in FIELDS:
        here, there = getattr(figure, field), tabled.get(field)
        if here is not None and there and not agree(figure.measure, Decimal(here), there.number):
            sign = sign_of(figure.measure) if field in {"percent", "average"} else ""
            yield (
                field,
                f"{name_of(figure.measure)}: the {FIELDS[field]} is {as_printed(here)}{sign} in the letter, but"
                f" {as_printed(there.number)}{sign} in the Ombudsman's table ({there.place})",
            )


def agree(measure: str, printed: Decimal, tabled: Decimal) -> bool:
    """Whether a letter that was told `tabled` would print `printed`. Only per 100,000 do letters drop a final ".0"."""
    known = find(measure)
    decimals = max(0, -int(printed.normalize().as_tuple().exponent))
    if known and known.form == "number":
        decimals = max(1, decimals)
    return tabled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) == printed
