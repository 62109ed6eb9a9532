"""Figures in words, as the letters print them: no needless decimals, and nothing for what is not stated."""

from decimal import Decimal

from letters.models import Statistic


def as_printed(number: Decimal | int | None) -> str:
    """100.00 as "100", 7.50 as "7.5"; empty for what the letter does not state."""
    return "" if number is None else f"{Decimal(number).normalize():f}"


def in_short(statistic: Statistic) -> str:
    """A figure in a line, such as "100% (2 of 2), average 45%"."""
    if statistic.none_due:
        return "no recommendations were due"
    unit = "%" if statistic.percent is not None else ""
    figure = [as_printed(statistic.percent) + unit, as_printed(statistic.value), _counts(statistic)]
    text = " ".join(part for part in figure if part)
    return f"{text}, average {as_printed(statistic.average)}{unit}" if statistic.average is not None else text


def _counts(statistic: Statistic) -> str:
    count, base = as_printed(statistic.numerator), as_printed(statistic.denominator)
    if count and base:
        return f"({count} of {base})"
    if base:
        return f"(base {base})"
    return f"(count {count})" if count else ""
