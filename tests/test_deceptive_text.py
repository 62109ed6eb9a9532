"""T24: text that says something else than the page shows is not believed, and what no database takes is no text."""

import io
import re

import pikepdf
import pytest

from demonstration.printing import print_letter
from letters.extraction.types import Reading
from tests import odd_pdfs
from tests.letters.rows import ROWS
from tests.readings import codes, rate, read_here

PRINTED = print_letter(ROWS["wellingborough-2020"], "typst")
WHOLE = [(100, 2, 2, 45), (100, None, 1, 99), (0, 0, 2, 20)]


def sure(reading: Reading) -> list[tuple]:
    return [rate(figure) for figure in reading.statistics if figure.readers_agree]


def said_to_be(characters: dict[str, str]) -> bytes:
    """The printed letter, whose fonts say of some characters' glyphs that they are others."""
    told = {
        f"{ord(shown):04x}": as_utf16.encode("utf-16-be", "surrogatepass").hex()
        for shown, as_utf16 in characters.items()
    }

    def lie(entry: re.Match) -> str:
        return f"{entry[1]}<{told.get(entry[2].lower(), entry[2])}>"

    with pikepdf.open(io.BytesIO(PRINTED)) as pdf:
        for font in (
            part for part in pdf.objects if isinstance(part, pikepdf.Dictionary) and "/ToUnicode" in part
        ):
            table = font.ToUnicode.read_bytes().decode()
            font.ToUnicode.write(re.sub(r"(<[0-9A-Fa-f]+>\s+)<([0-9A-Fa-f]{4})>", lie, table).encode())
        return odd_pdfs._saved(pdf)


def test_the_letter_these_tests_change_is_read_whole():
    assert sure(read_here(said_to_be({}))) == WHOLE


@pytest.mark.parametrize("digits", ["45", "20", "19", "68"])
def test_digits_that_a_font_swaps_are_for_a_person(digits):
    """Both readers ask the font what a glyph stands for; here it lies to both."""
    one, other = digits
    reading = read_here(said_to_be({one: other, other: one}))
    assert all(figure in WHOLE for figure in sure(reading))
    assert reading.problems or sure(reading) == WHOLE


@pytest.mark.parametrize(("shown", "said"), [("t", "5"), ("5", "ti"), ("0", "O"), ("1", "l"), ("5", "５")])
def test_letters_and_digits_that_a_font_confuses_are_for_a_person(shown, said):
    reading = read_here(said_to_be({shown: said}))
    assert all(figure in WHOLE for figure in sure(reading))
    assert reading.problems or sure(reading) == WHOLE


@pytest.mark.parametrize("said", ["\0", "\ud800", "\u202e", "\ufffe", "\u200b", "\x1b"], ids=ascii)
def test_characters_that_are_none_reach_nobody(said):
    """NUL (which PostgreSQL refuses), half a surrogate, a change of direction: gone before they are stored."""
    for shown in ("e", " "):
        reading = read_here(said_to_be({shown: said}))
        assert said not in str(reading)
        assert all(figure in WHOLE for figure in sure(reading))


def test_other_words_for_a_passage_are_not_believed():
    """ActualText, which one reader takes for the words and the other does not."""
    with pikepdf.open(io.BytesIO(odd_pdfs.letter())) as pdf:
        page = pdf.pages[1]
        page.contents_add(
            b"/Span << /ActualText (99% of complaints we investigated were upheld.) >> BDC", prepend=True
        )
        page.contents_add(b"EMC")
        reading = read_here(odd_pdfs._saved(pdf))
    assert sure(reading) == []
    assert ("readers-differ", "upheld") in codes(reading)
