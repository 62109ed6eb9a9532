"""Reading the yearly tables: headings, rows and numbers; what is refused as carefully as what is taken."""

import contextlib
import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from letters.tables import opening, workbooks
from letters.tables.cells import Cell, NoTable, letters
from letters.tables.columns import Figure, Kind, meaning_of, years_in
from letters.tables.numbers import (
    SHARES,
    SIGNS,
    WHOLE,
    NoNumber,
    count_of,
    how_rates_are_written,
    number_of,
    rate_of,
)
from letters.tables.opening import opened
from letters.tables.reading import read

D = Decimal


# --- headings


@pytest.mark.parametrize(
    ("heading", "measure", "field"),
    [
        ("Upheld", "upheld", "numerator"),
        ("UPHELD*", "upheld", "numerator"),
        ("No. upheld", "upheld", "numerator"),
        ("Number of complaints upheld", "upheld", "numerator"),
        ("Upheld 2019-20", "upheld", "numerator"),
        ("Detailed investigations", "upheld", "denominator"),
        ("Total investigations [note 1]", "upheld", "denominator"),
        ("Uphold rate (%)", "upheld", "percent"),
        ("Uphold\nrate", "upheld", "percent"),
        ("% of complaints upheld", "upheld", "percent"),
        ("Percentage upheld", "upheld", "percent"),
        ("Upheld (per cent)", "upheld", "percent"),
        ("Average uphold rate (%) of similar authorities", "upheld", "average"),
        ("Similar authorities: uphold rate", "upheld", "average"),
        ("Upheld decisions per 100,000 residents", "upheld-per-100000", "value"),
        ("Average upheld decisions per 100,000 residents", "upheld-per-100000", "average"),
        ("Number of cases with compliance outcomes", "compliance", "denominator"),
        ("Compliance rate", "compliance", "percent"),
        ("Average compliance rate (%) of similar authorities", "compliance", "average"),
        ("Satisfactory remedy decisions", "satisfactory-remedies", "numerator"),
        ("Upheld cases where the authority had provided a satisfactory remedy before the complaint reached the "
         "Ombudsman", "satisfactory-remedies", "numerator"),
        ("Satisfactory remedy rate (%)", "satisfactory-remedies", "percent"),
        ("Complaints dealt with", "dealt-with", "value"),
        ("Not for us or not ready for us to investigate", "not-for-us", "value"),
        ("Assessed & closed", "assessed-and-closed", "value"),
    ],
)  # fmt: skip
def test_headings_that_are_known(heading, measure, field):
    assert meaning_of(heading, 2020) == Figure(measure, field)


@pytest.mark.parametrize(
    "heading",
    [
        *("", "%", "Total", "Rate", "Housing", "Mystery", "Upheld 2018-19", "Upheld in the previous year", "Average"),
        *("Average upheld", "No satisfactory remedy", "% of cases with no satisfactory remedy", "Late compliance"),
        *("Compliance not satisfied", "Not upheld rate", "Average days", "Upheld reports", "Rank by uphold rate"),
        *("Upheld " * 200, "Difference from average uphold rate", "Change in uphold rate", "Uphold rate 2019"),
    ],
)  # fmt: skip
def test_headings_that_are_not_known_for_sure(heading):
    assert meaning_of(heading, 2020) is None


@pytest.mark.parametrize(
    "heading", ["Authority Name", "Name of authority", "Local authority", "Council", "Organisation"]
)
def test_headings_of_names(heading):
    assert meaning_of(heading, 2020) is Kind.NAME


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2019-20", [2020]), ("2019/20", [2020]), ("2019–2020", [2020]), ("year ending march 2020", [2020]),
        ("2019-21", []), ("2009-10 and 2019-20", [2010, 2020]), ("100000", []), ("12020", []),
    ],
)  # fmt: skip
def test_years_in_titles(text, years):
    assert [year for year in years_in(text) if year in {2010, 2020, 2021}] == years


# --- numbers


def cell(value, percent=False, fault=""):
    return Cell(5, 4, value, percent, fault)


@pytest.mark.parametrize("value", ["n/a", "N/A", "-", "–", "..", "*", "[x]", "Not applicable"])
def test_not_stated_is_no_number(value):
    assert number_of(cell(value)) is None
    assert count_of(cell(value)) is None


@pytest.mark.parametrize(
    ("value", "count"), [("0", 0), ("45", 45), ("1,234", 1234), (D("2"), 2), (D("2.0"), 2), ("3.0", 3)]
)
def test_counts(value, count):
    assert count_of(cell(value)) == count


@pytest.mark.parametrize(
    "value",
    [
        *(
            "x",
            "4 5",
            "1,23",
            "-3",
            "3.5",
            "45%",
            "1OO",
            "forty",
            "4e3",
            "٤٥",
            "½",
            "1.234,5",
            "45*",
            "nil",
            "NaN",
        ),
        *(D("-1"), D("2.5"), D(10**9), "9" * 13),
    ],
)
def test_what_is_no_count(value):
    with pytest.raises(NoNumber):
        count_of(cell(value))


