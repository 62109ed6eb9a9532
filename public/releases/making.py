"""Making the files of a release."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path

from letters import published
from letters.releasing import Made
from public.figures import counted, full_day
from public.releases import as_json, as_parquet, as_sqlite, as_xlsx, changes, changes_of_cases, described
from public.releases.tables import FIGURES, OF_CASES, TABLES, Row, Table
from public.tidy import as_csv

SUMS = "SHA256SUMS"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
    "txt": "text/plain; charset=utf-8",
}
_ENDINGS = ("csv", "json", "xlsx", "parquet", "sqlite")
_TABLES = tuple(table.file(ending) for table in TABLES for ending in _ENDINGS)


@dataclass(frozen=True)
class Release:
    """A release that has been made and not yet kept. `changes` are sentences; `differs` if there is any change."""

    number: int
    made_at: datetime
    figures: int
    changes: tuple[str, ...]
    differs: bool
    files: tuple[Made, ...]


def make(folder: Path, now: datetime) -> Release:
    """Make every file of the next release in an empty folder, of what is public at `now`.

    Raises as_parquet.NoPyarrow or as_json.Changing; whatever is in the folder then is of no use.
    """
    as_parquet.require_pyarrow()
    made = published.releases(now)
    before, last = made.filter(withdrawn_at=None).first(), made.first()
    number = last.number + 1 if last else 1
    counts = as_json.write(folder, now)
    for table in TABLES:
        _write_table(folder, table)
    told = _write_changes(folder, before, now)
    words = tuple(told or [_unchanged(before) if before else _first(counts)])
    described.write_readme(folder, number, now, words)
    names = (*_TABLES, changes.NAME, changes_of_cases.NAME, described.README)
    files = [_made(folder, name) for name in names]
    described.write_package(folder, number, now, files)
    files.append(_made(folder, described.PACKAGE))
    (folder / SUMS).write_text("".join(f"{made.sha256}  {made.name}\n" for made in files), encoding="ascii")
    return Release(
        number, now, counts[FIGURES.name], words, bool(told) or before is None, (*files, _made(folder, SUMS))
    )


def _made(folder: Path, name: str) -> Made:
    return Made(folder / name, TYPES.get(name.rpartition(".")[2], TYPES["txt"]))


def _write_table(folder: Path, table: Table) -> None:
    with _read(folder, table) as rows:
        _write_csv(folder / table.file("csv"), as_csv.lines(rows, table.names))
    with _read(folder, table) as rows:
        as_xlsx.write(folder / table.file("xlsx"), table, rows, described.about(table))
    with _read(folder, table) as rows:
        as_parquet.write(folder / table.file("parquet"), table, rows)
    with _read(folder, table) as rows:
        as_sqlite.write(folder / table.file("sqlite"), table, rows)


@contextmanager
def _read(folder: Path, table: Table) -> Iterator[Iterable[Row]]:
    with (folder / table.file("json")).open(encoding="utf-8") as file:
        yield as_json.read(file)


def _write_csv(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)


def _write_changes(folder: Path, before, now: datetime) -> list[str]:
    """The changes as CSV, and in sentences; of the first release only the heads."""
    sentences = [*_of_figures(folder, before, now), *_of_cases(folder, before)]
    return [f"Since release {before.number} of {full_day(before.made_at)}:", *sentences] if sentences else []


def _of_figures(folder: Path, before, now: datetime) -> list[str]:
    words, names = changes.Words(), changes.Change._fields
    if before is None:
        _write_csv(folder / changes.NAME, as_csv.lines([], names))
        return []
    with _read(folder, FIGURES) as rows, _kept(before, FIGURES) as kept:
        found = words.counted(changes.between(kept, rows, changes.Reasons(before.made_at, now)))
        _write_csv(folder / changes.NAME, as_csv.lines((each._asdict() for each in found), names))
    return words.sentences()


def _of_cases(folder: Path, before) -> list[str]:
    """Of a release that had no such tables yet, all rows are new."""
    words, names = changes_of_cases.Words(), changes_of_cases.Change._fields
    found = words.counted(_every_change(folder, before)) if before else ()
    _write_csv(folder / changes_of_cases.NAME, as_csv.lines((each._asdict() for each in found), names))
    return words.sentences()


def _every_change(folder: Path, before) -> Iterator[changes_of_cases.Change]:
    for table in OF_CASES:
        with _read(folder, table) as rows, _kept(before, table) as kept:
            yield from changes_of_cases.between(table, kept, rows)


@contextmanager
def _kept(release, table: Table) -> Iterator[Iterable[Row]]:
    """The table as the release has it; without rows where it was made before there was such a table."""
    file = next((each for each in release.files.all() if each.name == table.file("json")), None)
    if file is None:
        yield ()
        return
    with published.release_file(file) as content, TextIOWrapper(content, encoding="utf-8") as lines:
        yield as_json.read(lines)


def _unchanged(before) -> str:
    return f"Nothing has changed since release {before.number} of {full_day(before.made_at)}."


def _first(counts: Mapping[str, int]) -> str:
    told = [counted(counts[table.name], *table.nouns) for table in TABLES if counts[table.name]]
    *others, last = told or ["nothing"]
    return f"This is the first release: it holds {' and '.join(filter(None, [', '.join(others), last]))}."
