"""Whether two rates differ by more than chance explains: Fisher's exact test.

After R. A. Fisher, "Statistical Methods for Research Workers" (5th edition, 1934), section 21.02. It holds for numbers
however small, and errs on the side of finding no difference.
"""

from math import fsum

from public.funnel import fading

# Tables as unlikely as the one observed count as that, though the last digits of a float differ; as in R.
_AS_UNLIKELY = 1 + 1e-7


def fisher(count: int, base: int, other_count: int, other_base: int) -> float:
    """How likely chance alone is to part `count` of `base` from `other_count` of `other_base` so far, or further.

    Two-sided: the chances of all tables with the same sums that are no likelier than this one are added up.
    """
    first, weights = _weights(base, other_base, count + other_count)
    place = count - first
    # A count that is not among them is too unlikely for a float to tell from never.
    observed = weights[place] if 0 <= place < len(weights) else 0.0
    return fsum(each for each in weights if each <= observed * _AS_UNLIKELY) / fsum(weights)


def _weights(base: int, other_base: int, together: int) -> tuple[int, list[float]]:
    """In proportion to how likely each is: the counts in `base` when `together` fall on both; and the first of them.

    Each follows from its neighbour, outwards from the likeliest, as the hypergeometric distribution has it.
    """
    lowest, highest = max(0, together - other_base), min(base, together)
    likeliest = (base + 1) * (together + 1) // (base + other_base + 2)
    down = fading(likeliest - lowest, lambda left: _step_down(lowest + left, base, other_base, together))
    up = fading(highest - likeliest, lambda left: _step_up(highest - left, base, other_base, together))
    return likeliest - len(down), [*reversed(down), 1.0, *up]


def _step_down(count: int, base: int, other_base: int, together: int) -> float:
    """How much less likely the count below is."""
    return count * (other_base - together + count) / ((base - count + 1) * (together - count + 1))


def _step_up(count: int, base: int, other_base: int, together: int) -> float:
    """How much less likely the count above is."""
    return (base - count) * (together - count) / ((count + 1) * (other_base - together + count + 1))
