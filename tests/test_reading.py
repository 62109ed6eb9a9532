"""Whole letters, from their bytes to what is read: real ones, golden ones, and ones printed here."""

import json
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demonstration.facts import NONE_DUE, LetterFacts, OverviewFacts, RateFacts, rate_of
from demonstration.printing import print_letter
from letters.extraction.reader import Reader
from letters.extraction.types import Reading, Recipient, Unreadable
from tests.letters.rows import ROWS
from tests.readings import codes, expected, rate, read_here, stated

GOLDEN = Path(__file__).parent / "letters"
GOLDEN_LETTERS = sorted(path for name in ROWS for path in GOLDEN.glob(f"{name}-*.pdf"))
WAYS = [
    ("fpdf2", "side-by-side", "lines"),
    ("fpdf2", "stacked", "one-line"),
    ("typst", "side-by-side", "one-line"),
    ("typst", "stacked", "lines"),
]
# Published rows leave out what nobody has published; that is all there is to say about them.
LEFT_OUT = {"block-missing", "no-average"}


def assert_reads(reading: Reading, wanted: dict) -> None:
    """Everything that the letter states is read, surely, and nothing else."""
    assert {figure.measure: stated(figure) for figure in reading.statistics} == expected(wanted["statistics"])
    assert all(figure.readers_agree for figure in reading.statistics)
    assert {problem.code for problem in reading.problems} <= LEFT_OUT
    assert reading.authority == wanted["council"]
    assert asdict(reading.recipient) == wanted["recipient"]
    assert reading.year_ending == wanted["year_ending"]
    assert reading.letter_date == date.fromisoformat(wanted["letter_date"])
    assert reading.publication_date == date.fromisoformat(wanted["publication_date"])


@cache
def golden_reading(letter: Path) -> Reading:
    return read_here(letter.read_bytes())


def golden_expectation(letter: Path) -> dict:
    [name] = [name for name in ROWS if letter.name.startswith(name)]
    return json.loads((GOLDEN / f"{name}.json").read_text())


def test_there_are_golden_letters():
    assert len(GOLDEN_LETTERS) >= 16


@pytest.mark.parametrize("letter", GOLDEN_LETTERS, ids=lambda path: path.stem)
def test_reads_letters_of_other_programs(letter):
    assert_reads(golden_reading(letter), golden_expectation(letter))


@pytest.mark.parametrize(("program", "layout", "addressee"), WAYS)
@pytest.mark.parametrize("row", ROWS)
def test_reads_letters_printed_here(row, program, layout, addressee):
    facts = ROWS[row]
    assert_reads(read_here(print_letter(facts, program, layout, addressee)), facts.expected())


class TestRealLetters:
    def test_wellingborough(self, seed_letters):
        reading = read_here((seed_letters / "wellingborough-2020.pdf").read_bytes())
        upheld, compliance, remedies = reading.statistics
        assert rate(upheld) == (100, 2, 2, 45)
        assert rate(compliance) == (100, None, 1, 99)
        assert rate(remedies) == (0, 0, 2, 20)
        assert (upheld.base_label, compliance.base_label) == ("detailed investigations", "compliance outcome")
        assert {(figure.period_start, figure.period_end) for figure in reading.statistics} == {
            (date(2019, 4, 1), date(2020, 3, 31))
        }
        assert all(figure.readers_agree for figure in reading.statistics)
        assert (reading.letter_date, reading.publication_date) == (date(2020, 7, 22), date(2020, 7, 29))
        assert reading.recipient == Recipient("Ms Elliott", "Managing Director")
        assert (reading.authority, reading.year_ending) == ("Wellingborough Borough Council", 2020)
        assert reading.problems == ()

    def test_stockton_states_no_statistics(self, seed_letters):
        """T39: none stated is not zero, and a person is told."""
        reading = read_here((seed_letters / "stockton-on-tees-2020.pdf").read_bytes())
        assert reading.statistics == ()
        assert codes(reading) == {("no-statistics", None)}
        assert reading.recipient == Recipient("Mrs Danks", "Interim Managing Director")
        assert (reading.authority, reading.year_ending) == ("Stockton-on-Tees Borough Council", 2020)
        assert (reading.letter_date, reading.publication_date) == (date(2020, 7, 22), date(2020, 7, 29))

    @pytest.mark.parametrize("program", ["fpdf2", "typst"])
    def test_stockton_with_its_address_on_one_line(self, program):
        facts = replace(
            ROWS["wellingborough-2020"],
            council="Stockton-on-Tees Borough Council",
            recipient_name="Mrs Danks",
            recipient_post="Interim Managing Director",
            upheld=None,
            compliance=None,
            remedies=None,
        )
        reading = read_here(print_letter(facts, program, addressee="one-line"))
        assert reading.recipient == Recipient("Mrs Danks", "Interim Managing Director")
        assert reading.authority == "Stockton-on-Tees Borough Council"
        assert codes(reading) == {("no-statistics", None)}


