"""Decides between what different readers and reading orders make of one letter.

A field counts as read where both readers give the same and neither contradicts itself, or where exactly one choice
among what they give makes its figure's arithmetic come out. All else is for a person.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product
from math import prod

from letters.measures import OVERVIEW

from .formats.matches import Found, Value
from .rounding import is_rate_of
from .sums import sums
from .types import Problem

# The doubts that a figure's own arithmetic settles.
_SETTLED_BY_PROOF = frozenset({"wording"})
BOTH = frozenset({0, 1})
_IN_WORDS = {
    "percent": "rate",
    "value": "figure",
    "numerator": "count",
    "denominator": "base",
    "average": "average",
    "base_label": "label of the base",
    "period_start": "first day of the period",
    "period_end": "last day of the period",
    "heading": "heading",
    "none_due": "statement that no recommendations were due",
}
_RATE = ("percent", "numerator", "denominator")
_COUNTED_RATES = ("upheld", "satisfactory-remedies")
# More ways to combine what the readers find prove nothing.
_MOST_CHOICES = 4096
_OTHER_WORDS = (
    "wording-doubtful",
    "The sentence of the {name} (“{printed}”) says more, or in other words, than letters are known to: see that"
    " it states this year's {name} of this council.",
)
# Why a field is not sure however it was read: its code, and what a person should do.
DOUBTS = {
    "dash": (
        "dash-for-zero",
        "“{printed}” stands for the {name}, and was taken for 0: confirm it, or leave it empty.",
    ),
    "heading": (
        "heading-doubtful",
        "The heading over the {name} (“{printed}”) is none of the usual ones: see that it was read whole.",
    ),
    "whose-row": (
        "row-doubtful",
        "The row of the {name} (“{printed}”) is not plainly this council's. Compare it with the letter.",
    ),
    "whose-average": (
        "average-doubtful",
        "The {name} (“{printed}”) stands between two blocks of figures, one of which has none: see whose it is.",
    ),
    "running-text": (
        "from-running-text",
        "The {name} (“{printed}”) stands in the running text and not in a table: see what it counts.",
    ),
    "wording": _OTHER_WORDS,
    "part": _OTHER_WORDS,
}


@dataclass
class Field:
    """What is known of one field: what is proposed and by which readers, what is unclear, and what is proven."""

    measure: str
    name: str
    proposed: dict[Value, Found] = field(default_factory=dict)
    readers: dict[Value, set[int]] = field(default_factory=dict)
    unclear: Found | None = None
    proven: Value | None = None

    def add(self, found: Found, reader: int) -> None:
        if found.value is None:
            self.unclear = self.unclear or found
        else:
            self.proposed.setdefault(found.value, found)
            self.readers.setdefault(found.value, set()).add(reader)

    @property
    def value(self) -> Value | None:
        """The one value there is; None where there is none, or more than one."""
        if self.proven is not None:
            return self.proven
        return next(iter(self.proposed)) if len(self.proposed) == 1 else None

    @property
    def found(self) -> Found | None:
        """Where the value stands, or else where a value should be."""
        value = self.value
        if value is not None:
            return self.proposed[value]
        return next(iter(self.proposed.values()), self.unclear)

    @property
    def doubt(self) -> str:
        """Why no reader's agreement makes this sure, and no arithmetic has; empty where something could, or did."""
        doubts = {found.doubt: None for found in self.proposed.values() if found.doubt}
        settled = _SETTLED_BY_PROOF if self.proven is not None else ()
        return next((doubt for doubt in doubts if doubt not in settled), "")

    @property
    def is_sure(self) -> bool:
        if self.doubt or (self.proven is None and any(found.needs_proof for found in self.proposed.values())):
            return False
        return self.proven is not None or (self.value is not None and self.readers[self.value] == BOTH)

    @property
    def is_contradictory(self) -> bool:
        """Whether one reader by itself finds two values: then it is the letter, or its layout, that is in doubt."""
        finders = [reader for readers in self.readers.values() for reader in readers]
        return len(finders) > len(set(finders))


