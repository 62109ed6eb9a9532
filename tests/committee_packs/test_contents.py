"""What stands in a committee pack."""

import re
from datetime import date
from html import unescape

from letters import workflow
from tests import factories
from tests.committee_packs.world import (
    AT,
    page_of,
    publish,
    several_years,
    three,
    wellingborough,
    with_other_figures,
    with_tables_only,
    without_figures,
)


def test_headline_figures_stand_with_counts_rate_average_and_interval(client, staff):
    seen = " ".join(unescape(page_of(client, wellingborough(staff))).split())
    assert (
        "Complaints upheld 2 of 2 investigations upheld Too few to compare (2 investigations) 100% 45% 34–100%"
        in seen
    )
    assert "Our count, worked out from the rate 100% 99% 21–100%" in seen
    assert "Period: 1 April 2019 to 31 March 2020." in seen
    assert (
        "Wellingborough Borough Council was abolished on 31 March 2021. North Northamptonshire Council took over."
        in seen
    )
    assert "Made on 29 July 2024." in seen


def test_our_average_is_the_one_of_the_comparison(client, staff):
    council = several_years(staff)
    publish(staff, factories.council("Othertown Borough Council"), 2023, three(2023, (90, 27, 30, 55)))
    publish(staff, factories.council("A County Council", kind="county"), 2023, three(2023, (1, 1, 100, 55)))
    seen = " ".join(unescape(page_of(client, council)).split())
    compared = client.get(f"/compare?council={council.slug}&year=2023&figure=upheld&with=similar")
    assert "38 of 50, 76%" in " ".join(compared.content.decode().split())
    assert "55% 11 of 20 (our count) 55% 76% 38 of 50, in 2 letters" in seen
    assert "Not clearly different from the average printed" in seen
    assert not re.search(r"\b(better|worse|rank)", seen)


def test_sections_appear_only_where_there_is_something_to_say(client, staff):
    def headings(council):
        html = client.get(f"{AT}/{council.slug}/committee-pack").content.decode()
        return re.findall(r'<section class="pack" id="([a-z-]+)"', html)

    every = [
        "in-short",
        "headline",
        "signs",
        "questions",
        "over-the-years",
        "beside",
        "others",
        "where",
        "sources",
    ]
    assert headings(several_years(staff)) == [each for each in every if each != "others"]
    assert headings(with_other_figures(staff)) == [
        each for each in every if each not in ("signs", "over-the-years")
    ]
    assert headings(without_figures(staff)) == ["in-short", "headline", "questions", "sources"]


def test_the_figures_of_a_year_without_headline_figures_come_first(client, staff):
    council = with_tables_only(staff)
    seen = page_of(client, council)
    html = client.get(f"{AT}/{council.slug}/committee-pack").content.decode()
    sections = re.findall(r'<section class="pack" id="([a-z-]+)"', html)
    assert sections == ["in-short", "others", "questions", "where", "sources"]
    assert "It has none of today’s headline figures. Those that it has follow here." in seen
    assert "The figures in the letter for 2006–07" in seen
    assert "Other figures" not in seen


def test_where_it_is_known_why_there_is_no_letter_the_pack_says_so_and_does_not_ask(client, staff):
    wellingborough(staff)
    for council, why in (
        (factories.council("Greater Sometown", kind="combined-authority"), "None is expected: the letters"),
        (
            factories.council("Old Council", last_day=date(2020, 3, 31)),
            "It existed until 31 March 2020.",
        ),
    ):
        seen = page_of(client, council)
        assert f"For 2019–20 there is no letter. {why}" in seen
        assert "Has the authority received" not in seen


def test_a_council_without_any_letter_has_a_question_and_no_pdf(client, staff):
    council = factories.council("Sometown Council")
    seen = page_of(client, council)
    assert "Has the authority received an annual letter from the Ombudsman" in seen
    assert client.get(f"{AT}/{council.slug}/committee-pack/2020.pdf").status_code == 404


def test_a_withdrawn_letter_leaves_a_note(client, staff):
    council = factories.council("Sometown Council")
    workflow.withdraw(publish(staff, council, 2020), staff, "Sent to the wrong council.")
    for address in (
        "committee-pack?year=2020",
        "committee-pack/2020.pdf",
        "take-along?year=2020",
        "card?year=2020",
    ):
        response = client.get(f"{AT}/{council.slug}/{address}")
        assert response.status_code == 410
        assert b"Sent to the wrong council." in response.content


def test_queries_do_not_grow(client, staff, django_assert_num_queries):
    council = wellingborough(staff)
    with django_assert_num_queries(15):
        client.get(f"{AT}/{council.slug}/committee-pack")
    council = several_years(staff)
    with django_assert_num_queries(15):
        client.get(f"{AT}/{council.slug}/committee-pack")
