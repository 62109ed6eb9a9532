"""Sentences in plain words, made by rule from a letter's figures; the pages mark them as our summary.

Every function is pure. Nothing here says better or worse.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property

from public.figures import counted, number, percent, whole
from public.intervals import interval, only_count

# Of fewer cases than these a rate tells nothing about a council.
ENOUGH_TO_COMPARE = 5
# The average is printed as a whole per cent: it stands for anything within half of one.
_HALF_A_PERCENT = 0.5


@dataclass(frozen=True)
class Rate:
    """A headline figure as the letter states it, in per cent; None is what the letter does not state."""

    percent: Decimal | float | None
    count: int | None
    base: int | None
    average: Decimal | float | None = None

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """Where chance alone could put it: its 95% interval, where the letter states enough for one."""
        return interval(None if self.percent is None else float(self.percent), self.count, self.base)

    @cached_property
    def our_count(self) -> int | None:
        """The count that we work out where the letter states rate and base alone: only if there is a single one."""
        if self.count is not None or self.base is None or self.percent is None:
            return None
        return only_count(float(self.percent), self.base)

    @property
    def known_counts(self) -> tuple[int, int] | None:
        """Count and base where both are known, the count stated or the only one possible, and fit the rate, if any."""
        count = self.our_count if self.count is None else self.count
        if count is None or not self.base or count > self.base:
            return None
        return None if self.interval is None and self.percent is not None else (count, self.base)

    @property
    def too_few(self) -> bool:
        """Whether it has too few cases to be compared with anything."""
        return self.base is not None and self.base < ENOUGH_TO_COMPARE


class Comparison(Enum):
    """Where a rate stands beside the average of similar authorities."""

    NOT_STATED = "not stated"
    TOO_FEW = "too few to compare"
    NOT_CLEAR = "not clearly different"
    HIGHER = "higher"
    LOWER = "lower"


def compare(rate: Rate) -> Comparison:
    """Compare a rate with the average of similar authorities.

    It is higher or lower only if the whole 95% interval lies on one side of the average. Where the letter states
    no count, every count that is printed as this rate is allowed for; where none is, nothing is said.
    """
    if rate.too_few:
        return Comparison.TOO_FEW
    if rate.average is None or rate.interval is None:
        return Comparison.NOT_STATED
    low, high = rate.interval
    if low > float(rate.average) + _HALF_A_PERCENT:
        return Comparison.HIGHER
    return Comparison.LOWER if high < float(rate.average) - _HALF_A_PERCENT else Comparison.NOT_CLEAR


def comparison(rate: Rate) -> str:
    """The sentence that follows a figure; empty where there is nothing to compare it with."""
    average = f"the average of similar authorities ({percent(rate.average)})."
    return {
        Comparison.NOT_STATED: "",
        Comparison.TOO_FEW: "That is too few to compare with other authorities.",
        Comparison.NOT_CLEAR: f"The rate is not clearly different from {average}",
        Comparison.HIGHER: f"The rate is higher than {average}",
        Comparison.LOWER: f"The rate is lower than {average}",
    }[compare(rate)]


def _share(rate: Rate) -> str:
    """The count where the letter states one, else the rate."""
    if rate.count is None:
        return percent(rate.percent)
    return number(rate.count) if rate.count else "none"


def _sure_count(rate: Rate) -> int | None:
    """The count stated, or all or none of them where the rate says so and the base is too small for another count."""
    return rate.our_count if rate.count is None and rate.percent in (0, 100) else rate.count


def _share_of_them(rate: Rate) -> str:
    """The share of cases that were told before: "both", "all of them", "2 of them"."""
    count = _sure_count(rate)
    if count == rate.base:
        return "both" if rate.base == 2 else "all of them"
    return f"{'none' if count == 0 else _share(rate)} of them"


def _upheld(name: str, rate: Rate) -> str:
    if rate.base is None:
        return f"The Ombudsman upheld {percent(rate.percent)} of the complaints it investigated."
    if rate.base == 0:
        return f"The Ombudsman investigated no complaints about {name} in detail."
    cases = counted(rate.base, "complaint", "complaints")
    return f"The Ombudsman investigated {cases} about {name} in detail and {_upheld_of(rate)}."


def _upheld_of(rate: Rate) -> str:
    if rate.base == 1 and (count := _sure_count(rate)) is not None:
        return "upheld it" if count else "did not uphold it"
    return f"upheld {_share_of_them(rate)}"


def _compliance(name: str, rate: Rate) -> str:
    if rate.base is None:
        return f"The Ombudsman was satisfied with what {name} had done in {percent(rate.percent)} of cases."
    if rate.base == 0:
        return f"There were no recommendations to {name} to check."
    cases = counted(rate.base, "case", "cases")
    checked = f"In {cases} the Ombudsman checked whether {name} had done what it recommended"
    if rate.base == 1 and rate.percent in (0, 100):
        return f"{checked}, and was {'' if rate.percent else 'not '}satisfied."
    return f"{checked}, and was satisfied in {_share_of_them(rate)}."


# A council may have offered a remedy that was not enough: of that the letters do not speak.
_IN_TIME = "to the Ombudsman’s satisfaction before {} reached the Ombudsman."


def _satisfactory_remedies(name: str, rate: Rate) -> str:
    if rate.base == 0:
        return f"The Ombudsman upheld no complaints about {name}."
    if rate.base == 1 and rate.count is not None:
        put_right = "had put it right" if rate.count else "had not put it right"
        return f"The Ombudsman upheld 1 complaint; {name} {put_right} {_IN_TIME.format('it')}"
    cases = "" if rate.base is None else f"{number(rate.base)} "
    noun = "complaint" if rate.base == 1 else "complaints"
    return f"In {_share(rate)} of {cases}upheld {noun}, {name} had put things right {_IN_TIME.format('the complaint')}"


_SENTENCES: dict[str, Callable[[str, Rate], str]] = {
    "upheld": _upheld,
    "compliance": _compliance,
    "satisfactory-remedies": _satisfactory_remedies,
}


def summary(measure: str, name: str, rate: Rate) -> str:
    """What one of the three headline figures says about the council called `name`.

    Empty where the letter states too little to make a sentence of.
    """
    if rate.percent is None and (rate.base is None or rate.count is None) and rate.base != 0:
        return ""
    said = _SENTENCES[measure](name, rate)
    return said if rate.base == 0 else f"{said} {comparison(rate)}".strip()


def too_few(base: int | None, one: str, many: str) -> str:
    """The mark on a figure whose base is too small: "Too few to compare (2 investigations)"; else empty."""
    if base is None or base >= ENOUGH_TO_COMPARE:
        return ""
    return f"Too few to compare ({counted(base, one, many)})"


def chance(rate: Rate) -> str:
    """How far chance alone could move the rate: its 95% interval in words; empty where there is none."""
    if rate.interval is None:
        return ""
    low, high = (percent(whole(end)) for end in rate.interval)
    if rate.base == 1:
        return f"On a single case, chance alone could put the rate anywhere between {low} and {high}."
    few = "On so few cases, chance" if rate.too_few else "Chance"
    return f"{few} alone could put the rate anywhere between {low} and {high}."
