"""Figures in words, as the letters print them: no needless decimals, and nothing for what is not stated."""

from decimal import Decimal
from typing import Any


def as_printed(number: Decimal | int | None) -> str:
    """100.00 as "100", 7.50 as "7.5"; empty for what the letter does not state."""
    return "" if number is None else f"{Decimal(number).normalize():f}"


def in_short(figure: Any) -> str:
    """A figure in a line, such as "100% (2 of 2), average 45%"; of a `Statistic`, or of the `Numbers` of one."""
    if figure.none_due:
        return "no recommendations were due"
    unit = "%" if figure.percent is not None else ""
    average = f"average {as_printed(figure.average)}{unit}" if figure.average is not None else ""
    number = " ".join(part for part in (_rate_or_value(figure), _counts(figure)) if part)
    return ", ".join(part for part in (number, average) if part) or "not stated"


def _rate_or_value(figure: Any) -> str:
    return f"{as_printed(figure.percent)}%" if figure.percent is not None else as_printed(figure.value)


def _counts(figure: Any) -> str:
    count, base = as_printed(figure.numerator), as_printed(figure.denominator)
    if count and base:
        return f"({count} of {base})"
    if base:
        return f"(base {base})"
    return f"(count {count})" if count else ""
