"""Figures side by side: what counts, in which order, and where it is drawn. No database."""

import re
from decimal import Decimal
from itertools import combinations

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from councils.models import Council
from public.asked import Asked, Refused, read
from public.charts.dots import ROWS_AT_MOST, dot_plot, swarm_levels
from public.comparison import Row, Sort, columns, in_order, our_average, printed_averages
from public.groups import Group
from public.intervals import wilson
from public.sentences import Rate


def council(number: int, name: str = "") -> Council:
    name = name or f"Town {number:02d} Council"
    return Council(pk=number, name=name, short_name=name.removesuffix(" Council"), slug=f"town-{number}")


def row(number: int, percent=None, count=None, base=None, average=66, name="") -> Row:
    return Row(council(number, name), Rate(percent, count, base, average))


@pytest.mark.parametrize(
    ("stated", "count", "ours", "drawn", "position"),
    [
        ((67, 2, 3), 2, False, True, 66.67),
        ((100, None, 28), 28, True, True, 100),
        ((99, None, 250), None, False, True, 99),  # 247 and 248 are both printed as 99%
        ((0, 0, 2), 0, False, True, 0),
        ((100, 0, 2), 0, False, False, None),  # they contradict each other
        ((50, None, 3), None, False, False, None),  # no count does
        ((100, 5, 2), 5, False, False, None),
        ((100, None, 0), None, False, False, None),
        ((None, 0, 0), 0, False, False, None),
        ((None, 1, 2), 1, False, False, None),
        ((45, None, None), None, False, False, None),
    ],
)
def test_what_a_letter_states_of_a_rate(stated, count, ours, drawn, position):
    found = row(1, *stated)
    assert (found.count, found.count_is_ours, found.drawn) == (count, ours, drawn)
    if drawn:
        assert found.position == pytest.approx(position, abs=0.01)


@pytest.mark.parametrize(
    ("stated", "counted"),
    [
        ((None, 6, 10), (6, 10)),
        ((None, 11, 10), None),
        ((None, 0, 0), None),
        ((99, None, 150), None),
        ((12, 7, 8), None),
    ],
)
def test_a_count_is_known_without_a_rate_and_not_with_one_that_it_does_not_fit(stated, counted):
    assert row(1, *stated).rate.known_counts == counted


def test_our_average_is_the_sum_of_counts_over_the_sum_of_bases():
    """Not the average of the rates, which would be 58%."""
    rows = [row(1, 100, 1, 1), row(2, 67, 2, 3), row(3, 6, 1, 16), row(4, 100, None, 2), Row(council(5))]
    average = our_average([*rows, row(6, 99, None, 250), row(7, 10, 9, 9)])
    assert (average.letters, average.count, average.base, average.rounded) == (4, 6, 22, 27)
    assert average.written == "6 of 22, 27%"
    assert our_average([Row(council(1)), row(2, None, 0, 0)]) is None


def test_printed_averages_are_kept_apart_and_what_is_not_printed_is_none():
    rows = [
        row(1, average=Decimal(66)),
        row(2, average=Decimal("66.00")),
        row(3, average=80),
        row(4, average=None),
    ]
    assert printed_averages([*rows, Row(council(5))]) == [66, 80]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        (Sort.NAME, "abcdefg"),
        # Too few cases come after the rest, and what has no rate last; equals by name.
        (Sort.RATE, "gdfbace"),
        (Sort.RATE_DOWN, "bdfgace"),
        (Sort.BASE, "abfdgce"),
        (Sort.BASE_DOWN, "gdbface"),
    ],
)
def test_orders(sort, names):
    rows = [
        row(7, 0, 0, 40, name="g"),
        row(6, 40, 2, 5, name="f"),
        Row(council(5, "e")),
        row(4, 40, 8, 20, name="D"),
        row(3, 50, None, None, name="c"),
        row(2, 80, 4, 5, name="B"),
        row(1, 33, 1, 3, name="a"),
    ]
    assert "".join(each.council.name.lower() for each in in_order(rows, sort)) == names


