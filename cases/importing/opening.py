"""Opening a file of rows, whatever was given: the content decides, not the name."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

MAX_BYTES = 500 * 1024 * 1024
MAX_ROWS = 1_000_000
_DELIMITERS = ",;\t|"
# A line before the headings by which spreadsheets are told what stands between cells; they count no row for it.
_TOLD = re.compile(rf'"?sep=([{_DELIMITERS}])[^\r\n]*\r?\n', re.IGNORECASE)
# Longer than any text that is taken: the text is refused then, and not the file.
_LONGEST_CELL = 16 * 1024 * 1024


class NoTable(Exception):
    """The file as a whole cannot be taken; the message says why, and what to do."""


@dataclass(frozen=True)
class Raw:
    """A row as it stands in the file; `problem` says why it cannot be taken apart."""

    number: int
    cells: dict[str, Any]
    problem: str = ""


@dataclass(frozen=True)
class Opened:
    """The rows of a file, in a form that can be walked more than once."""

    headings: list[str]
    rows: list[Raw]
    notes: list[str] = field(default_factory=list)


def opened(content: bytes) -> Opened:
    """The rows of a CSV or JSON file. Raises NoTable for all else, and for what is broken or too large."""
    if len(content) > MAX_BYTES:
        raise NoTable(
            f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. Divide it, by year for instance."
        )
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise NoTable("This is a workbook. Save it as “CSV UTF-8” and bring in that.")
    if content.startswith(b"%PDF") or content.lstrip()[:1] == b"<":
        raise NoTable("This is neither a CSV nor a JSON file, whatever its name says.")
    text, notes = _decoded(content)
    if not text.strip():
        raise NoTable("The file is empty.")
    if "\0" in text:
        raise NoTable("This is neither a CSV nor a JSON file: it has bytes that are no text.")
    headings, rows = _json(text) if text.lstrip()[:1] in "[{" else _csv(text)
    if not rows:
        raise NoTable("The file has headings and no rows.")
    return Opened(headings, rows, notes)


def _decoded(content: bytes) -> tuple[str, list[str]]:
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        note = "The file is not in UTF-8 and was read as Windows-1252: look at quotation marks and accents."
        return text, [note] if encoding == "cp1252" else []
    raise NoTable("The characters of this file cannot be read. Save it as “CSV UTF-8”.")


def _csv(text: str) -> tuple[list[str], list[Raw]]:
    told = _TOLD.match(text)
    text = text[told.end() :] if told else text
    first = re.split("[\r\n]", text.lstrip(), maxsplit=1)[0]
    delimiter = told[1] if told else max(_DELIMITERS, key=first.count)
    with _long_cells():
        return _taken_apart(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


@contextmanager
def _long_cells() -> Iterator[None]:
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _taken_apart(reader: Iterator[list[str]]) -> tuple[list[str], list[Raw]]:
    headings: list[str] = []
    rows: list[Raw] = []
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if not any(cell.strip() for cell in cells):
                continue
            if not headings:
                headings = _headings(cells)
            elif len(rows) == MAX_ROWS:
                raise NoTable(
                    f"There are more than {MAX_ROWS:,} rows. Divide the file, by year for instance."
                )
            else:
                rows.append(_row(number, headings, cells))
    except csv.Error as error:
        raise NoTable(
            f"The file cannot be taken apart into cells after row {number} ({error}): a quotation mark is missing"
            " there, or one too many."
        ) from error
    return headings, rows


def _headings(cells: list[str]) -> list[str]:
    headings = ["".join(filter(str.isprintable, " ".join(cell.split()))) for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    return headings


def _row(number: int, headings: list[str], cells: list[str]) -> Raw:
    beyond = [cell for cell in cells[len(headings) :] if cell.strip()]
    if len(cells) < len(headings):
        problem = (
            f"The row has {len(cells)} cells and the file {len(headings)} headings: the file was cut off here, or a"
            " text of several lines is not in quotation marks"
        )
        return Raw(number, {}, problem)
    if beyond:
        problem = (
            f"The row has {len(cells)} cells and the file {len(headings)} headings: put a text with commas in"
            " quotation marks"
        )
        return Raw(number, {}, problem)
    if any(cell.strip() for name, cell in zip(headings, cells, strict=False) if not name):
        return Raw(
            number, {}, "The row has a cell in a column without a heading: write one, or empty the cell"
        )
    return Raw(number, {name: cell for name, cell in zip(headings, cells, strict=False) if name})


def _json(text: str) -> tuple[list[str], list[Raw]]:
    try:
        found = json.loads(text, object_pairs_hook=_pairs)
    except (ValueError, RecursionError) as error:
        raise NoTable(f"This is no JSON that can be read ({_why(error)}).") from error
    if isinstance(found, _Pairs):
        if found.repeated:
            twice = "".join(filter(str.isprintable, found.repeated[0]))
            raise NoTable(f"The JSON has “{twice}” twice: leave one.")
        lists = [value for value in found.cells.values() if isinstance(value, list)]
        found = lists[0] if len(lists) == 1 else found
    if not isinstance(found, list):
        raise NoTable("The JSON is no list of objects, one for each decision, report or improvement.")
    if len(found) > MAX_ROWS:
        raise NoTable(f"There are more than {MAX_ROWS:,} items. Divide the file, by year for instance.")
    if not found:
        raise NoTable("The list in the JSON is empty.")
    rows = [_item(number, each) for number, each in enumerate(found, 1)]
    if all(row.problem for row in rows):
        raise NoTable(f"No item of the JSON can be taken. Of the first: {rows[0].problem}.")
    return list(dict.fromkeys(name for row in rows for name in row.cells)), rows


def _why(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else "a number in it is too long"


@dataclass(frozen=True, repr=False)
class _Pairs:
    """A JSON object, with the keys that it has more than once; shown to people as it was written."""

    cells: dict[str, Any]
    repeated: list[str]

    def __repr__(self) -> str:
        return repr(self.cells)


def _pairs(pairs: list[tuple[str, Any]]) -> _Pairs:
    times = Counter(name for name, _ in pairs)
    return _Pairs(dict(pairs), [name for name, number in times.items() if number > 1])


def _item(number: int, item: Any) -> Raw:
    if not isinstance(item, _Pairs):
        return Raw(number, {}, "The item is no object with names and values")
    if not all(map(str.isprintable, item.cells)):
        return Raw(number, {}, "The item has a name with characters that are no text")
    if item.repeated:
        return Raw(number, {}, f"The item has “{item.repeated[0]}” twice: leave one")
    return Raw(number, item.cells)
