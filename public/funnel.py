"""How far chance alone scatters a rate around an average: exact binomial limits, as a funnel plot draws them.

After D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import fsum

# The chance that lies beyond each of a pair of limits: of 95% limits 2.5%, of 99.8% limits 0.1%.
TAILS = {"95%": 0.025, "99.8%": 0.001}

# Counts that are this much rarer than the likeliest add nothing that a float could hold.
_NEGLIGIBLE = 1e-20


@dataclass(frozen=True)
class Limits:
    """What chance allows of `base` cases: counts from `lowest` to `highest`; and the rates, in per cent, to draw.

    A count lies outside the rates exactly when it lies outside the counts.
    """

    base: int
    lowest: int
    highest: int
    low: float
    high: float


def limits(base: int, average: float, tail: float) -> Limits:
    """The limits for `base` cases around an average rate, in per cent, with the chance `tail` beyond each of them.

    A count lies below them when the chance of one so low or lower is less than `tail`; above them likewise. The
    rates are placed between that count and the next in proportion to the chance, as Spiegelhalter does (A.1.1), so
    that the lines do not jump from base to base. Around 0% and 100% chance allows nothing else.
    """
    chance = average / 100
    lowest, below = _lowest(base, chance, tail)
    missing, above = _lowest(base, 1 - chance, tail)
    return Limits(base, lowest, base - missing, 100 * below / base, 100 - 100 * above / base)


def quantile(base: int, chance: float, tail: float) -> int:
    """The smallest count that is reached or undercut with a probability of at least `tail`, in `base` cases."""
    return _lowest(base, chance, tail)[0]


def _lowest(base: int, chance: float, tail: float) -> tuple[int, float]:
    """The quantile, and where in the step up to it `tail` is passed; not below 0."""
    below = 0.0
    first, chances = _chances(base, chance)
    for number, of_it in enumerate(chances, first):
        if below + of_it >= tail:
            return number, max(0.0, number - (below + of_it - tail) / of_it)
        below += of_it
    raise ValueError(f"A tail of {tail} is no probability below 1.")


def _chances(base: int, chance: float) -> tuple[int, list[float]]:
    """The probabilities of all counts that have any to speak of, and the first of those counts.

    Each follows from its neighbour, outwards from the likeliest; nothing over- or underflows, however many cases.
    """
    if chance in (0, 1):
        return round(base * chance), [1.0]
    likeliest = min(base, int((base + 1) * chance))
    odds = chance / (1 - chance)
    down = fading(likeliest, lambda number: number / (base - number + 1) / odds)
    up = fading(base - likeliest, lambda left: left / (base - left + 1) * odds)
    weights = [*reversed(down), 1.0, *up]
    total = fsum(weights)
    return likeliest - len(down), [weight / total for weight in weights]


def fading(steps: int, ratio: Callable[[int], float]) -> list[float]:
    """Weights beside one of 1, each `ratio(steps left)` times the one before, until none is left or all but nothing."""
    weights, weight = [], 1.0
    for left in range(steps, 0, -1):
        weight *= ratio(left)
        if weight < _NEGLIGIBLE:
            break
        weights.append(weight)
    return weights
