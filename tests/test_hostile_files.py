"""Files made to exhaust, confuse or take over their reader: each ends with an outcome, within limits, and harms nobody.

The reader and its children are the real ones, with lower limits, so that what is stopped is stopped soon.
"""

import time
from functools import partial
from pathlib import Path

import pytest

from letters.extraction.limits import Limits
from letters.extraction.reader import Reader
from letters.extraction.types import Unreadable
from tests import hostile_pdfs, odd_pdfs
from tests.readings import rate

pytestmark = pytest.mark.process

WHOLE = [(67, 4, 6, 45), (88, None, 8, 99), (25, 1, 4, 20)]
STOPPED = {"too-large", "too-slow", "crashed"}
NOTHING = {"no-text", "scan"}
MOST_MB = 50

T18 = {
    "600 MB packed twice": (partial(hostile_pdfs.flate, 2), STOPPED),
    "600 MB packed thrice": (partial(hostile_pdfs.flate, 3), STOPPED),
    "runs": (hostile_pdfs.run_length, STOPPED | NOTHING),
    "predictor of 2 G columns": (hostile_pdfs.predictor, STOPPED | NOTHING),
    "50,000 filters": (hostile_pdfs.many_filters, STOPPED | NOTHING),
    "picture of 3.6 gigapixels": (hostile_pdfs.vast_picture, STOPPED | NOTHING),
}
T19 = {
    "forms that draw forms": (partial(odd_pdfs.draws_itself, 9), STOPPED),
    "form in itself": (hostile_pdfs.form_in_itself, NOTHING),
    "glyph in itself": (hostile_pdfs.glyph_in_itself, NOTHING),
    "content in itself": (hostile_pdfs.content_in_itself, NOTHING),
    "page tree in itself": (odd_pdfs.page_tree_loop, NOTHING),
    "page tree 10,000 deep": (partial(hostile_pdfs.tree, 10_000, 1), NOTHING | {"broken"}),
    "page tree of 10 to the 9": (partial(hostile_pdfs.tree, 9, 10), STOPPED | {"broken", "too-many-pages"}),
    "information in itself": (hostile_pdfs.information_in_itself, NOTHING),
    "table before itself": (hostile_pdfs.previous_table_is_this_one, {"read"}),
}
T20 = {
    "10,000 pages": (partial(odd_pdfs.many_pages, 10_000), {"too-many-pages"}),
    "100,000 pages": (partial(hostile_pdfs.shared_pages, 100_000), {"too-many-pages"}),
    "31 pages": (partial(odd_pdfs.many_pages, 31), {"too-many-pages"}),
    "a million characters at one point": (hostile_pdfs.characters_at_one_point, STOPPED),
    "300,000 lines": (hostile_pdfs.lines, STOPPED | NOTHING),
    "2 million states": (hostile_pdfs.states, STOPPED | NOTHING),
}
T21 = {
    "widths of 2 G characters": (hostile_pdfs.widths, NOTHING),
    "4 G characters in a map": (hostile_pdfs.characters, STOPPED | NOTHING),
    "table of 2 G entries": (hostile_pdfs.table_of_many, STOPPED | NOTHING | {"broken"}),
    "2 G pages": (hostile_pdfs.pages_of_many, NOTHING | {"too-many-pages"}),
    "2 G objects in a stream": (hostile_pdfs.objects_of_many, NOTHING),
    "number of 3 million digits": (partial(hostile_pdfs.long_number, "content"), STOPPED | NOTHING),
    "page 3 million digits high": (partial(hostile_pdfs.long_number, "box"), STOPPED | NOTHING),
    "numbers beyond 1e308": (hostile_pdfs.vast_numbers, NOTHING),
    "page of a million kilometres": (partial(hostile_pdfs.with_box, "0 0 1000000000 1000000000"), STOPPED),
    "page of no size": (partial(hostile_pdfs.with_box, "0 0 0 0"), {"read"}),
    "page of words": (partial(hostile_pdfs.with_box, "0 0 (a) /b"), {"read"}),
    "page of huge units": (partial(hostile_pdfs.with_box, "0 0 595 842", "1000000000"), {"read"}),
    "page from its end": (partial(hostile_pdfs.with_box, "595 842 0 0"), {"read"}),
}
T17 = {
    "RC4 of 40 bits": (partial(hostile_pdfs.encrypted, 2), {"read"}),
    "RC4 of 128 bits": (partial(hostile_pdfs.encrypted, 3), {"read"}),
    "AES of 128 bits": (partial(hostile_pdfs.encrypted, 4, aes=True), {"read"}),
    "AES of 256 bits": (partial(hostile_pdfs.encrypted, 6, aes=True), {"read"}),
    "a user's password": (partial(hostile_pdfs.encrypted, 6, aes=True, user="x"), {"encrypted"}),
    "unheard of": (hostile_pdfs.unknown_encryption, {"encrypted"}),
}
T16 = {
    "HTML": (hostile_pdfs.html_and_pdf, {"read"}),
    "script": (hostile_pdfs.script_and_pdf, {"read"}),
    "ZIP": (hostile_pdfs.pdf_and_zip, {"read"}),
}
FAULTS = {"t16": T16, "t17": T17, "t18": T18, "t19": T19, "t20": T20, "t21": T21}
CASES = [
    pytest.param(make, codes, id=f"{fault}: {name}")
    for fault, cases in FAULTS.items()
    for name, (make, codes) in cases.items()
]


