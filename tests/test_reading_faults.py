"""Broken, hostile, deceptive and contradictory letters: never a traceback, never a guess, never a silent zero."""

import random
from dataclasses import replace
from decimal import Decimal

import pypdfium2
import pytest

from demonstration.printing import print_letter
from letters.extraction.types import Unreadable
from tests import odd_pdfs
from tests.letters.rows import ROWS
from tests.odd_pdfs import COMPLIANCE, OPENING, REMEDIES, STATISTICS, UPHELD, letter
from tests.readings import codes, rate, read_here

WHOLE = [(67, 4, 6, 45), (88, None, 8, 99), (25, 1, 4, 20)]


def changed(statistics, old: str, new: str) -> list[str]:
    assert any(old in text for text in statistics)
    return [text.replace(old, new) for text in statistics]


def test_the_letter_these_tests_change_is_read_whole():
    reading = read_here(letter())
    assert [rate(figure) for figure in reading.statistics] == WHOLE
    assert all(figure.readers_agree for figure in reading.statistics)
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty", id="T14 no bytes"),
        pytest.param(b"%PDF-1.7\n", "broken", id="T14 header only"),
        pytest.param(letter()[:1200], "broken", id="T14 truncated"),
        pytest.param(
            b"%PDF-1.7\n" + random.Random(1).randbytes(5000), "broken", id="T14 random after the header"
        ),
        pytest.param(b"<html><body>Annual Review letter 2020</body></html>", "not-a-pdf", id="T15 HTML"),
        pytest.param(b"PK\x03\x04" + bytes(200), "not-a-pdf", id="T15 ZIP"),
        pytest.param(odd_pdfs.no_pages(), "broken", id="T23 no pages"),
        pytest.param(odd_pdfs.scan(), "no-text", id="T23 scan"),
        pytest.param(odd_pdfs.many_pages(3), "no-text", id="T23 blank pages"),
        pytest.param(odd_pdfs.locked(user="secret"), "encrypted", id="T17 user's password"),
        pytest.param(odd_pdfs.many_pages(31), "too-many-pages", id="T20 one page too many"),
    ],
)
def test_what_cannot_be_read_ends_with_a_reason(content, code):
    with pytest.raises(Unreadable) as refused:
        read_here(content)
    assert refused.value.code == code
    assert refused.value.reason.endswith(".")


@pytest.mark.parametrize("stamp", ["Received 4 August 2020.", "x" * 199])
def test_next_to_no_text_is_no_text(stamp):
    """T23: a scan with a stamp, or a page number, in text: fewer than 200 characters."""
    with pytest.raises(Unreadable) as refused:
        read_here(letter([], [stamp]))
    assert refused.value.code == "no-text"


def test_glyphs_without_characters_are_for_a_person():
    """T23: text of "(cid:1)(cid:2)…" is not read as anything."""
    reading = read_here(odd_pdfs.without_unicode(print_letter(ROWS["wellingborough-2020"], "typst")))
    assert (reading.statistics, reading.authority, reading.year_ending) == ((), None, None)
    assert {("no-statistics", None), ("authority-missing", None), ("year-missing", None)} <= codes(reading)


def test_a_short_text_is_read():
    assert ("not-a-letter", None) in codes(read_here(letter([], ["x" * 200])))


def test_an_owners_password_is_told():
    """T17: readable without a password, so it is read; the reviewer is told."""
    reading = read_here(odd_pdfs.locked())
    assert [rate(figure) for figure in reading.statistics] == WHOLE
    assert codes(reading) == {("restricted", None)}


def test_junk_before_the_pdf_is_cut_off_and_told():
    """T16."""
    reading = read_here(b"x" * 1100 + letter())
    assert [rate(figure) for figure in reading.statistics] == WHOLE
    assert codes(reading) == {("leading-junk", None)}


