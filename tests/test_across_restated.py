"""What three-year tables repeat of earlier years, against those years' letters."""

from decimal import Decimal

import pytest
from django.urls import reverse

from letters import across, workflow
from letters.across.restated import CODE
from letters.extraction.types import Restated, Source
from letters.models import State
from tests import factories
from tests.staff_pages import text

pytestmark = pytest.mark.django_db

HOUSING, TOTAL = "received:housing", "received:total"


def value(measure, number, year):
    numbers = {"percent": None, "numerator": None, "denominator": None, "average": None}
    return factories.figure(measure, year, value=Decimal(number), **numbers)


def repeats(measure, year, number):
    return Restated(measure, year, Decimal(number), Source("value", 3, (0.1, 0.1, 0.2, 0.2), str(number)))


def letter(council, year, figures, restated=()):
    numbers = [value(measure, number, year) for measure, number in figures.items()]
    return factories.letter(
        factories.edition(year), council=council, figures=numbers, restated=tuple(restated)
    )


@pytest.fixture
def council():
    return factories.council("Zyxwold Borough Council")


def asked(row):
    return [problem for problem in workflow.open_problems(row) if problem.code == CODE]


@pytest.mark.parametrize(
    ("repeated", "differs"),
    [
        ([repeats(HOUSING, 2007, 30)], False),
        ([repeats(HOUSING, 2007, 80)], True),
        ([repeats(HOUSING, 2006, 80)], False),
        ([repeats("received:planning", 2007, 80)], False),
        ([], False),
    ],
    ids=["the same", "otherwise", "of a year without a letter", "of a figure not stated", "nothing"],
)
def test_both_letters_are_asked_where_they_differ(council, repeated, differs):
    first = letter(council, 2007, {HOUSING: 30})
    second = letter(council, 2008, {HOUSING: 25}, repeated)
    assert bool(asked(first)) is bool(asked(second)) is differs
    if differs:
        assert "figures of 2006–07 otherwise" in asked(second)[0].message
        assert "received: Housing is 80 here, 30 there" in asked(second)[0].message
        assert "The letter for 2007–08 repeats figures of this letter otherwise" in asked(first)[0].message
        assert "received: Housing is 30 here, 80 there" in asked(first)[0].message


def test_two_years_back_and_all_differences_of_a_year_in_one_question(council):
    first = letter(council, 2006, {HOUSING: 30, TOTAL: 90})
    last = letter(council, 2008, {HOUSING: 25}, [repeats(HOUSING, 2006, 31), repeats(TOTAL, 2006, 91)])
    assert len(asked(first)) == len(asked(last)) == 1
    assert asked(last)[0].message.count(" there") == 2


def test_other_councils_are_not_asked(council):
    letter(factories.council("Other District Council"), 2007, {HOUSING: 30})
    assert not asked(letter(council, 2008, {HOUSING: 25}, [repeats(HOUSING, 2007, 80)]))


def test_it_is_a_question_and_is_settled_when_either_is_put_right(council):
    first = letter(council, 2007, {HOUSING: 30})
    second = letter(council, 2008, {HOUSING: 25}, [repeats(HOUSING, 2007, 80)])
    assert across.errors(asked(first)) == []
    _, refused = workflow.approve_together([(str(first.pk), first.revision)], first.received_by)
    assert "raises a question" in str(refused[0])
    first.statistics.update(value=80)
    assert not asked(first)
    assert not asked(second)
    workflow.approve(second, second.received_by)
    second.refresh_from_db()
    assert second.state == State.APPROVED


def test_the_edition_lists_it(client, council):
    client.force_login(factories.staff())
    first = letter(council, 2007, {HOUSING: 30})
    letter(council, 2008, {HOUSING: 25}, [repeats(HOUSING, 2007, 80)])
    where = reverse("admin:letters_annualreview_contradicting", args=[first.review.pk])
    assert "repeats figures of this letter otherwise" in text(client.get(where))
