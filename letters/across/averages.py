"""The letters of a year and comparator group print the same averages: they vote, and who differs is asked. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from councils.kinds import SimilarGroup
from councils.years import in_years
from letters.across.stated import Printed, Stated
from letters.extraction.types import Problem
from letters.measures import find, in_full
from letters.wording import as_printed

CODE = "average-differs"

# A clear majority: so many letters print the same, and so large a part of all that print one.
AT_LEAST = 3
TWO_THIRDS = (2, 3)


@dataclass(frozen=True)
class Majority:
    """What most letters of a group and year print."""

    average: Decimal
    letters: int
    of: int


def majority(printed: Counter[Decimal]) -> Majority | None:
    """The average that at least three letters print, and two in three of all; None where none is so clear."""
    if not printed:
        return None
    [(average, letters)] = printed.most_common(1)
    part, whole = TWO_THIRDS
    clear = letters >= AT_LEAST and whole * letters >= part * printed.total()
    return Majority(average, letters, printed.total()) if clear else None


def differing(figure: Stated, printed: Printed) -> Iterator[Problem]:
    """A problem where the letter prints another average than the clear majority of its kind and year."""
    group = figure.group
    if group is None or figure.average is None:
        return
    most = majority(printed.get((figure.year, group, figure.measure), Counter()))
    if most and most.average != figure.average:
        yield Problem(CODE, figure.measure, _message(figure, group, most, printed), "average")


def _message(figure: Stated, group: SimilarGroup, most: Majority, printed: Printed) -> str:
    sign = sign_of(figure.measure)
    stated, usual = as_printed(figure.average), as_printed(most.average)
    elsewhere = _printed_by_others(figure, group, printed)
    also = f" {stated}{sign} is what letters to {elsewhere} print." if elsewhere else ""
    return (
        f"{name_of(figure.measure)}: this letter prints an average of {stated}{sign}, but {most.letters} of {most.of}"
        f" letters to {group.label} for {in_years(figure.year)} print {usual}{sign}.{also}"
        " Make sure that the council is right, then look at the number on the page."
    )


def _printed_by_others(figure: Stated, group: SimilarGroup, printed: Printed) -> str:
    """The other comparator groups whose letters print this average, in words."""
    others = [
        other
        for other in SimilarGroup
        if other != group
        and (most := majority(printed.get((figure.year, other, figure.measure), Counter())))
        and most.average == figure.average
    ]
    return " and ".join(str(other.label) for other in others)


def sign_of(measure: str) -> str:
    """What follows a rate or an average of this measure: the per cent sign, or nothing."""
    known = find(measure)
    return "%" if known and known.form == "rate" else ""


def name_of(measure: str) -> str:
    """The measure as staff know it."""
    return in_full(measure) if find(measure) else measure
