"""Reading a file row by row: what can be taken of it, and what is wrong with the rest."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.importing.cells import Column, Wrong, heading, text_of
from cases.importing.opening import NoTable, Opened, Raw
from cases.importing.records import COLUMNS, Draft, Fault, contradictions, names_of

_SHOWN = 120  # characters of a cell in a report


@dataclass(frozen=True)
class Layout:
    """Which heading of the file stands for which column, headings that stand for none, and columns without one."""

    columns: dict[str, Column]
    unknown: list[str]
    absent: list[str]


def layout(opened: Opened, holds: str) -> Layout:
    """The columns of a file of that kind. Raises NoTable where one is missing, or is there twice."""
    known = {heading(name): column for column in COLUMNS[holds] for name in column.headings}
    standing: dict[str, list[str]] = defaultdict(list)
    for name in opened.headings:
        if column := known.get(heading(name)):
            standing[column.name].append(name)
    if twice := [names for names in standing.values() if len(names) > 1]:
        raise NoTable(f"The column “{twice[0][0]}” is there twice (“{twice[0][1]}”). Leave one of them.")
    missing = [column.name for column in COLUMNS[holds] if column.required and column.name not in standing]
    if missing:
        there = ", ".join(opened.headings) or "none"
        raise NoTable(f"The file lacks the columns {', '.join(missing)}. It has these: {there}.")
    columns = {names[0]: known[heading(names[0])] for names in standing.values()}
    return Layout(
        columns,
        [name for name in opened.headings if name and name not in columns],
        [column.name for column in COLUMNS[holds] if column.name not in standing],
    )


def read(opened: Opened, holds: str, today: date) -> Iterator[Draft | list[Fault]]:
    """Each row as what can be taken of it, or as what is wrong with it."""
    columns = layout(opened, holds).columns
    seen: dict[str, int] = {}
    for raw in opened.rows:
        values, faults = _values(raw, columns, COLUMNS[holds])
        if not faults:
            faults = [*contradictions(holds, raw.number, values, today), *_repeated(holds, raw, values, seen)]
        yield faults or Draft(raw.number, values)


def _values(
    raw: Raw, columns: dict[str, Column], all_columns: Iterable[Column]
) -> tuple[dict[str, Any], list[Fault]]:
    if raw.problem:
        return {}, [Fault(raw.number, "", "", raw.problem, "Mend the row.")]
    values = {column.name: column.default for column in all_columns}
    faults = []
    for name, column in columns.items():
        said = raw.cells.get(name)
        try:
            text = text_of(said, column)
            if text:
                values[column.name] = column.convert(text)
            elif column.required:
                raise Wrong("It is empty", f"Fill in the column “{name}”.")
        except Wrong as wrong:
            faults.append(Fault(raw.number, name, _shown(said), wrong.why, wrong.remedy))
    return values, faults


def _shown(said: Any) -> str:
    """What a cell says, on one line and not longer than anybody would read."""
    words = " ".join(str("" if said is None else said)[: 4 * _SHOWN].split())
    return "".join(filter(str.isprintable, words))[:_SHOWN]


def _repeated(holds: str, raw: Raw, values: dict[str, Any], seen: dict[str, int]) -> list[Fault]:
    names = names_of(holds, values)
    again = next((name for name in names if name in seen), None)
    if again is None:
        seen.update(dict.fromkeys(names, raw.number))
        return []
    column = COLUMNS[holds][0].name
    return [Fault(raw.number, column, again, f"Row {seen[again]} has the same", "Leave one of them.")]
