"""Numbers and dates as letters print them. Nothing is guessed: what is not plainly a number is None."""

import re
from datetime import date
from decimal import Decimal

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH = "|".join(_MONTHS)
# A day with its month in words and its year; parts may be parted by any white space.
DATE = rf"\d{{1,2}}\s*(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTH})\s*,?\s*\d{{4}}"

# Asterisks and underscores are what is left of bold type in text that has been through Markdown.
_DECORATION = "*_ \t\n\r"
_WHOLE = r"0|[1-9]\d{0,6}|[1-9]\d{0,2}(?:,\d{3}){1,2}"
_PERCENT = re.compile(r"(0|[1-9]\d{0,2})(\.\d{1,2})?[\s*_]*(?:%|per\s*cent)", re.IGNORECASE)
_DECIMAL = re.compile(r"(0|[1-9]\d{0,3})(\.\d{1,2})?")
_COUNT = re.compile(_WHOLE)
_DATE = re.compile(rf"(\d{{1,2}})\s*(?:st|nd|rd|th)?\s+(?:of\s+)?({MONTH})\s*,?\s*(\d{{4}})", re.IGNORECASE)


def percent(printed: str) -> Decimal | None:
    """ "45%", "45 %", "45.5%" or "**45%**" as a number; None without a sign, or if it is anything else."""
    match = _PERCENT.fullmatch(printed.strip(_DECORATION))
    return _decimal(match) if match else None


def decimal(printed: str) -> Decimal | None:
    """ "5.5" or "11"; a stray % sign, which has been seen behind figures per 100,000, does not count."""
    match = _DECIMAL.fullmatch(printed.strip(_DECORATION).removesuffix("%").rstrip(_DECORATION))
    return _decimal(match) if match else None


def count(printed: str) -> int | None:
    """ "45" or "1,234"; None for anything else, such as "45.5", "007", "1 234" or "forty-five"."""
    plain = printed.strip(_DECORATION)
    return int(plain.replace(",", "")) if _COUNT.fullmatch(plain) else None


def day(printed: str) -> date | None:
    """ "29 July 2020" or "29th July, 2020"; None if no such day exists."""
    match = _DATE.fullmatch(printed.strip())
    if match is None:
        return None
    number, month, year = match.groups()
    try:
        return date(int(year), _MONTHS.index(month.lower()) + 1, int(number))
    except ValueError:
        return None


def _decimal(match: re.Match[str]) -> Decimal:
    """The number without the zeros at its end: a printed 2.0 is 2."""
    number = Decimal(match[1] + (match[2] or ""))
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()
