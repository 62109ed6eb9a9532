"""The figures as a database of SQLite: one table with all of them, and one that says what its columns are."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from public.tidy.columns import COLUMNS, NAMES, Type

NAME = "figures.sqlite"
_DESCRIBED = (
    "CREATE TABLE columns (name TEXT PRIMARY KEY, title TEXT, unit TEXT, ours INTEGER, description TEXT)"
)
_TYPES = {Type.WHOLE: "INTEGER", Type.NUMBER: "REAL"}


def write(folder: Path, rows: Iterable[dict[str, Any]]) -> None:
    with closing(sqlite3.connect(folder / NAME)) as database, database:
        database.execute(_DESCRIBED)
        told = ((each.name, each.title, each.unit, each.ours, each.description) for each in COLUMNS)
        database.executemany("INSERT INTO columns VALUES (?, ?, ?, ?, ?)", told)
        declared = ", ".join([*map(_declared, COLUMNS), "PRIMARY KEY (year_ending, council, measure)"])
        database.execute(f"CREATE TABLE figures ({declared})")
        values = (tuple(row.values()) for row in rows)
        database.executemany(f"INSERT INTO figures VALUES ({', '.join('?' for _ in NAMES)})", values)


def _declared(column) -> str:
    return f"{column.name} {_TYPES.get(column.type, 'TEXT')}{'' if column.may_be_null else ' NOT NULL'}"
