"""Figures of one letter against each other, and rounding as the Ombudsman rounds."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.extraction.checks import contradictions
from letters.extraction.rounding import is_rate_of, rounded_rate
from letters.extraction.types import Figure
from tests.factories import figure

OVERVIEW = {"dealt-with": 84, "not-for-us": 29, "assessed-and-closed": 33, "investigated": 22}


def found(*figures: Figure, year_ending: int | None = None) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.measure) for problem in contradictions(figures, year_ending)]


def number(measure: str, value: int) -> Figure:
    return Figure(measure, value=Decimal(value))


@pytest.mark.parametrize(
    ("numerator", "denominator", "rate"),
    [
        (1, 8, 13),
        (7, 8, 88),
        (2, 2, 100),
        (0, 2, 0),
        (1, 3, 33),
        (2, 3, 67),
        (1, 200, 1),
        (1, 201, 0),
        (11, 15, 73),
    ],
)
def test_halves_are_rounded_up(numerator, denominator, rate):
    """T32. Python's round() gives 12 for 1 of 8."""
    assert rounded_rate(numerator, denominator) == rate


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_rounded_rate_is_nearest(numerator, denominator):
    exact = Fraction(100 * numerator, denominator)
    rate = rounded_rate(numerator, denominator)
    assert Fraction(-1, 2) <= exact - rate < Fraction(1, 2)
    assert is_rate_of(Decimal(rate), numerator, denominator)
    assert not is_rate_of(Decimal(rate + 1), numerator, denominator)


def test_nothing_has_no_rate():
    with pytest.raises(ZeroDivisionError):
        rounded_rate(0, 0)
    assert not is_rate_of(Decimal(0), 0, 0)


@pytest.mark.parametrize("percent", ["66.7", "66.67", "67", "67.00"])
def test_a_rate_may_be_printed_with_decimals(percent):
    assert is_rate_of(Decimal(percent), 2, 3)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({}, None, id="2 of 2 is 100%"),
        pytest.param({"percent": Decimal("100.00")}, None, id="as a database gives it back"),
        pytest.param({"percent": Decimal(80)}, "rate-contradicts-counts", id="T32"),
        pytest.param({"numerator": 3, "percent": None}, "numerator-over-base", id="T33 count over base"),
        pytest.param({"percent": Decimal(145), "numerator": None}, "percent-over-100", id="T33 over 100"),
        pytest.param({"percent": Decimal(-5), "numerator": None}, "percent-over-100", id="T33 negative"),
        pytest.param({"average": Decimal(145)}, "percent-over-100", id="T33 average"),
        pytest.param({"numerator": 0, "denominator": 0}, "zero-base-with-rate", id="T31"),
        pytest.param({"numerator": 0, "denominator": 0, "percent": None}, None, id="T31 without a rate"),
        pytest.param({"numerator": None}, None, id="no count"),
        pytest.param({"numerator": None, "percent": Decimal(50)}, None, id="a count that is not stated"),
        pytest.param(
            {"numerator": None, "denominator": 1, "percent": Decimal(50)},
            "rate-contradicts-base",
            id="no count of 1",
        ),
        pytest.param(
            {"numerator": None, "denominator": 8, "percent": Decimal(99)},
            "rate-contradicts-base",
            id="no count of 8",
        ),
        pytest.param(
            {"numerator": None, "denominator": 8, "percent": Decimal("87.5")}, None, id="to a decimal"
        ),
        pytest.param(
            {"numerator": None, "denominator": 8, "percent": Decimal(88)}, None, id="halves rounded up"
        ),
        pytest.param({"numerator": None, "denominator": 0, "percent": None}, None, id="no count of none"),
        pytest.param({"denominator": None}, None, id="no base"),
        pytest.param({"period_start": date(2020, 4, 1)}, None, id="period not looked at without a year"),
    ],
)
def test_one_figure(changes, code):
    assert found(figure(**changes)) == ([(code, "upheld")] if code else [])


def test_the_message_says_what_is_printed_and_what_follows():
    [problem] = contradictions([figure(percent=Decimal("80.00"))])
    assert problem.message == "The rate is 80%, but 2 of 2 is 100%."


def test_the_remedies_base_is_the_number_upheld():
    remedies = figure("satisfactory-remedies", percent=Decimal(0), numerator=0, denominator=2)
    assert found(figure(), remedies) == []
    assert found(figure(), replace(remedies, denominator=3)) == [("bases-differ", "satisfactory-remedies")]
    assert found(replace(figure(), numerator=None), replace(remedies, denominator=3)) == []


def test_the_overview_adds_up():
    numbers = [number(measure, value) for measure, value in OVERVIEW.items()]
    assert found(*numbers) == []
    assert found(number("dealt-with", 85), *numbers[1:]) == [("overview-sum", "dealt-with")]
    assert found(*numbers[:3]) == []


def test_the_investigated_are_the_base_of_the_upheld():
    upheld = figure(percent=Decimal(100), numerator=22, denominator=22)
    assert found(upheld, number("investigated", 22)) == []
    assert found(upheld, number("investigated", 23)) == [("bases-differ", "investigated")]


def test_periods_against_each_other():
    """T34: each figure has its own period; one that differs from the others is pointed out."""
    other = figure("compliance", numerator=None, period_start=date(2018, 4, 1), period_end=date(2019, 3, 31))
    remedies = figure("satisfactory-remedies")
    assert found(figure(), other, remedies) == [("period-differs", "compliance")]


def test_periods_against_the_year():
    """T35."""
    assert found(figure(), year_ending=2020) == []
    assert found(figure(), year_ending=2021) == [("year-differs", None)]


def test_rows_of_a_database_are_checked_too():
    class Row:
        measure = "upheld"
        percent, value, average = Decimal("80.00"), None, Decimal("45.00")
        numerator, denominator = 2, 2
        period_start = period_end = None

    assert found(Row()) == [("rate-contradicts-counts", "upheld")]
