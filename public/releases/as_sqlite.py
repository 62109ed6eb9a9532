"""A table as a database of SQLite: one table with all of its rows, and one that says what its columns are."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from public.releases.tables import Table
from public.tidy.as_csv import in_one
from public.tidy.columns import Type

_DESCRIBED = (
    "CREATE TABLE columns (name TEXT PRIMARY KEY, title TEXT, unit TEXT, ours INTEGER, description TEXT)"
)
_TYPES = {Type.WHOLE: "INTEGER", Type.NUMBER: "REAL"}


def write(path: Path, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(_DESCRIBED)
        told = ((each.name, each.title, each.unit, each.ours, each.description) for each in table.columns)
        database.executemany("INSERT INTO columns VALUES (?, ?, ?, ?, ?)", told)
        declared = ", ".join([*map(_declared, table.columns), f"PRIMARY KEY ({', '.join(table.key)})"])
        database.execute(f"CREATE TABLE {table.name} ({declared})")
        values = (tuple(map(in_one, row.values())) for row in rows)
        places = ", ".join("?" for _ in table.columns)
        database.executemany(f"INSERT INTO {table.name} VALUES ({places})", values)


def _declared(column) -> str:
    return f'"{column.name}" {_TYPES.get(column.type, "TEXT")}{"" if column.may_be_null else " NOT NULL"}'
