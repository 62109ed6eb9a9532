"""The child processes that open PDFs: whatever happens to one ends with a reason, and nothing else suffers."""

import io
import json
import os
import resource
import signal
import struct
import subprocess
import sys
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from letters.extraction import confining
from letters.extraction.confining import can_confine
from letters.extraction.limits import Limits
from letters.extraction.reader import Reader
from letters.extraction.types import Unreadable
from tests import odd_pdfs
from tests.readings import read_here

pytestmark = pytest.mark.process

ROOT = Path(__file__).resolve().parent.parent
SURPRISES = sorted((ROOT / "tests" / "letters" / "surprises").glob("*.pdf"))


class HostileReader(Reader):
    """Its children have been taken over."""

    more: tuple[str, ...] = ()

    def _command(self, descriptor: int) -> list[str]:
        return [sys.executable, "-m", "tests.hostile_children", str(descriptor), *self.more]


class Unconfined(HostileReader):
    """As on a kernel that cannot confine: only the limits hold."""

    more = ("unconfined",)


@pytest.fixture(scope="module")
def reader():
    with Reader(Limits(seconds=8, cpu_seconds=1)) as reader:
        reader.read(odd_pdfs.letter())
        yield reader


@pytest.fixture(scope="module")
def hostile():
    with HostileReader(Limits(seconds=1, memory_mb=256)) as reader:
        yield reader


def why(reader: Reader, content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        reader.read(content)
    assert refused.value.reason
    return refused.value.code


def hanging() -> bytes:
    """A small PDF that takes minutes to draw."""
    return odd_pdfs.with_content(zlib.compress(b"0 0 595 842 re f\n" * 300_000), "/Filter /FlateDecode")


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
def test_a_bomb_harms_only_itself(reader, pdf, codes):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    assert why(reader, pdf) in codes
    assert time.monotonic() - began < 15
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024
    assert reader.read(odd_pdfs.letter()).statistics


@pytest.mark.parametrize(
    ("does", "code"),
    [
        ("sleep", "too-slow"),
        ("sleep_through_alarms", "too-slow"),
        ("spin", "too-slow"),
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


def test_a_child_can_open_nothing_and_start_nothing(hostile):
    """T26, T62: no socket, no file, no process, no signal to others, from the first byte of a PDF on."""
    assert can_confine(), "this kernel cannot confine: run the tests on one that can"
    with pytest.raises(Unreadable) as said:
        hostile.read(b"break_out")
    assert json.loads(said.value.reason) == []


def test_where_the_kernel_cannot_confine_the_limits_hold():
    """A grandchild is killed and not waited for, and nothing is written."""
    Path("/tmp/taken-over").unlink(missing_ok=True)
    with Unconfined(Limits(seconds=1, memory_mb=256)) as reader:
        began = time.monotonic()
        with pytest.raises(Unreadable):
            reader.read(b"start_a_process")
        assert time.monotonic() - began < 5
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


def test_the_real_warm_parent_is_bare_too(reader, monkeypatch):
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


def test_a_hanging_child_does_not_block_others(hostile):
    with ThreadPoolExecutor(4) as pool:
        slow = [pool.submit(why, hostile, b"sleep") for _ in range(2)]
        began = time.monotonic()
        assert why(hostile, b"babble") == "bad-answer"
        assert time.monotonic() - began < 0.9
        assert [outcome.result() for outcome in slow] == ["too-slow", "too-slow"]


def test_many_threads_share_a_reader(reader):
    pdfs = [odd_pdfs.letter(), b"junk", odd_pdfs.scan()] * 4

    def outcome(pdf: bytes) -> str:
        try:
            return reader.read(pdf).authority
        except Unreadable as unreadable:
            return unreadable.code

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(outcome, pdfs))
    assert outcomes == ["Wellingborough Borough Council", "not-a-pdf", "no-text"] * 4


def test_a_lost_warm_parent_is_replaced(reader):
    os.kill(reader._warm.process.pid, signal.SIGKILL)
    assert reader.read(odd_pdfs.letter()).statistics


def test_a_warm_parent_lost_at_work_is_replaced():
    with Reader(Limits(seconds=8, cpu_seconds=1)) as reader:
        reader.read(odd_pdfs.letter())
        lost = reader._warm.process
        timer = threading.Timer(0.3, lost.kill)
        timer.start()
        assert why(reader, hanging()) == "too-slow"
        assert reader._warm.process is not lost


def test_a_reader_that_cannot_start_says_so():
    class Broken(Reader):
        def _command(self, descriptor: int) -> list[str]:
            return [sys.executable, "-c", "raise SystemExit(1)"]

    with Broken() as reader:
        assert why(reader, odd_pdfs.letter()) == "reader-lost"


def test_no_process_outlives_its_client():
    script = (
        "import os, signal\n"
        "from letters.extraction.reader import Reader\n"
        "from tests import odd_pdfs\n"
        "reader = Reader()\n"
        "reader.read(odd_pdfs.letter())\n"
        "print(reader._warm.process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    died = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    warm = int(died.stdout)
    deadline = time.monotonic() + 5
    while is_running(warm) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(warm)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_picture_of_a_page(reader):
    picture = reader.picture(odd_pdfs.letter(), page=2, width=600)
    with Image.open(io.BytesIO(picture)) as image:
        assert (image.format, image.width) == ("WEBP", 600)


def test_words_of_a_letter(reader):
    first, second = reader.tell(odd_pdfs.letter())
    assert first.blocks[3].rows[-1] == ("Wellingborough Borough Council",)
    assert (second.number, second.blocks[0].rows) == (2, (("Complaints upheld",),))


@pytest.mark.parametrize(("pdf", "code"), [(b"junk", "not-a-pdf"), (hanging(), "too-slow")])
def test_no_words(reader, pdf, code):
    with pytest.raises(Unreadable) as refused:
        reader.tell(pdf)
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
def test_no_picture(reader, pdf, page, code):
    with pytest.raises(Unreadable) as refused:
        reader.picture(pdf, page=page, width=600)
    assert refused.value.code == code


def test_a_picture_that_is_none_is_refused(hostile):
    with pytest.raises(Unreadable) as refused:
        hostile.picture(b"babble", page=1, width=100)
    assert refused.value.code == "bad-answer"
