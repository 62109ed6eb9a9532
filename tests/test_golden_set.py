"""Letters of every era by five programs, made from a seed: nothing is wrong and given as sure, and nearly all is found.

The whole set is a command (docs/reading-letters.md); this is a part of it. LibreOffice's letters are kept as PDFs.
"""

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest

from letters.measuring import FOUND, WRONG, Tally, verdicts
from tests.letters.make_set import OFFICE, letters
from tests.letters.making.compose import compose
from tests.letters.making.strange import STRANGE
from tests.readings import read_here

SURPRISES = sorted((OFFICE.parent / "surprises").glob("*.pdf"))
PRINTED_HERE = ("fpdf2", "typst", "reportlab")
ENOUGH = 99


def measured(made: Iterable[tuple[str, dict, bytes]]) -> Tally:
    tally = Tally()
    for name, expected, content in made:
        tally.add(name, "", expected["statistics"], read_here(content))
    return tally


def printed(program: str, count: int, strange: bool = False) -> Iterable[tuple[str, dict, bytes]]:
    for _, composed, content in letters("tests", count, [program], strange):
        yield composed.name, composed.expected, content


def assert_read(tally: Tally) -> None:
    assert [each for each in tally.not_right if each.outcome == WRONG] == []
    assert tally.unreadable == []
    assert tally.share_found >= ENOUGH, tally.not_right


@pytest.mark.parametrize("program", PRINTED_HERE)
def test_letters_of_every_era(program):
    assert_read(measured(printed(program, 16)))


@pytest.mark.browser
def test_letters_printed_by_a_browser():
    # In a thread of its own: the browser tests of this process may have playwright's loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        letters = pool.submit(lambda: list(printed("chromium", 10))).result()
    assert_read(measured(letters))


@pytest.mark.parametrize("part", range(3))
def test_letters_written_in_an_office(part):
    kept = sorted(OFFICE.glob("*.pdf"))[part::3]
    assert_read(
        measured(
            (path.name, json.loads(path.with_suffix(".json").read_text()), path.read_bytes()) for path in kept
        )
    )


@pytest.mark.parametrize("letter", SURPRISES, ids=lambda path: path.stem)
def test_letters_that_surprised_us(letter):
    """Each had figures that were not found, or not sure, until the reader learned what its name says."""
    expected = json.loads(letter.with_suffix(".json").read_text())["statistics"]
    reading = read_here(letter.read_bytes())
    assert {each.outcome for each in verdicts(letter.name, expected, reading.statistics)} == {FOUND}
    assert all(figure.readers_agree for figure in reading.statistics)


@pytest.mark.parametrize("program", PRINTED_HERE)
def test_layouts_that_mislead_on_purpose_leave_nothing_wrong_and_sure(program):
    tally = measured(printed(program, 12, strange=True))
    assert [each for each in tally.not_right if each.outcome == WRONG] == []


def test_a_letter_is_the_same_each_time():
    assert compose("tests", 5) == compose("tests", 5)
    assert compose("tests", 5) != compose("other", 5)


def test_every_strange_layout_is_drawn():
    drawn = {compose("tests", number, strange=True).name for number in range(120)}
    assert all(any(name.endswith(way) for name in drawn) for way in STRANGE)