def test_active_content_is_told():
    """T22."""
    reading = read_here(odd_pdfs.with_script())
    [problem] = reading.problems
    assert problem.code == "active-content"
    assert "JavaScript" in problem.message
    assert "attached files" in problem.message


@pytest.mark.parametrize(
    "operators",
    [
        pytest.param("3 Tr", id="not painted"),
        pytest.param("1 g", id="white on white"),
        pytest.param("1 0 0 1 900 0 cm", id="off the page"),
        pytest.param("0.1 0 0 0.1 0 0 cm", id="too small to see"),
        pytest.param("0 0 1 1 re W n", id="clipped away"),
    ],
)
def test_text_that_is_not_shown_is_not_believed(operators):
    """T24."""
    reading = read_here(odd_pdfs.with_text_state(operators))
    assert reading.statistics == ()
    [problem] = reading.problems
    assert problem.code == "no-statistics"
    assert "not what can be seen" in problem.message


def test_text_outside_the_crop_box_is_not_believed():
    assert read_here(odd_pdfs.cropped(right=100)).statistics == ()


def test_white_on_dark_is_shown():
    dark = odd_pdfs.with_text_state("0 0.2 0.4 rg 0 0 595 842 re f 1 g")
    assert [rate(figure) for figure in read_here(dark).statistics] == WHOLE


def test_a_number_drawn_over_another_is_no_number():
    text = [(20, 30 + 10 * row, line, 10) for row, line in enumerate(STATISTICS)]
    covered = [*text, (20, 40, "99% of complaints we investigated were upheld.", 10)]
    upheld = next(
        figure for figure in read_here(odd_pdfs.placed(covered)).statistics if figure.measure == "upheld"
    )
    assert upheld.percent is None
    assert not upheld.readers_agree


def test_boldness_by_drawing_twice_is_one_number():
    text = [(20, 30 + 10 * row, line.replace("\n", " "), 10) for row, line in enumerate(STATISTICS)]
    twice = [*text, *((x + 0.1, y, line, size) for x, y, line, size in text)]
    assert [rate(figure) for figure in read_here(odd_pdfs.placed(twice)).statistics] == WHOLE


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_pages_are_read_as_shown(degrees):
    reading = read_here(odd_pdfs.turned(degrees))
    assert [rate(figure) for figure in reading.statistics] == WHOLE
    document = pypdfium2.PdfDocument(odd_pdfs.turned(degrees))
    width, height = document[1].get_size()
    for figure in reading.statistics:
        x0, top, x1, bottom = figure.sources[0].box
        assert (x1 - x0) * width > 5 * (bottom - top) * height


def test_pictured_statistics_are_for_a_person():
    """T39: statistics as a picture are not "none"."""
    reading = read_here(odd_pdfs.with_pictured_statistics())
    assert reading.statistics == ()
    [problem] = reading.problems
    assert problem.code == "no-statistics"
    assert "page 2" in problem.message


def test_a_letter_without_statistics_states_no_zeros():
    """T39."""
    reading = read_here(letter(["Nothing to report."]))
    assert reading.statistics == ()
    assert codes(reading) == {("no-statistics", None)}


def test_blocks_in_another_order_are_read_all_the_same():
    """T39: pages or blocks swapped."""
    reading = read_here(letter([*REMEDIES, *UPHELD, *COMPLIANCE]))
    assert [rate(figure) for figure in reading.statistics] == WHOLE


def test_a_block_that_is_missing_is_told():
    reading = read_here(letter([*UPHELD, *REMEDIES]))
    assert [figure.measure for figure in reading.statistics] == ["upheld", "satisfactory-remedies"]
    assert codes(reading) == {("block-missing", "compliance")}


