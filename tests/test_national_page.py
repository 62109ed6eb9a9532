"""The page of the national picture: what stands on it, what moves it, and what it never tells."""

import csv
import re
from datetime import date, timedelta
from datetime import datetime as DateTime
from decimal import Decimal
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import time_machine

from letters import workflow
from letters.models import AnnualReview
from tests import factories
from tests.visitors import main_part

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
NOW = HOUR + timedelta(days=1)
PAGE = "/national-picture"
AT = "/your-councils-performance"


@pytest.fixture(autouse=True)
def today(db):
    with time_machine.travel(NOW, tick=False):
        yield


def figures(count, base, year=2020):
    percent = Decimal((200 * count + base) // (2 * base))
    return [
        factories.figure("upheld", year, percent=percent, numerator=count, denominator=base),
        factories.figure("compliance", year, numerator=None, denominator=base),
    ]


def publish(staff, name, count, base, year=2020, **values):
    """A letter published at half past nine on 29 July of its year."""
    hour = HOUR.replace(year=year)
    council = factories.council(name, **values)
    with time_machine.travel(hour - timedelta(days=2), tick=False):
        letter = factories.public_letter(
            factories.edition(year), staff, council, figures=figures(count, base, year)
        )
        if letter.review.publish_at is None:
            workflow.schedule(letter.review, hour, staff, acknowledged=True)
    return letter


def text(client, address=PAGE):
    response = client.get(address)
    assert response.status_code == 200
    return main_part(response)


def numbers(client, page):
    """The rows of the file that a page offers for a spreadsheet."""
    [where] = re.findall(
        r'href="(/api/v1/statistics\.csv[^"]*)"', client.get(page, follow=True).content.decode()
    )
    answer = client.get(unescape(where))
    assert answer.status_code == 200
    return list(csv.DictReader(b"".join(answer).decode("utf-8-sig").splitlines()))


@pytest.fixture
def england(staff):
    """Two years of two districts; a county, a late letter and a combined authority in the second."""
    for year in (2020, 2021):
        with time_machine.travel(NOW.replace(year=year), tick=False):
            publish(staff, "Alpha Council", 3, 6, year)
            publish(staff, "Beta Council", 5, 10, year)
    publish(staff, "Gamma County Council", 16, 20, 2021, kind="county")
    factories.council("Middle Combined Authority", kind="combined-authority")
    factories.council("Old Council", last_day=date(2021, 3, 31))
    factories.council("Quiet Council")
    late = factories.council("Late Council")
    with time_machine.travel(HOUR.replace(year=2021) + timedelta(days=1), tick=False):
        factories.public_letter(factories.edition(2021), staff, late, figures=figures(7777, 8888, 2021))
        yield factories.edition(2021)


def test_before_anything_is_public_it_says_so(client):
    assert text(client) == "The national picture No letters are published yet."


def test_the_year_in_sentences_and_figures(client, england):
    page = text(client)
    assert (
        "3 authorities have a published letter for 2020–21. According to these letters, the Ombudsman investigated 36 "
        "complaints in detail and upheld 24 of them (67%)."
    ) in page
    assert "24 of 36 investigations upheld 67% From 3 letters of 3." in page
    assert "36 of 36 compliance outcomes satisfactory 100% From 3 letters of 3. 3 counts are ours" in page
    assert "None No letter gives the numbers for it." not in page
    assert (
        "District councils 2 letters 8 of 16, 50% 45% 2 authorities 50% Too few Too few Too few 50%" in page
    )
    assert client.get(f"{PAGE}?year=2021").content == client.get(PAGE).content
    assert "2 authorities have a published letter for 2019–20." in text(client, f"{PAGE}?year=2020")


def test_what_changed_is_not_told_across_a_break(client, england):
    page = text(client)
    assert "2 authorities have a letter in both years." in page
    assert (
        "Not compared with 2019–20. In 2020–21 the Ombudsman took no new complaints for three months." in page
    )
    assert "No letters are published here for 2018–19." in text(client, f"{PAGE}?year=2020")


def test_what_changed_over_the_same_authorities(client, england, staff):
    with time_machine.travel(NOW.replace(year=2022), tick=False):
        publish(staff, "Beta Council", 6, 10, 2022)
        page = text(client)
        assert "1 authority has a letter in both years." in page
        assert (
            "In the 1 authority whose letter gives the numbers for both years: 5 of 10 (50.0%) in 2020–21, "
            "6 of 10 (60.0%) in 2021–22. That is 10 percentage points more."
        ) in page


def test_who_has_no_letter_and_why(client, england, staff):
    workflow.say_no_letter(england, factories.council("Tiny Council"), "It is <b>tiny</b>.", staff)
    gone = publish(staff, "Gone Council", 1, 2, 2021)
    workflow.withdraw(gone, staff, "It was another council's.")
    page = text(client).split("Who has no letter, and why")[1]
    for words in (
        "6 bodies of our register existed in 2020–21 without a letter here.",
        "The letter was withdrawn (1) Gone Council A letter published on 29 July 2021 was withdrawn on 30 July 2021. "
        "It was another council's.",
        "A reason was given (1) Tiny Council It is <b>tiny</b>.",
        "No letter is expected (1) The letters published here are to councils and national park authorities. Middle",
        "Closed by the end of the year (1) Old Council It existed until 31 March 2021.",
        "No letter is published here, and no reason is known (2) Late Council Quiet Council",
    ):
        assert words in page
    assert b"<b>tiny" not in client.get(PAGE).content
    seen = text(client, f"{AT}/tiny-council/annualletters")
    assert "2020–21 No letter. It is <b>tiny</b>." in seen
    assert "2020–21 No letter. It is <b>tiny</b>." in text(client, f"{AT}/tiny-council/statistics")


def test_a_late_letter_is_none(client, england):
    """T52: of two councils without a public letter, nobody can tell which one's is waiting."""
    addresses = [
        PAGE,
        f"{PAGE}?year=2020",
        "/",
        f"{AT}/late-council/annualletters",
        f"{AT}/late-council/statistics",
    ]
    with_it = [client.get(address).content for address in addresses]
    assert not any(trace in page for page in with_it for trace in (b"7,777", b"8,888", b"88%"))
    factories.forget([england.letters.get(council__name="Late Council")])
    assert [client.get(address).content for address in addresses] == with_it


def test_an_embargoed_year_moves_nothing(client, england, staff):
    """T52: neither figures nor reasons nor the report of an edition whose hour has not come."""
    addresses = [PAGE, "/", f"{PAGE}?year=2022", f"{PAGE}/2022.pdf", f"{AT}/quiet-council/annualletters"]
    before = [client.get(address).content for address in addresses]
    review = factories.public_letter(
        factories.edition(2022), staff, factories.council("Alpha Council"), figures=figures(7, 7, 2022)
    ).review
    workflow.schedule(review, NOW.replace(year=2022), staff, acknowledged=True)
    workflow.say_no_letter(review, factories.council("Quiet Council"), "It is quiet.", staff)
    report(review, staff)
    assert [client.get(address).content for address in addresses] == before
    with time_machine.travel(NOW.replace(year=2022), tick=False):
        assert "The Review of 2020" in text(client)
        assert "It is quiet." in text(client, f"{AT}/quiet-council/annualletters")


def report(review, staff, pdf=True, **values) -> AnnualReview:
    values = {
        "national_report_title": "The Review of 2020",
        "national_report_link": "https://example.org/review?a=1&b=2",
        "national_report_date": date(2021, 7, 28),
    } | values
    if pdf:
        workflow.take_report(review, factories.pdf_bytes())
    for name, value in values.items():
        setattr(review, name, value)
    workflow.save_report(review, [*values, *(["national_report"] if pdf else [])], staff)
    return review


def test_the_review_itself(client, england, staff):
    assert "None is linked here for 2020–21." in text(client)
    assert client.get(f"{PAGE}/2021.pdf").status_code == 404
    review = report(england, staff)
    page = client.get(PAGE).content.decode()
    assert '<a href="https://example.org/review?a=1&amp;b=2">The Review of 2020</a>' in page
    assert "of 28 July 2021" in text(client)
    answer = client.get(f"{PAGE}/2021.pdf")
    assert answer["Content-Type"] == "application/pdf"
    with review.national_report.open("rb") as stored:
        assert b"".join(answer.streaming_content) == stored.read()
    assert answer["Cache-Control"] == "no-cache"
    assert client.get(f"{PAGE}/2021.pdf", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.get(f"{PAGE}/2021.pdf", headers={"Range": "bytes=0-3"}).status_code == 206


def test_a_review_without_a_title_has_its_usual_name(client, england, staff):
    report(england, staff, pdf=False, national_report_title="")
    assert "Review of Local Government Complaints 2020–21 (on another site)" in text(client)


def test_queries_do_not_grow(client, england, staff, django_assert_num_queries):
    with django_assert_num_queries(6):
        client.get(PAGE)
    for number in range(20):
        publish(staff, f"Town {number} Council", number, 20, 2020)
        factories.council(f"Village {number} Council")
    with django_assert_num_queries(6):
        client.get(f"{PAGE}?year=2021")


def test_a_year_before_the_headline_figures_has_letters_alone(client, staff):
    """None of the three rates existed then: nothing is derived, and nothing empty is drawn."""
    with time_machine.travel(HOUR.replace(year=2010), tick=False):
        letter = factories.public_letter(factories.edition(2010), staff, figures=[])
        workflow.schedule(letter.review, HOUR.replace(year=2010), staff, acknowledged=True)
        page = text(client)
    assert "1 letter published" in page
    assert "The letters of this year state none of the headline figures of today." in page
    assert "The spread" not in page
    assert "What changed" not in page


def test_a_council_without_any_letter_costs_no_more(client, england, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        assert "No letter. No reason is known here." in text(client, f"{AT}/quiet-council/statistics")


@pytest.mark.parametrize(
    ("page", "years", "measures", "councils"),
    [
        (f"{PAGE}?year=2020", {"2020"}, {"upheld", "compliance"}, 2),
        ("/map?year=2021&figure=compliance", {"2021"}, {"compliance"}, 3),
        ("/compare?council=alpha-council&year=2020", {"2020"}, {"upheld"}, 2),
        (f"{AT}/alpha-council/statistics", {"2020", "2021"}, {"upheld", "compliance"}, 1),
    ],
)
def test_the_numbers_behind_a_page_are_one_link_away(client, england, page, years, measures, councils):
    rows = numbers(client, page)
    assert {row["year_ending"] for row in rows} == years
    assert {row["measure"] for row in rows} == measures
    assert len({row["council"] for row in rows}) == councils
