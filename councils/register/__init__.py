"""The register's own files, beside this one. docs/data-sources.md says where their facts come from."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_FOLDER = Path(__file__).parent
_DAYS = {"first_day", "last_day", "day"}
_DEGREES = {"latitude", "longitude"}


@dataclass(frozen=True)
class CouncilEntry:
    """A row of councils.csv: the council's own fields, its county council's slug, its other names."""

    fields: dict[str, object]
    county: str
    aliases: frozenset[str]

    @property
    def slug(self) -> str:
        return str(self.fields["slug"])


@dataclass(frozen=True)
class SuccessionEntry:
    """A row of successions.csv: both ends by slug (no successor where the register lacks it)."""

    predecessor: str
    successor: str
    fields: dict[str, object]


def councils() -> Iterator[CouncilEntry]:
    for row in _rows("councils.csv"):
        aliases = frozenset(filter(None, row.pop("aliases").split("|")))
        county = row.pop("county")
        yield CouncilEntry(_typed(row), county, aliases)


def successions() -> Iterator[SuccessionEntry]:
    for row in _rows("successions.csv"):
        predecessor, successor = row.pop("predecessor"), row.pop("successor")
        yield SuccessionEntry(predecessor, successor, _typed(row))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _typed(row: dict[str, str]) -> dict[str, object]:
    return {column: _value(column, text) for column, text in row.items()}


def _value(column: str, text: str) -> object:
    if column in _DAYS:
        return date.fromisoformat(text) if text else None
    if column in _DEGREES:
        return float(text) if text else None
    return text
