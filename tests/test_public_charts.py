"""The drawings on a council's page, read back out of its SVG and held against the words and tables beside them."""

import gzip
import re
from datetime import datetime as DateTime
from datetime import timedelta
from decimal import Decimal
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
import time_machine

from letters import workflow
from tests import factories
from tests.visitors import words_of

HOUR = DateTime(2025, 5, 28, 9, 30, tzinfo=ZoneInfo("Europe/London"))
ADDRESS = "/your-councils-performance/sometown-council/statistics"
# Rate, count, base and average of the years 2014 to 2025; None is a year without a letter.
UPHELD = {
    2014: (65, None, None, None),
    2015: (68, 13, 19, 50),
    2016: (0, 0, 4, 51),
    2018: (59, 60, 102, 57),
    2019: (60, 60, 100, 58),
    2020: (100, 2, 2, 45),
    2021: (46, 6, 13, 53),
    2022: (65, 13, 20, 53),
    2023: (0, 0, 9, 59),
    2024: (100, 5, 5, 100),
    2025: (86, 18, 21, 66),
}


@pytest.fixture(autouse=True)
def today(db):
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        yield


def publish(figures_of):
    """A council's letters, each published in the summer of its year, with the figures given by year."""
    staff, council = factories.staff(), factories.council("Sometown Council")
    for year, figures in figures_of.items():
        hour = HOUR.replace(year=year)
        with time_machine.travel(hour - timedelta(days=2), tick=False):
            factories.public_letter(factories.edition(year), staff, council, figures=figures)
            workflow.schedule(factories.edition(year), hour, staff, acknowledged=True)


def rate(measure, year, percent, count, base, average, **values):
    numbers = {"numerator": count, "denominator": base, "percent": Decimal(percent)}
    average = None if average is None else Decimal(average)
    return factories.figure(measure, year, **numbers, average=average, **values)


@pytest.fixture
def years():
    """Twelve years with a gap, all breaks, 0% and 100%, and few cases."""
    publish({year: [rate("upheld", year, *numbers)] for year, numbers in UPHELD.items()})


def drawing(html, name):
    """The SVG whose title has that id, as a tree."""
    found = [each for each in re.findall("<svg.*?</svg>", html, re.DOTALL) if f'<title id="{name}"' in each]
    assert len(found) == 1
    return ElementTree.fromstring(found[0])


def with_class(svg, name):
    return [each for each in svg.iter() if name in each.get("class", "").split()]


def numbers(path):
    return [float(each) for each in re.findall(r"-?[0-9.]+", path)]


def value_at(svg):
    """Turns a height of the drawing into a value, by the axis that is drawn there."""
    axis = {each.text: float(each.get("y")) for each in svg.iter("text") if each.text.endswith("%")}
    return lambda y: (axis["0%"] - y) / (axis["0%"] - axis["100%"]) * 100


def year_at(svg):
    """Turns a place into a year, by the names of two years that are drawn there."""
    names = [each for each in svg.iter("text") if "–" in each.text]
    (left, first), (right, last) = (
        (float(each.get("x")), int(each.text[:4]) + 1) for each in (names[0], names[-1])
    )
    return lambda x: first + (x - left) / (right - left) * (last - first)


def table(html, measure):
    """The rows of the table beside a drawing, as words."""
    body = html.split(f'id="{measure}-over-the-years"')[1].split("<tbody>")[1].split("</tbody>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")[:-1]]
    return [[words_of(cell) for cell in row] for row in rows]


def test_points_and_table_say_the_same(client, years):
    html = client.get(ADDRESS).content.decode()
    svg = drawing(html, "upheld-trend")
    value, year = value_at(svg), year_at(svg)
    drawn = {
        round(year(float(each.get("cx"))), 1): (
            round(value(float(each.get("cy")))),
            "chart__mark--few" in each.get("class"),
        )
        for each in with_class(svg, "chart__mark")
    }
    assert drawn == {
        year_: (rate_, base is not None and base < 5) for year_, (rate_, _, base, _) in UPHELD.items()
    }
    averages = {}
    for each in with_class(svg, "chart__average"):
        x, y = numbers(each.get("d"))[:2]
        averages[round(year(x), 1)] = round(value(y))
    assert averages == {year_: each[3] for year_, each in UPHELD.items() if each[3] is not None}
    rows = {int(row[0][:4]) + 1: row[1:] for row in table(html, "upheld")}
    assert list(rows) == list(range(2014, 2026))
    assert rows[2017] == ["No letter"]
    assert rows[2014] == ["Not stated", "65%", "Not stated"]
    assert rows[2020] == ["2 of 2", "100% 34–100%", "45%"]
    for year_, (points, _) in drawn.items():
        assert rows[year_][1].split("%")[0] == str(points)
        assert rows[year_][2].removesuffix("%") == str(averages.get(year_, "Not stated"))


