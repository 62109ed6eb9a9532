"""Damaged copies of golden letters: whatever is done to a file, no figure is read wrong and given as sure.

The long run is scripts/mutants; what it found has a test of its own here.
"""

import re
from dataclasses import replace
from decimal import Decimal
from random import Random
from types import SimpleNamespace

import pytest
from pdfminer.cmapdb import FileUnicodeMap

from letters.extraction import eras, fonts, numbers
from letters.extraction.figures import figures
from letters.extraction.formats.matches import Found
from letters.extraction.reader import Reader
from letters.extraction.reconcile import Ledger
from letters.measures import FAMILIES
from tests.letters.damage import damaged, opened
from tests.letters.make_set import OFFICE
from tests.letters.making import by_fpdf2
from tests.letters.making.compose import compose
from tests.letters.making.page import Cells, Node, Text
from tests.letters.mutants import FOR_A_PERSON, Golden, Mutant, golden, judged, mutants
from tests.readings import codes, figures_of, read_here

CHROMIUM = OFFICE.parent / "isle-of-wight-2025-chromium-stacked.pdf"


@pytest.fixture(scope="module")
def reader():
    with Reader() as reader:
        yield reader


def test_a_few_mutants_of_letters_of_every_era(reader):
    verdicts = [judged(mutant, reader) for mutant in mutants(golden(0), "tests", range(12))]
    assert [(each.mutant.number, each.wrong) for each in verdicts if each.wrong] == []
    assert len({each.outcome for each in verdicts}) == 3


def test_what_counts_as_wrong(reader):
    """The letter itself read against other figures than its own is wrong in all that differs."""
    [letter] = [each for each in golden(0) if each.name == CHROMIUM.stem]
    right = judged(Mutant(0, letter, "nothing", letter.pdf), reader)
    others = [each | {"percent": 12} for each in letter.statistics if each["measure"] == "upheld"]
    wrong = judged(Mutant(0, Golden("other", letter.pdf, others), "nothing", letter.pdf), reader)
    assert (right.outcome, right.wrong, right.shown) == (FOR_A_PERSON, (), ())
    assert "upheld percent: stated 12, read 73" in wrong.wrong
    assert any(said.startswith("dealt-with value: stated None") for said in wrong.wrong)


def test_what_the_page_shows_otherwise_is_not_called_wrong(reader):
    [other] = [each for each in golden(0) if each.name == "oxfordshire-2025-chromium-stacked"]
    verdict = judged(Mutant(0, other, "another letter", CHROMIUM.read_bytes()), reader)
    assert verdict.wrong == ()
    assert verdict.shown


def test_a_mutant_is_the_same_each_time():
    pdf = CHROMIUM.read_bytes()
    assert damaged(pdf, Random("1")) == damaged(pdf, Random("1"))
    assert damaged(pdf, Random("1")) != damaged(pdf, Random("2"))


# What mutants showed.


def with_heading(nodes: tuple[Node, ...], heading: str, printed: str) -> tuple[Node, ...]:
    """A letter's pages with one heading of its tables printed otherwise."""
    return tuple(
        replace(
            node,
            rows=tuple(
                tuple(
                    tuple(
                        replace(each, text=printed)
                        if isinstance(each, Text) and each.text == heading
                        else each
                        for each in cell
                    )
                    for cell in row
                )
                for row in node.rows
            ),
        )
        if isinstance(node, Cells)
        else node
        for node in nodes
    )


@pytest.mark.parametrize(
    ("number", "heading", "printed"),
    [
        pytest.param(0, "Housing", "Dousin g", id="to 2008, other letters"),
        pytest.param(1, "Housing", "Dousin g", id="2009 to 2011, other letters"),
        pytest.param(0, "Planning and building control", "building control", id="its first words lost"),
        pytest.param(3, "Benefits and Tax", "Benefits", id="2014 to 2018, a heading of earlier years"),
    ],
)
def test_a_damaged_heading_is_a_question(number, heading, printed):
    page = compose("tests", number).page
    whole = figures_of(by_fpdf2.printed(page))[FAMILIES["received"].slug_of(heading)]
    damaged = replace(page, nodes=with_heading(page.nodes, heading, printed))
    reading = read_here(by_fpdf2.printed(damaged))
    said = FAMILIES["received"].slug_of(printed)
    [figure] = [each for each in reading.statistics if each.measure == said]
    assert whole.readers_agree
    assert figure.value == whole.value
    assert not figure.readers_agree
    assert ("heading-doubtful", figure.measure) in codes(reading)


@pytest.mark.parametrize("printed", ["19 May 2525", "1 April 1224", "31 March 2111"])
def test_a_day_that_is_none_of_our_time_is_no_day(printed):
    assert numbers.day(printed) is None


def with_meaning(pdf: bytes, digit: str, meant: str) -> bytes:
    """A letter whose fonts say that one digit is another; what is seen of it stays as it was."""
    changed, count = re.subn(
        rb"(<[0-9A-Fa-f]{2,4}>\s*)<00%02X>" % ord(digit), rb"\1<00%02X>" % ord(meant), opened(pdf)
    )
    assert count
    return changed


def test_a_font_that_shows_one_digit_by_two_characters_is_not_believed():
    pdf = (OFFICE.parent / "oxfordshire-2025-libreoffice-stacked.pdf").read_bytes()
    reading = read_here(with_meaning(pdf, "8", "9"))
    assert ("font-doubtful", None) in codes(reading)
    assert not any(figure.readers_agree for figure in reading.statistics)
    assert ("font-doubtful", None) not in codes(read_here(pdf))


@pytest.mark.parametrize(
    ("codes_of", "is_doubtful"),
    [
        ({"0": 19, "1": 20, "2": 21, "4": 23}, False),
        ({"0": 19, "1": 20, "2": 21, "7": 23}, True),
        ({"0": 48, "3": 51, "6": 54, "8": 57}, True),
        ({"2": 28, "0": 29, "1": 30, "3": 32}, False),  # in the order of their use in "2013"
        ({str(digit): 100 + digit for digit in range(6)} | {"9": 106}, True),
        ({}, False),
    ],
)
def test_digits_out_of_the_order_of_their_font_are_doubtful(codes_of, is_doubtful):
    means = FileUnicodeMap()
    for digit, code in codes_of.items():
        means.add_cid2unichr(code, ord(digit))
    assert fonts.is_doubtful([SimpleNamespace(unicode_map=means)]) is is_doubtful


def test_a_rate_that_its_counts_contradict_leaves_nothing_sure():
    """One number is misprinted, and those that nothing proves may be too."""
    stated = {"percent": Decimal(50), "numerator": 8, "denominator": 10}
    found = [Found("upheld", name, str(value), value, 1, (0, 0, 1, 1), "") for name, value in stated.items()]
    found.append(Found("compliance", "denominator", "7", 7, 1, (0, 0, 1, 1), ""))
    read, problems = figures(Ledger([found, found]), 2020, eras.BLOCKS)
    assert "rate-contradicts-counts" in {problem.code for problem in problems}
    assert [figure.readers_agree for figure in read] == [False, False]
