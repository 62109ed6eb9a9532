"""What the headings and titles of the yearly tables mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.tables.cells import letters
from letters.tables.columns import Figure, Kind, meaning_of, years_in


@pytest.mark.parametrize(
    ("heading", "measure", "field"),
    [
        ("Upheld", "upheld", "numerator"),
        ("UPHELD*", "upheld", "numerator"),
        ("No. upheld", "upheld", "numerator"),
        ("Number of complaints upheld", "upheld", "numerator"),
        ("Upheld 2019-20", "upheld", "numerator"),
        ("Detailed investigations", "upheld", "denominator"),
        ("Total investigations [note 1]", "upheld", "denominator"),
        ("Uphold rate (%)", "upheld", "percent"),
        ("Uphold\nrate", "upheld", "percent"),
        ("% of complaints upheld", "upheld", "percent"),
        ("Percentage upheld", "upheld", "percent"),
        ("Upheld (per cent)", "upheld", "percent"),
        ("Average uphold rate (%) of similar authorities", "upheld", "average"),
        ("Similar authorities: uphold rate", "upheld", "average"),
        ("Upheld decisions per 100,000 residents", "upheld-per-100000", "value"),
        ("Average upheld decisions per 100,000 residents", "upheld-per-100000", "average"),
        ("Number of cases with compliance outcomes", "compliance", "denominator"),
        ("Compliance rate", "compliance", "percent"),
        ("Average compliance rate (%) of similar authorities", "compliance", "average"),
        ("Satisfactory remedy decisions", "satisfactory-remedies", "numerator"),
        ("Upheld cases where the authority had provided a satisfactory remedy before the complaint reached the "
         "Ombudsman", "satisfactory-remedies", "numerator"),
        ("Satisfactory remedy rate (%)", "satisfactory-remedies", "percent"),
        ("Complaints dealt with", "dealt-with", "value"),
        ("Not for us or not ready for us to investigate", "not-for-us", "value"),
        ("Assessed & closed", "assessed-and-closed", "value"),
    ],
)  # fmt: skip
def test_headings_that_are_known(heading, measure, field):
    assert meaning_of(heading, 2020) == Figure(measure, field)


@pytest.mark.parametrize(
    "heading",
    [
        *("", "%", "Total", "Rate", "Housing", "Mystery", "Upheld 2018-19", "Upheld in the previous year", "Average"),
        *("Average upheld", "No satisfactory remedy", "% of cases with no satisfactory remedy", "Late compliance"),
        *("Compliance not satisfied", "Not upheld rate", "Average days", "Upheld reports", "Rank by uphold rate"),
        *("Upheld " * 200, "Difference from average uphold rate", "Change in uphold rate", "Uphold rate 2019"),
    ],
)  # fmt: skip
def test_headings_that_are_not_known_for_sure(heading):
    assert meaning_of(heading, 2020) is None


@pytest.mark.parametrize(
    "heading", ["Authority Name", "Name of authority", "Local authority", "Council", "Organisation"]
)
def test_headings_of_names(heading):
    assert meaning_of(heading, 2020) is Kind.NAME


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2019-20", [2020]), ("2019/20", [2020]), ("2019–2020", [2020]), ("year ending march 2020", [2020]),
        ("2019-21", []), ("2009-10 and 2019-20", [2010, 2020]), ("100000", []), ("12020", []),
    ],
)  # fmt: skip
def test_years_in_titles(text, years):
    assert [year for year in years_in(text) if year in {2010, 2020, 2021}] == years


@given(st.integers(1, 20000))
def test_columns_are_named_as_spreadsheets_do(column):
    name, number = letters(column), 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    assert number == column
