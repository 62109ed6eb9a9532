"""Figures of tables on the review screen: one row each, headings as printed, and rows for other headings."""

from datetime import date

import pytest

from demonstration.printing import print_letter
from history.models import Line
from letters import workflow
from letters.models import Statistic
from tests import factories
from tests.letters.report_rows import LEEDS_2007, LEEDS_2016
from tests.readings import read_here
from tests.staff_pages import filled, page_of, take, text

pytestmark = pytest.mark.django_db


def letter_of(facts, staff):
    """The letter that these facts are printed as, read by the readers."""
    council = factories.council(facts.council, kind="metropolitan", first_day=date(1974, 4, 1))
    reading = read_here(print_letter(facts))
    row = workflow.receive(factories.pdf_bytes(), "letter.pdf", staff, factories.edition(facts.year_ending))
    _, token = workflow.claim_for_reading(str(row.pk))
    workflow.finish_reading(row, token, reading, council, reading.problems)
    row.refresh_from_db()
    return row


def values(letter) -> dict:
    return {each.measure: (each.value, each.origin) for each in letter.statistics.all()}


def test_all_figures_of_a_table_stand_in_one_group(browser, staff):
    letter = letter_of(LEEDS_2016, staff)
    take(browser, letter)
    tables = browser.get(page_of(letter)).context["tables"]
    assert [(table.name, len(table.figures)) for table in tables] == [
        ("Complaints and enquiries received", 10),
        ("Decisions made", 7),
    ]
    assert tables[0].figures[-1].heading == "Total"


def test_saving_what_was_read_changes_nothing(browser, staff):
    letter = letter_of(LEEDS_2016, staff)
    before = values(letter)
    take(browser, letter)
    browser.post(page_of(letter), filled(browser, letter, save="Save"))
    assert values(letter) == before
    assert "nothing was changed" in Line.objects.order_by("-pk")[0].deed


def test_a_total_that_is_contradicted_is_told_and_settled(browser, staff):
    letter = letter_of(LEEDS_2016, staff)
    take(browser, letter)
    browser.post(page_of(letter), filled(browser, letter, save="Save", **{"received:housing-value": "9"}))
    letter.refresh_from_db()
    assert [problem["code"] for problem in letter.problems] == ["table-total"]
    assert "does not add up" in text(browser.get(page_of(letter)))
    browser.post(page_of(letter), filled(browser, letter, save="Save", **{"received:housing-value": "8"}))
    letter.refresh_from_db()
    assert letter.problems == []
    assert values(letter)["received:housing"] == (8, Statistic.Origin.ENTERED)


def test_a_heading_of_its_own_is_entered(browser, staff):
    letter = letter_of(LEEDS_2007, staff)
    take(browser, letter)
    entered = {"received-anew-0-heading": "Parks & Gardens", "received-anew-0-value": "0"}
    browser.post(page_of(letter), filled(browser, letter, save="Save", **entered))
    assert values(letter)["received:parks-and-gardens"] == (0, Statistic.Origin.ENTERED)


@pytest.mark.parametrize(
    ("heading", "value", "message"),
    [
        ("Housing", "3", "This heading has a row already."),
        ("Parks", "", "Give both the heading and its number, or neither."),
        ("", "3", "Give both the heading and its number, or neither."),
        ("!!!", "3", "Give the heading as the letter prints it, in words."),
    ],
)
def test_odd_headings_are_refused(browser, staff, heading, value, message):
    letter = letter_of(LEEDS_2007, staff)
    before = values(letter)
    take(browser, letter)
    entered = {"received-anew-0-heading": heading, "received-anew-0-value": value}
    response = browser.post(page_of(letter), filled(browser, letter, save="Save", **entered))
    assert message in text(response)
    assert values(letter) == before


def test_what_is_restated_stands_beside_that_years_letter(browser, staff):
    letter = letter_of(LEEDS_2007, staff)
    page = text(browser.get(page_of(letter)))
    assert "What this letter repeats of earlier years: 46 numbers" in page
    assert not Statistic.objects.filter(letter__review__year_ending__lt=2007).exists()
