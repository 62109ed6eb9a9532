"""The sentence forms of the letters, and what stands in them: read rightly, or refused with a problem."""

from datetime import date
from decimal import Decimal
from textwrap import wrap

import pytest

from tests.odd_pdfs import COMPLIANCE, REMEDIES, STATISTICS, UPHELD, letter, placed
from tests.readings import codes, figures_of, rate, read_here

PER_100000 = "upheld-per-100000"
PERIOD = "for the period between 1 April 2019 to 31 March 2020"


def with_changed(old: str, new: str) -> bytes:
    """A letter whose statistics say `new` where they said `old`, once."""
    text = "\n\n".join(STATISTICS)
    assert old in text
    return letter(text.replace(old, new, 1).split("\n\n"))


@pytest.mark.parametrize(
    ("printed", "percent"),
    [
        ("67%", "67"),
        ("67 %", "67"),
        ("66.7%", "66.7"),
        ("**67%**", "67"),
        ("67 per cent", "67"),
        ("67%\n", "67"),
        ("•   67%", "67"),
        ("In67%", "67"),
    ],
)
def test_a_rate_is_read(printed, percent):
    reading = read_here(with_changed("67%", printed))
    assert reading.statistics[0].percent == Decimal(percent)
    assert reading.statistics[0].readers_agree
    assert reading.problems == ()


@pytest.mark.parametrize("joined", ["ü", "ý©", "f i", "?", ""])
def test_a_joined_fi_may_be_stored_as_anything(joined):
    """Ghostscript stores it as what its shape happens to be numbered, and pdfminer misses troff's."""
    reading = read_here(with_changed("satisfied", f"satis{joined}ed"))
    compliance = next(figure for figure in reading.statistics if figure.measure == "compliance")
    assert (compliance.percent, compliance.average, compliance.readers_agree) == (88, 99, True)
    assert reading.problems == ()


@pytest.mark.parametrize(
    "printed",
    [
        "6O%",
        "l7%",
        "sixty-seven per cent",
        "-67%",
        "067%",
        "6 7%",
        "67",
        "67%%",
        "1,67%",
        "6.7.0%",
        "67‰",
        "c.67%",
        "approx.67%",
    ],
)
def test_what_is_no_plain_rate_is_left_to_a_person(printed):
    """T33: never cut to a number that could be."""
    reading = read_here(with_changed("67%", printed.replace("‰", "\u2030")))
    assert reading.statistics[0].percent is None
    assert not reading.statistics[0].readers_agree
    assert ("unclear-number", "upheld") in codes(reading)


@pytest.mark.parametrize("printed", ["4S%", "forty-five per cent", "-45%", "4 5%", "45", "045%", "145%"])
def test_what_is_no_plain_average_is_left_to_a_person(printed):
    """T33, for the average, which no arithmetic checks."""
    reading = read_here(with_changed("45%", printed))
    assert reading.statistics[0].average is None
    assert not reading.statistics[0].readers_agree
    assert {"unclear-number", "percent-over-100"} & {problem.code for problem in reading.problems}


def test_a_rate_over_100_is_no_rate():
    """T33."""
    reading = read_here(with_changed("67%", "167%"))
    assert reading.statistics[0].percent is None
    assert ("percent-over-100", "upheld") in codes(reading)


@pytest.mark.parametrize("printed", ["4 000", "4.5", "four", "004", "4²", "4?", "-4"])
def test_what_is_no_plain_count_is_left_to_a_person(printed):
    reading = read_here(with_changed("4\nupheld decisions", f"{printed}\nupheld decisions"))
    assert reading.statistics[0].numerator is None
    assert {problem.code for problem in reading.problems} & {"unclear-number", "count-missing"}