@pytest.mark.parametrize(
    ("sort", "in_use", "leads_to"),
    [
        (Sort.NAME, ["ascending", "", ""], ["name", "base", "rate"]),
        (Sort.RATE, ["", "", "ascending"], ["name", "base", "-rate"]),
        (Sort.RATE_DOWN, ["", "", "descending"], ["name", "base", "rate"]),
        (Sort.BASE, ["", "ascending", ""], ["name", "-base", "rate"]),
        (Sort.BASE_DOWN, ["", "descending", ""], ["name", "base", "rate"]),
    ],
)
def test_headings_lead_to_the_other_order(sort, in_use, leads_to):
    assert [column.in_use for column in columns(sort)] == in_use
    assert [column.sort for column in columns(sort)] == leads_to


def drawing(rows, seen, **context):
    svg = render_to_string(
        "public/charts/dots.svg.html", {"dots": dot_plot(rows, seen), "asked": Asked(year=2025), **context}
    )
    marks = re.findall(
        r'<title>(.*?)</title>\s*(?:<line class="[^"]*" x1="([0-9.]+)%" x2="([0-9.]+)%" y1="([0-9.]+)"[^>]*>\s*)?'
        r'<circle class="(.*?)" cx="([0-9.]+)%" cy="([0-9.]+)" r="([0-9.]+)"',
        svg,
    )
    return svg, marks


def test_few_are_drawn_in_rows_with_their_intervals():
    rows = [row(1, 33, 1, 3), row(2, 99, None, 250), Row(council(3)), row(4, 75, 15, 20)]
    svg, marks = drawing(rows, council(4), average=our_average(rows), printed=Decimal("66.00"))
    read_back = {title: tuple(map(float, (low, x, high))) for title, low, high, _, _, x, _, _ in marks}
    assert read_back == {
        "Town 01 Council: 1 of 3, 33%, too few to compare": pytest.approx((6.15, 33.33, 79.23), abs=0.01),
        "Town 02 Council: 250, 99%": pytest.approx((wilson(247, 250)[0], 99, wilson(248, 250)[1]), abs=0.01),
        "Town 04 Council: 15 of 20, 75%": pytest.approx((53.13, 75, 88.81), abs=0.01),
    }
    assert [title[:7] for title, *_ in marks] == ["Town 01", "Town 02", "Town 04"]
    heights = [float(y) for *_, y, _ in marks]
    assert heights == sorted(heights)
    assert all(float(line) == float(y) for _, _, _, line, _, _, y, _ in marks)
    assert f'plot__ours" x1="{100 * 16 / 23:.2f}%"' in svg
    assert 'plot__printed" x1="66.00%"' in svg


def test_marks_tell_the_council_in_view_and_too_few_cases_apart():
    svg, marks = drawing([row(1, 33, 1, 3), row(2, 75, 15, 20), row(3, 70, 7, 10)], council(2))
    for title, *_, kind, _, _, radius in marks:
        assert ("plot__other" in kind) is not title.startswith("Town 02")
        assert ("few" in kind) is title.startswith("Town 01")
        assert (float(radius) > 3) is title.startswith("Town 02")
    # The picture has no tab stop of its own: the table has the links.
    assert svg.count("<a ") == svg.count('tabindex="-1"') == 3


