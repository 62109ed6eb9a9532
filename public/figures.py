"""How numbers and days are written on every page."""

from datetime import date, datetime
from decimal import Decimal
from math import floor

from django.utils.formats import date_format
from django.utils.timezone import localtime

from councils.years import in_years

NOT_STATED = "Not stated in the letter"
# A reporting year by the year in which it ends: 2020 is "2019–20".
years = in_years


def number(value: Decimal | int | None) -> str:
    """A figure as the letter prints it: 5.5, 11, 1,234. Without a number, that it is not stated; never 0."""
    if value is None:
        return NOT_STATED
    return f"{Decimal(value).normalize():,f}"


def percent(value: Decimal | int | None) -> str:
    """A rate as the letter prints it: 45%."""
    return NOT_STATED if value is None else f"{number(value)}%"


def whole(value: float) -> int:
    """A rate of our own as a whole per cent, rounded half up as the letters round theirs."""
    return floor(value + 0.5)


def count_of(count: int | None, base: int | None) -> str:
    """A count with its base: "2 of 2"; one of the two where the letter states no more."""
    stated = [number(part) for part in (count, base) if part is not None]
    return " of ".join(stated) if stated else NOT_STATED


def in_a_sentence(words: str) -> str:
    """With a small letter at its beginning."""
    return f"{words[:1].lower()}{words[1:]}"


def counted(amount: int, one: str, many: str) -> str:
    """An amount with its noun: "1 investigation", "1,234 investigations"."""
    return f"{number(amount)} {one if amount == 1 else many}"


def size(amount: int) -> str:
    """A file's size in bytes, as on the links to it: "97 KB", "1.2 MB"."""
    if amount < 999_500:
        return f"{max(1, round(amount / 1000))} KB"
    return f"{amount / 1_000_000:.1f} MB"


def full_day(when: date) -> str:
    """A day in full: "29 July 2020"; of an instant, the day in England."""
    return date_format(localtime(when) if isinstance(when, datetime) else when, "j F Y")
