"""The signs on a council's page: drawn from what is public alone, and from the averages that the comparison shows."""

import re
from datetime import datetime as DateTime
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine

from letters import workflow
from tests import factories
from tests.visitors import words_of

HOUR = DateTime(2025, 5, 28, 9, 30, tzinfo=ZoneInfo("Europe/London"))
ADDRESS = "/your-councils-performance/sometown-council/statistics"


@pytest.fixture(autouse=True)
def today(db):
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        yield


def rate(measure, year, count, base, printed=None):
    percent = Decimal((200 * count + base) // (2 * base))
    return factories.figure(
        measure, year, percent=percent, numerator=printed, denominator=base, average=Decimal(80)
    )


def letter(council, year, *figures):
    with time_machine.travel(HOUR.replace(year=year) - timedelta(days=2), tick=False):
        return factories.public_letter(
            factories.edition(year), council=factories.council(council, kind="unitary"), figures=figures
        )


def publish(*years):
    for year in years:
        with time_machine.travel(HOUR.replace(year=year) - timedelta(days=1), tick=False):
            workflow.schedule(
                factories.edition(year),
                HOUR.replace(year=year),
                factories.User.objects.first(),
                acknowledged=True,
            )


def others(year, amount, count=16, base=20):
    for number in range(amount):
        letter(f"Town {number} Council", year, rate("upheld", year, count, base, count))


def of_each_rule():
    """A council that meets all three rules among ten others, and a letter of another kind that must not count."""
    letter(
        "Sometown Council",
        2025,
        rate("upheld", 2025, 44, 45, 44),
        rate("compliance", 2025, 35, 38),
        rate("satisfactory-remedies", 2025, 13, 44, 13),
    )
    letter(
        "Sometown Council",
        2024,
        rate("upheld", 2024, 42, 42, 42),
        rate("compliance", 2024, 31, 31),
        rate("satisfactory-remedies", 2024, 2, 42, 2),
    )
    others(2025, 10)
    others(2024, 10)
    factories.council("Other District Council", kind="district")
    letter("Other District Council", 2025, rate("upheld", 2025, 0, 500, 0))


def section(client, address=ADDRESS):
    html = client.get(address).content.decode()
    found = html.split('<section id="signs"')[1].split("</section>")[0] if 'id="signs"' in html else ""
    return words_of(found)


def test_one_of_each_rule_with_its_reason(client):
    of_each_rule()
    publish(2024, 2025)
    html = client.get(ADDRESS).content.decode()
    said = section(client)
    assert re.findall("Our rule ([123]), not a verdict", said) == ["1", "2", "3"]
    assert "In 2024–25, 35 of 38 compliance outcomes were satisfactory (92%). (our count, worked out" in said
    assert "In 2024–25, 44 of 45 investigations were upheld (98%); in 2023–24, 42 of 42 (100%)." in said
    assert "Our average of unitary councils is 83% (11 letters) for 2024–25 and 83% (11 letters)" in said
    assert (
        "13 of 44 upheld complaints were put right, to the Ombudsman’s satisfaction, before it had to step in (30%);"
        " in 2023–24, 2 of 42" in said
    )
    assert "Each is a reason to ask, not a verdict" in said
    for word in ("better", "worse", "poor", "good", "fail"):
        assert word not in said.lower()
    assert html.index('id="over-the-years"') < html.index('id="signs"')


def test_the_average_is_the_one_that_the_comparison_shows(client):
    of_each_rule()
    publish(2024, 2025)
    compared = client.get(
        "/compare?council=sometown-council&year=2025&figure=upheld&with=similar"
    ).content.decode()
    assert "204 of 245, 83%" in compared
    assert "83% (11 letters) for 2024–25" in section(client)


def test_what_is_not_public_makes_no_sign_and_no_average(client):
    of_each_rule()
    publish(2024)
    with time_machine.travel(HOUR - timedelta(hours=1), tick=False):
        publish_later = factories.edition(2025)
        workflow.schedule(publish_later, HOUR, factories.User.objects.first(), acknowledged=True)
        assert "None of our rules" in section(client)
        assert "2024–25" not in section(client)
    with time_machine.travel(HOUR, tick=False):
        assert "Our rule 2" in section(client)


def test_a_letter_under_embargo_changes_nothing(client):
    of_each_rule()
    publish(2024, 2025)
    before = client.get(ADDRESS).content
    late = factories.council("Town 99 Council", kind="unitary")
    figures = [rate("upheld", 2025, 0, 5000, 0)]
    factories.public_letter(factories.edition(2025), council=late, figures=figures)
    assert client.get(ADDRESS).content == before


def test_nine_letters_are_no_average(client):
    letter("Sometown Council", 2025, rate("upheld", 2025, 45, 45, 45))
    letter("Sometown Council", 2024, rate("upheld", 2024, 42, 42, 42))
    others(2025, 9)
    others(2024, 8)
    publish(2024, 2025)
    said = section(client)
    assert (
        "None of our rules finds a sign to look into in the figures for 2024–25. Some could not be applied"
        in said
    )
    assert (
        "rule 2 to Complaints upheld: 2023–24: 9 letters of unitary councils published here, too few" in said
    )


def test_where_no_rule_can_be_applied_that_is_said(client):
    letter("Sometown Council", 2025, rate("upheld", 2025, 2, 2, 2))
    publish(2025)
    said = section(client)
    assert "None of our rules can be applied to the figures for 2024–25" in said
    assert "rules 2 and 3 to Complaints upheld: 2024–25: fewer than 5 cases" in said


def test_a_letter_without_headline_figures_has_no_such_section(client):
    letter("Sometown Council", 2025)
    publish(2025)
    assert section(client) == ""


def test_an_earlier_year_is_judged_by_itself(client):
    of_each_rule()
    publish(2024, 2025)
    said = section(client, f"{ADDRESS}?year=2024")
    assert "None of our rules finds a sign" in said
    assert "2024–25" not in said


def test_each_sign_leads_to_its_figure_the_guidance_and_the_limits(client):
    of_each_rule()
    publish(2024, 2025)
    html = client.get(ADDRESS).content.decode().split('<section id="signs"')[1].split("</section>")[0]
    links = [each.replace("&amp;", "&") for each in re.findall('href="(.*?)"', html)]
    assert {"#upheld", "#compliance", "#satisfactory-remedies"} < set(links)
    (limits,) = (each for each in links if each.startswith("/compare"))
    assert 'id="funnel"' in client.get(limits.split("#")[0]).content.decode()
    guidance = client.get("/how-to-read-these-figures").content.decode()
    assert 'id="signs"' in guidance


def test_queries_are_as_many_for_any_number_of_letters(client, django_assert_max_num_queries):
    of_each_rule()
    publish(2024, 2025)
    with django_assert_max_num_queries(12):
        client.get(ADDRESS)
