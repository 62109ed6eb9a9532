"""Fisher's exact test: against published examples, and against its definition in exact fractions."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from public.fisher import fisher


@pytest.mark.parametrize(
    ("count", "base", "other_count", "other_base", "chance"),
    [
        # R, help of fisher.test: Fisher's tea drinker, and his like-sex twins of criminals (2 of 17, 10 of 13).
        (3, 4, 1, 4, 0.4857),
        (2, 17, 10, 13, 0.0005367),
        # SciPy, help of fisher_exact: whales and sharks in two oceans (8 and 2, 1 and 5), and 6 and 2, 1 and 4.
        (8, 10, 1, 6, 0.0349650),
        (6, 8, 1, 5, 0.1025641),
        # Wikipedia, "Fisher's exact test": of 12 men 1 and of 12 women 9 were studying.
        (1, 12, 9, 12, 0.0027595),
    ],
)
def test_published_examples(count, base, other_count, other_base, chance):
    assert fisher(count, base, other_count, other_base) == pytest.approx(chance, rel=2e-4)


@pytest.mark.parametrize(
    ("count", "base", "other_count", "other_base", "chance"),
    [(5, 5, 5, 5, 1), (0, 5, 0, 9, 1), (3, 6, 3, 6, 1), (1, 1, 0, 1, 1), (5, 5, 0, 5, 2 / comb(10, 5))],
)
def test_edges(count, base, other_count, other_base, chance):
    assert fisher(count, base, other_count, other_base) == pytest.approx(chance, rel=1e-12)


def by_definition(count, base, other_count, other_base):
    """The sum of the chances of all tables with these sums that are no likelier than this one."""
    together = count + other_count
    ways = {
        each: comb(base, each) * comb(other_base, together - each)
        for each in range(max(0, together - other_base), min(base, together) + 1)
    }
    return Fraction(sum(each for each in ways.values() if each <= ways[count]), sum(ways.values()))


two_counts = st.tuples(st.integers(1, 60), st.integers(1, 60)).flatmap(
    lambda bases: st.tuples(
        st.integers(0, bases[0]), st.just(bases[0]), st.integers(0, bases[1]), st.just(bases[1])
    )
)


@given(two_counts)
def test_it_is_what_the_definition_says_and_the_same_from_both_sides(numbers):
    count, base, other_count, other_base = numbers
    found = fisher(*numbers)
    assert found == pytest.approx(float(by_definition(*numbers)), rel=1e-6)
    assert found == pytest.approx(fisher(other_count, other_base, count, base), rel=1e-6)
    assert found == pytest.approx(fisher(base - count, base, other_base - other_count, other_base), rel=1e-6)


def test_no_number_of_cases_is_too_many():
    assert fisher(1_000_000, 2_000_000, 1_000_100, 2_000_000) == pytest.approx(0.92, abs=0.01)
    assert fisher(1_000_000, 2_000_000, 900_000, 2_000_000) < 1e-15
