"""Faults of imported files: each is told with its row, its column and what to do, and nothing is half done."""

import json

import pytest

from cases.importing import deeds
from cases.importing.cells import Wrong, day, reference
from cases.importing.opening import MAX_BYTES, MAX_ROWS, NoTable, opened
from cases.models import CaseImport, Decision, Holds, ImportedFile
from tests import cases, factories
from tests.cases import DECISION, NOW, imported, shown, table

pytestmark = pytest.mark.django_db

# What differs in one row among good ones; the column that must be named; a part of the reason.
FAULTS = {
    "no reference": ({"reference": ""}, "reference", "empty"),
    "a reference that lost its 0": ({"reference": "5000123"}, "reference", "no reference"),
    "a reference in words": ({"reference": "see letter"}, "reference", "no reference"),
    "a reference in other digits": ({"reference": "٢٥ 000 123"}, "reference", "no reference"),
    "a repeated reference": ({"reference": "25000001"}, "reference", "Row 2 has the same"),
    "an unknown council": ({"councils": "Somtown Borough Council"}, "councils", "knows no"),
    "no council": ({"councils": ""}, "councils", "empty"),
    "a council twice": (
        {"councils": "Sometown Borough Council;Sometown Borough Council"},
        "councils",
        "twice",
    ),
    "a council by two names": (
        {"councils": "Sometown Borough Council;Sometown"},
        "councils",
        "two of its names",
    ),
    "one of two councils unknown": (
        {"councils": "Sometown Borough Council; Atlantis"},
        "councils",
        "Atlantis",
    ),
    "no category": ({"category": " "}, "category", "empty"),
    "no sub-category": ({"sub-category": ""}, "sub-category", "empty"),
    "a category of a thousand letters": ({"category": "x" * 1000}, "category", "may have 120"),
    "an unknown outcome": ({"outcome": "Partly upheld"}, "outcome", "none of the words"),
    "no outcome": ({"outcome": ""}, "outcome", "empty"),
    "an unknown kind": ({"kind": "poem"}, "kind", "none of the words"),
    "a month before the day": ({"decided on": "03/14/2025"}, "decided on", "no date of the calendar"),
    "30 February": ({"decided on": "30 February 2025"}, "decided on", "no date of the calendar"),
    "a year of two digits": ({"decided on": "14/03/25"}, "decided on", "two digits"),
    "a spreadsheet's number of a day": ({"decided on": "45730"}, "decided on", "spreadsheets count"),
    "a day to come": ({"decided on": "2026-06-02"}, "decided on", "has not come yet"),
    "a day before the Ombudsman": ({"decided on": "0202-03-14"}, "decided on", "before there was"),
    "no day": ({"decided on": ""}, "decided on", "empty"),
    "a time of day": ({"decided on": "2025-03-14 17:45"}, "decided on", "no date of the calendar"),
    "a formula": ({"text": '=HYPERLINK("http://example.org")'}, "text", "formula"),
    "a formula behind a plus": ({"summary": "+SUM(A1)"}, "summary", "formula"),
    "a command behind an at": ({"remedy": "@cmd|calc"}, "remedy", "formula"),
    "HTML": ({"text": "<p>Example</p>"}, "text", "HTML"),
    "a script": ({"summary": "An <script src='x'>example"}, "summary", "HTML"),
    "entities": ({"text": "Bread&nbsp;and butter"}, "text", "HTML"),
    "a cell of 1 MB": ({"text": "x" * 1_000_000}, "text", "may have 200,000"),
    "a cell of 2 MB": ({"text": "x" * 2_000_000}, "text", "longer than a million"),
    "a summary too long": ({"summary": "x" * 5_001}, "summary", "may have 5,000"),
    "a control character": ({"text": "Exam\x07ple"}, "text", "no text"),
    "lost letters": ({"text": "Exam\ufffdple"}, "text", "lost"),
    "garbled quotation marks": ({"text": "The councilâ€™s example"}, "text", "garbled"),
    "garbled accents": ({"summary": "CafÃ©"}, "summary", "garbled"),
    "withheld and yet told": ({"withheld": "yes"}, "summary", "withheld and yet"),
    "neither withheld nor told": ({"text": ""}, "text", "empty"),
    "a failed formula": ({"summary": "#REF!"}, "summary", "formula shows that has failed"),
    "a category that a formula lost": ({"category": "#VALUE!"}, "category", "formula shows that has failed"),
    "a program's word for nothing": ({"remedy": "NaN"}, "remedy", "word for nothing"),
    "a named entity": ({"text": "It paid &pound;100"}, "text", "HTML"),
    "a numbered entity": ({"text": "The council&#x2019;s"}, "text", "HTML"),
    "HTML of a word processor": ({"text": "Example<o:p></o:p>"}, "text", "HTML"),
    "a comment": ({"text": "Exam<!-- draft -->ple"}, "text", "HTML"),
    "a tag without an end": ({"text": "Exam<img src=x onerror=alert(1)ple"}, "text", "HTML"),
    "text turned round": ({"summary": "Exam\u202eple"}, "summary", "no text"),
    "semicolons without a council": ({"councils": " ; "}, "councils", "nothing between"),
    "a council that there was not yet": (
        {"councils": "Newtown Council"},
        "councils",
        "began on 1 April 2026",
    ),
    "a word for withheld that is none": ({"withheld": "maybe"}, "withheld", "none of the words"),
}


