"""Words and signs by which a figure, however well read, is another council's or year's, or no longer holds."""

import io

import pikepdf
import pytest
from fpdf import FPDF
from PIL import Image

from letters.measures import HEADLINE
from tests import odd_pdfs
from tests.odd_pdfs import COMPLIANCE, OPENING, REMEDIES, STATISTICS, UPHELD, letter, placed
from tests.readings import codes, read_here

ADJUSTED = (
    "Adjusted for {}'s population, this is 4.2 upheld decisions per 100,000 residents. The average for authorities of"
    " this type is 2.5 upheld decisions per 100,000 residents."
)
SECOND = "Annual Review letter 2020"


def sure(reading) -> set[str]:
    return {figure.measure for figure in reading.statistics if figure.readers_agree}


@pytest.mark.parametrize(
    ("statistics", "code"),
    [
        (("Local Authority Report: Northampton Borough Council", *STATISTICS), "another-council"),
        (("Northampton Borough Council", *STATISTICS), "another-council"),
        (("LONDON BOROUGH OF CROYDON", *STATISTICS), "another-council"),
        (("Statistics for Kent County Council", *STATISTICS), "another-council"),
        (("Statistics for St Helens Metropolitan\nBorough Council", *STATISTICS), "another-council"),
        (("Statistics for the City of London Corporation", *STATISTICS), "another-council"),
        ((*STATISTICS, ADJUSTED.format("Northampton")), "another-council"),
        ((*STATISTICS, ADJUSTED.format("City of London Corporation")), "another-council"),
        (
            (
                *UPHELD,
                *REMEDIES,
                "Mr Other\nChief Executive\nKent County Council",
                "Dear Mr Other",
                *COMPLIANCE,
            ),
            "two-letters",
        ),
        ((*UPHELD, "Dear Mr Other", SECOND, *COMPLIANCE, *REMEDIES), "two-letters"),
        ((*UPHELD, "Dear Ms Example", "Annual Review letter 2019", *COMPLIANCE, *REMEDIES), "two-letters"),
        ((*STATISTICS, "Correction (2 September): the rate of compliance is 75%."), "says-corrected"),
        ((*STATISTICS, "The rate above should read 75%."), "says-corrected"),
        (
            tuple(text.replace("67%", "67% (previously reported as 57%)") for text in STATISTICS),
            "says-corrected",
        ),
        (
            tuple(text.replace("2019 to 31 March 2020", "2018 to 31 March 2019") for text in STATISTICS),
            "year-differs",
        ),
    ],
)
def test_nothing_is_sure(statistics, code):
    reading = read_here(letter(statistics))
    assert code in {problem.code for problem in reading.problems}
    assert reading.statistics
    assert sure(reading) == set()


@pytest.mark.parametrize(
    "said",
    [
        "Local Authority Report: Wellingborough Borough Council",
        "Borough Council of Wellingborough",
        "Statistics for Wellingborough\nBorough Council",
        "Chief Executive\nWellingborough Borough Council",
        "Your Council",
        "Satisfactory Remedies Provided By The Authority",
        ADJUSTED.format("Wellingborough"),
        ADJUSTED.format("your area"),
        ADJUSTED.format("Wellingborough").replace("The average", "The\naverage"),
        ADJUSTED.format("Wellingborough").replace(". The average", ".The average"),
        "In 2018 we put a correction to a public report on our website.",
    ],
)
def test_what_says_nothing_of_others_leaves_figures_sure(said):
    reading = read_here(letter((*STATISTICS, said)))
    assert sure(reading) == {figure.measure for figure in reading.statistics}
    assert len(sure(reading)) >= len(HEADLINE)
    assert not {code for code, _ in codes(reading)} & {"another-council", "two-letters", "says-corrected"}


@pytest.mark.parametrize("mark", ["'", "’"])
def test_a_name_broken_between_lines_is_not_another_council(mark):
    """In a narrow column the name of a borough is the end of one line and all of the next."""
    opening = [
        text.replace("Wellingborough Borough Council", "London Borough of Bromley") for text in OPENING
    ]
    broken = ADJUSTED.format("London\nBorough of Bromley").replace("'s population", f"{mark}s\npopulation")
    reading = read_here(letter((*STATISTICS, broken), opening))
    assert reading.authority == "London Borough of Bromley"
    assert "another-council" not in {code for code, _ in codes(reading)}
    assert len(sure(reading)) >= len(HEADLINE)