def test_a_cell_with_a_fault_is_no_number():
    with pytest.raises(NoNumber, match="a date"):
        number_of(cell("2020-01-01", fault="a date, not a number"))


@pytest.mark.parametrize(
    ("values", "how", "rates"),
    [
        (["45", "100", "0"], WHOLE, [45, 100, 0]),
        (["45.5", "1"], WHOLE, ["45.5", 1]),
        (["45%", "0 %", "n/a"], SIGNS, [45, 0, None]),
        (["0.45", "1", "0"], SHARES, [45, 100, 0]),
        (["0.45", "45%"], SHARES, [45, 45]),
        ([D("0.285")], SHARES, ["28.5"]),
        (["0", "0"], WHOLE, [0, 0]),
        (["-", ""], SIGNS, [None, None]),
    ],
)
def test_rates_are_understood_by_their_column(values, how, rates):
    cells = [cell(value) for value in values]
    assert how_rates_are_written(cells) == how
    assert [rate_of(each, how) for each in cells] == [None if rate is None else D(rate) for rate in rates]


@pytest.mark.parametrize("values", [["1", "0"], ["1"], ["0.45", "45"], ["0.5", "99"]])
def test_columns_of_rates_that_could_mean_two_things(values):
    with pytest.raises(NoTable):
        how_rates_are_written([cell(value) for value in values])


def test_a_rate_over_100_is_refused():
    with pytest.raises(NoNumber, match="no rate can be"):
        rate_of(cell("101"), WHOLE)


@given(st.integers(0, 10_000_000))
def test_counts_come_back(number):
    assert count_of(cell(str(number))) == count_of(cell(f"{number:,}")) == count_of(cell(D(number))) == number


@given(st.decimals(0, 100, places=2))
def test_rates_come_back(rate):
    assert rate_of(cell(f"{rate}%"), SIGNS) == rate
    assert rate_of(cell(rate / 100, percent=True), SIGNS) == rate
    assert rate_of(cell(str(rate / 100)), SHARES) == rate


@given(st.integers(1, 400), st.data())
def test_rates_of_workbooks_come_back(base, data):
    """A share is a float there; its count is found again."""
    count = data.draw(st.integers(0, base))
    shown = D(f"{count / base:.15g}")
    assert abs(rate_of(cell(shown, percent=True), SIGNS) - D(100 * count) / base) < D("0.000001")


@given(st.integers(1, 20000))
def test_columns_are_named_as_spreadsheets_do(column):
    name, number = letters(column), 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    assert number == column


# --- sheets


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


HEAD = "Authority Name,Upheld,Not upheld,Uphold rate (%)"


def test_a_table_with_titles_notes_and_a_total():
    found = read_csv(
        "Complaints upheld by authority 2019-20,,,", ",,,", HEAD, "Leeds,30,20,60", "York,2,0,100",
        "County councils,,,", HEAD, "Total,32,20,62", "Source: the Ombudsman,,,",
    )  # fmt: skip
    assert stated(found) == {
        ("Leeds", "upheld", "numerator"): 30, ("Leeds", "upheld", "percent"): 60,
        ("Leeds", "upheld", "denominator"): 50,
        ("York", "upheld", "numerator"): 2, ("York", "upheld", "percent"): 100, ("York", "upheld", "denominator"): 2,
    }  # fmt: skip
    assert [left.why for left in found.left] == [
        "a note or a heading, without figures", "the headings once more", "a sum",
        "a note or a heading, without figures",
    ]  # fmt: skip
    assert not any(left.refused for left in found.left)
    assert found.rows[0].numbers[0].cell.place == "B4"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Leeds,x,20,60", "Complaints upheld: count: “x”, which is no number"),
        ("Leeds,30,x,60", "decisions not upheld: “x”, which is no number"),
        ("Leeds,30,20,40", "The rate is 40%, but 30 of 50 is 60%."),
        ("Leeds,30,20,600", "Complaints upheld: rate: 600%, which no rate can be"),
        ("Leeds,0,0,0", "Of nothing there is no rate"),
        (",30,20,60", "no council is named in this row"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused_with_its_place(row, why):
    found = read_csv(HEAD, "York,2,0,100", row)
    assert {name for name, *_ in stated(found)} == {"York"}
    [left] = found.left
    assert left.refused
    assert why in left.why
    assert left.place in {"row 3", "B3", "D3"}


def test_blanks_are_not_stated_and_zeros_are():
    found = read_csv(HEAD, "Leeds,,,", "York,0,3,0", "Hull,n/a,-,n/a")
    assert stated(found) == {
        ("York", "upheld", "numerator"): 0, ("York", "upheld", "denominator"): 3, ("York", "upheld", "percent"): 0,
        ("Hull", "upheld", "numerator"): None, ("Hull", "upheld", "percent"): None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["Uphold rates 2018-19,,,", HEAD, "Leeds,30,20,60"], "about the year ending March 2019, not 2020"),
        ([HEAD + ",Upheld", "Leeds,30,20,60,31"], "Columns that mean the same"),
        (["Upheld,Uphold rate", "30,60"], "No row of headings"),
        (["Authority,Mystery", "Leeds,1"], "No row of headings"),
        (["Authority,Uphold rate", "Leeds,1", "York,0"], "which may be per cent or shares"),
    ],
)
def test_tables_that_are_not_taken(lines, why):
    found = read_csv(*lines)
    assert stated(found) == {}
    assert why in found.left[0].why


