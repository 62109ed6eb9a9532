"""Figures that cannot all be true: told by a problem each, never put right, and never a reason to lose the rest."""

from dataclasses import replace
from decimal import Decimal

import pytest

from demonstration.facts import RateFacts
from demonstration.printing import print_letter
from letters.extraction.checks import contradictions
from tests import factories
from tests.letters.rows import ROWS
from tests.odd_pdfs import COMPLIANCE, REMEDIES, STATISTICS, UPHELD, letter
from tests.readings import codes, figures_of, rate, read_here

WELLINGBOROUGH = ROWS["wellingborough-2020"]
BUCKINGHAMSHIRE = ROWS["buckinghamshire-2024"]


def printed(facts=WELLINGBOROUGH, **changed) -> bytes:
    return print_letter(replace(facts, **changed), "fpdf2")


def found_in(*figures) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.measure) for problem in contradictions(figures, 2020)]


@pytest.mark.parametrize("percent", [100, 0])
def test_of_nothing_there_is_no_rate(percent):
    """T31: 100% upheld, but no detailed investigation."""
    reading = read_here(printed(upheld=RateFacts(percent, 45, 0, 0)))
    upheld = reading.statistics[0]
    assert (upheld.percent, upheld.numerator, upheld.denominator) == (None, 0, 0)
    assert ("zero-base-with-rate", "upheld") in codes(reading)


@pytest.mark.parametrize(
    ("percent", "numerator", "denominator", "right"),
    [
        (100, 2, 2, True),
        (13, 1, 8, True),
        (88, 7, 8, True),
        (12, 1, 8, False),
        (87, 7, 8, False),
        (50, 2, 2, False),
        (0, 1, 1500, True),
        (0, 0, 2, True),
    ],
)
def test_a_rate_is_its_count_of_its_base_rounded_half_up(percent, numerator, denominator, right):
    """T32"""
    figure = factories.figure(percent=Decimal(percent), numerator=numerator, denominator=denominator)
    assert found_in(figure) == ([] if right else [("rate-contradicts-counts", "upheld")])


def test_a_letter_whose_rate_contradicts_its_counts_is_read_as_printed():
    """T32: which of them is wrong is for a person to say."""
    reading = read_here(printed(upheld=RateFacts(50, 45, 2, 2)))
    assert rate(reading.statistics[0]) == (50, 2, 2, 45)
    assert ("rate-contradicts-counts", "upheld") in codes(reading)


def test_more_upheld_than_investigated():
    """T33"""
    reading = read_here(printed(upheld=RateFacts(100, 45, 3, 2)))
    assert ("numerator-over-base", "upheld") in codes(reading)


@pytest.mark.parametrize("field", ["percent", "average"])
def test_no_rate_and_no_average_of_rates_is_over_100(field):
    """T33"""
    figure = factories.figure(**{"numerator": None, field: Decimal("100.01")})
    assert found_in(figure) == [("percent-over-100", "upheld")]


def test_each_figure_keeps_its_own_base():
    """T34: 2 investigations, 1 compliance outcome, 2 upheld decisions."""
    figures = figures_of(printed())
    assert {measure: (figure.denominator, figure.base_label) for measure, figure in figures.items()} == {
        "upheld": (2, "detailed investigations"),
        "compliance": (1, "compliance outcome"),
        "satisfactory-remedies": (2, "detailed investigations"),
    }


def test_each_figure_keeps_its_own_period():
    """T34: one block of three is about another year, and says so."""
    other = "\n\n".join(REMEDIES).replace("2019", "2018").replace("2020", "2019").split("\n\n")
    reading = read_here(letter([*UPHELD, *COMPLIANCE, *other]))
    assert [figure.period_end.year for figure in reading.statistics] == [2020, 2020, 2019]
    assert codes(reading) == {("period-differs", "satisfactory-remedies")}


def test_a_title_of_one_year_over_figures_of_another():
    """T35: title 2020, period 2018–19."""
    figures = "\n\n".join(STATISTICS).replace("2019", "2018").replace("2020", "2019").split("\n\n")
    reading = read_here(letter(figures))
    assert "year-differs" in {problem.code for problem in reading.problems}


@pytest.mark.parametrize("value", ["12345.6", "99999"])
def test_a_value_that_is_no_plain_number_leaves_the_other_figures(value):
    reading = read_here(printed(BUCKINGHAMSHIRE, per_100000=Decimal(value)))
    values = {figure.measure: figure.value for figure in reading.statistics}
    assert set(values) == {"upheld", "compliance", "satisfactory-remedies", "upheld-per-100000"}
    assert values["upheld-per-100000"] is None
    assert ("unclear-number", "upheld-per-100000") in codes(reading)
