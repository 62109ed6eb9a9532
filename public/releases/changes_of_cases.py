"""What changed in decisions, reports and improvements between two releases: cell by cell as CSV, and in words."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from public.figures import counted
from public.releases.changes import CELL, KIND, side_by_side
from public.releases.tables import BY_NAME, OF_CASES, Row, Table
from public.tidy.columns import Column, text, whole

NAME = "changes-of-cases.csv"


class Change(NamedTuple):
    """A row that came or went, or one cell of it that is another now; `number` is that of an improvement."""

    kind: str
    table: str
    reference: str
    number: int | None
    column: str | None
    was: Any
    now: Any


CHANGES: tuple[Column, ...] = (
    KIND,
    text("table", "Table", "decisions, reports or improvements."),
    text("reference", "Reference", "The Ombudsman’s reference, which names the row for good."),
    whole("number", "Number", "Which of the improvements of a decision. Null in the other tables.", True),
    *CELL,
)


def between(table: Table, before: Iterable[Row], after: Iterable[Row]) -> Iterator[Change]:
    """Every change of a table, in the order of its rows; both are in that order, and read once."""
    for was, now in side_by_side(before, after, table.key_of):
        row: Row = now or was or {}
        named = (table.name, row["reference"], row.get("number"))
        if was and now:
            differing = (name for name in table.names if name in was and was[name] != now[name])
            yield from (Change("changed", *named, name, was[name], now[name]) for name in differing)
        else:
            yield Change("added" if now else "removed", *named, None, None, None)


class Words:
    """The changes in a few sentences, counted while they pass by."""

    def __init__(self) -> None:
        self._rows: Counter[tuple[str, str]] = Counter()
        self._last: dict[tuple[str, str], tuple] = {}

    def counted(self, changes: Iterable[Change]) -> Iterator[Change]:
        """The same changes, each row of which is counted once."""
        for change in changes:
            what, key = (change.table, change.kind), (change.reference, change.number)
            if self._last.get(what) != key:
                self._rows[what] += 1
                self._last[what] = key
            yield change

    def sentences(self) -> list[str]:
        """A sentence for each table and kind of change, such as "12 decisions were added."."""
        return [
            f"{counted(self._rows[table.name, kind], *BY_NAME[table.name].nouns)}"
            f" {'was' if self._rows[table.name, kind] == 1 else 'were'} {kind}."
            for table in OF_CASES
            for kind in ("added", "removed", "changed")
            if self._rows[table.name, kind]
        ]
