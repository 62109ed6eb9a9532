"""The numbers in the cells of the yearly tables."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.tables.cells import NoTable
from letters.tables.numbers import (
    SHARES,
    SIGNS,
    WHOLE,
    NoNumber,
    count_of,
    how_rates_are_written,
    number_of,
    rate_of,
)
from tests.yearly_tables.files import cell

D = Decimal


@pytest.mark.parametrize("value", ["n/a", "N/A", "-", "–", "..", "*", "[x]", "Not applicable"])
def test_not_stated_is_no_number(value):
    assert number_of(cell(value)) is None
    assert count_of(cell(value)) is None


@pytest.mark.parametrize(
    ("value", "count"), [("0", 0), ("45", 45), ("1,234", 1234), (D("2"), 2), (D("2.0"), 2), ("3.0", 3)]
)
def test_counts(value, count):
    assert count_of(cell(value)) == count


@pytest.mark.parametrize(
    "value",
    [
        *(
            "x",
            "4 5",
            "1,23",
            "-3",
            "3.5",
            "45%",
            "1OO",
            "forty",
            "4e3",
            "٤٥",
            "½",
            "1.234,5",
            "45*",
            "nil",
            "NaN",
        ),
        *(D("-1"), D("2.5"), D(10**9), "9" * 13),
    ],
)
def test_what_is_no_count(value):
    with pytest.raises(NoNumber):
        count_of(cell(value))


def test_a_cell_with_a_fault_is_no_number():
    with pytest.raises(NoNumber, match="a date"):
        number_of(cell("2020-01-01", fault="a date, not a number"))


@pytest.mark.parametrize(
    ("values", "how", "rates"),
    [
        (["45", "100", "0"], WHOLE, [45, 100, 0]),
        (["45.5", "1"], WHOLE, ["45.5", 1]),
        (["45%", "0 %", "n/a"], SIGNS, [45, 0, None]),
        (["0.45", "1", "0"], SHARES, [45, 100, 0]),
        (["0.45", "45%"], SHARES, [45, 45]),
        ([D("0.285")], SHARES, ["28.5"]),
        (["0", "0"], WHOLE, [0, 0]),
        (["-", ""], SIGNS, [None, None]),
    ],
)
def test_rates_are_understood_by_their_column(values, how, rates):
    cells = [cell(value) for value in values]
    assert how_rates_are_written(cells) == how
    assert [rate_of(each, how) for each in cells] == [None if rate is None else D(rate) for rate in rates]


@pytest.mark.parametrize("values", [["1", "0"], ["1"], ["0.45", "45"], ["0.5", "99"]])
def test_columns_of_rates_that_could_mean_two_things(values):
    with pytest.raises(NoTable):
        how_rates_are_written([cell(value) for value in values])


def test_a_rate_over_100_is_refused():
    with pytest.raises(NoNumber, match="no rate can be"):
        rate_of(cell("101"), WHOLE)


@given(st.integers(0, 10_000_000))
def test_counts_come_back(number):
    assert count_of(cell(str(number))) == count_of(cell(f"{number:,}")) == count_of(cell(D(number))) == number


@given(st.decimals(0, 100, places=2))
def test_rates_come_back(rate):
    assert rate_of(cell(f"{rate}%"), SIGNS) == rate
    assert rate_of(cell(rate / 100, percent=True), SIGNS) == rate
    assert rate_of(cell(str(rate / 100)), SHARES) == rate


@given(st.integers(1, 400), st.data())
def test_rates_of_workbooks_come_back(base, data):
    """A share is a float there; its count is found again."""
    count = data.draw(st.integers(0, base))
    shown = D(f"{count / base:.15g}")
    assert abs(rate_of(cell(shown, percent=True), SIGNS) - D(100 * count) / base) < D("0.000001")
