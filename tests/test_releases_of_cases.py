"""Decisions, reports and improvements in releases: in every file the same, and no words that may be taken back."""

import csv
import json
import re
import sqlite3
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
import time_machine
from pyarrow import parquet

import cases.published
from cases.models import Decision, Holds, ServiceImprovement
from cases.withholding import take_down
from councils.models import Council
from letters.models import DataRelease, ReleaseFile, Standstill
from public.releases.tables import BY_NAME, OF_CASES
from public.tidy.columns import Several, Type
from tests import cases as made_up
from tests import factories
from tests.cases import IMPROVEMENT, REPORT, imported, london, table
from tests.data_packages import misdescribed
from tests.releases import content, make_release

pytestmark = pytest.mark.django_db
NOON = london(2026, 6, 1, 12)
FORMULA = '+HYPERLINK("http://example.org")'
BOTH = "Sometown Borough Council; Othertown District Council"


@pytest.fixture(scope="module")
def rows(kept_rows):
    """Decisions: of one council, of two, withheld, and public from 2 June on; two reports; and three improvements."""
    factories.staff()
    factories.council("Sometown Borough Council", gss="E07000900", region="London")
    factories.council("Othertown District Council")
    imported(
        table(
            *made_up.decisions(
                {"summary": "Zyxwold", "text": "Zyxwold", "remedy": "Zyxwold"},
                {"councils": BOTH, "decided on": "2025-03-31"},
                {"withheld": "yes", "text": "", "summary": "", "remedy": ""},
                {"decided on": "2026-03-02"},
            )
        )
    )
    later = {"reference": "25 000 004", "agreed on": "2026-03-02"}
    done = {"number": "2", "evidence on": "2026-05-01"}
    imported(
        table(*({"text": "Zyxwold"} | IMPROVEMENT | each for each in ({}, done, later))), Holds.IMPROVEMENTS
    )
    ServiceImprovement.objects.update(text="Zyxwold")
    other = {"references": "25 000 009", "councils": BOTH, "title": f"Title {FORMULA}", "satisfied": "",
             "summary": "One paragraph.\n\nAnother one."}  # fmt: skip
    imported(table(REPORT | {"response": "A response; with parts."}, REPORT | other), Holds.REPORTS)
    return make_release(NOON)


def read(number, name):
    return json.loads(content(number, name))


def of_csv(number, name):
    return list(csv.DictReader(StringIO(content(number, name).decode())))


def in_cells(column, value):
    """As CSV, XLSX and SQLite have it."""
    return "; ".join(value) if isinstance(column, Several) else value


@pytest.mark.parametrize("table_", OF_CASES, ids=lambda each: each.name)
def test_every_file_has_what_the_door_shows(rows, table_):
    wanted = read(1, table_.file("json"))
    assert wanted == list(table_.rows(NOON))
    keys = [table_.key_of(row) for row in wanted]
    assert keys == sorted(keys)
    door = {"decisions": cases.published.decisions, "reports": cases.published.reports}
    assert len(wanted) == len(door.get(table_.name, cases.published.improvements)(NOON)) == 2
    lines = of_csv(1, table_.file("csv"))
    columns = parquet.read_table(BytesIO(content(1, table_.file("parquet")))).to_pylist()
    database = sqlite3.connect(":memory:")
    database.deserialize(content(1, table_.file("sqlite")))
    stored = database.execute(f"SELECT * FROM {table_.name} ORDER BY {', '.join(table_.key)}").fetchall()
    book = openpyxl.load_workbook(BytesIO(content(1, table_.file("xlsx"))))
    head, *sheet = book[table_.title].iter_rows(values_only=True)
    assert head == table_.names == tuple(lines[0])
    for at, row in enumerate(wanted):
        for place, column in enumerate(table_.columns):
            value, cell = row[column.name], in_cells(column, row[column.name])
            day = date.fromisoformat(value) if column.type is Type.DATE and value else None
            assert lines[at][column.name] == ("" if cell is None else str(cell))
            assert columns[at][column.name] == (day or value)
            assert stored[at][place] == cell
            in_sheet = sheet[at][place]
            assert (in_sheet.date() if day else in_sheet) == (day or cell or None)


ADDRESSES = {"decisions": "decisions", "reports": "public-reports", "improvements": "service-improvements"}


@pytest.mark.parametrize("table_", OF_CASES, ids=lambda each: each.name)
def test_the_api_and_the_page_say_the_same(rows, client, table_):
    """Row by row as far as a release has columns; and the page counts as many, withheld ones beside them."""
    released = read(1, table_.file("json"))
    with time_machine.travel(NOON, tick=False):
        told = client.get(f"/api/v1/{ADDRESSES[table_.name]}.json").json()["results"]
        page = " ".join(
            re.sub("<[^>]+>", " ", client.get(f"/{ADDRESSES[table_.name]}").content.decode()).split()
        )
    kept = [{name: row[name] for name in table_.names} for row in told]
    assert sorted(kept, key=table_.key_of) == released
    counted = {
        "decisions": "3 decisions, the newest first. 1 of them is counted",
        "reports": "An example of a title",
    }
    assert counted.get(table_.name, "2 service improvements: 1 due, 1 done in time.") in page


