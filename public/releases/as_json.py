"""The figures as JSON, a line for each row: the other files of a release are made from this one."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from letters import published
from public.tidy.rows import key_of, rows

NAME = "figures.json"


class Changing(Exception):
    """The site was changed again and again while its figures were read."""


def write(folder: Path, now: datetime) -> int:
    """Write all figures that are public at that instant, all of one moment, and return how many. Raises Changing."""
    for _ in range(3):
        before = published.last_deed()
        with (folder / NAME).open("w", encoding="utf-8", newline="\n") as file:
            written = _write(file, _in_order(now))
        if published.last_deed() == before:
            return written
    raise Changing(
        "The site was changed three times while its figures were read. Nothing was kept: try again when nobody"
        " approves or corrects letters."
    )


def _in_order(now: datetime) -> Iterator[dict[str, Any]]:
    """By the codes of the characters, which databases need not sort by."""
    for edition in reversed(published.editions(now)):
        of_year = published.statistics(now).filter(letter__review=edition)
        yield from sorted(rows(of_year, now), key=key_of)


def _write(file: IO[str], found: Iterable[dict[str, Any]]) -> int:
    count = 0
    for count, row in enumerate(found, start=1):
        file.write(("[\n" if count == 1 else ",\n") + json.dumps(row, ensure_ascii=False))
    file.write("\n]\n" if count else "[]\n")
    return count


def read(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rows of such a file, one at a time."""
    return (json.loads(line.rstrip(",\n")) for line in lines if line.startswith("{"))