def test_whiskers_are_the_intervals_of_the_table(client, years):
    html = client.get(ADDRESS).content.decode()
    svg = drawing(html, "upheld-trend")
    value, year = value_at(svg), year_at(svg)
    drawn = {}
    for each in with_class(svg, "chart__whisker"):
        x, top, bottom = numbers(each.get("d"))[:3]
        drawn[round(year(x))] = (value(bottom), value(top))
    stated = {int(row[0][:4]) + 1: row[2].split(" ") for row in table(html, "upheld") if len(row) > 2}
    intervals = {year_: numbers(cell[1].replace("–", " ")) for year_, cell in stated.items() if len(cell) > 1}
    assert drawn.keys() == intervals.keys() == set(UPHELD) - {2014}
    for year_, ends in intervals.items():
        assert drawn[year_] == pytest.approx(ends, abs=0.6)


def test_no_line_crosses_a_break_or_a_gap(client, years):
    svg = drawing(client.get(ADDRESS).content.decode(), "upheld-trend")
    year = year_at(svg)
    breaks = [year(numbers(each.get("d"))[0]) for each in with_class(svg, "chart__break")]
    assert [round(each, 1) for each in breaks] == [2014.5, 2018.5, 2020.5, 2022.5]
    lines = [numbers(each.get("points"))[::2] for each in with_class(svg, "chart__line")]
    ends = [(round(year(line[0]), 1), round(year(line[-1]), 1)) for line in lines]
    stretches = [(2014, 2014), (2015, 2016), (2018, 2018), (2019, 2020), (2021, 2022), (2023, 2025)]
    assert sorted(ends) == sorted(stretches + stretches[1:])
    assert [each.text for each in with_class(svg, "chart__words--break")] == ["A", "B", "C", "D"]


def test_breaks_are_explained_below(client, years):
    html = client.get(ADDRESS).content.decode()
    below = html.split('class="trend__breaks"')[1].split("</ul>")[0]
    assert re.findall(r"<b>(.)</b> (.*?)</li>", below) == [
        ("A", "From April 2014 the Ombudsman says whether a complaint was upheld or not upheld."),
        ("B", "From 2018–19 the letters state three headline figures instead of tables."),
        ("C", "In 2020–21 the Ombudsman took no new complaints for three months."),
        ("D", "From 2022–23 the Ombudsman investigates fewer borderline complaints."),
    ]


def test_all_marks_stand_whole_inside_the_drawing(client, years):
    html = client.get(ADDRESS).content.decode()
    for name in ("upheld-trend", "upheld-bar"):
        svg = drawing(html, name)
        _, _, width, height = numbers(svg.get("viewBox"))
        for each in with_class(svg, "chart__mark"):
            x, y, r = (float(each.get(name)) for name in ("cx", "cy", "r"))
            assert r < x < width - r
            assert r < y < height - r
        for each in with_class(svg, "chart__average"):
            x, y = numbers(each.get("d"))[:2]
            assert 7 < x < width - 7
            assert 7 < y < height - 7


def test_a_drawing_says_what_it_shows(client, years):
    svg = drawing(client.get(ADDRESS).content.decode(), "upheld-trend")
    assert svg.get("role") == "img"
    title, words = (svg.find(tag) for tag in ("title", "desc"))
    assert svg.get("aria-labelledby").split() == [title.get("id"), words.get("id")]
    assert title.text == "Complaints upheld, 2013–14 to 2024–25"
    assert words.text.startswith("The rate lies between 0% and 100%. The average of similar authorities")
    assert "No figure: 2016–17." in words.text


def test_the_table_leads_to_the_other_years(client, years):
    html = client.get(f"{ADDRESS}?year=2022").content.decode()
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    leads_to = [int(each) for each in re.findall(rf'href="{ADDRESS}\?year=([0-9]+)"', body)]
    assert leads_to == [year for year in UPHELD if year != 2022]
    assert '<span aria-current="page">2021–22</span>' in body