def test_there_are_no_words_that_may_have_to_be_taken_back(rows):
    for file in ReleaseFile.objects.all():
        assert b"Zyxwold" not in content(1, file.name)
    assert not {"summary", "text", "remedy"} & {*BY_NAME["decisions"].names, *BY_NAME["improvements"].names}
    assert "A response; with parts." in content(1, "reports.csv").decode()


def test_each_release_has_what_was_public_then_and_says_what_changed(rows, tmp_path):
    assert "it holds 2 decisions, 2 public reports and 2 service improvements." in rows
    make_release(london(2026, 6, 1, 23, 59, 59), to=tmp_path / "same")
    assert (tmp_path / "same" / "decisions.csv").read_bytes() == content(1, "decisions.csv")
    assert "25 000 004" not in {row["reference"] for row in read(1, "decisions.json")}
    assert "No release was made." in make_release(london(2026, 6, 1, 23, 59, 59))
    take_down(Decision.objects.get(reference="25 000 001"), factories.User.objects.first(), "Recognised.")
    imported(table(REPORT | {"title": "Another", "satisfied": "no"}), Holds.REPORTS)
    make_release(london(2026, 6, 2))
    assert DataRelease.objects.get(number=2).changes.splitlines()[1:] == [
        "1 decision was added.",
        "1 decision was removed.",
        "1 public report was changed.",
        "1 service improvement was added.",
        "2 service improvements were removed.",
    ]
    changes = [tuple(line.values()) for line in of_csv(2, "changes-of-cases.csv")]
    assert changes == [
        ("removed", "decisions", "25 000 001", "", "", "", ""),
        ("added", "decisions", "25 000 004", "", "", "", ""),
        ("changed", "reports", "25 000 001", "", "title", "An example of a title", "Another"),
        ("changed", "reports", "25 000 001", "", "response", "A response; with parts.", "An example of a response."),
        ("changed", "reports", "25 000 001", "", "satisfied", "satisfied", "not-satisfied"),
        ("removed", "improvements", "25 000 001", "1", "", "", ""),
        ("removed", "improvements", "25 000 001", "2", "", "", ""),
        ("added", "improvements", "25 000 004", "1", "", "", ""),
    ]  # fmt: skip


def test_the_same_data_give_the_same_bytes_whatever_the_clock_says(rows, tmp_path):
    """The improvement that was due on 10 June is late by now, and nothing else has become public."""
    Decision.objects.filter(reference="25 000 004").update(withheld=True, text="", summary="", remedy="")
    make_release(london(2026, 7, 30), to=tmp_path / "later")
    for name in (
        table_.file(ending) for table_ in OF_CASES for ending in ("csv", "xlsx", "parquet", "sqlite")
    ):
        assert (tmp_path / "later" / name).read_bytes() == content(1, name)


def test_a_copy_of_the_site_releases_what_was_public_when_it_was_made(rows):
    Standstill.objects.create(pk=1, since=NOON, restored_at=NOON)
    for table_ in OF_CASES:
        assert list(table_.rows(london(2026, 6, 2))) == read(1, table_.file("json"))


def test_a_release_made_before_there_were_such_tables_had_no_such_rows(rows):
    ReleaseFile.objects.filter(name__regex="^(decisions|reports|improvements)").delete()
    make_release(NOON)
    assert "2 decisions were added." in DataRelease.objects.get(number=2).changes


def test_every_value_of_every_file_is_as_described(rows):
    """Also where a list has one word, and that is empty."""
    assert misdescribed(1) == []
    Council.objects.update(region="")
    make_release(NOON)
    assert {tuple(row["regions"]) for row in read(2, "reports.json")} == {("",), ("", "")}
    assert misdescribed(2) == []


def test_lists_are_told_as_what_each_kind_of_file_has(rows):
    resources = {each["name"]: each for each in read(1, "datapackage.json")["resources"]}
    for ending, told in {
        "json": ("array", None),
        "parquet": ("array", None),
        "csv": ("string", "; "),
        "xlsx": ("string", "; "),
        "sqlite": ("string", "; "),
    }.items():
        fields = {each["name"]: each for each in resources[f"reports-{ending}"]["schema"]["fields"]}
        for name in ("references", "councils", "regions"):
            assert (fields[name]["type"], fields[name].get("separator")) == told
        assert "separator" not in fields["title"]


def test_every_column_is_described_and_every_key_named(rows):
    resources = {each["path"]: each for each in read(1, "datapackage.json")["resources"]}
    readme = content(1, "README.txt").decode()
    for table_ in OF_CASES:
        for ending in ("csv", "json", "xlsx", "parquet", "sqlite"):
            schema = resources[table_.file(ending)]["schema"]
            assert [field["name"] for field in schema["fields"]] == list(table_.names)
            assert schema["primaryKey"] == list(table_.key)
        assert table_.about in readme
        assert all(f"{column.name} (" in readme for column in table_.columns)
