"""What a child process answers is a reading in every detail, or refused as a whole (T27)."""

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.extraction.schema import Malformed, dumps, loads
from letters.extraction.types import Unreadable
from tests.odd_pdfs import letter
from tests.readings import read_here


@pytest.fixture(scope="module")
def reading():
    return read_here(letter())


@pytest.fixture(scope="module")
def answer(reading) -> dict:
    return json.loads(dumps(reading))


def test_a_reading_comes_back_as_it_was(reading):
    assert loads(dumps(reading)) == reading


def test_a_reason_comes_back_as_it_was():
    back = loads(dumps(Unreadable("too-slow", "It took too long.")))
    assert isinstance(back, Unreadable)
    assert (back.code, back.reason) == ("too-slow", "It took too long.")


def test_numbers_are_written_as_printed(answer):
    upheld = answer["reading"]["statistics"][0]
    assert (upheld["percent"], type(upheld["percent"])) == (67, int)


FIGURE = ("reading", "statistics", 0)
SOURCE = (*FIGURE, "sources", 0)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("reading", "extra"), 1),
        (("extra",), 1),
        ((*FIGURE, "extra"), 1),
        ((*FIGURE, "measure"), "made-up"),
        ((*FIGURE, "measure"), None),
        ((*FIGURE, "percent"), "67"),
        ((*FIGURE, "percent"), 101),
        ((*FIGURE, "percent"), -1),
        ((*FIGURE, "percent"), True),
        ((*FIGURE, "percent"), 66.666),
        ((*FIGURE, "numerator"), -4),
        ((*FIGURE, "numerator"), 4.5),
        ((*FIGURE, "numerator"), 10**12),
        ((*FIGURE, "numerator"), [4]),
        ((*FIGURE, "denominator"), "6"),
        ((*FIGURE, "average"), -45),
        ((*FIGURE, "value"), 1e40),
        ((*FIGURE, "readers_agree"), 1),
        ((*FIGURE, "readers_agree"), None),
        ((*FIGURE, "period_start"), "2019-13-01"),
        ((*FIGURE, "period_start"), "1066-10-14"),
        ((*FIGURE, "base_label"), "x" * 2000),
        ((*FIGURE, "base_label"), "nul\x00"),
        ((*FIGURE, "base_label"), "\ud800"),
        ((*FIGURE, "sources"), {}),
        ((*SOURCE, "page"), -1),
        ((*SOURCE, "box"), [0, 0, 1]),
        ((*SOURCE, "box"), [0, 0, 2, 1]),
        ((*SOURCE, "box"), [0.5, 0, 0.4, 1]),
        ((*SOURCE, "box"), ["0", 0, 1, 1]),
        (("reading", "year_ending"), 20200),
        (("reading", "year_ending"), "2020"),
        (("reading", "letter_date"), 20200722),
        (("reading", "recipient"), None),
        (("reading", "recipient", "name"), 7),
        (("reading", "page_count"), None),
        (("reading", "problems"), [{"code": "x", "measure": None}]),
        (("reading", "problems"), [{"code": "x", "measure": "made-up", "message": "m"}]),
        (("reading", "problems"), [{"code": "x", "measure": None, "message": "m"}] * 301),
    ],
)
def test_anything_odd_refuses_the_whole(answer, path, value):
    odd = deepcopy(answer)
    place = odd
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(Malformed):
        loads(json.dumps(odd).encode())


def test_a_measure_stated_twice_refuses_the_whole(answer):
    odd = deepcopy(answer)
    odd["reading"]["statistics"].append(odd["reading"]["statistics"][0])
    with pytest.raises(Malformed):
        loads(json.dumps(odd).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"reading": {}}',
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"unreadable": "no"}',
        b"NaN",
    ],
)
def test_nonsense_is_refused(content):
    with pytest.raises(Malformed):
        loads(content)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "1E-400"])
def test_numbers_that_are_none_are_refused(answer, number):
    text = json.dumps(answer).replace('"percent": 67', f'"percent": {number}')
    assert number in text
    with pytest.raises(Malformed):
        loads(text.encode())


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_json_does_anything_but_be_refused(value):
    with pytest.raises(Malformed):
        loads(json.dumps({"reading": value}).encode())
