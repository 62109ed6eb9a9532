"""A successor's page offers its predecessors' figures, under their names; and sums of counts only where they hold."""

import re
from datetime import date, timedelta
from datetime import datetime as DateTime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine

from councils.models import Succession
from letters import workflow
from tests import factories
from tests.visitors import words_of

HOUR = DateTime(2025, 5, 28, 9, 30, tzinfo=ZoneInfo("Europe/London"))
AT = "/your-councils-performance"
NEW = f"{AT}/new-council/statistics"
LAST, FIRST = date(2023, 3, 31), date(2023, 4, 1)
MERGED, SPLIT, RENAMED = Succession.How


@pytest.fixture(autouse=True)
def today(db):
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def new():
    return factories.council("New Council", kind="unitary", first_day=FIRST)


def old(new, name, how=MERGED, day=FIRST, **values):
    council = factories.council(name, **({"last_day": day - timedelta(days=1)} | values))
    Succession.objects.create(predecessor=council, successor=new, day=day, how=how)
    return council


def upheld(year, count, base, **values):
    percent = Decimal((200 * count + base) // (2 * base))
    return factories.figure(
        "upheld", year, **({"percent": percent, "numerator": count, "denominator": base} | values)
    )


def letter(council, year, *figures):
    """A letter, public since the summer of its year."""
    review = factories.edition(year)
    hour = HOUR.replace(year=year)
    with time_machine.travel(hour, tick=False):
        row = factories.public_letter(review, council=council, figures=figures)
        if review.publish_at is None:
            workflow.schedule(review, hour, row.received_by, acknowledged=True)
    return row


def section(client, address=NEW):
    found = re.search('<section id="before-.*?</section>', client.get(address).content.decode(), re.DOTALL)
    return found[0] if found else ""


def rows(client, measure="Complaints upheld"):
    """The rows of the table of a figure, as words."""
    (table,) = (
        each for each in re.findall("<details.*?</details>", section(client), re.DOTALL) if measure in each
    )
    body = table.split("</thead>")[1]
    cells = (re.findall("<t[hd].*?</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")[:-1])
    return [[words_of(cell) for cell in row] for row in cells]


def test_figures_stand_under_the_names_of_those_they_are_of_with_a_sum_of_counts(client, new):
    for name, figures in {
        "Alpha District Council": {2022: (1, 2), 2023: (3, 8)},
        "Beta District Council": {2022: (0, 3), 2023: (7, 8)},
    }.items():
        council = old(new, name)
        for year, (count, base) in figures.items():
            letter(council, year, upheld(year, count, base))
    letter(new, 2024, upheld(2024, 20, 25))
    assert rows(client) == [
        ["2022–23"],
        ["Alpha District Council", "3 of 8", "38%", "45%"],
        ["Beta District Council", "7 of 8", "88%", "45%"],
        ["Our sum of counts; indicative only", "10 of 16", "63%", "None printed"],
        ["2021–22"],
        ["Alpha District Council", "1 of 2 too few to compare", "50%", "45%"],
        ["Beta District Council", "0 of 3 too few to compare", "0%", "45%"],
        ["Our sum of counts; indicative only", "1 of 5", "20%", "None printed"],
    ]
    said = words_of(section(client))
    assert "Before 1 April 2023: figures of the councils it took over from" in said
    assert "indicative only: New Council is another body." in said
    assert "different kinds" not in said
    leads_to = re.findall('href="(.*?)"', section(client))
    assert f"{AT}/alpha-district-council/annualletters/2022" in leads_to
    assert f"{AT}/beta-district-council/statistics?year=2023" in leads_to
    for address in leads_to:
        assert client.get(address).status_code == 200


def test_a_sum_of_councils_of_different_kinds_says_so(client, new):
    for name, kind in (("Alpha District Council", "district"), ("Old County Council", "county")):
        letter(old(new, name, kind=kind), 2023, upheld(2023, 5, 10))
    said = words_of(section(client))
    assert "the sum is of councils of different kinds, which were responsible for different services" in said
    assert ["Our sum of counts; indicative only", "10 of 20", "50%", "None printed"] in rows(client)


@pytest.mark.parametrize(
    ("figure", "row", "sum_"),
    [
        ({"numerator": None}, ["Beta Council", "7 of 8 *", "88%", "45%"], ["10 of 16", "63%"]),
        (
            {"numerator": None, "denominator": 250, "percent": Decimal(99)},
            ["Beta Council", "250", "99%", "45%"],
            None,
        ),
        ({"percent": Decimal(12)}, ["Beta Council", "7 of 8", "12%", "45%"], None),
        (
            {"percent": None},
            ["Beta Council", "7 of 8", "Not stated in the letter", "45%"],
            ["10 of 16", "63%"],
        ),
        (
            {"percent": None, "numerator": 0, "denominator": 0},
            ["Beta Council", "0 of 0 too few to compare", "Not stated in the letter", "45%"],
            ["3 of 8", "38%"],
        ),
        ({"percent": None, "numerator": None, "denominator": None}, None, None),
        (None, ["Beta Council", "Not stated in the letter"], None),
        ("no letter", ["Beta Council", "No letter published"], None),
        ("closed", ["Beta Council", "Did not exist in 2022–23"], None),
        ("opened later", ["Beta Council", "Did not exist in 2022–23"], None),
    ],
)
def test_there_is_a_sum_only_where_every_count_is_known(client, new, figure, row, sum_):
    letter(old(new, "Alpha Council"), 2023, upheld(2023, 3, 8))
    days = {
        "closed": {"last_day": date(2022, 3, 31)},
        "opened later": {"first_day": FIRST, "last_day": FIRST},
    }
    other = old(new, "Beta Council", **(days.get(figure, {}) if isinstance(figure, str) else {}))
    if not isinstance(figure, str):
        letter(other, 2023, *([] if figure is None else [upheld(2023, 7, 8, **figure)]))
    found = rows(client)
    assert row is None or row in found
    if sum_:
        assert found[-1] == ["Our sum of counts; indicative only", *sum_, "None printed"]
    else:
        assert found[-1] == ["No sum", "The count is not known of Beta Council"]


def test_where_no_recommendations_were_due_there_is_nothing_to_add(client, new):
    none = {"percent": None, "numerator": None, "denominator": None, "average": None, "base_label": ""}
    due = factories.figure("compliance", 2023, numerator=None, denominator=4, percent=Decimal(75))
    letter(old(new, "Alpha Council"), 2023, due)
    letter(old(new, "Beta Council"), 2023, factories.figure("compliance", 2023, **none))
    assert rows(client, "Compliance") == [
        ["2022–23"],
        ["Alpha Council", "3 of 4 * too few to compare", "75%", "45%"],
        ["Beta Council", "No recommendations were due"],
        ["Our sum of counts; indicative only", "3 of 4 too few to compare", "75%", "None printed"],
    ]


@pytest.mark.parametrize("how", [SPLIT, MERGED])
def test_no_sum_with_one_that_was_divided(client, new, how):
    """Whatever the register calls it: another council took over from it too."""
    letter(old(new, "Alpha Council"), 2023, upheld(2023, 3, 8))
    divided = old(new, "Old County Council", how)
    letter(divided, 2023, upheld(2023, 30, 40))
    if how == MERGED:
        Succession.objects.create(
            predecessor=divided, successor=factories.council("East Council"), day=FIRST, how=how
        )
    assert "sum" not in words_of(section(client)).lower()
    assert (
        "We do not add these figures up. Old County Council was divided among several councils"
        in words_of(section(client))
    )
    assert ["Old County Council", "30 of 40", "75%", "45%"] in rows(client)


def test_no_sum_without_the_figures_of_one_that_existed_already(client):
    county = factories.council("New Council", kind="unitary", first_day=date(1974, 4, 1))
    for name in ("Alpha Council", "Beta Council"):
        letter(old(county, name), 2023, upheld(2023, 3, 8))
    said = words_of(section(client))
    assert "New Council existed before 1 April 2023 itself, and the sum would leave out its own." in said
    assert "Our sum" not in said


def test_a_single_predecessor_has_no_sum(client, new):
    letter(old(new, "Alpha Council"), 2023, upheld(2023, 3, 8))
    assert rows(client) == [["2022–23"], ["Alpha Council", "3 of 8", "38%", "45%"]]
    assert "add" not in words_of(section(client))


def test_only_years_that_were_over_belong_there(client, new):
    council = old(new, "Alpha Council")
    letter(council, 2023, upheld(2023, 3, 8))
    letter(council, 2024, upheld(2024, 1, 1))
    assert [row[0] for row in rows(client)] == ["2022–23", "Alpha Council"]
    assert "2023–24" not in section(client)


def test_it_goes_one_step_back_and_says_where_the_next_is(client, new):
    middle = old(new, "Middle Council", first_day=date(2020, 4, 1))
    letter(middle, 2023, upheld(2023, 3, 8))
    first = old(middle, "First Council", day=date(2020, 4, 1))
    letter(first, 2020, upheld(2020, 2, 9))
    assert "it had taken over from others itself: see its page" in words_of(section(client))
    assert "First Council" not in section(client)
    assert "2 of 9" in words_of(section(client, f"{AT}/middle-council/statistics"))


def test_a_successor_without_a_letter_of_its_own_shows_them_too(client, new):
    letter(old(new, "Alpha Council"), 2023, upheld(2023, 3, 8))
    html = client.get(NEW).content.decode()
    assert "No annual letter of the Ombudsman to New Council is published here." in html
    assert "3 of 8" in section(client)


def test_a_coming_merger_is_told_as_coming(client):
    new = factories.council("New Council", first_day=date(2028, 4, 1))
    for name in ("Alpha Council", "Beta Council"):
        letter(old(new, name, day=date(2028, 4, 1)), 2023, upheld(2023, 3, 8))
    said = words_of(section(client))
    assert "Before 1 April 2028: figures of the councils it will take over from" in said
    assert "New Council will be another body" in said


def test_without_any_letter_there_is_no_such_section(client, new):
    old(new, "Alpha Council")
    letter(new, 2024, upheld(2024, 20, 25))
    assert section(client) == ""


def test_letters_without_headline_figures_are_listed(client, new):
    council = old(new, "Alpha Council")
    letter(council, 2023)
    assert f"{AT}/alpha-council/annualletters/2023" in section(client)
    assert "<table" not in section(client)


def test_a_letter_under_embargo_shows_nowhere(client, new):
    council = old(new, "Alpha Council")
    letter(council, 2022, upheld(2022, 3, 8))
    before = client.get(NEW).content
    factories.public_letter(factories.edition(2023), council=council, figures=[upheld(2023, 4711, 8642)])
    assert client.get(NEW).content == before


def test_an_abolished_councils_page_leads_to_its_successors_figures(client, new):
    letter(old(new, "Alpha Council"), 2023, upheld(2023, 3, 8))
    html = client.get(f"{AT}/alpha-council/statistics").content.decode()
    assert "For the time after it, see the figures of New Council , from 1 April 2023." in words_of(html)


def test_a_renamed_council_goes_on_in_its_trend_and_signs(client, new):
    former = old(new, "Former Council", RENAMED)
    letter(former, 2024, upheld(2024, 2, 42))
    letter(new, 2025, upheld(2025, 13, 44))
    html = client.get(NEW).content.decode()
    assert section(client) == ""
    assert "2023–24: under its former name, Former Council ." in words_of(html)
    trend = html.split('id="upheld-over-the-years"')[1]
    assert f'href="{AT}/former-council/statistics?year=2024"' in trend
    assert words_of(trend.split("<tbody>")[1].split("</tbody>")[0]).startswith("2023–24 2 of 42 5%")
    assert "Our rule 3, not a verdict" in words_of(html)


def test_a_renamed_councils_own_letter_goes_before_the_one_under_its_former_name(client, new):
    former = old(new, "Former Council", RENAMED)
    letter(former, 2022, upheld(2022, 2, 42))
    letter(former, 2023, upheld(2023, 2, 42))
    letter(new, 2023, upheld(2023, 40, 44))
    body = client.get(NEW).content.decode().split('id="upheld-over-the-years"')[1]
    body = body.split("<tbody>")[1].split("</tbody>")[0]
    assert "40 of 44" in body
    assert body.count("2 of 42") == 1


def test_queries_do_not_grow_with_predecessors_and_years(client, new, django_assert_max_num_queries):
    for number in range(6):
        council = old(new, f"Old {number} Council")
        for year in (2020, 2022, 2023):
            letter(council, year, upheld(year, 3, 8))
    letter(new, 2024, upheld(2024, 20, 25))
    letter(new, 2025, upheld(2025, 20, 25))
    with django_assert_max_num_queries(12):
        client.get(NEW)