@pytest.fixture(scope="module")
def sometown(kept_rows):
    factories.council("Newtown Council", first_day=cases.day("2026-04-01"))
    return factories.council("Sometown Borough Council")


def of_forty():
    """A good row, then each fault in a row of its own, then a good one again."""
    faulty = [
        DECISION | {"reference": f"25 001 {number:03}"} | differing
        for number, (differing, _, _) in enumerate(FAULTS.values())
    ]
    rows = [DECISION, *faulty, DECISION | {"reference": "25 002 000"}]
    return table(*rows)


def test_a_file_of_forty_faults_is_told_row_by_row_and_nothing_half_done(sometown):
    assert len(FAULTS) >= 40
    preview = shown(of_forty())
    told = {fault.row: fault for fault in preview.faults}
    assert len(told) == len(preview.faults) == preview.refused == len(FAULTS)
    for row, (name, (_, column, why)) in enumerate(FAULTS.items(), 3):
        assert (told[row].column, why in told[row].why) == (column, True), (name, told[row])
        assert told[row].remedy.endswith((".", "?")), name
        assert len(told[row].says) <= 120
    assert preview.new == 2
    assert not Decision.objects.exists()
    imported(of_forty())
    assert sorted(Decision.objects.values_list("reference", flat=True)) == ["25 000 001", "25 002 000"]


def test_an_unknown_council_is_suggested_and_never_made_up(sometown):
    councils = type(sometown).objects.count()
    [fault] = shown(table(DECISION | {"councils": "Somtown Borough Council"})).faults
    assert "Did you mean Sometown Borough Council?" in fault.remedy
    imported(table(*cases.decisions({}, {"councils": "Somtown Borough Council"})))
    assert type(sometown).objects.count() == councils


