"""Making the files of a release."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from letters import published
from letters.releasing import Made
from public.figures import counted
from public.releases import as_json, as_parquet, as_sqlite, as_xlsx, changes, described
from public.tidy import as_csv

CSV, SUMS = "figures.csv", "SHA256SUMS"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
    "txt": "text/plain; charset=utf-8",
}
_FIGURES = (CSV, as_json.NAME, as_xlsx.NAME, as_parquet.NAME, as_sqlite.NAME)


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
    count = as_json.write(folder, now)
    _write_figures(folder)
    told = _write_changes(folder, before, now)
    words = tuple(told or [_unchanged(before) if before else _first(count)])
    described.write_readme(folder, number, now, words)
    files = [_made(folder, name) for name in (*_FIGURES, changes.NAME, described.README)]
    described.write_package(folder, number, now, files)
    files.append(_made(folder, described.PACKAGE))
    (folder / SUMS).write_text("".join(f"{made.sha256}  {made.name}\n" for made in files), encoding="ascii")
    return Release(number, now, count, words, bool(told) or before is None, (*files, _made(folder, SUMS)))


def _made(folder: Path, name: str) -> Made:
    return Made(folder / name, TYPES.get(name.rpartition(".")[2], TYPES["txt"]))


def _write_figures(folder: Path) -> None:
    with _read(folder) as rows:
        _write_csv(folder / CSV, as_csv.lines(rows))
    with _read(folder) as rows:
        as_xlsx.write(folder, rows, described.about())
    with _read(folder) as rows:
        as_parquet.write(folder, rows)
    with _read(folder) as rows:
        as_sqlite.write(folder, rows)


@contextmanager
def _read(folder: Path) -> Iterator[Iterable[dict[str, Any]]]:
    with (folder / as_json.NAME).open(encoding="utf-8") as file:
        yield as_json.read(file)


def _write_csv(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)


def _write_changes(folder: Path, before, now: datetime) -> list[str]:
    """The changes as CSV, and in sentences; of the first release only the head."""
    words, names = changes.Words(), changes.Change._fields
    if before is None:
        _write_csv(folder / changes.NAME, as_csv.lines([], names))
        return []
    with _read(folder) as rows, _kept_figures(before) as kept:
        found = words.counted(changes.between(kept, rows, changes.Reasons(before.made_at, now)))
        _write_csv(folder / changes.NAME, as_csv.lines((each._asdict() for each in found), names))
    sentences = words.sentences()
    return [f"Since release {before.number} of {_day(before.made_at)}:", *sentences] if sentences else []


@contextmanager
def _kept_figures(release) -> Iterator[Iterable[dict[str, Any]]]:
    file = next(each for each in release.files.all() if each.name == as_json.NAME)
    with published.release_file(file) as content, TextIOWrapper(content, encoding="utf-8") as lines:
        yield as_json.read(lines)


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y")


def _unchanged(before) -> str:
    return f"Nothing has changed since release {before.number} of {_day(before.made_at)}."


def _first(count: int) -> str:
    return f"This is the first release: it holds {counted(count, 'figure', 'figures')}."
