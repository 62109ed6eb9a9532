"""What the comparison's page says, in words, in its table and in its drawings."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest
import time_machine

from tests import factories
from tests.comparing.world import HOUR, address, publish, seen, table


def test_one_that_ended_with_the_year_without_a_letter_is_not_said_never_to_have_been(client, districts):
    council = factories.council("Omega District Council", last_day=date(2020, 3, 31))
    assert "Omega District Council, 2019–20: no letter published." in seen(client, address(council))


@pytest.mark.parametrize(("name", "year"), [("Alpha", "?year=2020"), ("Eta", "")])
def test_the_way_back_leads_to_the_council_in_view(client, districts, name, year):
    html = client.get(address(districts[name])).content.decode()
    trail = html.split('<nav class="site-trail"')[1].split("</nav>")[0]
    assert f'{districts[name].slug}/statistics{year}">{name} District Council</a>' in trail


def test_an_average_that_the_councils_own_letter_does_not_print_is_not_said_to_stand_in_it(
    client, staff, districts
):
    publish(staff, districts["Eta"], 3, 6, average=None)
    words = seen(client, address(districts["Eta"]))
    assert "Average printed in the letter Not stated in the letter" in words


def test_whoever_is_not_in_our_average_is_named_whether_drawn_or_not(client, staff, districts):
    for name, percent, base in (("Iota", 99, 150), ("Kappa", 50, 3)):
        figure = factories.figure("compliance", percent=Decimal(percent), numerator=None, denominator=base)
        council = factories.council(f"{name} District Council")
        with time_machine.travel(HOUR - timedelta(days=2), tick=False):
            factories.public_letter(factories.edition(2020), staff, council, figures=[figure])
    words = seen(client, address(districts["Alpha"], figure="compliance"))
    assert "printed as the rate that the letter states: Iota District Council." in words
    assert "or does not fit together: Kappa District Council." in words


def test_a_council_without_a_letter_sees_the_others(client, districts):
    words = seen(client, address(districts["Eta"]))
    assert "Eta District Council, 2019–20: no letter published." in words
    assert "Average printed in the letters 66%" in words


def test_counts_that_the_letters_do_not_state_are_marked_as_ours(client, staff, districts):
    publish(staff, districts["Eta"], None, 28, average=99, measure="compliance")
    where = address(districts["Eta"], figure="compliance")
    assert table(client, where)["Eta District Council"] == ["0 of 28 *", "0%", "99%"]
    assert table(client, where)["Beta District Council"] == ["Not stated in the letter"]
    assert "* Our count: the letter states the rate and the base" in seen(client, where)


def test_what_contradicts_itself_is_neither_drawn_nor_counted(client, staff, districts):
    letter = publish(staff, districts["Eta"], 2, 4)
    letter.statistics.update(percent=Decimal(100))
    words = seen(client, address(districts["Eta"]))
    assert "Our average 22 of 41, 54%" in words
    assert "Not drawn and not in our average, because what the letter states is not enough for it" in words
    assert "fit together: Eta District Council." in words


@pytest.mark.parametrize("base", [None, 0])
@pytest.mark.parametrize("percent", [None, 0, 100])
@pytest.mark.parametrize("measure", ["upheld", "compliance"])
def test_letters_that_state_too_little_break_nothing(client, staff, districts, measure, percent, base):
    """T31: a rate of nothing, or of what is not said."""
    letter = publish(staff, districts["Eta"], 1, 2, measure=measure)
    letter.statistics.update(percent=percent, numerator=None, denominator=base)
    for group in ("similar", "nearest"):
        assert len(table(client, address(districts["Eta"], group, measure))) >= 6


def test_no_recommendations_were_due(client, staff, districts):
    letter = publish(staff, districts["Eta"], None, 2, measure="compliance")
    letter.statistics.update(percent=None, denominator=None, average=None)
    where = address(districts["Eta"], figure="compliance")
    assert table(client, where)["Eta District Council"] == ["No recommendations were due"]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("rate", ["Epsilon", "Zeta", "Gamma", "Alpha", "Delta", "Beta", "Eta"]),
        ("-rate", ["Delta", "Alpha", "Gamma", "Zeta", "Epsilon", "Beta", "Eta"]),
        ("base", ["Beta", "Epsilon", "Zeta", "Alpha", "Delta", "Gamma", "Eta"]),
        ("-base", ["Gamma", "Delta", "Alpha", "Zeta", "Epsilon", "Beta", "Eta"]),
    ],
)
def test_the_table_is_sorted_by_links_and_never_numbered(client, districts, sort, names):
    where = address(districts["Alpha"], rest=f"&sort={sort}")
    assert list(table(client, where)) == [f"{name} District Council" for name in names]
    html = client.get(where).content.decode()
    assert html.count("aria-sort=") == 1
    assert "<ol" not in html
    for other in re.findall(r'<th role="columnheader"[^>]*>\s*<a href="([^"]+)#councils"', html):
        assert client.get(unescape(other)).status_code == 200


def test_the_drawings_say_what_the_table_says(client, districts):
    html = client.get(address(districts["Alpha"])).content.decode()
    stated = {
        name: f"{count.replace(' too few to compare', '')}, {rate}"
        for name, (count, rate, _) in (
            (name, cells)
            for name, cells in table(client, address(districts["Alpha"])).items()
            if len(cells) == 3
        )
    }
    dots, funnel = re.findall(
        r'<svg class="plot.*?</svg>\s*</figure>|<svg class="plot.*?<figcaption', html, re.S
    )
    for drawing in (dots, funnel):
        said = dict(re.findall(r"<title>(.*?): (.*?%)", drawing))
        assert said == stated


@pytest.mark.parametrize("group", ["similar", "region", "nearest", "list"])
def test_queries_do_not_grow(client, staff, districts, django_assert_max_num_queries, group):
    for number in range(8):
        publish(staff, factories.council(f"Town {number} Council", region="South East"), 1, 2)
    with django_assert_max_num_queries(7):
        client.get(
            address(
                districts["Alpha"], group, rest="&councils=town-1-council&q=town" if group == "list" else ""
            )
        )
