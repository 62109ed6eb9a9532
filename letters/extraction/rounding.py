"""Rates as the Ombudsman rounds them."""

from decimal import ROUND_HALF_UP, Decimal


def rounded_rate(numerator: int, denominator: int) -> int:
    """Whole per cent, halves rounded up: 1 of 8 is 13. Of a base of 0 there is none: ZeroDivisionError."""
    return (200 * numerator + denominator) // (2 * denominator)


def is_rate_of(percent: Decimal, numerator: int, denominator: int) -> bool:
    """Whether a printed rate is that of its counts, to as many decimals as it is printed with."""
    if denominator == 0:
        return False
    exact = Decimal(100 * numerator) / denominator
    decimals = max(0, -int(percent.normalize().as_tuple().exponent))
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) == percent