HEAD = ",".join(DECISION)
WHOLE = {
    "nothing": (b"", "empty"),
    "spaces": (b" \n \n", "empty"),
    "headings alone": (HEAD.encode(), "no rows"),
    "a workbook": (b"PK\x03\x04rest", "workbook"),
    "an old workbook": (b"\xd0\xcf\x11\xe0rest", "workbook"),
    "a PDF": (b"%PDF-1.7", "neither"),
    "a web page": (b"<!doctype html><p>", "neither"),
    "bytes": (b"a\0b,c\n1,2", "no text"),
    "unreadable UTF-16": (b"\xff\xfe\x00", "cannot be read"),
    "a column missing": (b"reference,councils\n1,2\n", "lacks the columns category, sub-category"),
    "a column twice": (HEAD.encode() + b",Decision date\nx\n", "is there twice"),
    "a quotation mark missing": (HEAD.encode() + b'\n"25 000 001,x\n', "after row 1"),
    "a broken JSON": (b'[{"reference": "25 000 001"', "line 1"),
    "JSON too deep": (b"[" * 100_000, "nested too deeply"),
    "JSON with one list twice": (b'{"a": [{}], "a": [{}]}', "“a” twice"),
    "JSON of a name of no text twice": (b'{"\\ud800": 1, "\\ud800": 2}', "“” twice"),
    "JSON of one item with a name twice": (b'[{"text": "a", "text": "b"}]', "“text” twice"),
    "JSON of an item with a name of no text twice": (b'[{"\\ud800": 1, "\\ud800": 2}]', "no text"),
    "JSON of words": (b'["a"]', "no object with names"),
    "JSON of an empty list": (b"[]", "is empty"),
    "JSON of a number too long": (b"[" + b"9" * 5000 + b"]", "too long"),
    "JSON of one object": (b'{"reference": "25 000 001"}', "no list"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_is_no_table_is_refused_as_a_whole_and_not_kept(sometown, name):
    content, why = WHOLE[name]
    with pytest.raises(deeds.Refused, match=why) as refused:
        deeds.receive(content, "x.csv", Holds.DECISIONS, None, NOW)
    assert str(refused.value).endswith(". Nothing was kept.")
    assert str(refused.value).count("Nothing") == 1
    assert not CaseImport.objects.exists()
    assert not ImportedFile.objects.exists()


ODD_BUT_GOOD = {
    "UTF-8 with a mark": (lambda text: text.encode("utf-8-sig"), 0),
    "UTF-16": (lambda text: text.encode("utf-16"), 0),
    "Windows-1252": (lambda text: text.encode("cp1252"), 1),
    "semicolons": (lambda text: text.replace(",", ";").encode(), 0),
    "old line ends": (lambda text: text.replace("\r\n", "\r").encode(), 0),
    "semicolons in texts beside old line ends": (
        lambda text: text.replace("of a text", "of " + 20 * "a text; ").replace("\r\n", "\r").encode(),
        0,
    ),
    "a line that tells what parts cells": (lambda text: b"sep=;\r\n" + text.replace(",", ";").encode(), 0),
    "marks that nobody sees": (lambda text: text.replace("25 000", "25\u200b 0\u00ad00").encode(), 0),
    "bread & butter, a < b": (lambda text: text.replace("of a text", "R&D; a < b & c").encode(), 0),
    "empty lines": (lambda text: text.replace("\r\n", "\r\n\r\n,,,\r\n").encode(), 0),
    "capital headings": (lambda text: text.replace("decided on", "Decided_On").encode(), 0),
}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bytes(MAX_BYTES + 1), "The file is larger than 500 MB. Divide it"),
        (b"[" + b"0," * MAX_ROWS + b"0]", "There are more than 1,000,000 items. Divide the file"),
    ],
    ids=["bytes", "rows"],
)
def test_a_file_beyond_the_limits_is_refused_before_it_is_taken_apart(content, said):
    with pytest.raises(NoTable, match=said):
        opened(content)


@pytest.mark.parametrize("name", ODD_BUT_GOOD)
def test_what_programs_write_otherwise_is_read_all_the_same(sometown, name):
    change, notes = ODD_BUT_GOOD[name]
    text = table(DECISION | {"summary": "A “café”"}).decode()
    preview = shown(change(text))
    assert (preview.new, preview.refused, len(preview.notes)) == (1, 0, notes), preview.faults
    assert preview.new_ones[0].draft["summary"] == "A “café”"


