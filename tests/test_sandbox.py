"""The child processes that open PDFs: whatever happens to one ends with a reason, and nothing else suffers."""

import io
import json
import os
import resource
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from letters.extraction import confining
from letters.extraction.confining import can_confine
from letters.extraction.limits import Limits
from letters.extraction.reader import Reader
from letters.extraction.types import Unreadable
from tests import odd_pdfs
from tests.hostile_readers import HostileReader, Unconfined, hanging, why
from tests.processes import ROOT
from tests.readings import read_here

pytestmark = pytest.mark.process

SURPRISES = sorted((ROOT / "tests" / "letters" / "surprises").glob("*.pdf"))


@pytest.fixture(scope="module")
def reader():
    """As the site has it; a busy machine is given the time that it takes."""
    with Reader() as reader:
        yield reader


@pytest.fixture(scope="module")
def hurried():
    """For what would go on for long: it is stopped soon."""
    with Reader(Limits(seconds=20, cpu_seconds=1)) as reader:
        reader.read(odd_pdfs.letter())
        yield reader


@pytest.fixture(scope="module")
def hostile():
    """For children that end by themselves."""
    with HostileReader(Limits(memory_mb=256)) as reader:
        yield reader


def test_reads_in_a_child(reader):
    reading = reader.read(odd_pdfs.letter())
    assert [figure.measure for figure in reading.statistics] == [
        "upheld",
        "compliance",
        "satisfactory-remedies",
    ]


@pytest.mark.parametrize("letter", SURPRISES, ids=lambda letter: letter.stem)
def test_a_child_that_can_open_no_file_reads_as_much_as_a_process_that_can(reader, letter):
    """What a library or our own code loads late has to be there before the child is confined."""
    content = letter.read_bytes()
    assert reader.read(content) == read_here(content)


@pytest.mark.parametrize(
    ("pdf", "codes"),
    [
        pytest.param(odd_pdfs.unpacks_to(600), {"too-large", "too-slow"}, id="T18 unpacks to 600 MB"),
        pytest.param(odd_pdfs.draws_itself(9), {"too-large", "too-slow"}, id="T19 forms within forms"),
        pytest.param(odd_pdfs.many_pages(10_000), {"too-many-pages"}, id="T20 10,000 pages"),
        pytest.param(odd_pdfs.many_pages(31), {"too-many-pages"}, id="T20 31 pages"),
        pytest.param(odd_pdfs.page_tree_loop(), {"no-text"}, id="T19 page tree loop"),
        pytest.param(hanging(), {"too-slow"}, id="hangs its reader"),
    ],
)
def test_a_bomb_harms_only_itself(hurried, pdf, codes):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    assert why(hurried, pdf) in codes
    assert time.monotonic() - began < hurried.limits.seconds + 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024
    assert hurried.read(odd_pdfs.letter()).statistics


@pytest.mark.parametrize(
    ("does", "code"),
    [
        ("allocate", "too-large"),
        ("crash", "crashed"),
        ("abort", "too-large"),
        ("start_a_process", "crashed"),
        ("raise_an_error", "crashed"),
        ("write_a_file", "crashed"),
        ("flood", "bad-answer"),
        ("babble", "bad-answer"),
        ("half", "bad-answer"),
    ],
)
def test_whatever_a_child_does_ends_with_a_reason(hostile, does, code):
    assert why(hostile, does.encode()) == code
    assert not Path("/tmp/taken-over").exists() or not Path("/tmp/taken-over").stat().st_size


def test_a_child_that_never_ends_is_ended():
    with HostileReader(Limits(seconds=1)) as reader:
        for does in ("sleep", "sleep_through_alarms", "spin"):
            assert why(reader, does.encode()) == "too-slow", does


def test_a_child_can_open_nothing_and_start_nothing(hostile):
    """T26, T62: no socket, no file, no process, no signal to others, from the first byte of a PDF on."""
    assert can_confine(), "this kernel cannot confine: run the tests on one that can"
    with pytest.raises(Unreadable) as said:
        hostile.read(b"break_out")
    assert json.loads(said.value.reason) == []


def test_where_the_kernel_cannot_confine_the_limits_hold():
    """A grandchild is killed and not waited for, and nothing is written."""
    Path("/tmp/taken-over").unlink(missing_ok=True)
    with Unconfined(Limits(memory_mb=256)) as reader:
        began = time.monotonic()
        with pytest.raises(Unreadable):
            reader.read(b"start_a_process")
        assert time.monotonic() - began < reader.limits.seconds
        assert why(reader, b"write_a_file") == "crashed"
        assert not Path("/tmp/taken-over").read_bytes()


def test_both_kinds_of_machine_have_rules():
    """A filter is a whole number of steps, and ends with a refusal."""
    for machine in confining._CALLS:
        rules = confining._rules(machine, 1)
        assert len(rules) % 8 == 0
        assert struct.unpack("HBBI", rules[-8:]) == (confining._RETURN, 0, 0, confining._REFUSE)


def test_a_child_sees_nothing_of_its_surroundings(hostile, monkeypatch):
    """T26: no secrets in its environment, no Django, no descriptors but its own."""
    monkeypatch.setenv("SECRET_KEY", "canary")
    with pytest.raises(Unreadable) as said:
        hostile.read(b"report")
    seen = json.loads(said.value.reason)
    assert set(seen["environment"]) <= {"PATH", "LANG", "LC_CTYPE"}
    assert not seen["django"]
    assert seen["descriptors"] <= 4


def test_the_real_warm_parent_is_bare_too(reader):
    reader.read(odd_pdfs.letter())
    process = reader._warm.process
    environment = Path(f"/proc/{process.pid}/environ").read_bytes()
    assert {entry.split(b"=")[0] for entry in environment.split(b"\0") if entry} == {b"PATH", b"LANG"}
    assert len(os.listdir(f"/proc/{process.pid}/task")) == 1
    modules = subprocess.run(
        [sys.executable, "-c", "import letters.extraction.warm, sys; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert not {"django", "ombudsman.settings", "sqlite3", "psycopg"} & set(modules)


def test_picture_of_a_page(reader):
    picture = reader.picture(odd_pdfs.letter(), page=2, width=600)
    with Image.open(io.BytesIO(picture)) as image:
        assert (image.format, image.width) == ("WEBP", 600)


def test_words_of_a_letter(reader):
    first, second = reader.tell(odd_pdfs.letter())
    assert first.blocks[3].rows[-1] == ("Wellingborough Borough Council",)
    assert (second.number, second.blocks[0].rows) == (2, (("Complaints upheld",),))


@pytest.mark.parametrize(("pdf", "code"), [(b"junk", "not-a-pdf"), (hanging(), "too-slow")])
def test_no_words(hurried, pdf, code):
    with pytest.raises(Unreadable) as refused:
        hurried.tell(pdf)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("pdf", "page", "code"),
    [
        (odd_pdfs.letter(), 3, "no-such-page"),
        (odd_pdfs.letter(), 0, "no-such-page"),
        (b"junk", 1, "not-a-pdf"),
        (hanging(), 1, "too-slow"),
    ],
)
def test_no_picture(hurried, pdf, page, code):
    with pytest.raises(Unreadable) as refused:
        hurried.picture(pdf, page=page, width=600)
    assert refused.value.code == code


def test_a_picture_that_is_none_is_refused(hostile):
    with pytest.raises(Unreadable) as refused:
        hostile.picture(b"babble", page=1, width=100)
    assert refused.value.code == "bad-answer"
