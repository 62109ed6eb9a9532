"""How far a small number can be trusted."""

from math import sqrt

# The normal quantile that leaves 2.5% on either side.
_Z = 1.959964


def wilson(count: int, base: int) -> tuple[float, float]:
    """The 95% interval of a rate of `count` in `base`, in per cent.

    Wilson's score interval (E. B. Wilson, 1927), which holds for small bases and for rates of 0% and 100%.
    """
    rate, spread = count / base, _Z**2 / base
    centre = rate + spread / 2
    margin = sqrt(spread * (rate * (1 - rate) + spread / 4))
    low, high = (centre - margin) / (1 + spread), (centre + margin) / (1 + spread)
    return max(0.0, low) * 100, min(1.0, high) * 100


def counts_behind(percent: float, base: int) -> list[int]:
    """Every count in `base` that is printed as `percent` when rounded half up to a whole per cent."""
    return [count for count in range(base + 1) if (200 * count + base) // (2 * base) == percent]
