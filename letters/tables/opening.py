"""Opening a table, whatever was uploaded: the content decides, not the name, and nothing is unpacked without limit."""

import csv
import io
import zipfile
from itertools import islice

from letters.tables.cells import Cell, NoTable, Opened, Row, Sheet

MAX_BYTES = 5 * 1024 * 1024  # the tables of a year have some 400 rows: well under 1 MB
MAX_ROWS, MAX_COLUMNS = 5000, 200
_DELIMITERS = ",;\t|"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ARCHIVE = b"PK\x03\x04"


def opened(content: bytes) -> Opened:
    """The sheets of a CSV or XLSX file. Raises NoTable for all else, and for what is broken or too large."""
    if not content.strip():
        raise NoTable("The file is empty.")
    if len(content) > MAX_BYTES:
        raise NoTable(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB, which no yearly table is.")
    if content.startswith(_OLD_OFFICE):
        raise NoTable("This workbook is locked with a password, or of an old kind. Save it as XLSX or CSV.")
    if content.startswith(_ARCHIVE):
        from letters.tables.workbooks import opened_workbook

        return opened_workbook(content)
    if content.lstrip()[:1] == b"<" or content.startswith(b"%PDF"):
        raise NoTable("This is not a table, whatever its name says. Upload a CSV or XLSX file.")
    return _opened_csv(content)


def _opened_csv(content: bytes) -> Opened:
    text, notes = _decoded(content)
    if not text.strip():
        raise NoTable("The file is empty.")
    if "\0" in text:
        raise NoTable("This is neither a CSV nor an XLSX file.")
    delimiter = _delimiter(text)
    rows = {}
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
                raise NoTable(f"There are more than {MAX_ROWS} rows or {MAX_COLUMNS} columns.")
            rows[number] = _row(number, cells)
    except csv.Error as error:
        raise NoTable(
            f"The file cannot be taken apart into cells ({error}). Save it as CSV again."
        ) from error
    return Opened([Sheet("", {number: row for number, row in rows.items() if row})], notes)


def _decoded(content: bytes) -> tuple[str, list[str]]:
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        note = "The file is not in UTF-8 and was read as Windows-1252: look at names with accents."
        return text, [note] if encoding == "cp1252" else []
    raise NoTable("The characters of this file cannot be read. Save it as “CSV UTF-8”.")


def _delimiter(text: str) -> str:
    """What parts the cells: of the usual signs, the one that is most frequent in any of the first lines."""
    lines = list(islice(io.StringIO(text), 50))
    return max(_DELIMITERS, key=lambda delimiter: max(line.count(delimiter) for line in lines))


def _row(number: int, cells: list[str]) -> Row:
    return {
        column: Cell(number, column, text.strip()) for column, text in enumerate(cells, 1) if text.strip()
    }


def is_small(archive: zipfile.ZipFile, most_bytes: int, most_files: int) -> bool:
    """Whether an archive unpacks to no more than this; no entry yields more than it says of itself."""
    entries = archive.infolist()
    return len(entries) <= most_files and sum(entry.file_size for entry in entries) <= most_bytes
