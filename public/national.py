"""A year over all its letters: the headline figures as sums, and who has no letter. Pure.

Every sum is ours: counts added up, over bases added up (`public.comparison`). A letter whose count cannot be told is
left out, and the page says how many are.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from letters.measures import MEASURES, Measure
from public.comparison import NONE_DUE, Average, Row, is_counted, our_average
from public.figures import counted, number, percent
from public.panels import of_what


class Part(Enum):
    """Letters that are not in the sums, in words for one and for several."""

    NO_CASE = "letter had no case to count", "letters had no case to count"
    NOT_STATED = "letter does not state it", "letters do not state it"
    LEFT_OUT = (
        "letter is left out, because what it states is not enough for a count, or does not fit together",
        "letters are left out, because what they state is not enough for a count, or does not fit together",
    )


_OUR_COUNTS = (
    "count is ours, worked out from a rate and its base",
    "counts are ours, worked out from a rate and its base",
)


@dataclass(frozen=True)
class Total:
    """One headline figure over all letters of a year: our average, and the letters that are not in it."""

    measure: Measure
    rows: Sequence[Row]
    average: Average | None

    @property
    def of_what(self) -> str:
        """What the sum counts: "investigations upheld"."""
        return of_what(self.measure, self.average.count, self.average.base) if self.average else ""

    @property
    def from_what(self) -> str:
        """Which letters are in the sums, and which are not, and why."""
        if self.average is None:
            return "No letter gives the numbers for it."
        ours = sum(row.count_is_ours for row in self.rows if is_counted(row))
        parts = Counter(_part(row) for row in self.rows)
        said = [f"From {self.average.letters_written} of {number(len(self.rows))}."]
        said += [counted(parts[part], *part.value) + "." for part in Part if parts[part]]
        said += [counted(ours, *_OUR_COUNTS) + "."] if ours else []
        return " ".join(said)


def _part(row: Row) -> Part | None:
    """Why a letter is not in the sums; None if it is."""
    if is_counted(row):
        return None
    if row.without == NONE_DUE or (row.rate is not None and row.rate.base == 0):
        return Part.NO_CASE
    stated = row.rate is not None and (row.rate.percent, row.rate.count, row.rate.base) != (None, None, None)
    return Part.LEFT_OUT if stated else Part.NOT_STATED


def total(measure: str, rows: Iterable[Row]) -> Total:
    """The sums of one figure over a row for each of the year's letters."""
    rows = list(rows)
    return Total(MEASURES[measure], rows, our_average(rows))


def sentences(years: str, letters: int, totals: Iterable[Total]) -> list[str]:
    """The year in sentences: how many letters there are, and then a sentence for each figure that has a sum."""
    said = [f"{counted(letters, 'authority has', 'authorities have')} a published letter for {years}."]
    for each in totals:
        if each.average is not None:
            which = "" if each.average.letters == letters else f"{number(each.average.letters)} of "
            said.append(f"According to {which}these letters, {_SENTENCES[each.measure.slug](each.average)}.")
    return said


def _upheld(average: Average) -> str:
    return (
        f"the Ombudsman investigated {counted(average.base, 'complaint', 'complaints')} in detail and upheld "
        f"{_of_them(average)}"
    )


def _compliance(average: Average) -> str:
    return (
        f"it checked {counted(average.base, 'case', 'cases')} for whether its recommendations had been carried out, "
        f"and was satisfied in {_of_them(average)}"
    )


def _remedies(average: Average) -> str:
    return (
        f"there were {counted(average.base, 'upheld complaint', 'upheld complaints')}, and authorities had put right "
        f"{_of_them(average)}, to the Ombudsman’s satisfaction, before the complaint reached the Ombudsman"
    )


def _of_them(average: Average) -> str:
    return f"{number(average.count)} of them ({percent(average.rounded)})"


_SENTENCES: Mapping[str, Callable[[Average], str]] = {
    "upheld": _upheld,
    "compliance": _compliance,
    "satisfactory-remedies": _remedies,
}
