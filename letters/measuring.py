"""How well letters are read: what was read of each letter, held against the figures that it is known to state.

What is counted is fields: the rate, the value, the count, the base and the average of each figure. A field is *found*
when it was read as it is; *missing* when it was not read; *wrong* when another number was read, or one where the letter
states none, and the figure was given as sure; *doubtful* when such a number was put before a person.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from letters.extraction.types import NUMBERS, Figure, Reading, Unreadable

FOUND, MISSING, WRONG, DOUBTFUL = "found", "missing", "wrong", "doubtful"
OUTCOMES = (FOUND, MISSING, WRONG, DOUBTFUL)
_FROM_A_PICTURE = "read-by-ocr"


@dataclass(frozen=True)
class Verdict:
    """One field of one letter's figure, what the letter states and what was read."""

    letter: str
    measure: str
    field: str
    expected: Decimal | None
    read: Decimal | None
    outcome: str


@dataclass
class Tally:
    """All letters together. `by` counts outcomes under (era, measure family)."""

    letters: int = 0
    for_a_person: int = 0
    unreadable: list[str] = field(default_factory=list)
    by: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    not_right: list[Verdict] = field(default_factory=list)

    def add(
        self, letter: str, era: str, expected: Iterable[Mapping[str, Any]], read: Reading | Unreadable
    ) -> None:
        """Count a letter. `expected` are its figures, as `read_letter --json` writes them."""
        self.letters += 1
        if isinstance(read, Unreadable):
            self.unreadable.append(letter)
        self.for_a_person += needs_a_person(read)
        for verdict in verdicts(letter, expected, () if isinstance(read, Unreadable) else read.statistics):
            family = verdict.measure.partition(":")[0]
            self.by.setdefault((era, family), Counter())[verdict.outcome] += 1
            if verdict.outcome != FOUND:
                self.not_right.append(verdict)

    @property
    def all(self) -> Counter[str]:
        return sum(self.by.values(), Counter())

    @property
    def share_found(self) -> Decimal | None:
        """Of the fields that the letters state, how many were found, in per cent; None where they state none."""
        stated = self.all[FOUND] + sum(each.expected is not None for each in self.not_right)
        return 100 * Decimal(self.all[FOUND]) / stated if stated else None


def needs_a_person(read: Reading | Unreadable) -> bool:
    """Whether such a letter is put before a person by itself: it is unreadable, has a problem or an unsure figure."""
    if isinstance(read, Unreadable):
        return True
    return bool(read.problems) or not all(figure.readers_agree for figure in read.statistics)


def from_a_picture(read: Reading | Unreadable) -> bool:
    """Whether the letter is a scan; such letters are counted apart."""
    return isinstance(read, Reading) and any(each.code == _FROM_A_PICTURE for each in read.problems)


def verdicts(letter: str, expected: Iterable[Mapping[str, Any]], read: Iterable[Figure]) -> Iterator[Verdict]:
    """Each field that the letter states, or that was read."""
    wanted = {each["measure"]: each for each in expected}
    found = {figure.measure: figure for figure in read}
    for measure in dict.fromkeys([*wanted, *found]):
        for name in NUMBERS:
            states, says = _number(wanted.get(measure, {}).get(name)), _read(found.get(measure), name)
            if states is not None or says is not None:
                sure = measure in found and found[measure].readers_agree
                yield Verdict(letter, measure, name, states, says, _outcome(states, says, sure))


def _outcome(states: Decimal | None, says: Decimal | None, sure: bool) -> str:
    if says is None:
        return MISSING
    if says == states:
        return FOUND
    return WRONG if sure else DOUBTFUL


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _read(figure: Figure | None, name: str) -> Decimal | None:
    return None if figure is None else _number(getattr(figure, name))
