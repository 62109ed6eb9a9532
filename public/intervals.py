"""How far a small number can be trusted."""

from math import sqrt

# The normal quantile that leaves 2.5% on either side.
_Z = 1.959964
# A rate printed as a whole per cent stands for anything within half of one.
_ROUNDED_BY = 0.5


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
    """Every count in `base` that is printed as `percent` when rounded half up to a whole per cent; none in 0."""
    if base == 0:
        return []
    return [count for count in range(base + 1) if (200 * count + base) // (2 * base) == percent]


def only_count(percent: float, base: int) -> int | None:
    """The count in `base` that is printed as `percent`, where there is a single one."""
    counts = counts_behind(percent, base)
    return counts[0] if len(counts) == 1 else None


def interval(percent: float | None, count: int | None, base: int | None) -> tuple[float, float] | None:
    """The 95% interval of a rate as a letter states it, in per cent.

    Where the letter states no count, it spans the intervals of every count that is printed as `percent`. None where
    the letter states too little for one, or a count that does not fit the rate.
    """
    if percent is None or not base:
        return None
    counts = counts_behind(percent, base) if count is None else [count]
    if not counts or abs(100 * counts[0] / base - percent) > _ROUNDED_BY:
        return None
    return wilson(counts[0], base)[0], wilson(counts[-1], base)[1]