@pytest.mark.parametrize(
    ("numbers_", "average", "few"),
    [((86, 18, 21, 81), 81, False), ((0, 0, 9, 100), 100, False), ((100, 2, 2, 45), None, True)],
)
def test_the_bar_stands_where_its_words_say(client, numbers_, average, few):
    publish({2025: [rate("upheld", 2025, *numbers_)]})
    html = client.get(ADDRESS).content.decode()
    svg = drawing(html, "upheld-bar")
    (axis,) = with_class(svg, "chart__axis")
    left, _, right = numbers(axis.get("d"))[:3]

    def value(x):
        return round((float(x) - left) / (right - left) * 100)

    (mark,) = with_class(svg, "chart__mark")
    assert value(mark.get("cx")) == numbers_[0]
    assert ("chart__mark--few" in mark.get("class")) is few
    assert [value(numbers(each.get("d"))[0]) for each in with_class(svg, "chart__average")] == (
        [] if average is None else [average]
    )
    assert any(each.text.startswith("average") for each in svg.iter("text")) is (average is not None)
    (drawn,) = with_class(svg, "chart__interval")
    low, high = value(drawn.get("x")), value(float(drawn.get("x")) + float(drawn.get("width")))
    assert f"chance alone could put the rate anywhere between {low}% and {high}%." in html.replace(
        "Chance", "chance"
    )
    assert "Our calculation" in html


@pytest.mark.parametrize(
    ("percent", "base", "words", "ours"),
    [
        (94, 16, "15 of 16", True),
        (100, 28, "28 of 28", True),
        (99, 250, "250", False),
        (50, 3, "3", False),
    ],
)
def test_a_count_of_ours_is_marked(client, percent, base, words, ours):
    publish({2025: [rate("compliance", 2025, percent, None, base, 99, base_label="compliance outcomes")]})
    panel = client.get(ADDRESS).content.decode().split('id="compliance"')[1].split("</section>")[0]
    assert f"<strong>{words}</strong>" in panel
    assert ("the count is ours, worked out from the rate" in panel) is ours


def test_a_number_is_drawn_on_an_axis_of_its_own(client):
    none = {"percent": None, "numerator": None, "denominator": None, "base_label": ""}
    publish(
        {
            year: [
                factories.figure(
                    "upheld-per-100000", year, **none, value=Decimal(value), average=Decimal("4.6")
                )
            ]
            for year, value in ((2024, "5.5"), (2025, "11"))
        }
    )
    html = client.get(ADDRESS).content.decode()
    svg = drawing(html, "upheld-per-100000-trend")
    axis = {each.text: float(each.get("y")) for each in svg.iter("text") if each.text in ("0", "10", "20")}
    heights = [float(each.get("cy")) for each in with_class(svg, "chart__mark")]
    assert [(axis["0"] - y) / (axis["0"] - axis["20"]) * 20 for y in heights] == pytest.approx(
        [5.5, 11], abs=0.01
    )
    assert table(html, "upheld-per-100000") == [["2023–24", "5.5", "4.6"], ["2024–25", "11", "4.6"]]
    assert not with_class(svg, "chart__whisker")


def test_one_letter_makes_no_trend(client):
    publish({2025: [rate("upheld", 2025, 86, 18, 21, 81)]})
    assert "Over the years" not in client.get(ADDRESS).content.decode()


def test_nothing_of_a_letter_whose_hour_has_not_come_is_drawn(client, years):
    before = client.get(ADDRESS).content
    with time_machine.travel(HOUR.replace(year=2026) - timedelta(days=9), tick=False):
        staff = factories.staff("other")
        council = factories.council("Sometown Council")
        figures = [rate("upheld", 2026, 77, 77, 100, 66)]
        factories.public_letter(factories.edition(2026), staff, council, figures=figures)
        workflow.schedule(factories.edition(2026), HOUR.replace(year=2026), staff, acknowledged=True)
        assert client.get(ADDRESS).content == before
    with time_machine.travel(HOUR.replace(year=2026), tick=False):
        assert b"2025\xe2\x80\x9326: 77% (77 of 100)" in client.get(ADDRESS).content


def test_no_style_stands_in_the_page(client, years):
    assert " style=" not in client.get(ADDRESS).content.decode()


def test_queries_and_weight_of_a_page_with_twelve_years(client, settings, django_assert_max_num_queries):
    measures = ("upheld", "compliance", "satisfactory-remedies")
    publish(
        {year: [rate(measure, year, *numbers_) for measure in measures] for year, numbers_ in UPHELD.items()}
    )
    with django_assert_max_num_queries(12):
        html = client.get(ADDRESS).content
    assert html.count(b'class="chart"') == 6
    css = (settings.BASE_DIR / "static" / "build" / "site.css").read_bytes()
    assert len(gzip.compress(html)) + len(gzip.compress(css)) < 25_000
