"""A table as a workbook: a sheet with all of its rows, and one that says what its columns are."""

import io
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from shutil import copyfileobj
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.xml.functions import tostring

from public.releases.tables import Table
from public.tidy.as_csv import in_one
from public.tidy.columns import Type
from public.tidy.spreadsheets import harmless

# The time of making, which would make each file another, is told as the first that a ZIP archive can hold.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"


def write(path: Path, table: Table, rows: Iterable[dict[str, Any]], about: Iterable[str]) -> None:
    """The workbook; `about` are the lines of its first sheet."""
    book = Workbook(write_only=True)
    _sheet(book, "About", ([line] for line in about), widths=(110,))
    cells = (tuple(_cell(column, row[column.name]) for column in table.columns) for row in rows)
    _sheet(book, table.title, _under(table.names, cells), freeze="A2")
    told = (
        (each.name, each.title, each.unit, "ours" if each.ours else "", each.description)
        for each in table.columns
    )
    _sheet(
        book,
        "Columns",
        _under(("Name", "Title", "Unit", "Ours", "Description"), told),
        widths=(22, 26, 9, 6, 130),
    )
    made = path.with_name(f"{path.name}.part")
    book.save(made)
    _without_times(book, made, path)
    made.unlink()


def _sheet(
    book: Workbook, title: str, lines: Iterable[Iterable[Any]], widths=(), freeze: str | None = None
) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = freeze
    for letter, width in zip("ABCDE", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    for line in lines:
        sheet.append(line)


def _under(head: Iterable[str], lines: Iterable[Iterable[Any]]) -> Iterable[Iterable[Any]]:
    yield head
    yield from lines


def _cell(column, value: Any) -> Any:
    """Dates as dates, numbers as numbers, and text that nothing runs."""
    value = in_one(value)
    if not isinstance(value, str):
        return value
    return date.fromisoformat(value) if column.type is Type.DATE else harmless(value)


def _without_times(book: Workbook, made: Path, path: Path) -> None:
    book.properties.created = book.properties.modified = datetime(*_EPOCH)  # noqa: DTZ001  # XLSX knows no zones
    with ZipFile(made) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            with new.open(entry, "w") as file, _part(book, old, name) as content:
                copyfileobj(content, file)


def _part(book: Workbook, archive: ZipFile, name: str):
    return io.BytesIO(tostring(book.properties.to_tree())) if name == _PROPERTIES else archive.open(name)
