"""`manage.py read_letter`, and the register's part in reading."""

import json
import os
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from letters import matching
from letters.extraction import ocr
from letters.extraction.types import Reading
from tests import factories, odd_pdfs, scans
from tests.readings import read_here

ROOT = Path(__file__).resolve().parent.parent
KEYS = [
    "file",
    "outcome",
    "reason",
    "council",
    "authority",
    "year_ending",
    "letter_date",
    "publication_date",
    "recipient",
    "statistics",
    "problems",
]


@pytest.fixture
def wellingborough(db):
    return factories.council("Wellingborough Borough Council", last_day=date(2021, 3, 31))


@pytest.fixture
def files(tmp_path) -> dict[str, str]:
    contents = {
        "letter.pdf": odd_pdfs.letter(),
        "junk.pdf": b"junk",
        "empty.pdf": b"",
        "scan.pdf": odd_pdfs.scan(),
        "no-statistics.pdf": odd_pdfs.letter(["None."]),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "fifo")
    names = [*contents, "folder", "fifo", "missing.pdf"]
    return {name: str(tmp_path / name) for name in names}


def read_json(*files: str, **options) -> list[dict]:
    out = StringIO()
    call_command("read_letter", *files, "--json", stdout=out, stderr=StringIO(), **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_one_object_for_every_file_in_the_order_given(wellingborough, files):
    order = [
        files[name]
        for name in ("scan.pdf", "missing.pdf", "letter.pdf", "folder", "fifo", "junk.pdf", "empty.pdf")
    ]
    said = read_json(*order, files["letter.pdf"])
    assert [one["file"] for one in said] == [*order, files["letter.pdf"]]
    assert [one["outcome"] for one in said] == [*["unreadable"] * 2, "read", *["unreadable"] * 4, "read"]
    for one in said:
        assert list(one) == KEYS
        assert bool(one["reason"]) == (one["outcome"] == "unreadable")
        assert set(one["recipient"]) == {"name", "post"}


def test_what_is_said_of_a_letter(wellingborough, files):
    [said] = read_json(files["letter.pdf"])
    assert said["council"] == "Wellingborough Borough Council"
    assert said["authority"] == wellingborough.slug
    assert said["year_ending"] == 2020
    assert said["letter_date"] == "2020-07-22"
    assert said["publication_date"] == "2020-07-29"
    assert said["recipient"] == {"name": "Ms Example", "post": "Chief Executive"}
    assert said["problems"] == []
    upheld = said["statistics"][0]
    assert {name: upheld[name] for name in upheld if name != "sources"} == {
        "measure": "upheld",
        "percent": 67,
        "value": None,
        "numerator": 4,
        "denominator": 6,
        "average": 45,
        "base_label": "detailed investigations",
        "period_start": "2019-04-01",
        "period_end": "2020-03-31",
        "readers_agree": True,
    }
    assert set(upheld["sources"][0]) == {"field", "page", "box", "quotation"}


def test_an_unknown_council_keeps_the_name_as_printed(db, files):
    factories.council("Another District Council")
    [said] = read_json(files["letter.pdf"])
    assert said["council"] == "Wellingborough Borough Council"
    assert said["authority"] is None
    assert [problem["code"] for problem in said["problems"]] == ["unknown-council"]


def test_without_a_register_it_reads_all_the_same(db, files):
    err, out = StringIO(), StringIO()
    call_command("read_letter", files["letter.pdf"], "--json", stdout=out, stderr=err)
    said = json.loads(out.getvalue())
    assert said["council"] == "Wellingborough Borough Council"
    assert said["problems"] == []
    assert "load_councils" in err.getvalue()


def test_in_words(wellingborough, files):
    out = StringIO()
    call_command(
        "read_letter", files["letter.pdf"], files["no-statistics.pdf"], files["junk.pdf"], stdout=out
    )
    text = out.getvalue()
    assert "Complaints upheld: 67%, 4 of 6 (average 45%)" in text
    assert "! The letter states no statistics" in text
    assert "junk.pdf: unreadable. The file is not a PDF" in text


def test_the_command_itself_prints_nothing_else(files, tmp_path):
    """On a machine whose database has not even been made."""
    ran = subprocess.run(
        [sys.executable, "manage.py", "read_letter", "--json", files["letter.pdf"], files["junk.pdf"]],
        cwd=ROOT,
        env={"PATH": os.defpath, "DATA_DIR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [json.loads(line)["outcome"] for line in ran.stdout.splitlines()] == ["read", "unreadable"]


def match(reading: Reading):
    council, problems = matching.match(reading)
    return council and council.name, [problem.code for problem in problems]


class TestMatching:
    """T36: the council by the register, never by a guess."""

    @pytest.fixture
    def letter(self):
        def of(authority: str | None, year_ending: int | None = 2020) -> Reading:
            values = {
                **vars(read_here(odd_pdfs.letter())),
                "authority": authority,
                "year_ending": year_ending,
            }
            return Reading(**values)

        return of

    def test_known(self, wellingborough, letter):
        assert match(letter("Wellingborough Borough Council")) == ("Wellingborough Borough Council", [])

    def test_written_differently(self, db, letter):
        factories.council("City of York Council", kind="unitary")
        assert match(letter("York City Council")) == ("City of York Council", [])

    def test_unknown(self, wellingborough, letter):
        assert match(letter("Wellingboro Council")) == (None, ["unknown-council"])

    def test_abolished_before_the_letters_year(self, wellingborough, letter):
        assert match(letter("Wellingborough Borough Council", 2021)) == ("Wellingborough Borough Council", [])
        assert match(letter("Wellingborough Borough Council", 2023)) == (
            "Wellingborough Borough Council",
            ["council-not-open"],
        )

    def test_ambiguous(self, db, letter):
        factories.council("Newcastle-under-Lyme Borough Council", aliases=["Newcastle"])
        factories.council("Newcastle upon Tyne City Council", kind="metropolitan", aliases=["Newcastle"])
        assert match(letter("Newcastle Council")) == (None, ["unknown-council"])

    def test_none_printed(self, wellingborough, letter):
        assert match(letter(None)) == (None, [])

    def test_a_council_with_similar_authorities_has_averages(self, wellingborough):
        lines = [text for text in odd_pdfs.STATISTICS if "average" not in text]
        reading = read_here(odd_pdfs.letter(lines))
        assert match(reading) == ("Wellingborough Borough Council", ["no-average"])


def test_a_scan_says_what_to_install_where_there_is_no_ocr(wellingborough, tmp_path, files, monkeypatch):
    monkeypatch.setenv("PATH", "")
    (tmp_path / "scanned.pdf").write_bytes(scans.scan(odd_pdfs.letter(), dpi=72))
    letter, scan = read_json(files["letter.pdf"], str(tmp_path / "scanned.pdf"), ocr=True)
    assert (letter["outcome"], scan["outcome"]) == ("read", "unreadable")
    assert "apt-get install tesseract-ocr" in scan["reason"]


@pytest.mark.process
@pytest.mark.skipif(bool(ocr.missing()), reason="OCR is not installed")
def test_a_scan_is_read_by_ocr_where_it_is_asked_for(wellingborough, tmp_path):
    (tmp_path / "scan.pdf").write_bytes(scans.scan(odd_pdfs.letter(), dpi=150, pages={2}))
    [without] = read_json(str(tmp_path / "scan.pdf"))
    [said] = read_json(str(tmp_path / "scan.pdf"), ocr=True)
    assert without["statistics"] == []
    assert {figure["measure"] for figure in said["statistics"]} >= {"upheld", "compliance"}
    assert not any(figure["readers_agree"] for figure in said["statistics"])
    assert "read-by-ocr" in {problem["code"] for problem in said["problems"]}
