"""Tables as files: CSV and workbooks, whole and damaged."""

import io
import zipfile

from openpyxl import Workbook

from letters.tables.cells import Cell
from letters.tables.opening import opened
from letters.tables.reading import read


def cell(value, percent=False, fault=""):
    return Cell(5, 4, value, percent, fault)


def csv_of(*lines, encoding="utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)


def read_csv(*lines, year=2020, **options):
    return read(opened(csv_of(*lines, **options)), year)


def stated(found):
    return {
        (row.name, number.figure.measure, number.figure.field): number.number
        for row in found.rows
        for number in row.numbers
    }


def workbook(*sheets, percent=(), **properties) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
        for each in sheet[percent[number]] if number < len(percent) else ():
            each.number_format = "0%"
        for name, value in properties.items():
            setattr(sheet, name, value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def rewritten(content, name, *changes) -> bytes:
    """The workbook with something else in one of its parts."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            part = old.read(entry)
            if entry == name:
                for before, after in zip(changes[::2], changes[1::2], strict=True):
                    part = part.replace(before, after)
            new.writestr(entry, part)
    return changed.getvalue()