@pytest.mark.parametrize(
    ("measure", "old", "new"),
    [
        ("compliance", "In 88%", "In 2018-19, in 88%"),
        ("compliance", "In 88%", "Across England, in 88%"),
        ("compliance", "In 88%", "In fewer than 88%"),
        ("compliance", "In 88%", "In not 88%"),
        ("compliance", "In 88%", "If in 88%"),
        ("compliance", "In 88%", "Kent County Council: In 88%"),
        ("compliance", "In 88%", "This is what we say of councils in England, and it is\nthat in 88%"),
        ("compliance", "were satisfied", "were dissatisfied how"),
        ("compliance", "were satisfied", "were less than satisfied"),
        ("compliance", "were satisfied", "weren't satisfied"),
        ("compliance", "had successfully", "had unsuccessfully"),
        ("compliance", "had successfully", "had late but successfully"),
        ("compliance", "had successfully implemented", "had failed to implement"),
        ("compliance", "had successfully", "had only partly"),
        ("compliance", "This compares", "For London boroughs this compares"),
    ],
)
def test_a_sentence_that_says_something_else_is_for_a_person(measure, old, new):
    """The number is proposed, since most likely it is the one; but nothing else in the letter proves it."""
    statistics = [text.replace(old, new, 1) if text in COMPLIANCE else text for text in STATISTICS]
    assert statistics != list(STATISTICS)
    reading = read_here(letter(statistics))
    assert sure(reading) == {"upheld", "satisfactory-remedies"}
    assert ("wording-doubtful", measure) in codes(reading)


@pytest.mark.parametrize(
    ("said", "measure"),
    [
        ("Last year we dealt with 30 complaints. Of these, 9 were not for us.", "dealt-with"),
        ("In all of England we dealt with 30 complaints. Of these, 9 were not for us.", "not-for-us"),
        ("Last year this is 6.1 upheld decisions per 100,000 residents.", "upheld-per-100000"),
        (
            "Adjusted for the number of children, this is 6.1 upheld decisions per 100,000 residents.",
            "upheld-per-100000",
        ),
        (
            "In 2018 the average for authorities of this type is 2.5 upheld decisions per 100,000.",
            "upheld-per-100000",
        ),
    ],
)
def test_a_figure_of_another_year_in_a_sentence_of_its_own_is_for_a_person(said, measure):
    reading = read_here(letter((*STATISTICS, said)))
    assert measure not in sure(reading)
    assert ("wording-doubtful", measure) in codes(reading)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("67% of complaints", "Nationally, 67% of complaints"),
        ("In 88%", "• In 88%"),
        ("In 88%", "Compliance with Ombudsman recommendations: In 88%"),
        ("the authority had", "that Wellingborough Borough Council had"),
        ("successfully implemented", "carried out"),
    ],
)
def test_what_arithmetic_or_usual_words_make_sure(old, new):
    reading = read_here(letter([text.replace(old, new) for text in STATISTICS]))
    assert sure(reading) == {"upheld", "compliance", "satisfactory-remedies"}


def lines_of(texts) -> list[tuple[float, float, str, float]]:
    lines = [line for text in texts for line in text.split("\n")]
    return [(20, 20 + 7 * number, line, 10) for number, line in enumerate(lines)]


@pytest.mark.parametrize("beside", [0.3, 0.6, 0.9, -0.6])
def test_a_number_pasted_over_another_is_no_number(beside):
    """Neither of the two is believed, wherever the new one lies upon the old."""
    lines = lines_of(STATISTICS)
    x, y, _, _ = next(line for line in lines if line[2].startswith("In 88%"))
    reading = read_here(placed([*lines, (x + 3.2 + beside, y, "75%", 10)]))
    assert "compliance" not in sure(reading)


