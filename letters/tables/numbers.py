"""The numbers of a column: counts as they are, rates by what the whole column shows. Pure; nothing is guessed."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from letters.tables.cells import Cell, NoTable

# What tables write where there is nothing to state. Zero is not among it.
NOT_STATED = frozenset(
    {"", "-", "–", "—", "−", "n/a", "na", "n.a.", "not applicable", "..", "*", "[x]", "[z]", "[c]"}
)

_NUMBER = re.compile(
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?P<decimals>\.[0-9]{1,20})?\s?(?P<sign>%)?"
)
_PLACES = Decimal("0.000001")
_LARGEST = 10_000_000


class NoNumber(Exception):
    """A cell that holds no number where there should be one; the message says what it holds."""


def number_of(cell: Cell) -> tuple[Decimal, bool] | None:
    """What the cell states, and whether it is shown as per cent, then in per cent; None for "not stated"."""
    if cell.fault:
        raise NoNumber(cell.fault)
    if isinstance(cell.value, Decimal):
        number, percent = (cell.value * 100, True) if cell.percent else (cell.value, False)
    else:
        if cell.value.casefold() in NOT_STATED:
            return None
        match = _NUMBER.fullmatch(cell.value)
        if not match:
            raise NoNumber(f"“{cell.text[:60]}”, which is no number")
        number = Decimal(match["number"].replace(",", "") + (match["decimals"] or ""))
        percent = bool(match["sign"])
    if not number.is_finite() or number < 0:
        raise NoNumber(f"{cell.text[:60]}, which is no count or rate")
    if number > _LARGEST:
        raise NoNumber(f"{cell.text[:60]}, which is too large")
    return number, percent


def count_of(cell: Cell) -> Decimal | None:
    """A whole number, or None for "not stated"."""
    found = number_of(cell)
    if found is None:
        return None
    number, percent = found
    if percent or number != number.to_integral_value():
        raise NoNumber(f"{cell.text}{'%' if percent else ''}, which is no count")
    return number.to_integral_value()


def plain_of(cell: Cell) -> Decimal | None:
    """A number that need not be whole, such as one per 100,000; None for "not stated"."""
    found = number_of(cell)
    if found is None:
        return None
    number, percent = found
    if percent:
        raise NoNumber(f"{cell.text}, a percentage where a plain number should be")
    return number.quantize(_PLACES, ROUND_HALF_UP)


WHOLE, SHARES, SIGNS = "45 means 45%", "0.45 means 45%", "as each cell shows it, in %"


def how_rates_are_written(cells: Iterable[Cell]) -> str:
    """Whether the plain numbers of a column are per cent or shares of 1. Raises NoTable where that is not plain."""
    plain = {found[0] for cell in cells if (found := _readable(cell)) and not found[1]}
    if not plain:
        return SIGNS
    shares = {number for number in plain if 0 < number < 1}
    if any(number > 1 for number in plain) and not shares:
        return WHOLE
    if shares and all(number <= 1 for number in plain):
        return SHARES
    if plain == {Decimal(0)}:
        return WHOLE
    raise NoTable(
        "it has both shares such as 0.45 and numbers over 1"
        if shares
        else "its only plain numbers are 0 and 1, which may be per cent or shares"
    )


def _readable(cell: Cell) -> tuple[Decimal, bool] | None:
    try:
        return number_of(cell)
    except NoNumber:
        return None


def rate_of(cell: Cell, how: str) -> Decimal | None:
    """A rate in per cent, in a column that writes them so; None for "not stated"."""
    found = number_of(cell)
    if found is None:
        return None
    number, percent = found
    rate = number * 100 if how == SHARES and not percent else number
    if rate > 100:
        raise NoNumber(f"{rate.normalize():f}%, which no rate can be")
    return rate.quantize(_PLACES, ROUND_HALF_UP)
