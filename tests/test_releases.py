"""Data releases: the same figures in every file, the same bytes each time, nothing before its hour, whole or not."""

import csv
import hashlib
import json
import os
import sqlite3
import sys
from datetime import date, timedelta
from datetime import datetime as DateTime
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import count
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import time_machine
from django.core.management import CommandError
from pyarrow import parquet

from letters import published, workflow
from letters.leftovers import remove_leftovers
from letters.models import DataRelease, ReleaseFile
from letters.releasing import NotKept
from letters.workflow.reviewing import Numbers
from operating.integrity import files as integrity
from public.releases import changes, changes_of_cases
from public.tidy.columns import COLUMNS, NAMES, Type
from public.tidy.rows import in_order, rows
from tests import factories
from tests.data_packages import misdescribed
from tests.releases import content, kept, make_release

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 0, 30, tzinfo=ZoneInfo("Europe/London"))
DAY = timedelta(days=1)
FORMULA = '=HYPERLINK("http://example.org")'


@pytest.fixture(scope="module")
def staff(kept_rows):
    return factories.staff()


@pytest.fixture(scope="module")
def letters(staff):
    """Three letters of 2019 and 2020, and what a spreadsheet would run; those of 2020 public from the hour on."""
    adur = factories.council("Adur", kind="district", gss="E07000223", region="South East")
    arun = factories.council("Arun", kind="district")
    with time_machine.travel(HOUR - 9 * DAY, tick=False):
        for year, council, stated in (
            (2019, adur, {}),
            (2020, adur, {"base_label": FORMULA}),
            (2020, arun, {}),
        ):
            third = factories.figure(
                "upheld", year, percent=Decimal(67), numerator=2, denominator=3, **stated
            )
            number = factories.figure(
                "received:housing", year, percent=None, value=Decimal("1234.5"), numerator=None
            )
            factories.public_letter(factories.edition(year), staff, council, figures=[third, number])
        workflow.schedule(factories.edition(2019), HOUR - 8 * DAY, staff, acknowledged=True)
        workflow.schedule(factories.edition(2020), HOUR, staff, acknowledged=True)
    return SimpleNamespace(adur=adur, arun=arun)


def table_of(number):
    return json.loads(content(number, "figures.json"))


@pytest.fixture
def release(letters):
    make_release(HOUR)


def typed(column, value):
    """A value of the table in its column's own type."""
    if value in (None, ""):
        return None
    kinds = {
        Type.DATE: date.fromisoformat,
        Type.INSTANT: DateTime.fromisoformat,
        Type.WHOLE: int,
        Type.NUMBER: float,
    }
    return kinds.get(column.type, str)(value)


def test_every_file_holds_the_same_figures(release):
    """As the table gives them: of each figure the same number in each file, a number and not text."""
    wanted = list(rows(in_order(published.statistics(HOUR)), HOUR))
    assert len(wanted) == 6
    assert table_of(1) == wanted
    of_csv = list(csv.DictReader(StringIO(content(1, "figures.csv").decode())))
    of_parquet = parquet.read_table(BytesIO(content(1, "figures.parquet"))).to_pylist()
    of_sqlite = sqlite3.connect(":memory:")
    of_sqlite.deserialize(content(1, "figures.sqlite"))
    of_sqlite.row_factory = sqlite3.Row
    in_sqlite = [
        dict(row) for row in of_sqlite.execute("SELECT * FROM figures ORDER BY year_ending, council, measure")
    ]
    sheet = openpyxl.load_workbook(BytesIO(content(1, "figures.xlsx")))["Figures"]
    head, *of_xlsx = sheet.iter_rows(values_only=True)
    assert head == NAMES
    assert in_sqlite == wanted
    for place, row in enumerate(wanted):
        for column in COLUMNS:
            value = row[column.name]
            safe = f"'{value}" if value == FORMULA else value
            assert typed(column, of_csv[place][column.name]) == typed(column, safe)
            assert of_parquet[place][column.name] == typed(column, value)
            in_cell = of_xlsx[place][NAMES.index(column.name)]
            in_cell = in_cell.date() if column.type is Type.DATE and in_cell else in_cell
            in_type = typed(column, safe) if column.type is not Type.INSTANT else value
            # A workbook has no more than sixteen digits.
            assert in_cell == (pytest.approx(in_type, rel=1e-15) if isinstance(in_type, float) else in_type)


def test_t63b_no_cell_of_a_workbook_is_a_formula(release):
    book = openpyxl.load_workbook(BytesIO(content(1, "figures.xlsx")))
    kinds = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}
    assert kinds == {"s", "inlineStr", "n", "d"}


def test_made_again_it_is_the_same_to_the_byte(release, tmp_path):
    kept = {file.name: content(1, file.name) for file in ReleaseFile.objects.all()}
    make_release(HOUR + 40 * DAY, to=tmp_path / "later")
    later = {path.name: path.read_bytes() for path in (tmp_path / "later").iterdir()}
    assert later.keys() == kept.keys()
    telling_the_day = {"README.txt", "datapackage.json", "SHA256SUMS"}
    assert {name for name in kept if kept[name] != later[name]} == telling_the_day
    ReleaseFile.objects.all().delete()
    DataRelease.objects.all().delete()
    make_release(HOUR + timedelta(hours=20), to=tmp_path / "again")
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == kept


def test_before_the_hour_nothing_of_it_and_after_it_all(letters):
    make_release(HOUR - timedelta(milliseconds=1))
    assert {row["year_ending"] for row in table_of(1)} == {2019}
    for file in ReleaseFile.objects.all():
        assert b"arun" not in content(1, file.name).lower()
    make_release(HOUR)
    assert len(table_of(2)) == 6
    assert b"arun" in content(2, "figures.csv")


