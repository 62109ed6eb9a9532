"""Numbers and dates as letters print them. Nothing is guessed: what is not plainly a number is None."""

import re
from datetime import date
from decimal import Decimal

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH = "|".join(_MONTHS)
# What else is printed as a year is misprinted, or damaged.
YEARS_OF_OUR_TIME = range(1974, 2101)
# A day with its month in words and its year; parts may be parted by any white space.
DATE = rf"\d{{1,2}}\s*(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTH})\s*,?\s*\d{{4}}"

# Asterisks and underscores are what is left of bold type in text that has been through Markdown.
_DECORATION = "*_ \t\n\r"
_WHOLE = r"0|[1-9]\d{0,6}|[1-9]\d{0,2}(?:,\d{3}){1,2}"
_PERCENT = re.compile(r"(0|[1-9]\d{0,2})(\.\d{1,2})?[\s*_]*(?:%|per\s*cent)", re.IGNORECASE)
_DECIMAL = re.compile(r"(0|[1-9]\d{0,3})(\.\d{1,2})?")
_COUNT = re.compile(_WHOLE)
_DAY = r"(?:0?1[./]0?4[./]|0?1(?:st)?\s+April\s+)"
_LAST_DAY = r"(?:31[./]0?3[./]|31(?:st)?\s+March\s+)"
# The dash may be lost where it ends a line, as a hyphen is.
_FROM_TO = re.compile(
    rf"{_DAY}(?P<begin>20\d\d)\s*(?:-|\u2013|\u2014|to)?\s*{_LAST_DAY}(?P<end>20\d\d)", re.IGNORECASE
)
_YEARS = re.compile(r"(?<![\d/.])(?P<begin>20\d\d)\s*[/\u2013\u2014-]\s*(?P<end>20\d\d|\d\d)(?![\d/.])")
_YEAR = re.compile(r"20\d\d")
_UNITS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
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


def cell(printed: str) -> Decimal | None:
    """A number in a table, whether a count, a rate or one with decimals."""
    whole, rate = count(printed), percent(printed)
    if whole is not None:
        return Decimal(whole)
    return rate if rate is not None else _short(printed)


def _short(printed: str) -> Decimal | None:
    match = _DECIMAL.fullmatch(printed.strip(_DECORATION))
    return _decimal(match) if match else None


def is_dash(printed: str) -> bool:
    """Whether a cell holds a dash, or "nil", which may stand for none."""
    return printed.strip().lower() in {"-", "\u2010", "\u2011", "\u2013", "\u2014", "\u2212", "nil"}


def says_nothing(printed: str) -> bool:
    """Whether a cell says that it has no number: a dash, or "n/a"."""
    return is_dash(printed) or printed.strip().lower().rstrip(".") in {"n/a", "n.a", "not applicable"}


def year(printed: str) -> int | None:
    """The year in which a period ends that a label names: "2007/08", "2007 / 2008", "01/04/2007 - 31/03/2008".

    None where it names none, several, or one that is no year from April to March. A year alone is the one that ends.
    Where it is broken over lines in the middle of a number, white space may stand anywhere.
    """
    squeezed = re.sub(r"\s", "", printed)
    for form, text in ((_FROM_TO, printed), (_FROM_TO, squeezed), (_YEARS, printed), (_YEARS, squeezed)):
        found = {_ends(match) for match in form.finditer(text)}
        if found:
            return found.pop() if len(found) == 1 else None
    alone = _YEAR.fullmatch(printed.strip())
    return int(alone[0]) if alone else None


def _ends(match: re.Match[str]) -> int | None:
    begin, end = int(match["begin"]), int(match["end"])
    return begin + 1 if end % 100 == (begin + 1) % 100 else None


def in_words(printed: str) -> int | None:
    """ "Twelve", "forty-five" or "12" as a number; None for anything else, and above a hundred in words."""
    plain = re.sub(r"[\s\u2010\u2011-]+", "-", printed.strip().lower())
    if plain in _UNITS:
        return _UNITS.index(plain)
    tens, _, units = plain.partition("-")
    if tens in _TENS and (not units or units in _UNITS[1:10]):
        return 20 + 10 * _TENS.index(tens) + (_UNITS.index(units) if units else 0)
    return 100 if plain in {"hundred", "a-hundred", "one-hundred"} else count(printed)


def day(printed: str) -> date | None:
    """ "29 July 2020" or "29th July, 2020"; None if no such day exists, or it is none of our time."""
    match = _DATE.fullmatch(printed.strip())
    if match is None:
        return None
    number, month, year = match.groups()
    if int(year) not in YEARS_OF_OUR_TIME:
        return None
    try:
        return date(int(year), _MONTHS.index(month.lower()) + 1, int(number))
    except ValueError:
        return None


def _decimal(match: re.Match[str]) -> Decimal:
    """The number without the zeros at its end: a printed 2.0 is 2."""
    number = Decimal(match[1] + (match[2] or ""))
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()
