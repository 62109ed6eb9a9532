"""Opening an XLSX workbook: its visible sheets, with the values that were saved with formulas.

A workbook is a ZIP archive of XML, and both can be made to burst: sizes are looked at before anything is unpacked, and
`defusedxml` refuses entities.
"""

import io
import logging
import warnings
import zipfile
from collections.abc import Iterator
from decimal import Decimal

from openpyxl import load_workbook

from letters.tables.cells import Cell, NoTable, Opened, Row, Sheet
from letters.tables.opening import MAX_COLUMNS, MAX_ROWS, is_small

logger = logging.getLogger(__name__)

UNPACKED_MAX_BYTES = 16 * 1024 * 1024
MAX_FILES, MAX_SHEETS = 500, 50
# Excel itself computes and shows no more digits than these.
_DIGITS = 15


def opened_workbook(content: bytes) -> Opened:
    """The visible sheets of a workbook. Raises NoTable for what is no workbook, broken or too large."""
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(content)) as archive:
            warnings.simplefilter("ignore")
            _refuse_what_is_no_workbook(archive)
            return _read(content)
    except NoTable:
        raise
    except Exception as error:  # openpyxl raises whatever a broken file leads it to
        logger.info("A workbook could not be opened: %s", type(error).__name__)
        raise NoTable(
            "This workbook is broken, or holds what no plain table does. Open it, save it again as XLSX or CSV, and "
            "upload that."
        ) from error


def _refuse_what_is_no_workbook(archive: zipfile.ZipFile) -> None:
    if not is_small(archive, UNPACKED_MAX_BYTES, MAX_FILES):
        raise NoTable("This workbook unpacks to far more than a yearly table holds.")
    if "xl/workbook.xml" not in archive.namelist():
        raise NoTable("This is an archive or another kind of document, not an XLSX workbook.")


def _read(content: bytes) -> Opened:
    values, formulas = _load(content, data_only=True), _load(content, data_only=False)
    if len(values.worksheets) > MAX_SHEETS:
        raise NoTable(f"This workbook has more than {MAX_SHEETS} sheets.")
    sheets, hidden = [], []
    for sheet, same in zip(values.worksheets, formulas.worksheets, strict=True):
        if sheet.sheet_state == "visible":
            sheets.append(_sheet(sheet, same))
        else:
            hidden.append(sheet.title)
    notes = [f"Hidden sheets were left out: {', '.join(hidden)}."] if hidden else []
    if computed := sum(sheet.formulas for sheet in sheets):
        notes.append(
            f"{computed} cell{' is a formula' if computed == 1 else 's are formulas'}: "
            "the values saved with the file were taken."
        )
    return Opened(sheets, notes)


def _load(content: bytes, data_only: bool):
    return load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _sheet(sheet, with_formulas) -> Sheet:
    formulas = {
        (cell.row, cell.column) for row in _rows(with_formulas) for cell in row if cell.data_type == "f"
    }
    rows: dict[int, Row] = {}
    for row in _rows(sheet):
        for cell in row:
            taken = _cell(cell, (cell.row, cell.column) in formulas)
            if taken:
                rows.setdefault(taken.row, {})[taken.column] = taken
    return Sheet(sheet.title, rows, len(formulas))


def _rows(sheet) -> Iterator[list]:
    """The cells of each row, but for those never written. What a sheet says of its own size is not believed."""
    for number, row in enumerate(sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS), 1):
        if number > MAX_ROWS:
            raise NoTable(
                f"The sheet “{sheet.title}” goes on beyond row {MAX_ROWS}. Delete the rows that are not wanted."
            )
        yield [cell for cell in row if getattr(cell, "row", None)]


def _cell(cell, is_formula: bool) -> Cell | None:
    value, place = cell.value, (cell.row, cell.column)
    if value is None:
        unsaved = "a formula without a saved value: open the workbook and save it again"
        return Cell(*place, "", fault=unsaved) if is_formula else None
    if isinstance(value, bool):
        return Cell(*place, str(value), fault="a yes or no, not a number")
    if isinstance(value, int | float):
        number = Decimal(f"{value:.{_DIGITS}g}") if isinstance(value, float) else Decimal(value)
        return Cell(*place, number, percent="%" in (cell.number_format or ""))
    if not isinstance(value, str):
        return Cell(*place, str(value), fault="a date, not a number")
    fault = f"the error {value}" if cell.data_type == "e" else ""
    return Cell(*place, value.strip(), fault=fault) if value.strip() else None