def test_thousands_have_a_comma():
    counted = with_changed("4\nupheld decisions", "1,234\nupheld decisions")
    figures = figures_of(counted)
    assert figures["upheld"].numerator == 1234


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("similar authorities", "similar councils"),
        ("similar authorities", "similar organisations"),
        ("were upheld. ", "were upheld."),
        ("This compares", "THIS COMPARES"),
        ("the authority had", "the Council had"),
        ("the authority had", "the organisation has"),
        ("provided by the authority", "provided by the council"),
        ("provided by the authority", "provided by the organisation"),
        ("Satisfactory remedies provided", "Satisfactory remedy provided"),
        ("our recommendations", "our  recommen-\ndations"),
        ("between 1 April 2019 to", "from 1 April 2019 until"),
        ("1 April 2019 to 31 March 2020", "1st April 2019 to 31st March 2020"),
        ("Ombudsman recommendations", "Ombudsman’s recommendations"),
        ("Compliance with Ombudsman recommendations", "Compliance with recommendations"),
    ],
)
def test_wordings_that_say_the_same(old, new):
    statistics = [text.replace(old, new) for text in STATISTICS]
    reading = read_here(letter(statistics))
    assert [rate(figure) for figure in reading.statistics] == [
        (67, 4, 6, 45),
        (88, None, 8, 99),
        (25, 1, 4, 20),
    ]
    assert all(figure.readers_agree for figure in reading.statistics)


@pytest.mark.parametrize("first", [1, 2])
def test_columns_may_begin_at_different_heights(first):
    """Complaints upheld, alone or with compliance, in the left column; the rest in the right one, a little higher."""
    blocks = [UPHELD, COMPLIANCE, REMEDIES]
    texts = []
    for x, y, column in ((10, 30, blocks[:first]), (110, 27, blocks[first:])):
        lines = [line for block in column for text in block for line in wrap(text, 60)]
        texts += [(x, y + 6 * number, line, 8) for number, line in enumerate(lines)]
    reading = read_here(placed(texts))
    assert [rate(figure) for figure in reading.statistics if figure.readers_agree] == [
        (67, 4, 6, 45),
        (88, None, 8, 99),
        (25, 1, 4, 20),
    ]


@pytest.mark.parametrize(
    ("said", "turned_round", "measure"),
    [
        ("cases we were satisfied", "cases we were not satisfied", "compliance"),
        ("cases we were satisfied", "cases we were unable to be satisfied", "compliance"),
        (
            "we found the authority had provided",
            "we found the authority had not provided",
            "satisfactory-remedies",
        ),
    ],
)
def test_a_sentence_that_is_turned_round_is_not_taken_for_the_usual_one(said, turned_round, measure):
    reading = read_here(with_changed(said, turned_round))
    assert not [each for each in reading.statistics if each.measure == measure and each.readers_agree]
    assert reading.problems


def test_cases_in_which_nothing_was_due_are_not_that_nothing_was():
    said = [each for each in STATISTICS if "cases we were satisfied" in each]
    denied = "There were no cases in which no recommendations were due."
    reading = read_here(with_changed(said[0], denied))
    assert not [each for each in reading.statistics if each.measure == "compliance" and each.readers_agree]


@pytest.mark.parametrize("due", [True, False])
def test_bases_may_stand_at_the_end_as_footnotes(due):
    compliance = (
        COMPLIANCE if due else (COMPLIANCE[0], "No recommendations were due for compliance in this period.")
    )
    blocks = (UPHELD, compliance, REMEDIES) if due else (UPHELD, REMEDIES, compliance)
    bases = [block[-1] for block in blocks if block[-1].startswith("Statistics")]
    said = [text for block in blocks for text in block if text not in bases]
    noted = [text.replace("were upheld.", "were upheld.1 This is a third more than before.") for text in said]
    for each in (said, noted):
        figures = figures_of(letter((*each, *bases)))
        assert rate(figures["upheld"]) == (67, 4, 6, 45)
        assert rate(figures["satisfactory-remedies"]) == (25, 1, 4, 20)
        assert figures["compliance"].denominator == (8 if due else None)
        assert all(figure.readers_agree for figure in figures.values())


@pytest.mark.parametrize("bases", [(2, 1, 0), (0, 1), (2, 1), (0, 1, 2, 0)])
def test_footnotes_that_are_not_one_for_each_rate_in_its_order_are_for_a_person(bases):
    blocks = UPHELD, COMPLIANCE, REMEDIES
    said = [text for block in blocks for text in block[:-1]]
    reading = read_here(letter((*said, *(blocks[index][-1] for index in bases))))
    assert not any(figure.readers_agree for figure in reading.statistics)


