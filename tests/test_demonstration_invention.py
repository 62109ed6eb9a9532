"""Made-up figures: consistent in themselves and with each other, for every council and year."""

import csv
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demonstration.averages import averages
from demonstration.facts import NONE_DUE, RateFacts, percent_of
from demonstration.invent import KINDS, invent
from demonstration.invent_reports import invent_report
from demonstration.printing import print_letter
from demonstration.published import PUBLISHED
from tests.readings import read_here

REGISTER = Path(__file__).parent.parent / "councils" / "register" / "councils.csv"
with REGISTER.open() as register:
    COUNCILS = [row for row in csv.DictReader(register) if row["kind"] in KINDS]
YEARS = range(2020, 2026)
EARLIER = (2007, 2010, 2016, 2018)
GROUPS = {
    **{kind: kind for kind in ("county", "district", "metropolitan", "unitary", "london-borough")},
    "city-corporation": "london-borough",
}


def letter_of(row: dict, year: int):
    return invent(row["name"], row["slug"], row["kind"], year)


councils_and_years = given(st.sampled_from(COUNCILS), st.sampled_from(YEARS))


@councils_and_years
def test_rates_follow_from_their_counts(row, year):
    facts = letter_of(row, year)
    assert facts.upheld.percent == percent_of(facts.upheld.numerator, facts.upheld.denominator)
    assert 0 <= facts.upheld.numerator <= facts.upheld.denominator
    assert facts.upheld.denominator >= 1
    if facts.upheld.numerator == 0:
        assert facts.remedies is None
    else:
        assert facts.remedies.denominator == facts.upheld.numerator
        assert facts.remedies.percent == percent_of(facts.remedies.numerator, facts.remedies.denominator)
    if facts.compliance != NONE_DUE:
        base = facts.compliance.denominator
        assert base >= 1
        assert facts.compliance.percent in {percent_of(complied, base) for complied in range(base + 1)}
        assert facts.compliance.numerator is None


@councils_and_years
def test_later_figures_begin_in_their_year_and_add_up(row, year):
    facts = letter_of(row, year)
    compared = row["kind"] in GROUPS
    assert (facts.per_100000 is not None) == (year >= 2023 and compared)
    assert (facts.per_100000_average is not None) == (year >= 2023 and compared)
    assert (facts.overview is not None) == (year >= 2025)
    if facts.overview:
        o = facts.overview
        assert o.dealt_with == o.not_for_us + o.assessed_and_closed + o.investigated
        assert o.investigated == facts.upheld.denominator
        assert min(o.not_for_us, o.assessed_and_closed) >= 0


@given(st.sampled_from([row for row in COUNCILS if row["kind"] in GROUPS]))
def test_figures_per_100000_fit_one_population(row):
    """Each year's figure allows a range of populations, by its rounding; some population lies in all of them."""
    smallest, largest = 0.0, float("inf")
    for year in (2023, 2024, 2025):
        facts = letter_of(row, year)
        upheld, rate = facts.upheld.numerator, float(facts.per_100000)
        if upheld:
            smallest = max(smallest, upheld * 100_000 / (rate + 0.0501))
            largest = min(largest, upheld * 100_000 / max(rate - 0.0501, 1e-9))
        else:
            assert rate == 0
    assert smallest <= largest


@councils_and_years
def test_a_group_prints_one_average_and_a_body_without_group_none(row, year):
    facts = letter_of(row, year)
    printed = [
        rate and rate.average
        for rate in (facts.upheld, facts.compliance, facts.remedies)
        if isinstance(rate, RateFacts)
    ]
    if row["kind"] not in GROUPS:
        assert set(printed) == {None}
        return
    usual = averages(GROUPS[row["kind"]], year)
    assert facts.upheld.average == usual.upheld
    assert facts.compliance == NONE_DUE or facts.compliance.average == usual.compliance
    assert facts.remedies is None or facts.remedies.average == usual.remedies
    assert facts.per_100000_average in {None, usual.per_100000}


@councils_and_years
def test_the_same_council_and_year_is_always_the_same_letter(row, year):
    assert letter_of(row, year) == letter_of(row, year)
    assert letter_of(row, year).council == row["name"]
    assert not letter_of(row, year).real


@pytest.mark.parametrize("facts", PUBLISHED, ids=lambda facts: facts.council)
def test_averages_are_the_published_ones_where_there_are_any(facts):
    kind = next(row["kind"] for row in COUNCILS if row["name"] == facts.council)
    usual = averages(GROUPS[kind], facts.year_ending)
    for rate, average in (
        (facts.upheld, usual.upheld),
        (facts.compliance, usual.compliance),
        (facts.remedies, usual.remedies),
    ):
        assert rate is None or rate.average in {None, average}
    assert facts.per_100000_average in {None, usual.per_100000}


def test_a_year_of_letters_has_all_that_real_ones_have():
    letters = [letter_of(row, 2025) for row in COUNCILS if not row["last_day"]]
    assert len(letters) > 300
    assert any(facts.compliance == NONE_DUE for facts in letters)
    assert any(facts.upheld.percent == 0 for facts in letters)
    assert any(facts.upheld.percent == 100 and facts.upheld.denominator > 5 for facts in letters)
    assert any(facts.upheld.denominator == 1 for facts in letters)
    assert any(facts.upheld.denominator > 50 for facts in letters)
    assert any(
        isinstance(facts.compliance, RateFacts) and facts.compliance.percent < 100 for facts in letters
    )
    assert any(re.match("Interim|Acting", facts.recipient_post) for facts in letters)
    rates = [facts.upheld.numerator / facts.upheld.denominator for facts in letters]
    assert 0.6 < sum(rates) / len(rates) < 0.85


def test_per_100000_is_rounded_half_up():
    """Oxfordshire's population is such that its published figure comes out."""
    facts = letter_of(next(row for row in COUNCILS if row["name"] == "Oxfordshire County Council"), 2024)
    population = int(22 * 100_000 / Decimal("2.9"))
    exact = Decimal(facts.upheld.numerator * 100_000) / population
    assert facts.per_100000 == exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


@pytest.mark.parametrize("year", EARLIER)
@pytest.mark.parametrize("council", ["Leeds City Council", "Wellingborough Borough Council"])
@pytest.mark.parametrize("program", ["fpdf2", "typst"])
def test_earlier_letters_are_read_as_they_were_printed(council, year, program):
    facts = invent_report(council, council.lower().replace(" ", "-"), year)
    reading = read_here(print_letter(facts, program))
    read = {each.measure: (each.percent, each.value) for each in reading.statistics if each.readers_agree}
    printed = {each["measure"]: (each["percent"], each["value"]) for each in facts.expected()["statistics"]}
    assert {measure: tuple(map(_plain, pair)) for measure, pair in read.items()} == printed
    assert reading.problems == ()


def _plain(number):
    return None if number is None else float(number)
