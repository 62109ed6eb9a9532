"""Letters that contradict themselves: every figure keeps what is printed, and a person is told."""

import pytest

from tests.odd_pdfs import COMPLIANCE, OPENING, REMEDIES, STATISTICS, UPHELD, letter
from tests.readings import codes, rate, read_here


def changed(statistics, old: str, new: str) -> list[str]:
    assert any(old in text for text in statistics)
    return [text.replace(old, new) for text in statistics]


@pytest.mark.parametrize("printed", ["100%", "0%"])
def test_a_rate_of_nothing_is_no_rate(printed):
    """T31: 100% (or 0%) of 0 is not applicable; it is neither 100 nor 0, and divides nothing by zero."""
    statistics = changed(changed(STATISTICS, "67%", printed), "total of 6", "total of 0")
    reading = read_here(letter(changed(statistics, "4\nupheld", "0\nupheld")))
    upheld = reading.statistics[0]
    assert (upheld.percent, upheld.numerator, upheld.denominator) == (None, 0, 0)
    assert not upheld.readers_agree
    assert ("zero-base-with-rate", "upheld") in codes(reading)


def test_four_zeros_are_zeros():
    """An abolished council's letter may state a real 0 of 0 without a rate."""
    statistics = changed(changed(UPHELD, "4\nupheld", "0\nupheld"), "total of 6", "total of 0")
    reading = read_here(letter([text for text in statistics if "%" not in text or "average" in text]))
    assert (reading.statistics[0].numerator, reading.statistics[0].denominator) == (0, 0)


def test_a_rate_that_its_counts_contradict():
    """T32."""
    reading = read_here(letter(changed(STATISTICS, "67%", "80%")))
    assert reading.statistics[0].percent == 80
    assert ("rate-contradicts-counts", "upheld") in codes(reading)


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"), [(1, 8, 13), (7, 8, 88), (1, 200, 1), (1, 201, 0)]
)
def test_halves_are_rounded_up(numerator, denominator, percent):
    """T32: 1 of 8 is 13%, 7 of 8 is 88%."""
    statistics = changed(changed(UPHELD, "67%", f"{percent}%"), "total of 6", f"total of {denominator}")
    reading = read_here(letter(changed(statistics, "4\nupheld", f"{numerator}\nupheld")))
    assert rate(reading.statistics[0]) == (percent, numerator, denominator, 45)
    assert not {problem.code for problem in reading.problems} & {"rate-contradicts-counts"}


def test_more_upheld_than_investigated():
    """T33."""
    reading = read_here(letter(changed(STATISTICS, "4\nupheld", "7\nupheld")))
    assert ("numerator-over-base", "upheld") in codes(reading)


def test_every_figure_keeps_its_own_base_and_period():
    """T34."""
    statistics = [
        *UPHELD,
        *changed(COMPLIANCE, "1 April 2019 to 31 March 2020", "1 October 2019 to 31 March 2020"),
        *REMEDIES,
    ]
    reading = read_here(letter(statistics))
    assert [(figure.denominator, figure.base_label) for figure in reading.statistics] == [
        (6, "detailed investigations"),
        (8, "compliance outcomes"),
        (4, "detailed investigations"),
    ]
    assert [figure.period_start.month for figure in reading.statistics] == [4, 10, 4]
    assert codes(reading) == {("period-differs", "compliance")}


def test_bases_that_differ():
    """The remedies' base is the number upheld."""
    reading = read_here(letter(changed(changed(STATISTICS, "total of 4", "total of 5"), "25%", "20%")))
    assert codes(reading) == {("bases-differ", "satisfactory-remedies")}


@pytest.mark.parametrize(
    ("title", "year_end", "period"),
    [
        pytest.param("2021", "2020", "1 April 2019 to 31 March 2020", id="title"),
        pytest.param("2020", "2020", "1 April 2018 to 31 March 2019", id="period"),
        pytest.param("2020", "2021", "1 April 2019 to 31 March 2020", id="text"),
    ],
)
def test_years_that_differ(title, year_end, period):
    """T35: title, text and period must name one year."""
    opening = [
        text.replace("letter 2020", f"letter {title}").replace("31 March 2020", f"31 March {year_end}")
        for text in OPENING
    ]
    reading = read_here(letter(changed(STATISTICS, "1 April 2019 to 31 March 2020", period), opening))
    assert ("year-differs", None) in codes(reading)


def test_a_letter_dated_in_another_year():
    """T35."""
    opening = [text.replace("22 July 2020", "22 July 2022") for text in OPENING]
    assert ("year-differs", None) in codes(read_here(letter(opening=opening)))
