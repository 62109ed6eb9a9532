"""How the demonstration's letters print."""

from dataclasses import replace

import pypdfium2
import pytest

from demonstration import wording
from demonstration.printing import print_letter
from demonstration.printing.lines import broken
from demonstration.published import (
    BUCKINGHAMSHIRE_2024,
    WELLINGBOROUGH_2020,
)
from tests.letters.rows import NONE_DUE_2022, ROWS, SINGULARS

WAYS = [
    (program, layout, addressee)
    for program in ("fpdf2", "typst")
    for layout in ("side-by-side", "stacked")
    for addressee in ("lines", "one-line")
]


def text_of(pdf: bytes) -> list[str]:
    """The text of each page, with every run of white space made one space."""
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


@pytest.mark.parametrize(("program", "layout", "addressee"), WAYS)
@pytest.mark.parametrize("facts", [WELLINGBOROUGH_2020, SINGULARS], ids=["published", "made up"])
def test_every_page_says_that_it_is_a_demonstration(facts, program, layout, addressee):
    notice = (
        "as published, all else in it is made up"
        if facts.real
        else "statistics and all else in it are made up"
    )
    pages = text_of(print_letter(facts, program, layout, addressee))
    assert len(pages) >= 3
    for page in pages:
        assert "Demonstration letter: the " in page
        assert notice in page


@pytest.mark.parametrize(("program", "layout", "addressee"), WAYS)
def test_printing_twice_gives_the_same_bytes(program, layout, addressee):
    facts = replace(SINGULARS, council=f"Council of {program} {layout} {addressee}")
    once = print_letter(facts, program, layout, addressee)
    print_letter(BUCKINGHAMSHIRE_2024, program, layout, addressee)
    assert print_letter(facts, program, layout, addressee) == once


@pytest.mark.parametrize("program", ["fpdf2", "typst"])
@pytest.mark.parametrize("layout", ["side-by-side", "stacked"])
@pytest.mark.parametrize("name", ROWS)
def test_a_printed_letter_has_all_its_words(name, program, layout):
    text = " ".join(text_of(print_letter(ROWS[name], program, layout)))
    squeezed = text.replace(" ", "")
    letter = wording.letter(ROWS[name])
    wanted = [letter.date, letter.greeting, letter.title, letter.overview or "", *letter.addressee_lines]
    wanted += [sentence for block in letter.blocks for sentence in (*block.sentences, *block.small_print)]
    for sentence in wanted:
        assert sentence.replace("**", "").replace(" ", "") in squeezed


@pytest.mark.parametrize("program", ["fpdf2", "typst"])
def test_quotes_and_dashes_are_printed(program):
    facts = replace(SINGULARS, council="Bishop\u2019s Castle \u2013 King's Lynn & Co")
    assert "Bishop\u2019s Castle \u2013 King's Lynn & Co" in text_of(print_letter(facts, program))[0]


@pytest.mark.parametrize("program", ["fpdf2", "typst"])
def test_a_letter_without_statistics_has_no_page_for_them(program):
    nothing = {"upheld": None, "compliance": None, "remedies": None}
    pages = text_of(print_letter(replace(WELLINGBOROUGH_2020, **nothing), program))
    assert len(pages) == 2
    assert "Yours sincerely" in pages[-1]
    assert "Statistics are based" not in " ".join(pages)


@pytest.mark.parametrize(
    ("addressee", "first_lines"),
    [
        ("lines", ["Dr Invented", "Acting Chief Executive", "Rutland County Council"]),
        ("one-line", ["Dr Invented Acting Chief Executive Rutland County Council"]),
    ],
)
@pytest.mark.parametrize("program", ["fpdf2", "typst"])
def test_the_addressee_stands_on_three_lines_or_on_one(program, addressee, first_lines):
    page = pypdfium2.PdfDocument(print_letter(NONE_DUE_2022, program, addressee=addressee))[0]
    lines = [line.strip() for line in page.get_textpage().get_text_bounded().splitlines()]
    start = lines.index(first_lines[0])
    assert lines[start : start + len(first_lines)] == first_lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, [[("one two", False)], [("three", False)]]),
        ("one two three", 100, [[("one two three", False)]]),
        ("In **100%** of", 100, [[("In ", False), ("100%", True), (" of", False)]]),
        ("average of **45%**.", 14, [[("average of", False)], [("45%", True), (".", False)]]),
        ("incomprehensibility", 5, [[("incomprehensibility", False)]]),
        ("", 5, [[]]),
    ],
)
def test_lines_break_at_spaces_and_keep_what_is_bold(text, width, lines):
    assert broken(text, width, lambda run: len(run.text)) == lines
