"""A letter's own words: in the right order, whole, and in the parts that they had on paper."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import pytest
from fpdf import FPDF

from letters.extraction.limits import Limits
from letters.extraction.prose import Block, Page, tell
from letters.extraction.types import Unreadable
from tests import odd_pdfs

GOLDEN = Path(__file__).parent / "letters"
MOST_PAGES = Limits().pages
MARGIN = 20
TWICE = [
    path
    for path in GOLDEN.glob("*-stacked.pdf")
    if Path(str(path).replace("stacked", "side-by-side")).exists()
]


def parts(pdf: bytes, page: int = 1) -> list[tuple[str, ...]]:
    """The parts of a page: kind, then each row with its cells parted by bars."""
    return [
        (block.kind, *(" | ".join(row) for row in block.rows))
        for block in tell(pdf, MOST_PAGES)[page - 1].blocks
    ]


def words(pages: Sequence[Page]) -> list[str]:
    """All words in the order told."""
    blocks: list[Block] = [block for page in pages for block in page.blocks]
    return " ".join(chain.from_iterable(chain.from_iterable(block.rows for block in blocks))).split()


def page() -> FPDF:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_margin(MARGIN)
    pdf.set_font("helvetica", size=11)
    return pdf


def write(
    pdf: FPDF, *lines: str, x: float = MARGIN, y: float | None = None, step: float = 5, bold: bool = False
) -> FPDF:
    """Lines exactly as given, one under another; a space between paragraphs comes after them."""
    pdf.set_font(style="B" if bold else "")
    if y is not None:
        pdf.set_y(y)
    for line in lines:
        pdf.set_x(x)
        pdf.cell(0, step, line, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)
    return pdf


BODY = (
    "We write to you about the complaints that we received in the year which has",
    "just ended, and about what they teach.",
)


@pytest.mark.parametrize("stacked", TWICE, ids=lambda path: path.stem)
def test_figures_side_by_side_are_read_column_by_column(stacked):
    """The same letter with its figures under one another and beside one another says the same in the same order."""
    beside = Path(str(stacked).replace("stacked", "side-by-side"))
    assert words(tell(beside.read_bytes(), MOST_PAGES)) == words(tell(stacked.read_bytes(), MOST_PAGES))


def test_a_real_letter(seed_letters):
    pages = tell((seed_letters / "wellingborough-2020.pdf").read_bytes(), MOST_PAGES)
    first = [(block.kind, *(row[0] for row in block.rows)) for block in pages[0].blocks]
    assert first[:7] == [
        ("heading", "Local Government & Social Care OMBUDSMAN"),
        ("paragraph", "22 July 2020"),
        ("paragraph", "By email"),
        ("paragraph", "Ms Elliott", "Managing Director", "Wellingborough Borough Council"),
        ("paragraph", "Dear Ms Elliott"),
        ("heading", "Annual Review letter 2020"),
        first[6],
    ]
    assert first[-1][1].endswith(
        "open approach to resolving complaints. We recognise cases where an authority has taken steps"
        " to put things right before the complaint came to us. The authority upheld the complaint and we agreed"
        " with how it offered to put things right."
    )
    last = [(block.kind, *(row[0] for row in block.rows)) for block in pages[2].blocks]
    assert last[:5] == [
        ("heading", "Complaints upheld"),
        ("paragraph", "100% of complaints we investigated were upheld."),
        ("paragraph", "This compares to an average of 45% in similar authorities."),
        ("paragraph", "2", "upheld decisions"),
        (
            "paragraph",
            "Statistics are based on a total of 2 detailed investigations for the period between 1 April 2019"
            " to 31 March 2020",
        ),
    ]


def test_lines_become_paragraphs_and_addresses_keep_theirs():
    pdf = write(page(), "Ms Example", "Chief Executive", "Sometown Council")
    write(pdf, "Dear Ms Example")
    write(pdf, "Complaints upheld", bold=True)
    write(pdf, *BODY)
    write(pdf, "Another paragraph.")
    assert parts(bytes(pdf.output())) == [
        ("paragraph", "Ms Example", "Chief Executive", "Sometown Council"),
        ("paragraph", "Dear Ms Example"),
        ("heading", "Complaints upheld"),
        ("paragraph", " ".join(BODY)),
        ("paragraph", "Another paragraph."),
    ]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("This is a long-", "term matter of the council and its people", "a long-term matter"),
        ("This long-term matter is a long-", "term one", "is a long-term one"),
        ("The complaints were com-", "plaints about complaints", "were complaints about"),
        ("It rests on the evidence -", "none was kept", "evidence - none"),
        ("From April 2019-", "March 2020 it was so", "2019- March"),
    ],
)
def test_words_broken_at_a_line_end(first, second, joined):
    """A hyphen goes only where the letter writes the word without one elsewhere."""
    pdf = write(
        page(),
        "Of complaints we keep a register, and each stands in it by its number and date.",
        first,
        second,
    )
    assert joined in " ".join(words(tell(bytes(pdf.output()), MOST_PAGES)))


def test_a_sentence_that_a_gap_interrupts_runs_on():
    pdf = write(
        page(),
        "We want to encourage the early resolution of complaints and to credit",
        "authorities that have a positive and open approach to",
    )
    write(pdf, "resolving complaints.")
    assert [part[1].split()[-1] for part in parts(bytes(pdf.output()))] == ["complaints."]


def test_bullets_become_a_list():
    pdf = write(page(), "These are the three areas:")
    write(pdf, "- Complaints upheld")
    write(
        pdf, "- Compliance with what we recommended and that the council agreed to, which", "is rare to fail"
    )
    assert parts(bytes(pdf.output()))[1:] == [
        (
            "list",
            "Complaints upheld",
            "Compliance with what we recommended and that the council agreed to, which is rare to fail",
        )
    ]


def test_two_columns_stored_row_by_row_are_read_one_after_the_other():
    left = ["Here is a column of", "some words that goes", "on for a few lines", "and then it ends."]
    right = ["There is another one", "beside it, with other", "words that must not", "be mixed with them."]
    pdf = page()
    for row, pair in enumerate(zip(left, right, strict=True)):
        for column, line in enumerate(pair):
            write(pdf, line, x=MARGIN + 90 * column, y=40 + 5 * row)
    assert words(tell(bytes(pdf.output()), MOST_PAGES)) == " ".join([*left, *right]).split()


def test_what_is_stored_last_but_stands_first_is_read_first():
    pdf = write(page(), *BODY, y=60)
    write(pdf, "22 July 2020", y=20)
    assert parts(bytes(pdf.output())) == [("paragraph", "22 July 2020"), ("paragraph", " ".join(BODY))]


SUBJECTS = ("Adult Care Services", "Benefits and Tax", "Corporate and Other Services", "Housing", "Total")
RECEIVED = ("12", "3", "4", "22", "41")
DECISIONS = (("Advice given", "0"), ("Referred back", "31"), ("Uphold rate", "56%"), ("Total", "70"))


def test_tables_keep_their_rows_and_columns():
    pdf = write(page(), "Complaints and enquiries received", bold=True)
    for rows in ((SUBJECTS, RECEIVED), DECISIONS):
        with pdf.table(first_row_as_headings=rows is not DECISIONS, text_align="LEFT") as table:
            for row in rows:
                table.row(row)
        write(pdf, "What follows a table is no part of it.")
    after = ("paragraph", "What follows a table is no part of it.")
    assert parts(bytes(pdf.output())) == [
        ("heading", "Complaints and enquiries received"),
        ("table", " | ".join(SUBJECTS), " | ".join(RECEIVED)),
        after,
        ("table", *(" | ".join(row) for row in DECISIONS)),
        after,
    ]


def test_figures_of_cells_never_run_together():
    """12 and 3 are not 123, however the cells are stored."""
    pdf = page()
    for column, figure in enumerate(("1", "2", "3", "4", "22", "5")):
        write(pdf, figure, x=MARGIN + 8 * column, y=50)
    assert words(tell(bytes(pdf.output()), MOST_PAGES)) == ["1", "2", "3", "4", "22", "5"]


def test_running_heads_are_told_once_and_page_numbers_never():
    pdf = page()
    for number in (1, 2, 3):
        if number > 1:
            pdf.add_page()
        write(pdf, "Annual letter to Sometown Council", y=8)
        write(pdf, f"This is what stands on page {number} alone.", y=60)
        write(pdf, f"Our reference 4711. Page {number} of 3", y=270)
    told = tell(bytes(pdf.output()), MOST_PAGES)
    assert [len(each.blocks) for each in told] == [3, 1, 1]
    assert words(told).count("reference") == 1


def test_a_heading_of_one_page_is_no_running_head():
    pdf = write(page(), "Complaints upheld", y=22, bold=True)
    pdf.add_page()
    write(pdf, "Compliance", y=22, bold=True)
    assert words(tell(bytes(pdf.output()), MOST_PAGES)) == ["Complaints", "upheld", "Compliance"]


def test_a_page_that_no_order_fits_is_told_line_by_line():
    """Words strewn over the page: no line is lost, and none is joined to another."""
    pdf = page()
    places = [(20, 60), (60, 40), (30, 50), (100, 58), (62, 62), (25, 45), (90, 44), (40, 57)]
    for index, (x, y) in enumerate(places):
        write(pdf, f"strewn words {index} of these", x=x, y=y)
    told = parts(bytes(pdf.output()))
    assert {kind for kind, *_ in told} == {"line"}
    assert [text for _, text in told] == [f"strewn words {index} of these" for index in range(len(places))]


def test_a_page_of_very_many_lines_is_told_line_by_line():
    pdf = page()
    pdf.set_font(size=5)
    for row in range(70):
        for column in range(5):
            pdf.set_xy(10 + 38 * column, 10 + 3.8 * row)
            pdf.cell(20, 3, f"word {row} {column} there")
    assert {kind for kind, *_ in parts(bytes(pdf.output()))} == {"line"}


def test_pages_have_their_size_as_displayed():
    pdf = FPDF(orientation="landscape")
    pdf.add_page()
    [told] = tell(bytes(pdf.output()), MOST_PAGES)
    assert (round(told.width), round(told.height), told.blocks) == (842, 595, ())


def test_hidden_words_are_not_told():
    """T24: what cannot be seen on the page is none of the letter's words."""
    pdf = write(page(), *BODY)
    pdf.set_text_color(255)
    write(pdf, "Invisible zebra")
    assert "zebra" not in words(tell(bytes(pdf.output()), MOST_PAGES))


@pytest.mark.parametrize("pdf", [b"", b"junk", b"%PDF-1.7\njunk", odd_pdfs.letter()[:2000]])
def test_what_is_no_letter_is_refused(pdf):
    with pytest.raises(Unreadable):
        tell(pdf, MOST_PAGES)