def test_its_checksums_and_sizes_are_those_of_its_files(release):
    sums = dict(reversed(line.split("  ")) for line in content(1, "SHA256SUMS").decode().splitlines())
    package = json.loads(content(1, "datapackage.json"))
    for file in ReleaseFile.objects.exclude(name="SHA256SUMS"):
        digest = hashlib.sha256(content(1, file.name)).hexdigest()
        assert sums[file.name] == file.sha256 == digest
    for resource in package["resources"]:
        assert resource["hash"] == f"sha256:{sums[resource['path']]}"
        # The library frictionless, which reads and validates such packages, would take these for faults.
        is_json, is_parquet = (resource["format"] == each for each in ("json", "parquet"))
        assert resource.get("bytes") == (None if is_json else len(content(1, resource["path"])))
        assert resource.get("type") == ("file" if is_parquet else None)
    assert [field["name"] for field in package["resources"][0]["schema"]["fields"]] == list(NAMES)


def test_every_value_of_every_file_is_as_described(release):
    assert misdescribed(1) == []


@pytest.mark.parametrize("file", [changes, changes_of_cases], ids=lambda file: file.NAME)
def test_every_column_of_a_file_of_changes_is_described(file):
    assert tuple(column.name for column in file.CHANGES) == file.Change._fields


def test_terms_are_the_ombudsmans_and_ogl_is_for_ons_data_alone(release):
    readme = content(1, "README.txt").decode()
    assert "They are not under the Open Government Licence." in readme
    licences = json.loads(content(1, "datapackage.json"))["licenses"]
    assert [each["name"] for each in licences] == ["other-attribution", "OGL-UK-3.0", "CC-BY-4.0"]


def test_what_changed_is_told_in_words_and_cell_by_cell(letters, staff):
    make_release(HOUR - DAY)
    make_release(HOUR)
    assert DataRelease.objects.get(number=2).changes.splitlines() == [
        "Since release 1 of 28 July 2020:",
        "4 figures were added (2019–20: 4).",
    ]
    with time_machine.travel(HOUR + DAY, tick=False):
        of_2020 = published.letters(HOUR + DAY).filter(review__year_ending=2020)
        right = Numbers(Decimal(33), None, 1, 3, Decimal(45))
        workflow.correct(
            of_2020.get(council=letters.adur), staff, "upheld", right, reason="A slip.", note="We slipped."
        )
        workflow.withdraw(of_2020.get(council=letters.arun), staff, "Sent to the wrong council.")
    make_release(HOUR + 2 * DAY)
    assert DataRelease.objects.get(number=3).changes.splitlines() == [
        "Since release 2 of 29 July 2020:",
        "2 figures were removed (2019–20: 2).",
        "1 figure was changed in what its letter states or when it was published (2019–20: 1).",
        "1 figure has another average of ours (2019–20: 1).",
    ]
    lines = list(csv.DictReader(StringIO(content(3, "changes.csv").decode())))
    [rate] = [line for line in lines if line["column"] == "rate_printed"]
    assert (rate["council"], rate["was"], rate["now"]) == ("adur", "67", "33")
    assert misdescribed(3) == []
    readme = content(3, "README.txt").decode()
    assert all(f"\n{column} (" in readme.split("Columns of changes.csv")[1] for column in lines[0])
    assert rate["why"] == "“Complaints upheld” was corrected. We slipped."
    assert {line["why"] for line in lines if line["kind"] == "removed"} == {
        "The letter was withdrawn. Sent to the wrong council."
    }


def test_of_what_has_not_changed_no_other_release_is_made(release):
    assert "Nothing has changed since release 1 of 29 July 2020. No release was made." in make_release(
        HOUR + DAY
    )
    assert DataRelease.objects.count() == 1
    make_release(HOUR + DAY, even_if_unchanged=True)
    assert DataRelease.objects.count() == 2


def test_without_what_writes_parquet_it_says_what_to_install(letters, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(CommandError, match="scripts/setup --release"):
        make_release(HOUR)
    assert not DataRelease.objects.exists()


def test_a_folder_that_is_there_is_not_written_into(letters, tmp_path):
    (tmp_path / "figures.csv").write_text("mine")
    with pytest.raises(CommandError, match="Name a new folder"):
        make_release(HOUR, to=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["figures.csv"]
    assert not DataRelease.objects.exists()


def test_figures_that_change_while_they_are_read_are_read_again(letters, monkeypatch):
    deeds = iter(["one", "two", "two", "two"])
    monkeypatch.setattr(published, "last_deed", lambda: next(deeds, "two"))
    make_release(HOUR)
    assert len(json.loads(content(1, "figures.json"))) == 6
    deeds = map(str, count())
    monkeypatch.setattr(published, "last_deed", lambda: next(deeds))
    with pytest.raises(CommandError, match="three times"):
        make_release(HOUR + DAY)
    assert DataRelease.objects.count() == 1


def test_of_two_made_at_once_one_is_kept(tmp_path):
    kept(tmp_path)
    with pytest.raises(NotKept, match="begin again"):
        kept(tmp_path)
    assert ReleaseFile.objects.count() == 1


def test_a_file_that_is_not_as_it_was_made_is_told_of_and_one_of_no_release_goes(
    letters, tmp_path, private_files
):
    kept(tmp_path, names=("figures.csv", "changes.csv"))
    first, second = ReleaseFile.objects.all()
    stray = private_files / "releases" / "0"
    stray.write_text("broken off")
    os.utime(stray, (0, 0))
    remove_leftovers()
    assert not stray.exists()
    assert list(integrity.faults()) == []
    (private_files / first.file.name).write_text("figures,csv")
    (private_files / second.file.name).unlink()
    assert [fault.code for fault in integrity.faults()] == ["file-changed", "file-missing"]
