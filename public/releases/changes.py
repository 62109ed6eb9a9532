"""What changed in the figures between two releases: cell by cell as CSV, and in words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from public import put_right
from public.figures import counted, years
from public.tidy.columns import COLUMNS, Column, as_of_figures, text
from public.tidy.rows import Key, key_of

NAME = "changes.csv"
Row = dict[str, Any]
# What changes with other letters alone; and what the register says, or the registry of measures.
_AVERAGE = {"average_computed"}
_REGISTER = {
    "council_name",
    "gss_code_then",
    "gss_code_now",
    "council_kind",
    "region",
    "measure_name",
    "unit",
}


class Change(NamedTuple):
    """A row that came or went, or one cell of it that is another now; `why` as the site told it, if it did."""

    kind: str
    year_ending: int
    council: str
    measure: str
    column: str | None
    was: Any
    now: Any
    why: str | None


KIND = text("kind", "Kind of change", "added or removed: a row; changed: one cell of a row.")
# Which cell, and what stood and stands there.
CELL: tuple[Column, ...] = (
    text("column", "Column", "Whose cell is another now. Null where the row was added or removed.", True),
    text("was", "Was", "What the cell had in the release before, as in its CSV. Null for nothing.", True),
    text("now", "Now", "What it has in this one. Null for nothing.", True),
)
CHANGES: tuple[Column, ...] = (
    KIND,
    *as_of_figures("year_ending", "council", "measure"),
    *CELL,
    text("why", "Why", "As the corrections page tells it. Null where it tells nothing.", True, ours=True),
)


class Reasons:
    """Why figures changed after an instant, as the page of corrections tells it."""

    def __init__(self, since: datetime, now: datetime) -> None:
        entries = [each for each in put_right.log(now) if each.at > since]
        self._of = {(each.year, each.council.slug, each.measure): each for each in reversed(entries)}

    def of(self, key: Key) -> str | None:
        """Of a figure that was corrected, or of a letter that was replaced or withdrawn."""
        entry = self._of.get(key) or self._of.get((key.year_ending, key.council, ""))
        return f"{entry.sentence} {entry.why}".strip() if entry else None


def between(before: Iterable[Row], after: Iterable[Row], reasons: Reasons) -> Iterator[Change]:
    """Every change, in the order of the rows; both are in that order, and read once."""
    for was, now in side_by_side(before, after, key_of):
        if now is None:
            yield Change("removed", *key_of(was), None, None, None, reasons.of(key_of(was)))
        elif was is None:
            yield Change("added", *key_of(now), None, None, None, reasons.of(key_of(now)))
        else:
            yield from _of_row(was, now, reasons)


def side_by_side(
    before: Iterable[Row], after: Iterable[Row], key: Callable[[Row], tuple]
) -> Iterator[tuple[Row | None, Row | None]]:
    """The rows of both by their keys, in whose order both are; None where one has no such row."""
    old, new = iter(before), iter(after)
    was, now = next(old, None), next(new, None)
    while was or now:
        if now is None or (was is not None and key(was) < key(now)):
            yield was, None
            was = next(old, None)
        elif was is None or key(now) < key(was):
            yield None, now
            now = next(new, None)
        else:
            yield was, now
            was, now = next(old, None), next(new, None)


def _of_row(was: Mapping[str, Any], now: Mapping[str, Any], reasons: Reasons) -> Iterator[Change]:
    """Of the columns that both releases have."""
    key = key_of(now)
    for column in (each.name for each in COLUMNS if each.name in was):
        if was[column] != now[column]:
            why = None if column in _AVERAGE | _REGISTER else reasons.of(key)
            yield Change("changed", *key, column, was[column], now[column], why)


class Words:
    """The changes in a few sentences, counted while they pass by."""

    def __init__(self) -> None:
        self._rows: dict[str, Counter[int]] = {kind: Counter() for kind in _SENTENCES}
        self._last: dict[str, Key] = {}

    def counted(self, changes: Iterable[Change]) -> Iterator[Change]:
        """The same changes, each of which is counted."""
        for change in changes:
            kind, key = _kind(change), Key(change.year_ending, change.council, change.measure)
            if self._last.get(kind) != key:
                self._rows[kind][change.year_ending] += 1
                self._last[kind] = key
            yield change

    def sentences(self) -> list[str]:
        """A sentence for each kind of change; nothing where nothing changed."""
        return [_sentence(kind, of_years) for kind, of_years in self._rows.items() if of_years]


_SENTENCES = {
    "added": ("figure was added", "figures were added"),
    "removed": ("figure was removed", "figures were removed"),
    "changed": (
        "figure was changed in what its letter states or when it was published",
        "figures were changed in what their letters state or when they were published",
    ),
    "average": ("figure has another average of ours", "figures have another average of ours"),
    "register": (
        "figure has another name, code, kind or region",
        "figures have another name, code, kind or region",
    ),
}


def _kind(change: Change) -> str:
    if change.column in _AVERAGE:
        return "average"
    return "register" if change.column in _REGISTER else change.kind


def _sentence(kind: str, of_years: Counter[int]) -> str:
    """Such as "12 figures were added (2018–19: 4, 2019–20: 8)."."""
    where = ", ".join(f"{years(year)}: {count:,}" for year, count in sorted(of_years.items()))
    return f"{counted(of_years.total(), *_SENTENCES[kind])} ({where})."
