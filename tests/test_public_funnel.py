"""The limits of a funnel plot: exact, whatever the numbers, and drawn where they are."""

import re
from fractions import Fraction
from itertools import accumulate
from math import comb
from time import process_time

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from councils.models import Council
from public.asked import Asked
from public.charts.funnel import funnel_plot
from public.comparison import Row, our_average
from public.funnel import TAILS, limits, quantile
from public.sentences import Rate


def chances_of_at_most(base: int, chance: Fraction) -> list[Fraction]:
    """By the definition, in exact fractions: of 0 at most, of 1 at most, …"""
    over, under = chance.numerator, chance.denominator
    ways = (comb(base, count) * over**count * (under - over) ** (base - count) for count in range(base + 1))
    return [Fraction(summed, under**base) for summed in accumulate(ways)]


@pytest.mark.parametrize(
    ("base", "chance", "tail", "count"),
    [
        # Of printed tables: of 20 at 0.5 the cumulative probabilities of 2, 3, 5 and 6 are .0002, .0013, .0207, .0577.
        (20, 0.5, 0.025, 6),
        (20, 0.5, 0.001, 3),
        (20, 0.5, 0.0206, 5),
        (20, 0.5, 0.0208, 6),
        # Of 10 at 0.3 those of 0, 1 and 2 are .0282, .1493, .3828; of 9 and 8 they are 1.0000 and .9999.
        (10, 0.3, 0.025, 0),
        (10, 0.3, 0.03, 1),
        (10, 0.3, 0.15, 2),
        (10, 0.3, 0.99985, 8),
        # R: qbinom(c(.025, .975, .001, .999), 100, .5)
        (100, 0.5, 0.025, 40),
        (100, 0.5, 0.975, 60),
        (100, 0.5, 0.001, 35),
        (100, 0.5, 0.999, 65),
        (1, 0.66, 0.025, 0),
        (7, 0.0, 0.025, 0),
        (7, 1.0, 0.025, 7),
    ],
)
def test_quantiles_of_printed_tables(base, chance, tail, count):
    assert quantile(base, chance, tail) == count


def test_a_limit_lies_in_the_step_where_spiegelhalter_puts_it():
    """A.1.1: (6 - (.057659 - .025) / (.057659 - .020695)) / 20; and as far from the other end."""
    found = limits(20, 50, 0.025)
    assert (found.lowest, found.highest) == (6, 14)
    assert found.low == pytest.approx(25.582, abs=0.001)
    assert found.high == pytest.approx(100 - 25.582, abs=0.001)


@settings(deadline=None)
@given(base=st.integers(1, 60), tenths=st.integers(0, 1000), name=st.sampled_from(list(TAILS)))
def test_a_count_is_beyond_a_limit_exactly_when_chance_leaves_it_so_little(base, tenths, name):
    found = limits(base, tenths / 10, TAILS[name])
    tail = {"95%": Fraction(1, 40), "99.8%": Fraction(1, 1000)}[name]
    so_low = chances_of_at_most(base, Fraction(tenths, 1000))
    so_high = chances_of_at_most(base, 1 - Fraction(tenths, 1000))[::-1]
    for count in range(base + 1):
        rate = 100 * count / base
        if abs(so_low[count] - tail) > 1e-12:
            assert (count < found.lowest) is (rate < found.low - 1e-9) is (so_low[count] < tail)
        if abs(so_high[count] - tail) > 1e-12:
            assert (count > found.highest) is (rate > found.high + 1e-9) is (so_high[count] < tail)


@pytest.mark.parametrize("base", [999, 1000, 8642, 2_000_000])
@pytest.mark.parametrize("percent", [0.1, 50, 99.9])
def test_large_bases_neither_overflow_nor_last(base, percent):
    started = process_time()
    found = limits(base, percent, 0.025)
    assert process_time() - started < 2
    assert 0 <= found.low <= percent <= found.high <= 100
    if base * min(percent, 100 - percent) > 100_000:
        spread = 1.96 * (percent * (100 - percent) / base) ** 0.5
        assert found.low == pytest.approx(percent - spread, abs=0.01)


def test_of_99_8_per_cent_the_lines_lie_outside_those_of_95():
    for base in range(1, 200):
        inner, outer = (limits(base, 66, tail) for tail in TAILS.values())
        assert outer.low <= inner.low <= 66 <= inner.high <= outer.high


def council(number: int) -> Council:
    return Council(
        pk=number, name=f"Town {number} Council", short_name=f"Town {number}", slug=f"town-{number}"
    )


