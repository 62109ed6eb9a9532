"""What stands around the rates: none due, the overview, counts without a rate, and text that is none of them."""

from datetime import date

import pytest

from tests.odd_pdfs import COMPLIANCE, OPENING, REMEDIES, STATISTICS, UPHELD, letter
from tests.readings import codes, figures_of, rate, read_here

OVERVIEW = (
    "Between 1 April 2024 to 31 March 2025, we dealt with 84 complaints. Of these, 29 were not for us or not ready"
    " for us to investigate. We assessed and closed 33 complaints. We investigated 22 complaints."
)


def test_none_due_is_no_rate_no_average_and_no_base():
    none_due = "No recommendations were due for compliance in this period"
    reading = read_here(letter([*UPHELD, COMPLIANCE[0], none_due, *REMEDIES]))
    compliance = reading.statistics[1]
    assert compliance.measure == "compliance"
    assert rate(compliance) == (None, None, None, None)
    assert compliance.readers_agree
    assert [(source.field, source.quotation) for source in compliance.sources] == [("percent", none_due)]
    assert reading.problems == ()


def test_none_due_beside_a_rate_is_a_contradiction():
    reading = read_here(
        letter([*UPHELD, *COMPLIANCE, "No recommendations were due for compliance in this period"])
    )
    assert ("ambiguous", "compliance") in codes(reading)
    assert not any(figure.measure == "compliance" and figure.readers_agree for figure in reading.statistics)


def test_the_overview():
    figures = figures_of(letter([OVERVIEW, *STATISTICS]))
    values = {
        measure: figures[measure].value for measure in ("dealt-with", "not-for-us", "assessed-and-closed")
    }
    assert values == {"dealt-with": 84, "not-for-us": 29, "assessed-and-closed": 33}
    assert figures["investigated"].value == 22
    assert figures["investigated"].period_start == date(2024, 4, 1)


def test_an_overview_in_the_singular():
    overview = OVERVIEW.replace("84 complaints", "1 complaint").replace("29 were", "0 were")
    overview = overview.replace("33 complaints", "0 complaints").replace("22 complaints", "1 complaint")
    figures = figures_of(letter([overview, *STATISTICS]))
    assert [
        figures[name].value for name in ("dealt-with", "not-for-us", "assessed-and-closed", "investigated")
    ] == [
        1,
        0,
        0,
        1,
    ]


def test_investigated_and_upheld_tell_the_counts_of_a_letter_without_others():
    statistics = [*UPHELD[:3], "We investigated 6 complaints and upheld 4."]
    upheld = figures_of(letter(statistics))["upheld"]
    assert rate(upheld) == (67, 4, 6, 45)


def test_two_different_counts_are_for_a_person():
    statistics = [*UPHELD, "We investigated 6 complaints and upheld 5."]
    reading = read_here(letter(statistics))
    assert reading.statistics[0].numerator is None
    assert ("ambiguous", "upheld") in codes(reading)


@pytest.mark.parametrize(
    "sentence",
    [
        "Last year 55% of complaints we investigated were upheld.",
        "In 77% of cases we were satisfied the authority had successfully implemented our recommendations.",
        "I note that 14% of the cases were about schools, and that there were 9 upheld decisions about housing.",
        "We dealt with 12 complaints about bins. We investigated 3 complaints about trees.",
        "This compares to an average of 61% in similar authorities.",
    ],
)
def test_running_text_before_the_statistics_is_none_of_them(sentence):
    reading = read_here(letter([sentence, *STATISTICS], opening=[*OPENING, sentence]))
    assert [rate(figure) for figure in reading.statistics] == [
        (67, 4, 6, 45),
        (88, None, 8, 99),
        (25, 1, 4, 20),
    ]
    assert reading.problems == ()
