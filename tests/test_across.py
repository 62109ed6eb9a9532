"""What contradicts across letters: the averages of a kind and year, and a council's own year before."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councils.kinds import SimilarGroup
from letters import across, workflow
from letters.across import averages, last_year
from tests import factories
from tests.contradictions import codes, district, letters_of_a_year, stated

D = Decimal


# --- the vote


@pytest.mark.parametrize(
    ("printed", "clear"),
    [
        ({}, None),
        ({"45": 1}, None),
        ({"45": 2}, None),
        ({"45": 3}, "45"),
        ({"45": 2, "54": 1}, None),
        ({"45": 3, "54": 1}, "45"),
        ({"45": 4, "54": 2}, "45"),
        ({"45": 5, "54": 3}, None),
        ({"45": 3, "54": 3}, None),
        ({"0": 9, "20": 1}, "0"),
        ({"45": 200, "53": 150}, None),
    ],
)
def test_what_is_a_clear_majority(printed, clear):
    found = averages.majority(Counter({D(average): letters for average, letters in printed.items()}))
    assert (found and found.average) == (clear and D(clear))


@given(st.dictionaries(st.decimals(0, 100, places=1), st.integers(1, 500), max_size=5))
def test_a_majority_is_never_of_less_than_three_letters_or_two_in_three(printed):
    found = averages.majority(Counter(printed))
    if found:
        assert found.letters >= 3
        assert 3 * found.letters >= 2 * sum(printed.values())
        assert found.letters == max(printed.values())


def test_who_differs_is_told_what_others_print_and_where_that_is_usual():
    printed = {
        (2020, SimilarGroup.DISTRICT, "upheld"): Counter({D(45): 35, D(66): 1}),
        (2020, SimilarGroup.COUNTY, "upheld"): Counter({D(66): 5}),
    }
    [problem] = averages.differing(stated(average="66"), printed)
    assert (problem.code, problem.measure, problem.field) == ("average-differs", "upheld", "average")
    for part in ("average of 66%", "35 of 36 letters to district councils for 2019–20 print 45%"):
        assert part in problem.message
    assert "66% is what letters to county councils print." in problem.message


@pytest.mark.parametrize(
    "figure",
    [
        stated(average="45"),
        stated(average="45.00"),
        stated(),
        stated(average="66", kind="county"),
        stated(average="66", kind="national-park"),
        stated(average="66", year=2021),
        stated("compliance", average="66"),
    ],
    ids=[
        "agrees",
        "agrees, written otherwise",
        "none",
        "other kind",
        "no kind",
        "other year",
        "other measure",
    ],
)
def test_who_does_not_differ(figure):
    printed = {(2020, SimilarGroup.DISTRICT, "upheld"): Counter({D(45): 35})}
    assert not list(averages.differing(figure, printed))


# --- the year before


def count(number, base=None):
    return {"numerator": number, "denominator": base}


@pytest.mark.parametrize(
    ("measure", "before", "now", "fields"),
    [
        ("upheld", count(10, 20), count(10, 20), ""),
        ("upheld", count(2, 2), count(8, 8), ""),
        ("upheld", count(20, 40), count(40, 80), ""),
        ("upheld", count(20, 40), count(50, 60), "numerator"),
        ("upheld", count(50, 60), count(20, 40), "numerator"),
        ("upheld", count(10, 20), count(39, 89), "numerator denominator"),
        ("upheld", count(0, 20), count(12, 20), "numerator"),
        ("upheld", count(0, 20), count(5, 20), ""),
        ("upheld", count(0, 0), count(0, 0), ""),
        ("upheld", count(None, None), count(90, 90), ""),
        ("upheld", {"percent": "100", "denominator": 2}, {"percent": "0", "denominator": 2}, ""),
        ("upheld", {"percent": "45", "denominator": 100}, {"percent": "65", "denominator": 100}, ""),
        ("upheld", {"percent": "40", "denominator": 100}, {"percent": "70", "denominator": 100}, "percent"),
        ("upheld", {"percent": "40", "denominator": 10}, {"percent": "70", "denominator": 10}, ""),
        ("upheld", {"percent": "40", "denominator": None}, {"percent": "90", "denominator": 50}, ""),
        ("compliance", {"percent": "100", "denominator": 5}, {"percent": "100", "denominator": 6}, ""),
        ("upheld", {"average": "45"}, {"average": "60"}, ""),
        ("upheld", {"average": "45"}, {"average": "61"}, "average"),
        ("upheld", {"average": "54"}, {"average": "38"}, "average"),
        ("upheld-per-100000", {"value": "0"}, {"value": "1.2"}, ""),
        ("upheld-per-100000", {"value": "2.9"}, {"value": "29"}, "value"),
        ("upheld-per-100000", {"value": "1.2", "average": "1.1"}, {"value": "3.3", "average": "11"}, "average"),
        ("dealt-with", {"value": "84"}, {"value": "59"}, ""),
        ("dealt-with", {"value": "84"}, {"value": "840"}, "value"),
    ],
)  # fmt: skip
def test_what_is_a_jump(measure, before, now, fields):
    earlier, later = stated(measure, 2024, **before), stated(measure, 2025, **now)
    found = list(last_year.jumps(later, {measure: earlier}))
    if not fields:
        assert found == []
        return
    [question] = found
    assert (question.code, question.measure) == (last_year.CODE, measure)
    assert question.field == fields.split()[0]
    assert question.message.count("→") == len(fields.split())
    assert "from 2023–24 to 2024–25" in question.message


@pytest.mark.parametrize("year", [2015, 2019, 2021, 2023])
def test_no_question_across_a_break_in_the_series(year):
    earlier, later = stated(year=year - 1, **count(10, 20)), stated(year=year, **count(99, 99))
    assert not list(last_year.jumps(later, {"upheld": earlier}))


def test_no_question_without_a_year_before():
    assert not list(last_year.jumps(stated(**count(99, 99)), {}))


@pytest.mark.django_db
def test_letters_are_asked_as_soon_as_others_arrive_and_no_longer_once_they_are_put_right():
    """Worked out at each look: nothing is stored."""
    odd = letters_of_a_year(1, average=66)[0]
    assert codes(odd) == []
    others = [factories.letter(council=district(n), figures=[factories.figure()]) for n in range(1, 4)]
    assert codes(odd) == ["average-differs"]
    assert [codes(letter) for letter in others] == [[], [], []]
    odd.refresh_from_db()
    assert odd.problems == []
    odd.statistics.update(average=45)
    assert codes(odd) == []
    odd.statistics.update(average=66)
    workflow.withdraw(others[0], others[0].received_by, "Wrong file.")
    assert codes(odd) == []


@pytest.mark.django_db
def test_a_city_corporation_votes_with_the_london_boroughs():
    for n in range(3):
        factories.letter(council=factories.council(f"London Borough {n}", kind="london-borough"))
    city = factories.letter(
        council=factories.council("City of London", kind="city-corporation"),
        figures=[factories.figure(average=D(50))],
    )
    assert codes(city) == ["average-differs"]


@pytest.mark.django_db
def test_a_jump_is_asked_of_the_letter_that_counts():
    council = district(1)
    first = factories.figure(year_ending=2021, numerator=10, denominator=20, percent=D(50))
    factories.approved_letter(factories.edition(2021), council=council, figures=[first])
    factories.letter(
        factories.edition(2021),
        council=council,
        figures=[factories.figure(year_ending=2021, numerator=99, denominator=99)],
    )
    now = factories.figure(year_ending=2022, numerator=90, denominator=100, percent=D(90))
    letter = factories.letter(factories.edition(2022), council=council, figures=[now])
    [question] = workflow.open_problems(letter)
    assert question.code == last_year.CODE
    assert "rate 50% → 90%, count 10 → 90, base 20 → 100" in question.message


@pytest.mark.django_db
def test_letters_whose_council_or_year_is_not_known_are_asked_nothing():
    letters_of_a_year(3)
    odd = letters_of_a_year(4, average=66)[-1]
    odd.council = None
    assert across.of_one(odd) == []