@pytest.mark.parametrize("letter", GOLDEN_LETTERS, ids=lambda path: path.stem)
def test_every_number_is_in_its_box_and_in_its_quotation(letter):
    reading = golden_reading(letter)
    document = pypdfium2.PdfDocument(letter.read_bytes())
    for figure in reading.statistics:
        sources = {source.field: source for source in figure.sources}
        numbers = {name: number for name, number in stated(figure).items() if isinstance(number, int | float)}
        assert set(numbers) <= set(sources)
        for name, number in numbers.items():
            printed = f"{number:g}"
            assert printed in sources[name].quotation
            assert printed in text_in(document, sources[name])


def text_in(document: pypdfium2.PdfDocument, source) -> str:
    page = document[source.page - 1]
    width, height = page.get_size()
    x0, top, x1, bottom = source.box
    return page.get_textpage().get_text_bounded(
        x0 * width - 2, (1 - bottom) * height - 2, x1 * width + 2, (1 - top) * height + 2
    )


@st.composite
def rates(draw, numerator: bool = True, denominator: int | None = None) -> RateFacts:
    denominator = denominator or draw(st.integers(1, 1500))
    count = draw(st.integers(0, denominator))
    average = draw(st.none() | st.integers(0, 100))
    facts = rate_of(count, denominator, average)
    return facts if numerator else replace(facts, numerator=None)


@st.composite
def letters(draw) -> LetterFacts:
    """Any letter that could be: every rate with and without an average, blocks left out, counts of any size.

    Its bases agree with one another, as a letter's do: another test is about those that do not.
    """
    year_ending = draw(st.integers(2019, 2025))
    upheld = draw(rates())
    parts = [draw(st.integers(0, 900)), draw(st.integers(0, 900)), upheld.denominator]
    hundredths = st.none() | st.decimals(0, 99, places=1)
    return replace(
        ROWS["wellingborough-2020"],
        year_ending=year_ending,
        letter_date=date(year_ending, 7, draw(st.integers(1, 20))),
        publication_date=date(year_ending, 7, draw(st.integers(21, 31))),
        upheld=upheld,
        compliance=draw(rates(numerator=False) | st.just(NONE_DUE)),
        remedies=draw(st.none() | rates(denominator=upheld.numerator)) if upheld.numerator else None,
        per_100000=draw(hundredths) if year_ending >= 2023 else None,
        per_100000_average=draw(hundredths) if year_ending >= 2023 else None,
        overview=OverviewFacts(sum(parts), *parts) if year_ending >= 2025 else None,
    )


@given(letters(), st.sampled_from(["fpdf2", "typst"]), st.sampled_from(["side-by-side", "stacked"]))
@settings(max_examples=12, deadline=None)
def test_reads_any_letter_back(facts, program, layout):
    reading = read_here(print_letter(facts, program, layout))
    wanted = expected(facts.expected()["statistics"])
    if facts.per_100000 is None:
        wanted.pop("upheld-per-100000", None)
    assert {figure.measure: stated(figure) for figure in reading.statistics} == wanted
    assert all(figure.readers_agree for figure in reading.statistics)


@pytest.fixture(scope="module")
def wellingborough() -> bytes:
    return print_letter(ROWS["wellingborough-2020"], "fpdf2")


@pytest.fixture(scope="module")
def reader():
    with Reader() as reader:
        yield reader


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_damaged_letters_never_give_another_number_for_sure(wellingborough, reader, data):
    """T28 in small: flipped, cut and spliced bytes end as unreadable, or as figures that are right or doubtful."""
    right = {figure.measure: stated(figure) for figure in reader.read(wellingborough).statistics}
    damaged = bytearray(wellingborough)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        reading = reader.read(bytes(damaged))
    except Unreadable:
        return
    for figure in reading.statistics:
        if figure.readers_agree:  # a field may be lost, but none may be another
            left = {name: value for name, value in stated(figure).items() if value is not None}
            assert left.items() <= right[figure.measure].items()