def row(number: int, count: int | None, base: int | None, percent: int | None) -> Row:
    return Row(council(number), Rate(percent, count, base, 66))


ROWS = [
    row(1, 6, 8, 75),
    row(2, 3, 10, 30),
    row(3, 1, 2, 50),
    row(4, 1, 2, 50),
    row(5, 1, 2, 50),
    row(6, 23, 25, 92),
]


def drawing(rows, seen):
    plot = funnel_plot(rows, seen, our_average(rows))
    svg = render_to_string(
        "public/charts/funnel.svg.html", {"funnel": plot, "asked": Asked(year=2025), "by_base": "/by"}
    )
    return plot, svg


def points(svg):
    """Read back from the drawing: title, base and rate of each point, in its order."""
    found = re.findall(
        r'<title>(.*?)</title>\s*<circle class="(.*?)" cx="([0-9.]+)%" cy="([0-9.]+)%" r="([0-9.]+)"', svg
    )
    return [(title, kind, float(x), float(y), float(r)) for title, kind, x, y, r in found]


def test_points_stand_at_their_base_and_rate():
    plot, svg = drawing(ROWS, council(5))
    places = {title: (x * plot.most / 100, 100 - y) for title, _, x, y, _ in points(svg)}
    assert plot.most == 25
    assert places["Town 1 Council: 6 of 8, 75%"] == pytest.approx((8, 75), abs=0.01)
    assert places["Town 2 Council: 3 of 10, 30%"] == pytest.approx((10, 30), abs=0.01)
    assert places["Town 6 Council: 23 of 25, 92%"] == pytest.approx((25, 92), abs=0.01)
    assert places["Town 5 Council: 1 of 2, 50%, too few to compare"] == pytest.approx((2, 50), abs=0.01)


def test_councils_at_one_place_are_one_point_larger_by_area():
    _, svg = drawing(ROWS, council(5))
    [several] = [point for point in points(svg) if point[0].startswith("2 councils with 1 of 2, 50%")]
    [one] = [point for point in points(svg) if point[0].startswith("Town 1 ")]
    assert several[0].endswith("Town 3, Town 4")
    assert several[4] == pytest.approx(one[4] * 2**0.5, abs=0.1)
    assert "/by#town-3" in svg


def test_the_council_in_view_stands_on_top_and_few_cases_are_hollow():
    _, svg = drawing(ROWS, council(5))
    *others, seen = points(svg)
    assert seen[0].startswith("Town 5 ")
    assert "plot__other" not in seen[1]
    assert all("plot__other" in kind for _, kind, *_ in others)
    for title, kind, *_ in points(svg):
        assert ("chart__mark--few" in kind) is ("too few" in title)


def test_lines_stand_at_the_limits_of_the_table():
    plot, svg = drawing(ROWS, council(5))
    lines = [
        {float(x) * plot.most / 100: 100 - float(y) for x, y in (each.split(",") for each in line.split())}
        for line in re.findall(r'<polyline [^>]*points="([^"]+)"', svg)
    ]
    assert len(lines) == 4
    for base, pairs in plot.table:
        for pair, (lower, upper) in zip(pairs, (lines[:2], lines[2:]), strict=True):
            assert (pair.low, pair.high) == pytest.approx((lower[base], upper[base]), abs=0.01)
            assert 100 * pair.lowest / base >= lower[base] - 0.01
            assert 100 * pair.highest / base <= upper[base] + 0.01
    level = float(re.search(r'plot__ours" x1="0" x2="100%" y1="([0-9.]+)%"', svg)[1])
    assert 100 - level == pytest.approx(100 * 35 / 49, abs=0.01)


@pytest.mark.parametrize(
    "rows",
    [[], [row(1, None, None, None)], [row(1, 0, 0, None)], [row(1, 5, 2, 100)], [row(1, None, 300, 99)]],
)
def test_without_an_average_nothing_is_drawn(rows):
    assert funnel_plot(rows, council(1), our_average(rows)) is None


@pytest.mark.parametrize(
    ("largest", "numbers"),
    [
        (1, [0, 2, 4, 6, 8, 10]),
        (11, [0, 5, 10, 15]),
        (92, [0, 20, 40, 60, 80, 100]),
        (101, [0, 50, 100, 150]),
    ],
)
def test_round_numbers_stand_along_the_axis(largest, numbers):
    rows = [row(1, 1, largest, round(100 / largest))]
    assert [base for base, _ in funnel_plot(rows, council(1), our_average(rows)).ticks] == numbers
