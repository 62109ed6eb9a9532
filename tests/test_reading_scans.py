"""Scans: text that lies on pictures of pages is read, but never believed without a person."""

import io

import pikepdf
import pytest

from letters.extraction.prose import tell
from letters.extraction.schema import as_json, dumps, loads
from letters.extraction.types import NOT_COMPARED, READ_BY_OCR, SCAN, Unreadable
from letters.measuring import from_a_picture
from tests import scans
from tests.odd_pdfs import COMPLIANCE, OPENING, REMEDIES, STATISTICS, UPHELD, letter
from tests.readings import MEASURES, WHOLE, codes, rate, read_here


def changed(old, new):
    assert any(old in text for text in STATISTICS)
    return [text.replace(old, new) for text in STATISTICS]


def test_a_scan_is_told_from_a_file_that_shows_nothing():
    """T23."""
    with pytest.raises(Unreadable) as refused:
        read_here(scans.scan(letter()))
    assert refused.value.code == SCAN
    assert "pictures of pages" in refused.value.reason


@pytest.mark.parametrize("stamp", ["3", "Received by the Chief Executive's office on 24 July 2020"])
def test_a_stamp_on_a_scan_does_not_make_it_a_letter(stamp):
    """T23: a page number or a stamp in text."""
    with pikepdf.open(io.BytesIO(scans.scan(letter()))) as pdf:
        page = pdf.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources.Font = pikepdf.Dictionary(Stamp=font)
        page.contents_add(f"BT /Stamp 10 Tf 60 800 Td ({stamp}) Tj ET".encode())
        file = io.BytesIO()
        pdf.save(file)
    with pytest.raises(Unreadable) as refused:
        read_here(file.getvalue())
    assert refused.value.code == SCAN


@pytest.mark.parametrize("layer", scans.LAYERS)
def test_text_on_a_picture_is_read_but_never_sure(layer):
    """T24: whoever laid it there, whether it is invisible, transparent or under the picture."""
    reading = read_here(scans.with_layer(letter(), letter(), layer))
    assert [rate(figure) for figure in reading.statistics] == WHOLE
    assert not any(figure.readers_agree for figure in reading.statistics)
    assert codes(reading) == {(READ_BY_OCR, None), *((NOT_COMPARED, measure) for measure in MEASURES)}
    said = [problem.message for problem in reading.problems if problem.code == NOT_COMPARED]
    assert len(set(said)) == len(said), "each says which figure it is about"
    assert from_a_picture(reading)
    assert reading.authority == "Wellingborough Borough Council"
    assert reading.scanned == ()


@pytest.mark.parametrize("layer", scans.LAYERS)
@pytest.mark.parametrize(
    "lying",
    [
        changed("67%", "61%"),
        changed("4\nupheld", "6\nupheld"),
        [text.translate(str.maketrans("0123456789", "1234567891")) for text in STATISTICS],
    ],
)
def test_a_lying_layer_makes_no_figure_sure(layer, lying):
    """T24."""
    reading = read_here(scans.with_layer(letter(), letter(lying), layer))
    assert (READ_BY_OCR, None) in codes(reading)
    assert not any(figure.readers_agree for figure in reading.statistics)


def test_text_where_the_picture_shows_nothing_is_not_read():
    """T24: a layer may not add a block that nobody sees."""
    reading = read_here(scans.with_layer(letter([*UPHELD, *COMPLIANCE]), letter()))
    assert [figure.measure for figure in reading.statistics] == MEASURES[:2]
    assert ("block-missing", "satisfactory-remedies") in codes(reading)


def test_invisible_text_on_visible_text_is_not_read_even_over_a_picture():
    """T24: a letter of text on a picture of paper, with other figures laid upon it unseen."""
    paper = scans.with_layer(letter(["."], ["."]), letter(), "painted over the picture")
    with (
        pikepdf.open(io.BytesIO(paper)) as pdf,
        pikepdf.open(io.BytesIO(letter(changed("67%", "61%")))) as lie,
    ):
        pdf.pages[1].add_overlay(_unpainted(lie).pages[1])
        file = io.BytesIO()
        pdf.save(file)
    assert all(figure.percent != 61 for figure in read_here(file.getvalue()).statistics)


