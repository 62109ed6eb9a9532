"""What the three-year tables of letters to 2008 repeat of earlier years, against those years' letters. Pure.

A figure may have been revised in between, so a difference is a question: to both letters, for either may be misread.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from councils.years import in_years
from letters.across.averages import name_of
from letters.across.stated import ByYear, Stated
from letters.extraction.types import Problem
from letters.wording import as_printed

CODE = "restated-otherwise"
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Restatement:
    """A number that the letter of `year` repeats of an earlier year, `about`."""

    letter: UUID
    council: int
    year: int
    about: int
    measure: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure that two letters state otherwise of one year: the number in this letter, and in the other."""

    measure: str
    here: Decimal
    there: Decimal


Pair = tuple[UUID, int]  # a letter, and the year of the other letter


def otherwise(
    figures: Iterable[Stated], repeated: Iterable[Restatement], earlier: ByYear
) -> Iterator[tuple[UUID, Problem]]:
    """One question for each letter and other year: to those that repeat, and to those that are repeated."""
    figures, repeated = list(figures), list(repeated)
    for (letter, about), found in _repeating(repeated, {each.letter for each in figures}, earlier).items():
        yield (
            letter,
            _problem(f"This letter repeats figures of {in_years(about)} otherwise than its letter", found),
        )
    for (letter, year), found in _repeated(figures, repeated).items():
        yield (
            letter,
            _problem(f"The letter for {in_years(year)} repeats figures of this letter otherwise", found),
        )


def _repeating(
    repeated: list[Restatement], letters: set[UUID], earlier: ByYear
) -> Mapping[Pair, list[Difference]]:
    found: dict[Pair, list[Difference]] = defaultdict(list)
    for each in repeated:
        then = earlier.get((each.council, each.about), {}).get(each.measure)
        if each.letter in letters and then and then.value is not None and then.value != each.value:
            found[each.letter, each.about].append(Difference(each.measure, each.value, then.value))
    return found


def _repeated(figures: list[Stated], repeated: list[Restatement]) -> Mapping[Pair, list[Difference]]:
    of_figure: dict[tuple[int, int, str], list[Restatement]] = defaultdict(list)
    for each in repeated:
        of_figure[each.council, each.about, each.measure].append(each)
    found: dict[Pair, list[Difference]] = defaultdict(list)
    for figure in figures:
        for each in of_figure.get(figure.key, ()):
            if figure.value is not None and figure.value != each.value:
                found[figure.letter, each.year].append(Difference(figure.measure, figure.value, each.value))
    return found


def _problem(begins: str, found: list[Difference]) -> Problem:
    named = "; ".join(
        f"{name_of(each.measure)} is {as_printed(each.here)} here, {as_printed(each.there)} there"
        for each in found[:MOST_NAMED]
    )
    more = f"; and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    message = (
        f"{begins}: {named}{more}. They may have been revised in between, or one of the letters misread: look at both."
        " If both print them so, approve the letter: this needs no reason."
    )
    return Problem(CODE, found[0].measure, message, "value")