def test_an_average_may_follow_a_footnotes_sign():
    joined = with_changed("were upheld.\n\nThis compares", "were upheld.1 This compares")
    figures = figures_of(joined)
    assert rate(figures["upheld"]) == (67, 4, 6, 45)
    assert figures["upheld"].readers_agree


def test_singular_forms():
    statistics = [
        UPHELD[0],
        "100% of complaints we investigated were upheld.",
        "1\nupheld decision",
        f"Statistics are based on a total of 1 detailed investigation {PERIOD}",
        COMPLIANCE[0],
        "In 100% of cases we were satisfied the authority had successfully implemented our recommendations.",
        f"Statistics are based on a total of 1 compliance outcome {PERIOD}",
        REMEDIES[0],
        "In 0% of upheld cases we found the authority had provided a satisfactory remedy before the complaint reached"
        " the Ombudsman.",
        "0\nsatisfactory remedy decisions",
        f"Statistics are based on a total of 1 upheld decision {PERIOD}",
    ]
    reading = read_here(letter(statistics))
    assert [rate(figure) for figure in reading.statistics] == [
        (100, 1, 1, None),
        (100, None, 1, None),
        (0, 0, 1, None),
    ]
    assert [figure.base_label for figure in reading.statistics] == [
        "detailed investigation",
        "compliance outcome",
        "upheld decision",
    ]
    assert reading.problems == ()


def test_upheld_decisions_in_three_senses():
    """The count, the figure per 100,000 and the base of the remedies all read "N upheld decisions"."""
    statistics = [
        *UPHELD[:3],
        "Adjusted for Example Council's population, this is 7 upheld decisions per 100,000 residents.",
        *UPHELD[3:],
        *REMEDIES[:4],
        REMEDIES[4].replace("detailed investigations", "upheld decisions"),
    ]
    figures = figures_of(letter(statistics))
    assert rate(figures["upheld"]) == (67, 4, 6, 45)
    assert figures[PER_100000].value == 7
    assert rate(figures["satisfactory-remedies"]) == (25, 1, 4, 20)
    assert figures["satisfactory-remedies"].base_label == "upheld decisions"


@pytest.mark.parametrize(
    ("sentences", "value", "average"),
    [
        ("this is 5.5 upheld decisions per 100,000 residents.", "5.5", None),
        ("this is 11 upheld decisions per 100,000 residents.", "11", None),
        ("this is 7.5% upheld decisions per 100,000 residents.", "7.5", None),
        ("this is 1 upheld decision per 100,000 residents.", "1", None),
        ("this is 2.0 upheld decisions per 100 000 residents.", "2", None),
        (
            "this is 5.5 upheld decisions per 100,000 residents.The average for authorities of this type is 4.6"
            " upheld decisions per 100,000 residents.",
            "5.5",
            "4.6",
        ),
        (
            "this is 5.5 upheld decisions\nper 100,000 residents. The average for organisations of this type\nis 8"
            " upheld decisions per 100,000 residents.",
            "5.5",
            "8",
        ),
    ],
)
def test_per_100000(sentences, value, average):
    statistics = [*UPHELD[:3], f"Adjusted for Example Council's population, {sentences}", *UPHELD[3:]]
    figures = figures_of(letter(statistics))
    assert figures[PER_100000].value == Decimal(value)
    assert figures[PER_100000].average == (Decimal(average) if average else None)
    assert figures[PER_100000].period_end == date(2020, 3, 31)
    assert figures["upheld"].numerator == 4


@pytest.mark.parametrize(
    "sentence",
    [
        "The average for authorities of this type is 4.6 upheld decisions per 100,000 residents.",
        "By population it is 5.5 decisions upheld per 100,000 residents.",
    ],
)
def test_a_figure_that_is_spoken_of_and_not_read_is_told(sentence):
    reading = read_here(letter([*UPHELD[:3], sentence, *STATISTICS[3:]]))
    assert ("figure-missing", PER_100000) in codes(reading)
