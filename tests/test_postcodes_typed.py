"""Postcodes as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councils.postcodes.typed import Typed, read

WHOLE = [
    ("NN8 1BP", "NN8 1BP"),
    ("nn8 1bp", "NN8 1BP"),
    ("NN81BP", "NN8 1BP"),
    ("  nn8   1 bp ", "NN8 1BP"),
    ("NN8\u00a01BP", "NN8 1BP"),
    ("nn8-1bp", "NN8 1BP"),
    ("M1 1AE", "M1 1AE"),
    ("M60 1NW", "M60 1NW"),
    ("CR2 6XH", "CR2 6XH"),
    ("DN55 1PT", "DN55 1PT"),
    ("W1A 1HQ", "W1A 1HQ"),
    ("EC1A 1BB", "EC1A 1BB"),
    ("SW1P 3JX", "SW1P 3JX"),
    ("E10 1AA", "E10 1AA"),
    ("ZZ1 1AA", "ZZ1 1AA"),
    # A letter O for a nought, and the other way about, where one postcode alone can be meant.
    ("CRO 1AA", "CR0 1AA"),
    ("S014 0AA", "SO14 0AA"),
    ("SO14 OAA", "SO14 0AA"),
    ("W1O 1AA", "W10 1AA"),
    ("0X1 2AB", "OX1 2AB"),
    ("OL1 1AA", "OL1 1AA"),
    ("S01 1AA", "SO1 1AA"),
    # The space may stand anywhere.
    ("NN8 11BP", "NN81 1BP"),
]
PARTS = ["NN8", "nn8 1", "NN8 1B", "EC1A", "E1", "M60", "SW1A 1A", "CR0", "a1"]
WRONG = ["NN8 1BPX", "NN8 BBP1", "AA11 1CI", "N14 111", "N1 23456", "NN8 1BK"]
NO_POSTCODES = [
    *(
        "York",
        "Somerset",
        "London",
        "",
        " ",
        "87.31",
        "E07000156",
        "abc123",
        "2020",
        "%",
        "NN8 1BP, Wellingborough",
    ),
    *("١١ ١١", "NN8\0", "ＮＮ８ １ＢＰ", "1" * 100, "A1" * 50, "South 1", "oo"),
]


@pytest.mark.parametrize(("text", "shown"), WHOLE)
def test_whole_postcodes(text, shown):
    typed = read(text)
    assert (typed.code, typed.shown, typed.is_part) == (shown.replace(" ", ""), shown, False)


@pytest.mark.parametrize("text", PARTS)
def test_parts(text):
    assert read(text) == Typed(is_part=True)


@pytest.mark.parametrize("text", WRONG)
def test_attempts_that_no_postcode_is_written_like(text):
    assert read(text) == Typed()


@pytest.mark.parametrize("text", NO_POSTCODES)
def test_what_is_no_attempt_at_a_postcode(text):
    assert read(text) is None


@given(st.text(max_size=100))
def test_whatever_is_typed_is_read_and_a_postcode_reads_as_itself(text):
    typed = read(text)
    if typed and typed.code:
        assert read(typed.shown) == typed


@given(st.sampled_from([shown for _, shown in WHOLE]), st.sampled_from(["", " ", "  ", "\t", "-"]))
def test_case_and_spaces_never_matter(shown, between):
    assert read(shown.lower().replace(" ", between)).shown == shown