def test_unknown_columns_are_named():
    found = read_csv("Authority,Upheld,Mystery,Housing", "Leeds,3,1,1")
    assert [(cell.place, cell.text) for _, cell in found.unknown] == [("C1", "Mystery"), ("D1", "Housing")]


def test_rows_of_other_years_are_left():
    found = read_csv("Year,Authority,Upheld", "2019-20,Leeds,3", "2018-19,Leeds,4", "2020,York,5")
    assert stated(found) == {("Leeds", "upheld", "numerator"): 3, ("York", "upheld", "numerator"): 5}
    assert found.left[0].why == "about another year (2018-19)"


# --- files


@pytest.mark.parametrize(
    ("encoding", "delimiter", "noted"),
    [("utf-8", ",", False), ("utf-8-sig", ";", False), ("cp1252", ",", True), ("utf-16", "\t", False)],
)
def test_encodings_and_delimiters(encoding, delimiter, noted):
    content = f"Authority{delimiter}Upheld\nKing’s Lynn{delimiter}3\n".encode(encoding)
    found = read(opened(content), 2020)
    assert stated(found) == {("King’s Lynn", "upheld", "numerator"): 3}
    assert bool(found.notes) is noted


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


def test_a_workbook_of_several_sheets():
    content = workbook(
        [["Uphold rates 2019-20"], ["Authority", "Upheld", "Not upheld", "Uphold rate"], ["Leeds", 30, 20, 0.6],
         ["York", 1, 2, 1 / 3]],
        [["Authority", "Compliance outcomes", "Compliance rate"], ["Leeds", 10, 1]],
        [["Notes"], ["All rates are rounded."]],
        percent=["D", "C"],
    )  # fmt: skip
    found = stated(read(opened(content), 2020))
    assert found["York", "upheld", "percent"] == D("33.333333")
    assert found["Leeds", "compliance", "percent"] == 100


def test_formulas_are_taken_by_their_saved_values_and_without_one_refused():
    content = workbook([["Authority", "Upheld"], ["Leeds", "=1+1"], ["York", 3]])
    found = read(opened(content), 2020)
    assert stated(found) == {("York", "upheld", "numerator"): 3}
    assert "a formula without a saved value" in found.left[0].why
    saved = _with(content, "xl/worksheets/sheet1.xml", b"<v />", b"<v>2</v>", b"<v></v>", b"<v>2</v>")
    found = read(opened(saved), 2020)
    assert stated(found)["Leeds", "upheld", "numerator"] == 2
    assert found.notes == ["1 cell is a formula: the values saved with the file were taken."]


def _with(content, name, *changes) -> bytes:
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


def test_dates_errors_and_yes_or_no_are_no_numbers():
    import datetime

    rows = [["Authority", "Upheld"], ["A", datetime.date(2020, 1, 2)], ["B", True], ["C", "#N/A"], ["D", 4]]
    found = read(opened(workbook(rows)), 2020)
    assert stated(found) == {("D", "upheld", "numerator"): 4}
    assert len([left for left in found.left if left.refused]) == 3


def test_hidden_sheets_are_left_out_and_named():
    book = Workbook()
    book.active.append(["Authority", "Upheld"])
    book.active.append(["Leeds", 3])
    hidden = book.create_sheet("Working")
    hidden.append(["Authority", "Upheld"])
    hidden.append(["York", 3])
    hidden.sheet_state = "hidden"
    content = io.BytesIO()
    book.save(content)
    found = read(opened(content.getvalue()), 2020)
    assert {name for name, *_ in stated(found)} == {"Leeds"}
    assert found.notes == ["Hidden sheets were left out: Working."]


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
        (_with(GOOD, "xl/worksheets/sheet1.xml", b"<worksheet", ENTITIES + b"<worksheet"), "broken"),
        (_with(GOOD, "xl/workbook.xml", b"<workbook", ENTITIES + b"<workbook"), "broken"),
        (_with(GOOD, "xl/worksheets/sheet1.xml", b"<sheetData", b"<sheetDa"), "broken"),
        (_with(GOOD, "xl/worksheets/sheet1.xml", b'r="2"', b'r="1048576"', b'"A2"', b'"A1048576"'), "beyond row"),
    ],
)  # fmt: skip
def test_what_is_no_table(content, why):
    """T15, T18, T19"""
    with pytest.raises(NoTable, match=why):
        opened(content)


def test_a_sheet_that_says_it_is_huge_costs_nothing():
    content = _with(GOOD, "xl/worksheets/sheet1.xml", b'ref="A1:B2"', b'ref="A1:XFD1048576"')
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
