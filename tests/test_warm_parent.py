"""The process that forks a child for each PDF: it serves many at once, is replaced when lost, and outlives nobody."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from letters.extraction.limits import Limits
from letters.extraction.reader import Reader
from letters.extraction.types import Unreadable
from tests import odd_pdfs
from tests.hostile_readers import HostileReader, hanging, why
from tests.processes import ROOT, children_of, wait_for

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def reader():
    with Reader() as reader:
        yield reader


def test_a_hanging_child_does_not_block_others():
    with HostileReader() as hostile, ThreadPoolExecutor(2) as pool:
        assert why(hostile, b"babble") == "bad-answer"
        warm = hostile._warm.process.pid
        slow = [pool.submit(why, hostile, b"sleep") for _ in range(2)]
        wait_for(lambda: len(children_of(warm)) == 2)
        assert why(hostile, b"babble") == "bad-answer"
        assert len(children_of(warm)) == 2
        for child in children_of(warm):
            os.kill(child, signal.SIGKILL)
        assert [outcome.result() for outcome in slow] == ["crashed", "crashed"]


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
    reader.read(odd_pdfs.letter())
    os.kill(reader._warm.process.pid, signal.SIGKILL)
    assert reader.read(odd_pdfs.letter()).statistics


def test_a_warm_parent_lost_at_work_is_replaced():
    with Reader(Limits(seconds=20, cpu_seconds=1)) as reader, ThreadPoolExecutor(1) as pool:
        reader.read(odd_pdfs.letter())
        lost = reader._warm.process
        outcome = pool.submit(why, reader, hanging())
        wait_for(lambda: children_of(lost.pid))
        lost.kill()
        assert outcome.result() == "too-slow"
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
    wait_for(lambda: not is_running(warm))


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
