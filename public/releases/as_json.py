"""A table as JSON, a line for each row: the other files of a release are made from this one."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from letters import published
from public.releases.tables import TABLES


class Changing(Exception):
    """The site was changed again and again while its data were read."""


def write(folder: Path, now: datetime) -> dict[str, int]:
    """Write all tables as they are public at that instant, all of one moment; return how many rows each has.

    Raises Changing.
    """
    for _ in range(3):
        before = published.last_deed()
        written = {table.name: _write(folder / table.file("json"), table.rows(now)) for table in TABLES}
        if published.last_deed() == before:
            return written
    raise Changing(
        "The site was changed three times while its data were read. Nothing was kept: try again when nobody"
        " approves or corrects letters, or imports decisions."
    )


def _write(path: Path, found: Iterable[dict[str, Any]]) -> int:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        return _write_rows(file, found)


def _write_rows(file: IO[str], found: Iterable[dict[str, Any]]) -> int:
    count = 0
    for count, row in enumerate(found, start=1):
        file.write(("[\n" if count == 1 else ",\n") + json.dumps(row, ensure_ascii=False))
    file.write("\n]\n" if count else "[]\n")
    return count


def read(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rows of such a file, one at a time."""
    return (json.loads(line.rstrip(",\n")) for line in lines if line.startswith("{"))
