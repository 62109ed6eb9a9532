"""The pages that a child process tells: believed in no point, and refused whole."""

import json

import pytest

from letters.extraction.prose import Block, Page
from letters.extraction.prose.schema import dumps, loads
from letters.extraction.schema import Malformed

PAGES = (
    Page(
        1,
        595.0,
        842.0,
        (Block("paragraph", (("A line",), ("and another",))), Block("table", (("a", "b"), ("1", "")))),
    ),
    Page(2, 842.0, 595.0),
)


def block(**values):
    return {"kind": "paragraph", "rows": [["x"]]} | values


def page(**values):
    return {"number": 1, "width": 595, "height": 842.5, "blocks": []} | values


def test_there_and_back():
    assert loads(dumps(PAGES)) == PAGES
    assert loads(dumps(())) == ()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"no JSON",
        b"[" * 100_000,
        b"null",
        b"[]",
        b"{}",
        b'{"pages": [], "more": 1}',
        b'{"reading": {}}',
        b'{"unreadable": {"code": "x", "reason": "y"}}',
        b'{"pages": {}}',
        b'{"pages": [{"number": NaN}]}',
    ],
)
def test_what_is_no_answer(answer):
    with pytest.raises(Malformed):
        loads(answer)


@pytest.mark.parametrize(
    "odd",
    [
        page(number=0),
        page(number=2),
        page(number="1"),
        page(number=True),
        page(number=1.0),
        page(width=0),
        page(width=-5),
        page(width=1e9),
        page(width=float("nan")),
        page(width=True),
        page(height="842"),
        page(more=1),
        page(blocks=None),
        page(blocks=[block()] * 401),
        page(blocks=[block(kind="script")]),
        page(blocks=[block(kind=["table"])]),
        page(blocks=[block(rows=[])]),
        page(blocks=[block(rows=[[]])]),
        page(blocks=[block(rows="x")]),
        page(blocks=[block(rows=[["x", "y"]])]),
        page(blocks=[block(rows=[["x"]] * 401)]),
        page(blocks=[block(kind="table", rows=[[]])]),
        page(blocks=[block(kind="table", rows=[["a", "b"], ["c"]])]),
        page(blocks=[block(kind="table", rows=[["x"] * 31])]),
        page(blocks=[block(rows=[[1]])]),
        page(blocks=[block(rows=[["x" * 20_001]])]),
        page(blocks=[block(rows=[["a\nb"]])]),
        page(blocks=[block(rows=[["a\x00b"]])]),
        page(blocks=[block(rows=[["a\u202eb"]])]),
        page(blocks=[block(rows=[["a\ud800b"]])]),
        page(blocks=[block(html="<b>")]),
    ],
    ids=str,
)
def test_odd_pages_are_refused_whole(odd):
    answer = json.dumps({"pages": [odd]}).encode()
    with pytest.raises(Malformed):
        loads(answer)


def test_pages_are_numbered_without_gaps():
    answer = json.dumps({"pages": [page(), page(number=3)]}).encode()
    with pytest.raises(Malformed):
        loads(answer)