@pytest.mark.parametrize(
    ("rate_printed", "count_printed", "is_missed"),
    [("0%", "0", False), ("17%", "1", True), ("17%", "0", True), ("0%", "O", True)],
)
def test_no_remedies_are_missed_where_it_is_sure_that_nothing_was_upheld(
    rate_printed, count_printed, is_missed
):
    upheld = changed(changed(UPHELD, "67%", rate_printed), "4\nupheld", f"{count_printed}\nupheld")
    reading = read_here(letter([*upheld, *COMPLIANCE]))
    assert (("block-missing", "satisfactory-remedies") in codes(reading)) == is_missed
    assert [figure.measure for figure in reading.statistics] == ["upheld", "compliance"]
    assert is_missed or codes(reading) == set()


@pytest.mark.parametrize(
    ("left_out", "code"),
    [
        (1, "rate-missing"),
        (2, "no-average"),
        (3, "count-missing"),
        (4, "base-missing"),
    ],
)
def test_a_part_that_is_missing_is_told_and_not_zero(left_out, code):
    statistics = [text for index, text in enumerate(STATISTICS) if index != left_out]
    reading = read_here(letter(statistics))
    assert (code, "upheld") in codes(reading)
    upheld = next((figure for figure in reading.statistics if figure.measure == "upheld"), None)
    assert upheld is None or rate(upheld).count(None) == 1


@pytest.mark.parametrize("value", ["12345.6", "99999"])
def test_a_value_that_is_no_plain_number_leaves_the_other_figures(value):
    facts = replace(ROWS["buckinghamshire-2024"], per_100000=Decimal(value))
    reading = read_here(print_letter(facts, "fpdf2"))
    values = {figure.measure: figure.value for figure in reading.statistics}
    assert set(values) == {"upheld", "compliance", "satisfactory-remedies", "upheld-per-100000"}
    assert values["upheld-per-100000"] is None
    assert ("unclear-number", "upheld-per-100000") in codes(reading)


def test_a_letter_without_a_title_takes_its_year_from_the_text_and_says_so():
    opening = [text for text in OPENING if text != "Annual Review letter 2020"]
    reading = read_here(letter(opening=opening))
    assert reading.year_ending == 2020
    assert codes(reading) == {("title-missing", None)}


def test_a_letter_of_another_era_says_so():
    opening = [text.replace("2020", "2016") for text in OPENING]
    reading = read_here(letter(["Complaints and enquiries received", "Housing 3", "Total 7"], opening))
    assert reading.statistics == ()
    assert codes(reading) == {("new-layout", None)}


def test_another_document_says_so():
    reading = read_here(
        letter(opening=["Minutes of the meeting of the Audit Committee. " * 5], statistics=["None."])
    )
    assert ("not-a-letter", None) in codes(reading)
    assert ("authority-missing", None) in codes(reading)
    assert ("year-missing", None) in codes(reading)
    assert reading.statistics == ()


@pytest.mark.parametrize("by_line", [False, True])
def test_columns_are_not_mixed(by_line):
    """Side by side, stored cell by cell or line by line across the page."""
    reading = read_here(odd_pdfs.columns([UPHELD, COMPLIANCE, REMEDIES], by_line=by_line))
    assert [rate(figure) for figure in reading.statistics] == WHOLE
    assert all(figure.readers_agree for figure in reading.statistics)


def test_words_stored_in_any_order_are_read():
    reading = read_here(odd_pdfs.scattered())
    assert [rate(figure) for figure in reading.statistics] == WHOLE
    assert all(figure.readers_agree for figure in reading.statistics)


def test_a_digit_stored_apart_is_part_of_its_number():
    """ "7" stored elsewhere than "3%" beside it is 73%, or nothing, but never 3%."""
    text = [
        (20 if row != 1 else 21.75, 30 + 10 * row, line, 9)
        for row, line in enumerate(changed(STATISTICS, "67%", "3%"))
    ]
    reading = read_here(odd_pdfs.placed([*text, (20, 40, "7", 9)]))
    upheld = next((figure for figure in reading.statistics if figure.measure == "upheld"), None)
    assert upheld is None or upheld.percent in {None, 73}
