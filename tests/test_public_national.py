"""A year over all its letters: its sums, how rates spread, what changed, and where it is drawn. No database."""

import re
from datetime import UTC, date
from datetime import datetime as DateTime
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from councils.models import Council
from letters.measures import HEADLINE, MEASURES
from public.changes import change, not_comparable
from public.charts.boxes import box_plot
from public.comparison import NONE_DUE, Row
from public.figures import NOT_STATED
from public.national import sentences, total
from public.sentences import Rate
from public.spread import by_kind
from public.without_letter import Why, without_letter

UPHELD = MEASURES["upheld"]


def council(number: int, kind: str = "district", **values) -> Council:
    name = f"Town {number:02d} Council"
    return Council(pk=number, name=name, short_name=name, slug=f"town-{number}", kind=kind, **values)


def row(number: int, percent=None, count=None, base=None, average=66, kind="district") -> Row:
    return Row(council(number, kind), Rate(percent, count, base, average))


def share(number: int, count: int, base: int, kind="district", average=66) -> Row:
    return row(number, (200 * count + base) // (2 * base), count, base, average, kind)


def test_the_sums_say_which_letters_are_in_them():
    rows = [
        row(1, 100, 2, 2),
        row(2, 50, None, 4),  # only 2 of 4 is printed as 50%
        row(3, 99, None, 250),  # 247 and 248 are both printed as 99%
        row(4, 10, 9, 9),  # they contradict each other
        row(5, 45),  # no base
        row(6, None, 0, 0),
        row(7),  # an average alone
        Row(council(8), without=NONE_DUE),
        Row(council(9), without=NOT_STATED),
    ]
    found = total("compliance", rows)
    assert (found.average.letters, found.average.count, found.average.base) == (2, 4, 6)
    assert found.from_what == (
        "From 2 letters of 9. 2 letters had no case to count. 2 letters do not state it. 3 letters are left out, "
        "because what they state is not enough for a count, or does not fit together. "
        "1 count is ours, worked out from a rate and its base."
    )
    assert found.of_what == "compliance outcomes satisfactory"


def test_without_any_count_there_is_no_sum():
    found = total("upheld", [Row(council(1), without=NOT_STATED), row(2, None, 0, 0)])
    assert found.average is None
    assert found.from_what == "No letter gives the numbers for it."


def test_the_year_in_sentences():
    totals = [
        total("upheld", [share(1, 2345, 4567), share(2, 0, 1)]),
        total("compliance", [row(1, 99, None, 100), row(2)]),
        total("satisfactory-remedies", [row(1), row(2)]),
    ]
    assert sentences("2019–20", 2, totals) == [
        "2 authorities have a published letter for 2019–20.",
        "According to these letters, the Ombudsman investigated 4,568 complaints in detail and upheld 2,345 of them "
        "(51%).",
        "According to 1 of these letters, it checked 100 cases for whether its recommendations had been carried out, "
        "and was satisfied in 99 of them (99%).",
    ]
    assert sentences("2019–20", 1, []) == ["1 authority has a published letter for 2019–20."]
    remedies = total("satisfactory-remedies", [share(1, 1, 8)])
    assert sentences("2019–20", 1, [remedies])[1] == (
        "According to these letters, there were 8 upheld complaints, and authorities had put right 1 of them (13%), "
        "to the Ombudsman’s satisfaction, before the complaint reached the Ombudsman."
    )


@pytest.fixture
def spreads():
    """Five districts with enough cases and one without; a county; a borough and the City of London; a park."""
    districts = [share(number, count, 10) for number, count in enumerate((9, 1, 5, 3, 4), 1)]
    return by_kind(
        [
            share(20, 3, 12, "national-park", None),
            *districts,
            share(6, 4, 4),
            share(7, 99, 100, "county", 89),
            share(8, 5, 8, "london-borough", 80),
            share(9, 8, 8, "city-corporation", 81),
        ]
    )


def test_rates_spread_within_each_kind(spreads):
    """Quartiles by linear interpolation, as R's default (type 7): of 10, 30, 40, 50, 90 they are 30, 40 and 50."""
    assert [(each.kind, each.letters, each.average.written, each.printed_written) for each in spreads] == [
        ("County councils", 1, "99 of 100, 99%", "89%"),
        ("District councils", 6, "26 of 54, 48%", "66%"),
        ("London boroughs", 2, "13 of 16, 81%", "80%, 81%"),
        ("National park authorities", 1, "3 of 12, 25%", "None"),
    ]
    assert [place.written for place in spreads[1].five] == ["10%", "30%", "40%", "50%", "90%"]
    assert [place.written for place in spreads[2].five] == ["63%", "Too few", "Too few", "Too few", "100%"]
    assert spreads[1].enough_written == "5 authorities"


@pytest.mark.parametrize(
    ("counts", "five"),
    [
        ((1, 2, 3), ["10%", "Too few", "20%", "Too few", "30%"]),
        ((1, 2, 3, 4), ["10%", "18%", "25%", "33%", "40%"]),  # 17.5, 25 and 32.5, rounded half up
        ((5, 5, 5, 5), ["50%"] * 5),
    ],
)
def test_quartiles_need_four_authorities(counts, five):
    [spread] = by_kind(share(number, count, 10) for number, count in enumerate(counts))
    assert [place.written for place in spread.five] == five


def test_the_drawing_has_the_places_of_the_table(spreads):
    plot = box_plot(spreads)
    svg = render_to_string("public/charts/boxes.svg.html", {"boxes": plot})
    kinds = svg.split("<g>")[1:]
    assert len(kinds) == len(spreads)
    for drawn, spread in zip(kinds, spreads, strict=True):
        assert spread.kind in drawn
        ours = re.findall(r'class="plot__ours" x1="([\d.]+)%" x2="([\d.]+)%"', drawn)
        assert ours == [(str(spread.average.place),) * 2]
        printed = re.findall(r'plot__printed" x1="([\d.]+)%"', drawn)
        assert [float(each) for each in printed] == [float(each) for each in spread.printed]
    district = kinds[1]
    [(low, high)] = re.findall(r'class="box__ends" x1="([\d.]+)%" x2="([\d.]+)%" y1="0" y2="0"', district)
    [(lower, width)] = re.findall(r'class="box__quartiles" x="([\d.]+)%" width="([\d.]+)%"', district)
    [middle] = re.findall(r'class="box__middle" x1="([\d.]+)%"', district)
    read = [float(low), float(lower), float(middle), float(lower) + float(width), float(high)]
    assert [f"{each:.0f}%" for each in read] == [place.written for place in spreads[1].five]
    assert "<circle" not in district
    assert re.findall(r'cx="([\d.]+)%"', kinds[2]) == ["62.5", "100.0"]
    assert "box__" not in kinds[2]


def test_kinds_without_any_number_are_not_drawn():
    assert box_plot(by_kind([row(1), Row(council(2), without=NOT_STATED)])) is None
    assert box_plot([]) is None


def test_only_the_same_authorities_are_compared():
    before = [share(1, 1, 30), share(2, 2, 4), share(3, 5, 10), share(5, 9, 10), row(6, 50)]
    now = [share(1, 29, 30), share(2, 4, 4), share(3, 6, 10), share(4, 9, 9), share(6, 1, 2)]
    found = change(UPHELD, 2020, before, now)
    assert (found.before.count, found.before.base) == (8, 44)
    assert (found.now.count, found.now.base) == (39, 44)
    assert (found.compared, found.rose, found.fell) == (2, 1, 0)
    assert found.words == (
        "In the 3 authorities whose letters give the numbers for both years: 8 of 44 (18.2%) in 2018–19, "
        "39 of 44 (88.6%) in 2019–20. That is 70.4 percentage points more."
    )
    assert found.chance_words == (
        "Of the 2 with 5 cases or more in both, the rate rose further than chance explains in 1, and fell so "
        "in none."
    )
    back = change(UPHELD, 2020, now, before)
    assert (back.rose, back.fell, back.points) == (0, 1, -70.4)
    assert "70.4 percentage points less" in back.words


def test_no_change_and_nothing_to_compare():
    same = change(UPHELD, 2020, [share(1, 1, 2)], [share(1, 2, 4)])
    assert same.words == (
        "In the 1 authority whose letter gives the numbers for both years: 1 of 2 (50.0%) in 2018–19, "
        "2 of 4 (50.0%) in 2019–20. That is the same rate."
    )
    assert same.chance_words == ""
    one = ("Of the one with 5 cases or more in both, the rate ", " further than chance explains.")
    for before, now, moved in ((1, 29, "rose"), (29, 1, "fell"), (14, 15, "moved no")):
        alone = change(UPHELD, 2020, [share(1, before, 30)], [share(1, now, 30)])
        assert alone.chance_words == moved.join(one)
    assert change(UPHELD, 2020, [share(1, 1, 2)], [share(2, 1, 2)]) is None
    point = change(UPHELD, 2020, [share(1, 50, 100)], [share(1, 51, 100)])
    assert "That is 1 percentage point more." in point.words


@pytest.mark.parametrize("slug", HEADLINE)
def test_no_change_is_told_across_a_break(slug):
    measure = MEASURES[slug]
    broken = {each.year for each in measure.breaks}
    for year in range(measure.first_year + 1, 2027):
        assert bool(not_comparable(measure, year)) is (year in broken), year
    assert "from" in not_comparable(measure, measure.first_year)


@pytest.mark.parametrize(
    ("values", "known", "why", "words"),
    [
        ({}, {}, Why.NOT_KNOWN, "No reason is known here."),
        ({"kind": "national-park"}, {}, Why.NOT_KNOWN, "No reason is known here."),
        (
            {"kind": "combined-authority"},
            {},
            Why.NOT_WRITTEN_TO,
            "None is expected: the letters published here are to councils and national park authorities.",
        ),
        ({"last_day": date(2020, 3, 31)}, {}, Why.CLOSED, "It existed until 31 March 2020."),
        ({"last_day": date(2020, 4, 1)}, {}, Why.NOT_KNOWN, "No reason is known here."),
        ({"first_day": date(2019, 4, 1)}, {}, Why.NOT_KNOWN, "No reason is known here."),
        ({"first_day": date(2019, 4, 2)}, {}, Why.NEW, "It has existed since 2 April 2019."),
        ({"kind": "combined-authority"}, {"said": "It is new."}, Why.SAID, "It is new."),
        (
            {"last_day": date(2020, 3, 31)},
            {
                "said": "It is old.",
                "withdrawn": SimpleNamespace(
                    published_at=DateTime(2020, 7, 28, 23, 30, tzinfo=UTC),
                    withdrawn_at=DateTime(2020, 8, 1, 9, 30, tzinfo=UTC),
                    withdrawal_note="It was wrong.",
                ),
            },
            Why.WITHDRAWN,
            "A letter published on 29 July 2020 was withdrawn on 1 August 2020. It was wrong.",
        ),
    ],
)
def test_why_there_is_no_letter(values, known, why, words):
    found = without_letter(council(1, **{"kind": "district"} | values), 2020, **known)
    assert (found.why, found.words) == (why, words)
