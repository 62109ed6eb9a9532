"""How well letters are read: each field that is right, missing, wrong, or put before a person."""

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from shutil import copy

import pytest
from django.core.management import CommandError, call_command

from letters import measuring
from letters.extraction.types import Figure, Problem, Reading, Recipient, Unreadable
from letters.measuring import DOUBTFUL, FOUND, MISSING, WRONG, Tally

GOLDEN = Path(__file__).parent / "letters"
NAME = "wellingborough-2020"


def reading(*figures, problems=()):
    return Reading("A", 2020, None, None, Recipient(None, None), figures, problems, 4)


def upheld(percent, *, sure=True):
    return Figure("upheld", percent=percent, readers_agree=sure)


@pytest.mark.parametrize(
    ("stated", "read", "outcome"),
    [
        ([{"measure": "upheld", "percent": 45}], [upheld(Decimal(45))], FOUND),
        ([{"measure": "upheld", "percent": 45.5}], [upheld(Decimal("45.5"))], FOUND),
        ([{"measure": "upheld", "percent": 0}], [upheld(Decimal(0))], FOUND),
        ([{"measure": "upheld", "percent": 45}], [upheld(Decimal(45), sure=False)], FOUND),
        ([{"measure": "upheld", "percent": 45}], [], MISSING),
        ([{"measure": "upheld", "percent": 0}], [upheld(None)], MISSING),
        ([{"measure": "upheld", "percent": 45}], [upheld(Decimal(54))], WRONG),
        ([{"measure": "upheld", "percent": 45}], [upheld(Decimal(54), sure=False)], DOUBTFUL),
        ([{"measure": "upheld", "percent": None}], [upheld(Decimal(0))], WRONG),
        ([], [upheld(Decimal(0))], WRONG),
        ([], [upheld(Decimal(0), sure=False)], DOUBTFUL),
    ],
)
def test_a_field(stated, read, outcome):
    assert [each.outcome for each in measuring.verdicts("a.pdf", stated, read)] == [outcome]


def test_what_is_neither_stated_nor_read_is_not_counted():
    assert list(measuring.verdicts("a.pdf", [{"measure": "compliance", "percent": None}], [])) == []


@pytest.mark.parametrize(
    ("read", "person"),
    [
        (reading(upheld(Decimal(45))), False),
        (reading(upheld(Decimal(45), sure=False)), True),
        (reading(problems=(Problem("no-average", "upheld", "None."),)), True),
        (Unreadable("password", "It has a password."), True),
    ],
)
def test_who_needs_a_person(read, person):
    assert measuring.needs_a_person(read) is person


def test_letters_are_added_up():
    tally = Tally()
    tally.add("a.pdf", "2019–2022", [{"measure": "upheld", "percent": 45}], reading(upheld(Decimal(45))))
    tally.add("b.pdf", "2019–2022", [{"measure": "upheld", "percent": 45}], Unreadable("password", "…"))
    tally.add("c.pdf", "to 2008", [], reading())
    assert (tally.letters, tally.for_a_person, tally.unreadable) == (3, 1, ["b.pdf"])
    assert tally.by == {("2019–2022", "upheld"): {FOUND: 1, MISSING: 1}}
    assert tally.share_found == 50


def test_of_letters_without_figures_no_share_is_told():
    assert Tally().share_found is None


@pytest.fixture
def folder(tmp_path):
    copy(GOLDEN / f"{NAME}-chromium-stacked.pdf", tmp_path)
    copy(GOLDEN / f"{NAME}.json", tmp_path)
    return tmp_path


def measured(folder):
    out = StringIO()
    call_command("measure_reading", folder, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_folder_read_right(folder):
    said = measured(folder)
    assert "2019–2022    upheld                             4        0       0         0" in said
    assert "Letters: 1, 100.00% found" in said


def test_letters_without_known_figures_are_named(folder):
    copy(folder / f"{NAME}-chromium-stacked.pdf", folder / "other.pdf")
    assert "left out, no figures beside it: other.pdf" in measured(folder)


def test_a_wrong_figure_given_as_sure_fails(folder):
    path = folder / f"{NAME}.json"
    said = json.loads(path.read_text())
    said["statistics"][0]["percent"] = 99
    path.write_text(json.dumps(said))
    with pytest.raises(CommandError, match="1 wrong and given as sure") as failed:
        measured(folder)
    assert failed.value.returncode == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (None, None, "There are no PDF files"),
        (f"{NAME}.json", "{", "does not hold a letter's figures"),
        (f"{NAME}.json", "[]", "does not hold a letter's figures"),
        (f"{NAME}.json", '{"year_ending": 2020}', "does not hold a letter's figures"),
    ],
)
def test_folders_that_cannot_be_measured(tmp_path, name, content, message):
    if name:
        copy(GOLDEN / f"{NAME}-chromium-stacked.pdf", tmp_path)
        (tmp_path / name).write_text(content)
    with pytest.raises(CommandError, match=message):
        measured(tmp_path)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="There is no folder"):
        measured(tmp_path / "nowhere")