def struck_out(statistics, part: str) -> bytes:
    """The letter with a line through some words of its statistics, as a corrected print shows what no longer holds."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=10)
    for x, y, text, _ in lines_of(OPENING):
        pdf.text(x, y, text[:110])
    pdf.add_page()
    for x, y, text, _ in lines_of(statistics):
        pdf.text(x, y, text)
        if part in text:
            begin = x + pdf.get_string_width(text[: text.index(part)])
            pdf.line(begin, y - 1.2, begin + pdf.get_string_width(part), y - 1.2)
    return bytes(pdf.output())


@pytest.mark.parametrize("part", ["88%", "8 compliance", "In 88% of cases we were satisfied", "99%"])
def test_what_a_line_goes_through_is_not_believed(part):
    assert "compliance" in sure(read_here(struck_out(STATISTICS, "nowhere")))
    reading = read_here(struck_out(STATISTICS, part))
    assert "compliance" not in sure(reading)
    assert reading.problems


def with_note(kind: str) -> bytes:
    """The letter with a note over the rate of compliance, as programs put it there that add to PDFs."""
    with pikepdf.open(io.BytesIO(placed(lines_of(STATISTICS)))) as pdf:
        page = pdf.pages[1]
        left, bottom = 20 / 25.4 * 72 + 8, float(page.mediabox[3]) - (20 + 7 * 7) / 25.4 * 72 - 3
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name(f"/{kind}"),
            Rect=pikepdf.Array([left, bottom, left + 24, bottom + 12]),
        )
        page.Annots = pikepdf.Array([pdf.make_indirect(note)])
        return odd_pdfs._saved(pdf)


@pytest.mark.parametrize("kind", ["FreeText", "StrikeOut", "Square", "Ink", "Stamp", "Redact"])
def test_what_a_note_covers_or_strikes_out_is_not_believed(kind):
    reading = read_here(with_note(kind))
    assert sure(reading) == set()
    assert ("unclear-number", "compliance") in codes(reading)


@pytest.mark.parametrize("kind", ["Link", "Highlight", "Underline"])
def test_notes_that_leave_what_is_under_them_do_no_harm(kind):
    assert sure(read_here(with_note(kind))) == {"upheld", "compliance", "satisfactory-remedies"}


def with_picture(above: bool) -> bytes:
    """The letter with a white picture under its rate of compliance, or over it."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=10)
    for x, y, text, _ in lines_of(OPENING):
        pdf.text(x, y, text)
    pdf.add_page()
    patch = Image.effect_noise((60, 30), 60)
    for x, y, text, _ in lines_of(STATISTICS):
        if text.startswith("In 88%") and not above:
            pdf.image(patch, x + 3, y - 3, 9, 4)
        pdf.text(x, y, text)
        if text.startswith("In 88%") and above:
            pdf.image(patch, x + 3, y - 3, 9, 4)
    return bytes(pdf.output())


def test_what_a_picture_was_pasted_over_is_not_believed():
    assert "compliance" in sure(read_here(with_picture(above=False)))
    reading = read_here(with_picture(above=True))
    assert "compliance" not in sure(reading)
    assert ("unclear-number", "compliance") in codes(reading)


def three_years(*rows: tuple[str, str, str]) -> bytes:
    """A letter to 2008 whose rows have the first and last day of their year on lines of their own, a dash between."""
    opening = [text.replace("letter 2020", "Letter 2007/08").replace("2020", "2008") for text in OPENING[:-2]]
    heads = (
        "MI reps",
        "LS",
        "M reps",
        "No mal",
        "Omb disc",
        "Premature complaints",
        "Total excl premature",
        "Total",
    )
    texts = [(20 + 20 * number, 30, head, 5) for number, head in enumerate(("", *heads)) if head]
    for number, (begin, end, counts) in enumerate(rows):
        y = 40 + 12 * number
        texts += [(20, y - 3, begin, 7), (20, y, "-", 7), (20, y + 3, end, 7)]
        texts += [(20 + 20 * place, y, count, 7) for place, count in enumerate(counts.split(), 1)]
    return placed(texts, opening)


def test_a_row_of_three_years_whose_year_was_not_read_is_for_a_person():
    """It may be that of any of the three years; here the newest stands last."""
    reading = read_here(
        three_years(
            ("01/04/2005", "31/03/2006", "0 0 1 1 0 2 2 4"),
            ("2006 /", "2007", "0 2 0 0 0 1 2 3"),
            ("01/04/2007", "31/03/2008", "0 0 0 0 0 2 0 2"),
        )
    )
    assert reading.year_ending == 2008
    assert sure(reading) <= {"decided:premature-complaints", "decided:total"}
    assert all(figure.value == 2 for figure in reading.statistics if figure.readers_agree)