def test_json_says_the_same_as_csv(sometown):
    rows = cases.decisions({}, {"withheld": True, "text": None, "summary": None, "remedy": None})
    rows[0]["councils"] = ["Sometown Borough Council"]
    imported(json.dumps({"decisions": rows}).encode())
    del rows[1]["withheld"]
    assert [fault.column for fault in shown(json.dumps(rows).encode()).faults] == ["text"]
    faults = shown(b'[1, {"reference": "25 000 001", "reference": "25 000 002"},'
                   + json.dumps(rows[0] | {"text": {"deep": 1}, "reference": 1.5}).encode() + b"]").faults  # fmt: skip
    assert [(fault.row, fault.column) for fault in faults] == [
        (1, ""),
        (2, ""),
        (3, "reference"),
        (3, "text"),
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025-03-14", "2025-03-14"),
        ("2025-03-14T00:00:00Z", "2025-03-14"),
        ("14/03/2025", "2025-03-14"),
        ("14 March 2025", "2025-03-14"),
        ("14-Mar-2025", "2025-03-14"),
        ("29/02/2024", "2024-02-29"),
    ],
)
def test_days_are_read_in_their_usual_writings(written, meant):
    assert day(written) == cases.day(meant)


@pytest.mark.parametrize("written", ["25 000 001", "25000001", "25-000-001", "25\u00a0000\u00a0001"])
def test_references_are_read_in_their_usual_writings(written):
    assert reference(written) == "25 000 001"
    assert reference(written + "A") == "25 000 001a"
    with pytest.raises(Wrong):
        reference(written + "1")


CUT = "25 000 002,Sometown Borough Council,Housing,Allocations,Upheld,2025-06-14,statement,Summary,The council was"


@pytest.mark.parametrize(
    ("end", "rows"),
    [(CUT, [3]), (f"{CUT}\r\nat fault,None,yes\r\n", [3, 4])],
    ids=["a file cut off", "a text of two lines without quotation marks"],
)
def test_a_row_with_fewer_cells_than_headings_is_refused(sometown, end, rows):
    preview = shown(table(DECISION) + end.encode())
    assert (preview.new, [fault.row for fault in preview.faults]) == (1, rows)
    assert "cells and the file 11 headings" in preview.faults[0].why


def test_a_name_in_json_that_is_no_text_is_refused_and_can_be_told(sometown):
    [fault] = shown(
        json.dumps([DECISION | {"\ud800": "x"}, DECISION | {"reference": "25 000 002"}]).encode()
    ).faults
    assert (fault.row, "no text" in fault.why) == (1, True)
    lacking = json.dumps([{"reference": "25 000 001", "a\x07b": "x"}]).encode()
    with pytest.raises(NoTable) as refused:
        shown(lacking)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("column", "said", "why"),
    [
        ("text", ["An example", "of two"], "It is not text"),
        ("summary", False, "It is not text"),
        ("text", True, "It is not text"),
        ("councils", ["Sometown Borough Council\ud800"], "no text"),
        ("councils", ["=1+1"], "a formula"),
        ("councils", [], "It is empty"),
        ("councils", [["Sometown Borough Council"]], "a list of texts"),
    ],
    ids=str,
)
def test_values_of_json_that_are_no_text_are_refused(sometown, column, said, why):
    [fault] = shown(json.dumps([DECISION | {column: said}]).encode()).faults
    assert (fault.column, why in fault.why) == (column, True), fault


def test_a_cell_under_no_heading_is_told(sometown):
    content = table(
        DECISION | {"reference": "25 000 002"}, DECISION | {"note": "x"}, headings=[*DECISION, "note"]
    )
    content = content.replace(b"kind,", b",").replace(b"note", b"kind")
    preview = shown(content.replace(b"statement,", b",", 1))
    assert [(fault.row, "without a heading" in fault.why) for fault in preview.faults] == [(3, True)]


def test_a_row_with_more_cells_than_headings_is_refused_by_itself(sometown):
    content = table(*cases.decisions({}, {})).decode().replace("no\r\n", "no,and,more\r\n", 1).encode()
    preview = shown(content)
    assert (preview.new, [fault.row for fault in preview.faults]) == (1, [2])
    with pytest.raises(NoTable):
        shown(content, Holds.REPORTS)
