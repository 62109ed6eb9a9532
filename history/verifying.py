"""Whether the history is whole, and the rows are what it says that they are."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection

from history import guards
from history.chain import Fault, broken_links
from history.models import Line
from history.states import State, rows_of

_LOOK = (
    "Find out who changed it. Undo it where it was wrong; then write down that it was done, by "
    'manage.py note_changes "why".'
)


def faults() -> Iterator[Fault]:
    """Everything that is wrong with the history, or not as it tells."""
    yield from unguarded()
    yield from broken_links(_lines())
    yield from untold()


def _lines() -> Iterator[Line]:
    return Line.objects.order_by("number").iterator(chunk_size=1000)


def unguarded() -> Iterator[Fault]:
    if missing := guards.missing(connection):
        message = f"The database would let the history be altered: {', '.join(missing)} is missing."
        yield Fault(
            "history-unguarded", message, "Find out who took it away; manage.py guard_history puts it back."
        )


def untold() -> Iterator[Fault]:
    """Rows that are not as the history left them, and values that it did not find as it had left them."""
    told: State = {}
    for line in _lines():
        for key, values in json.loads(line.changes).items():
            yield from _leaps(line, key, told.get(key, {}), values)
            _go_on(told, key, values)
    for row in rows_of():
        yield from _differing(row.key, row.values, told.pop(row.key, None))
    for key in told:
        yield Fault(
            "changed-beside-the-site",
            f"{_named(key)} was deleted, and nobody is told to have done it.",
            _LOOK,
        )


def told() -> State:
    """What every row is by the history's word."""
    told: State = {}
    for line in _lines():
        for key, values in json.loads(line.changes).items():
            _go_on(told, key, values)
    return told


def _go_on(told: State, key: str, values: dict[str, list[Any]]) -> None:
    now = told.setdefault(key, {}) | {name: after for name, (_, after) in values.items()}
    if all(value is None for value in now.values()):
        del told[key]
    else:
        told[key] = now


def _leaps(line: Line, key: str, told: dict[str, Any], values: dict[str, list[Any]]) -> Iterator[Fault]:
    leapt = [name for name, (before, _) in values.items() if name in told and told[name] != before]
    if leapt:
        message = (
            f"{_named(key)} was changed ({', '.join(leapt)}) before line {line.number} of the history, "
            "and nobody is told to have done it."
        )
        yield Fault("changed-before-a-deed", message, _LOOK)


def _differing(key: str, values: dict[str, Any], told: dict[str, Any] | None) -> Iterator[Fault]:
    if told is None:
        yield Fault("made-beside-the-site", f"{_named(key)} is not in the history.", _LOOK)
        return
    # What an upgrade has added to a row, or taken from it, nobody was told of yet.
    changed = [name for name, value in values.items() if name in told and told[name] != value]
    if changed:
        message = f"{_named(key)} was changed ({', '.join(changed)}), and nobody is told to have done it."
        yield Fault("changed-beside-the-site", message, _LOOK)


def _named(key: str) -> str:
    label, _, rest = key.partition("|")
    return f"{label} {rest.replace('|', ' ')}"
