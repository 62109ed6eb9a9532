"""The steps in which a map shades its figures: fixed, so that the maps of two years can be laid side by side."""

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from letters.measures import MEASURES, Measure

_ALIKE = "They are the same for every year and kind of authority, so that maps can be laid side by side."


@dataclass(frozen=True)
class Steps:
    """Each of `bounds` begins a step; `reason` says why there."""

    measure: Measure
    bounds: tuple[int, ...]
    reason: str

    def step(self, value: Decimal | float) -> int:
        """In which step a figure lies, counted from 1."""
        return bisect_right(self.bounds, value) + 1

    @property
    def labels(self) -> list[str]:
        """The steps in words, lowest first."""
        sign = "%" if self.measure.form == "rate" else ""
        first, *_, last = self.bounds
        whole = sign and last == 100
        between = [f"{low}{sign} to under {high}{sign}" for low, high in pairwise(self.bounds)]
        return [f"under {first}{sign}", *between, f"{last}{sign}{'' if whole else ' or more'}"]


STEPS = {
    steps.measure.slug: steps
    for steps in (
        Steps(
            MEASURES["upheld"],
            (40, 55, 70, 85),
            f"Few rates are under 40%; from there all steps are of 15 percentage points. {_ALIKE}",
        ),
        Steps(
            MEASURES["compliance"],
            (80, 90, 95, 100),
            f"Most rates are 100% or close to it, so the steps are narrower there. {_ALIKE}",
        ),
        Steps(
            MEASURES["satisfactory-remedies"],
            (5, 10, 15, 25),
            f"Most rates are under 25%, so the steps are narrower there. {_ALIKE}",
        ),
        Steps(MEASURES["upheld-per-100000"], (2, 4, 6, 8), f"All steps are of two. {_ALIKE}"),
    )
}


def figures_of(year: int) -> list[str]:
    """The figures that a map of that year can show: those that its letters state."""
    return [slug for slug in STEPS if MEASURES[slug].stated_in(year)]