class Ledger:
    """All fields of all figures, as far as any reader found them."""

    def __init__(self, by_reader: Sequence[Iterable[Found]]) -> None:
        self._fields: dict[tuple[str, str], Field] = {}
        for reader, findings in enumerate(by_reader):
            for found in findings:
                self._field(found.measure, found.field).add(found, reader)
        for measure in _COUNTED_RATES:
            self._prove([self._field(measure, name) for name in _RATE], _is_a_rate)
        self._prove([self._field(measure, "value") for measure in OVERVIEW], _adds_up)
        for whole, parts in sums(self.measures):
            self._prove([self._field(measure, "value") for measure in (whole, *parts)], _adds_up)
        self._prove_upheld_by_its_table()

    def _field(self, measure: str, name: str) -> Field:
        return self._fields.setdefault((measure, name), Field(measure, name))

    @property
    def measures(self) -> list[str]:
        """The measures of which anything is known, in the order in which they were found."""
        known = (of for (of, _), field in self._fields.items() if field.proposed or field.unclear)
        return list(dict.fromkeys(known))

    def _prove_upheld_by_its_table(self) -> None:
        """Count and base of the rate are cells of the decisions' table, or their sum: proven with them."""
        yes, no = (self._field(f"decided:{outcome}", "value").proven for outcome in ("upheld", "not-upheld"))
        if not (isinstance(yes, int) and isinstance(no, int)):
            return
        for name, value in (("numerator", yes), ("denominator", yes + no)):
            known = self._field("upheld", name)
            if value in known.proposed:
                known.proven = value

    def of(self, measure: str) -> dict[str, Field]:
        """The fields of a measure of which anything is known."""
        return {
            name: known
            for (of, name), known in self._fields.items()
            if of == measure and (known.proposed or known.unclear)
        }

    @property
    def period_ends(self) -> set[date]:
        """The last days of all periods that were found."""
        ends = (known.value for (_, name), known in self._fields.items() if name == "period_end")
        return {end for end in ends if isinstance(end, date)}

    @staticmethod
    def _prove(fields: Sequence[Field], holds: Callable[..., bool]) -> None:
        """Settle fields on which the readers differ, if a single choice makes their arithmetic come out."""
        if any(known.is_contradictory for known in fields):
            return
        if prod(len(known.proposed) for known in fields) > _MOST_CHOICES:
            return
        fitting = [choice for choice in product(*(known.proposed for known in fields)) if holds(*choice)]
        if len(fitting) == 1:
            for known, value in zip(fields, fitting[0], strict=True):
                known.proven = value


def _is_a_rate(percent: Decimal, numerator: int, denominator: int) -> bool:
    return numerator <= denominator and is_rate_of(percent, numerator, denominator)


def _adds_up(whole: int, *parts: int) -> bool:
    return whole == sum(parts)


def doubts(known: Field) -> Iterator[Problem]:
    """What a person should see to in a field that is not sure."""
    name = _IN_WORDS[known.name]
    if known.is_sure:
        return
    if known.doubt:
        code, message = DOUBTS[known.doubt]
        printed = next(found.printed for found in known.proposed.values() if found.doubt)
        yield Problem(code, known.measure, message.format(name=name, printed=printed), known.name)
        return
    if len(known.proposed) > 1:
        code = "ambiguous" if known.is_contradictory else "readers-differ"
        who = "The letter gives" if known.is_contradictory else "The two readers find"
        values = " and ".join(sorted(f"“{found.printed}”" for found in known.proposed.values()))
        message = f"{who} different values for the {name}: {values}. Enter the right one."
        yield Problem(code, known.measure, message, known.name)
    elif known.proposed and len(known.readers[next(iter(known.proposed))]) == 1:
        printed = next(iter(known.proposed.values())).printed
        message = f"Only one of the two readers finds the {name} (“{printed}”). Compare it with the letter."
        yield Problem("readers-differ", known.measure, message, known.name)
    elif known.unclear and known.unclear.printed:
        printed = known.unclear.printed
        message = f"“{printed}” stands for the {name}, which is not plainly a number. Enter it by hand."
        yield Problem("unclear-number", known.measure, message, known.name)
    elif known.unclear:
        message = f"The {name} was not found beside its sentence. Enter it by hand if the letter states it."
        yield Problem("unclear-number", known.measure, message, known.name)
