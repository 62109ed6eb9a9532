"""Texts to take along: nothing is lost of a figure, and nothing added, on its way into somebody's report."""

from datetime import date, timedelta
from datetime import datetime as DateTime
from decimal import Decimal
from html import unescape
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine

from councils.models import Council
from letters import workflow
from letters.extraction.types import Source
from public import citing
from tests import factories

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
AT = "/your-councils-performance/wellingborough-borough-council"
ADDRESS = f"http://localhost:8000{AT}/statistics?year=2020"
BOX = (0.1, 0.2, 0.5, 0.25)
SOURCE = (
    "Source: Local Government and Social Care Ombudsman, annual letter to Wellingborough Borough Council of "
    "22 July 2020,"
)
PERIOD = "Period: 1 April 2019 to 31 March 2020."
NONE_DUE = dict.fromkeys(("percent", "value", "numerator", "denominator", "average"))


@pytest.fixture(autouse=True)
def today(db):
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        yield


def publish(figures, name="Wellingborough Borough Council"):
    staff = factories.staff()
    with time_machine.travel(HOUR, tick=False):
        factories.public_letter(factories.edition(2020), staff, factories.council(name), figures=figures)
        workflow.schedule(factories.edition(2020), HOUR, staff, acknowledged=True)


def figure(measure="upheld", **values):
    return factories.figure(measure, **values)


def copied(client, what, address=f"{AT}/take-along"):
    """The text that is copied under that name."""
    html = client.get(address).content.decode()
    return unescape(html.split(f'data-copy="{what}">')[1].split("</")[0])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            figure(),
            "2019–20: The Ombudsman investigated 2 complaints about Wellingborough Borough Council in detail and "
            "upheld both. That is too few to compare with other authorities. As printed in the letter: rate 100% "
            "(2 of 2), based on 2 detailed investigations, average of similar authorities 45%.",
        ),
        (
            figure(numerator=None, percent=Decimal(92), denominator=12, average=None),
            "2019–20: The Ombudsman investigated 12 complaints about Wellingborough Borough Council in detail and "
            "upheld 92% of them. As printed in the letter: rate 92%, based on 12 detailed investigations.",
        ),
        (
            figure(percent=Decimal(0), numerator=None, denominator=None, average=None, base_label=""),
            "2019–20: The Ombudsman upheld 0% of the complaints it investigated. As printed in the letter: rate 0%.",
        ),
        (
            figure(percent=None, numerator=None, denominator=3, average=None),
            "2019–20: As printed in the letter: based on 3 detailed investigations.",
        ),
        (
            figure(percent=None, numerator=3, denominator=None, average=None, base_label=""),
            "2019–20: As printed in the letter: count 3.",
        ),
    ],
)
def test_a_sentence_holds_count_base_period_and_source(client, given, expected):
    publish([given])
    sentence = copied(client, "our sentence: Complaints upheld")
    assert sentence == f"{expected} {PERIOD} {SOURCE} {ADDRESS}#upheld"


def test_nothing_due_is_a_sentence_without_a_number(client):
    publish([figure("compliance", base_label="", **NONE_DUE)])
    sentence = copied(client, "our sentence: Compliance with Ombudsman recommendations")
    assert sentence.startswith(
        "2019–20: The letter says that no recommendations to Wellingborough Borough Council were due for compliance. "
    )
    assert "%" not in sentence


def test_the_letters_own_words_go_along_as_they_are(client):
    words = "100% of complaints we <investigated> were upheld."
    publish([figure(sources=(Source("percent", 4, BOX, words),))])
    quoted = copied(client, "the letter’s words: Complaints upheld")
    assert quoted == f"“{words}” (page 4) {PERIOD} {SOURCE} {ADDRESS}#upheld"


def test_the_table_as_text_has_a_line_for_each_figure_and_its_source(client):
    publish(
        [
            figure(),
            figure(
                "compliance",
                numerator=None,
                denominator=1,
                average=Decimal(99),
                base_label="compliance outcome",
            ),
        ]
    )
    assert [line.split("\t") for line in copied(client, "the table as text").splitlines()] == [
        ["Figure", "Count", "Rate or number", "Average of similar authorities", "Based on", "Period"],
        [
            "Complaints upheld",
            "2 of 2 investigations upheld",
            "100%",
            "45%",
            "2 detailed investigations",
            "1 April 2019 to 31 March 2020",
        ],
        [
            "Compliance with Ombudsman recommendations",
            "1 of 1 compliance outcome satisfactory (count ours, worked out from the rate)",
            "100%",
            "99%",
            "1 compliance outcome",
            "1 April 2019 to 31 March 2020",
        ],
        [f"Wellingborough Borough Council, 2019–20. {SOURCE} {ADDRESS}"],
    ]


def test_the_citation_names_author_letter_date_address_and_the_day_it_was_looked_up(client):
    publish([figure()])
    assert copied(client, "the citation") == (
        "Local Government and Social Care Ombudsman (2020). Annual letter to Wellingborough Borough Council for the "
        f"year ending 31 March 2020. Dated 22 July 2020. Your council’s performance. {ADDRESS} (looked up on "
        "30 July 2020)."
    )
    assert copied(client, "the citation for BibTeX") == (
        "@misc{ombudsman-wellingborough-borough-council-2020,\n"
        "  author = {{Local Government and Social Care Ombudsman}},\n"
        "  title = {{Annual letter to Wellingborough Borough Council for the year ending 31 March 2020}},\n"
        "  year = {2020},\n"
        f"  howpublished = {{\\url{{{ADDRESS}}}}},\n"
        "  note = {Looked up on 30 July 2020.}\n"
        "}"
    )


@pytest.mark.parametrize(
    ("year", "author"),
    [
        (2009, "Local Government Ombudsman"),
        (2016, "Local Government Ombudsman"),
        (2017, "Local Government and Social Care Ombudsman"),
        (2025, "Local Government and Social Care Ombudsman"),
    ],
)
def test_the_ombudsman_is_named_as_it_was(year, author):
    assert citing.author(year) == author


def test_bibtex_takes_names_for_words():
    council = Council(name=r"A & B {50%} $_#~^\ Council", slug="a-b")
    letter = SimpleNamespace(letter_date=None, review=SimpleNamespace(year_ending=2016))
    title = r"A \& B \{50\%\} \$\_\#\textasciitilde{}\textasciicircum{}\textbackslash{} Council"
    written = citing.bibtex(council, letter, date(2020, 7, 30))
    assert f"{{Annual letter to {title} for the year" in written
    assert "  year = {2016}," in written


def test_in_a_demonstration_every_text_says_so(client, settings):
    settings.DEMONSTRATION = True
    publish([figure()])
    for what in (
        "our sentence: Complaints upheld",
        "the letter’s words: Complaints upheld",
        "the table as text",
        "the citation",
        "the citation for BibTeX",
    ):
        assert "From a demonstration: most of its figures are made up." in copied(client, what)


@pytest.mark.parametrize("figures", [[], [figure(), figure("compliance")]])
def test_the_page_asks_as_few_questions_of_the_database_for_many_figures(
    client, figures, django_assert_num_queries
):
    publish(figures)
    with django_assert_num_queries(5):
        assert client.get(f"{AT}/take-along").status_code == 200


def test_the_councils_page_leads_there(client):
    publish([figure()])
    html = client.get(f"{AT}/statistics").content.decode()
    for address in (
        f"{AT}/take-along?year=2020",
        f"{AT}/committee-pack?year=2020",
        f"{AT}/committee-pack/2020.pdf",
    ):
        assert f'href="{address}"' in html
        assert client.get(address).status_code == 200