def test_many_are_drawn_as_swarms_each_point_at_its_rate_and_none_upon_another():
    rows = [row(number, 100 * number // 4, number, 4) for number in range(5)]
    rows += [row(number + 10, (200 * number + 40) // 80, number, 40) for number in range(41)] * 2
    _, marks = drawing(rows, council(30))
    assert len(marks) == len(rows) > ROWS_AT_MOST
    assert all(not low for _, low, *_ in marks)
    places = []
    for title, *_, kind, x, y, _ in marks:
        count, base = map(int, re.search(r": (\d+) of (\d+)", title).groups())
        assert float(x) == pytest.approx(100 * count / base, abs=0.01)
        assert ("few" in kind) is (base < 5)
        places.append((float(x) / 100 * 240, float(y)))
    # On the narrowest phone a point of 3 pixels' radius touches no other.
    assert all(
        (one[0] - two[0]) ** 2 + (one[1] - two[1]) ** 2 >= 36 - 0.1 for one, two in combinations(places, 2)
    )
    few = [float(y) for *_, kind, _, y, _ in marks if "few" in kind]
    assert min(few) > max(float(y) for *_, kind, _, y, _ in marks if "few" not in kind)


def test_long_names_take_two_lines():
    plot = dot_plot([row(1, 50, 5, 10, name="Bournemouth, Christchurch and Poole Council")], council(2))
    assert [words.text for words in plot.words] == ["Bournemouth,", "Christchurch and Poole"]
    assert [words.right for words in plot.words] == ["5 of 10", ""]


def test_without_a_rate_there_is_no_drawing():
    assert dot_plot([Row(council(1)), row(2, None, 0, 0)], council(1)) is None


@given(st.lists(st.floats(0, 100), max_size=60))
def test_points_of_a_level_do_not_touch(places):
    levels = swarm_levels(places)
    by_level = {
        level: [place for place, at in zip(places, levels, strict=True) if at == level] for level in levels
    }
    assert all(abs(one - two) * 2.4 >= 6 for same in by_level.values() for one, two in combinations(same, 2))
    assert set(levels) == set(range(len(by_level)))


@pytest.mark.parametrize(
    ("parameters", "query"),
    [
        ({}, "figure=upheld"),
        ({"council": "a-b"}, "council=a-b&figure=upheld"),
        ({"council": " A-B ", "year": "2020", "with": ""}, "council=a-b&year=2020&figure=upheld"),
        (
            {"sort": "rate", "with": "list", "councils": "c,,B,c,a", "council": "a"},
            "council=a&figure=upheld&with=list&councils=c,b&sort=rate",
        ),
        ({"council": "a", "sort": "name", "q": "york"}, "council=a&figure=upheld"),
        (
            {"council": "a", "councils": ",".join("bcdefghijk")},
            "council=a&figure=upheld&councils=b,c,d,e,f,g,h,i,j,k",
        ),
    ],
)
def test_one_address_for_each_comparison(parameters, query, settings):
    settings.ROOT_URLCONF = "public.urls"
    asked = read(parameters)
    assert asked.query == query
    again = read(dict(asked.parts))
    assert (again, again.query) == (asked, query)


@pytest.mark.parametrize(
    ("parameters", "status", "said"),
    [
        ({"year": "abc"}, 404, "No letters are published for the year"),
        ({"year": "٢٠٢٠"}, 404, "No letters are published for the year"),
        ({"year": "02020"}, 404, "No letters are published for the year"),
        ({"year": "2020\n"}, 404, "No letters are published for the year"),
        ({"figure": "dealt-with"}, 404, "a figure that there is not"),
        ({"figure": "upheld\x00"}, 404, "a figure that there is not"),
        ({"with": "everyone"}, 404, "a group of councils that there is not"),
        ({"sort": "--rate"}, 404, "an order that there is not"),
        ({"council": "a\x00b"}, 404, "No council has this address"),
        ({"council": "../x"}, 404, "No council has this address: “../x”."),
        ({"council": "x" * 1_000_000}, 404, f"“{'x' * 60}…”"),
        ({"councils": "a,b\x00"}, 404, "No council has this address"),
        ({"councils": ",".join("abcdefghijk")}, 400, "names 11 councils to compare with. At most 10 fit"),
        ({"councils": ",".join(map(str, range(500_000)))}, 400, "At most 10 fit"),
    ],
)
def test_odd_addresses_are_refused_in_words(parameters, status, said):
    with pytest.raises(Refused) as refused:
        read(parameters)
    assert refused.value.status == status
    assert said in refused.value.message
    assert len(refused.value.message) < 400


def test_the_list_grows_and_shrinks_by_one():
    asked = Asked("a", 2020, group=Group.NEAREST, councils=("b",))
    assert asked.adding("c").councils == ("b", "c")
    assert asked.adding("c").group == Group.LIST
    assert asked.adding("c").without("b").councils == ("c",)
    assert not asked.is_full
    assert Asked("a", councils=tuple("bcdefghijk")).is_full
