"""Reading the yearly tables: rows, sheets, and what stands in their cells."""

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook

from letters.tables.opening import opened
from letters.tables.reading import read
from tests.yearly_tables.files import read_csv, rewritten, stated, workbook

D = Decimal
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
    saved = rewritten(content, "xl/worksheets/sheet1.xml", b"<v />", b"<v>2</v>", b"<v></v>", b"<v>2</v>")
    found = read(opened(saved), 2020)
    assert stated(found)["Leeds", "upheld", "numerator"] == 2
    assert found.notes == ["1 cell is a formula: the values saved with the file were taken."]


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