def _unpainted(pdf):
    pdf.pages[1].contents_add(b"q 3 Tr", prepend=True)
    pdf.pages[1].contents_add(b"Q")
    return pdf


def test_a_letter_printed_on_a_picture_of_paper_is_read_as_ever():
    reading = read_here(scans.with_layer(letter(["."], ["."]), letter(), "painted over the picture"))
    assert [rate(figure) for figure in reading.statistics] == WHOLE
    assert all(figure.readers_agree for figure in reading.statistics)
    assert codes(reading) == set()


@pytest.mark.parametrize(
    ("old", "misread", "code"),
    [
        ("a total of 6 detailed", "a total of 0f 6 detailed", "unclear-number"),
        ("a total of 8 compliance", "a total of B compliance", "unclear-number"),
        ("67%", "l00%", None),
        ("88%", "O%", None),
        ("67%", "6 7%", None),
    ],
)
def test_what_ocr_breaks_is_not_mended(old, misread, code):
    """ "12 0f 16", "l00%", "O" for 0: no number is made of them."""
    reading = read_here(scans.with_layer(letter(), letter(changed(old, misread))))
    right = dict(zip(MEASURES, WHOLE, strict=True))
    for figure in reading.statistics:
        for read, stated in zip(rate(figure), right[figure.measure], strict=True):
            assert read in {stated, None} or misread == "6 7%"
        assert not figure.readers_agree
    if code:
        assert code in {problem.code for problem in reading.problems}


@pytest.mark.parametrize("dpi", [100, 300])
def test_statistics_that_are_a_picture_ask_for_ocr(dpi):
    """T39: the other pages are text."""
    reading = read_here(scans.scan(letter(), dpi, pages={2}))
    assert reading.statistics == ()
    assert reading.scanned == (2,)
    assert {code for code, _ in codes(reading)} == {"no-statistics"}


def test_a_block_that_is_missing_may_stand_on_a_page_that_is_a_picture():
    """T39."""
    pdf = _joined(letter([*UPHELD, *COMPLIANCE]), scans.scan(letter(REMEDIES), pages={2}))
    reading = read_here(pdf)
    assert reading.scanned == (3,)
    assert [figure.measure for figure in reading.statistics] == MEASURES[:2]


def test_a_picture_behind_a_whole_letter_asks_for_nothing():
    """A signature page or an annex that is a picture, where all figures were found in text."""
    reading = read_here(_joined(letter(), scans.scan(letter(["Annex"]), pages={2})))
    assert reading.scanned == ()
    assert codes(reading) == set()
    assert all(figure.readers_agree for figure in reading.statistics)


def _joined(one: bytes, other: bytes) -> bytes:
    """All of one letter, and the second page of another."""
    with pikepdf.open(io.BytesIO(one)) as pdf, pikepdf.open(io.BytesIO(other)) as more:
        pdf.pages.append(more.pages[1])
        file = io.BytesIO()
        pdf.save(file)
        return file.getvalue()


def test_one_page_by_ocr_makes_every_figure_unsure():
    """T39: the statistics alone were a picture, and somebody's program has read it."""
    with pikepdf.open(io.BytesIO(letter())) as pdf:
        scanned = pikepdf.open(io.BytesIO(scans.with_layer(letter(), letter())))
        pdf.pages[1] = scanned.pages[1]
        file = io.BytesIO()
        pdf.save(file)
    reading = read_here(file.getvalue())
    assert [rate(figure) for figure in reading.statistics] == WHOLE
    assert not any(figure.readers_agree for figure in reading.statistics)
    [about] = [each for each in reading.problems if each.code == READ_BY_OCR]
    assert "page 2" in about.message


def test_the_words_of_a_scan_are_not_told():
    """They are OCR's: the public is shown the letter's own pages, and no words that may be misread."""
    pages = tell(scans.with_layer(letter(), letter()), 30)
    assert [page.blocks for page in pages] == [(), ()]


def test_a_reading_keeps_its_scanned_pages_on_the_way():
    reading = read_here(scans.scan(letter(opening=OPENING), pages={2}))
    assert as_json(reading)["scanned"] == [2]
    assert loads(dumps(reading)) == reading
