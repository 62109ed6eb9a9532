"""What is no table, or does harm, is refused."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.tables import opening, workbooks
from letters.tables.cells import NoTable
from letters.tables.opening import opened
from letters.tables.reading import read
from tests.yearly_tables.files import rewritten, stated, workbook

GOOD = workbook([["Authority", "Upheld"], ["Leeds", 3]])


def zipped(**parts) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return content.getvalue()


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"%PDF-1.7", "not a table"),
        (b"<!doctype html><table>", "not a table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "password"),
        (b"a\0b,c", "neither a CSV nor an XLSX"),
        (b"x" * (opening.MAX_BYTES + 1), "larger than"),
        (b"a,b\n" * (opening.MAX_ROWS + 1), "more than"),
        (b"a,b\n" + b"," * 300, "more than"),
        (b"a,b\n" + b"x" * 1_000_000 + b",1", "taken apart"),
        (b"\xff\xfea", "cannot be read"),
        (b"\xfe\xff", "empty"),
        (b"PK\x03\x04rubbish", "broken"),
        (GOOD[:-30], "broken"),
        (zipped(a="x"), "not an XLSX workbook"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "not an XLSX workbook"),
        (zipped(xl__workbook_xml="x", big="0" * (workbooks.UNPACKED_MAX_BYTES + 1)), "unpacks to far more"),
        (zipped(**{f"n{n}": "" for n in range(workbooks.MAX_FILES + 1)}), "unpacks to far more"),
        (rewritten(GOOD, "xl/worksheets/sheet1.xml", b"<worksheet", ENTITIES + b"<worksheet"), "broken"),
        (rewritten(GOOD, "xl/workbook.xml", b"<workbook", ENTITIES + b"<workbook"), "broken"),
        (rewritten(GOOD, "xl/worksheets/sheet1.xml", b"<sheetData", b"<sheetDa"), "broken"),
        (rewritten(GOOD, "xl/worksheets/sheet1.xml", b'r="2"', b'r="1048576"', b'"A2"', b'"A1048576"'), "beyond row"),
    ],
)  # fmt: skip
def test_what_is_no_table(content, why):
    """T15, T18, T19"""
    with pytest.raises(NoTable, match=why):
        opened(content)


def test_a_sheet_that_says_it_is_huge_costs_nothing():
    content = rewritten(GOOD, "xl/worksheets/sheet1.xml", b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert stated(read(opened(content), 2020)) == {("Leeds", "upheld", "numerator"): 3}


@given(st.binary(max_size=300))
def test_whatever_is_uploaded_is_a_table_or_refused(content):
    with contextlib.suppress(NoTable):
        read(opened(content), 2020)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_damaged_workbook_is_read_or_refused(place, byte):
    """T28"""
    damaged = GOOD[:place] + bytes([byte]) + GOOD[place + 1 :]
    with contextlib.suppress(NoTable):
        read(opened(damaged), 2020)