@pytest.fixture(scope="module")
def reader():
    with Reader(Limits(seconds=20, cpu_seconds=1, memory_mb=512)) as reader:
        reader.read(odd_pdfs.letter())
        yield reader


def memory_of(pid: int | str) -> int:
    """The most memory, in MB, that a process has had at once."""
    told = Path(f"/proc/{pid}/status").read_text()
    return int(told.partition("VmHWM:")[2].split()[0]) // 1024


def outcome(reader: Reader, pdf: bytes) -> str:
    """ "read" or why not; no figure may be wrong and pass for sure."""
    try:
        reading = reader.read(pdf)
    except Unreadable as unreadable:
        return unreadable.code
    assert [rate(figure) for figure in reading.statistics if figure.readers_agree] in ([], WHOLE)
    assert reading.problems or len(reading.statistics) == len(WHOLE)
    return "read"


@pytest.mark.parametrize(("make", "codes"), CASES)
def test_ends_with_an_outcome_within_limits(reader, make, codes):
    pdf = make()
    warm = reader._warm.process.pid
    before = memory_of("self"), memory_of(warm)
    began = time.monotonic()
    assert outcome(reader, pdf) in codes
    assert time.monotonic() - began < reader.limits.seconds + 5
    assert memory_of("self") - before[0] < MOST_MB
    assert memory_of(warm) - before[1] < MOST_MB
    assert reader._warm.process.pid == warm


@pytest.mark.parametrize("case", [*T16.values(), *list(T17.values())[:4]], ids=[*T16, *list(T17)[:4]])
def test_the_copy_of_what_could_be_read_is_the_plain_letter(reader, case):
    """T16, T17: nothing before or after the PDF, and no encryption, in a child that can open nothing."""
    copy = reader.clean(case[0]())
    assert copy.startswith(b"%PDF-")
    assert copy.endswith(b"%%EOF\n")
    assert b"/Encrypt" not in copy
    assert b"<script" not in copy
    assert outcome(reader, copy) == "read"
    assert not reader.read(copy).problems


def test_the_next_letter_is_read(reader):
    assert [rate(figure) for figure in reader.read(odd_pdfs.letter()).statistics] == WHOLE


def test_t18_600_mb_in_a_kilobyte_or_two():
    """The bomb is as small as it claims to be."""
    assert len(hostile_pdfs.flate(2)) < 2500
    assert len(hostile_pdfs.flate(3)) < 1500
