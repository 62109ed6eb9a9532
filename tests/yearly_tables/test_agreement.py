"""Letters are held against the yearly tables."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from letters import across, workflow
from letters.across.tables import CODE, Tabled, agree, differing
from letters.workflow import Refused
from tests import factories
from tests.contradictions import codes, stated
from tests.staff_pages import text
from tests.yearly_tables.importing import HEAD, imported

D = Decimal
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("measure", "printed", "tabled", "same"),
    [
        ("upheld", "45", "45", True),
        ("upheld", "45", "45.454545", True),
        ("upheld", "13", "12.5", True),
        ("upheld", "12", "12.5", False),
        ("upheld", "45", "44.4", False),
        ("upheld", "45.5", "45.454545", True),
        ("upheld-per-100000", "8", "8.04", True),
        ("upheld-per-100000", "8", "8.3", False),
        ("upheld-per-100000", "4.6", "4.5555", True),
        ("dealt-with", "84", "84", True),
        ("dealt-with", "84", "85", False),
        ("upheld", "0", "0", True),
        ("upheld", "0", "0.5", False),
        ("upheld", "100", "100", True),
    ],
)
def test_letters_round_what_tables_have_in_full(measure, printed, tabled, same):
    assert agree(measure, D(printed), D(tabled)) is same


@given(st.integers(0, 400), st.integers(1, 400))
def test_a_letter_that_rounds_half_up_agrees_with_its_table(count, base):
    count = min(count, base)
    printed = (200 * count + base) // (2 * base)
    assert agree("upheld", D(printed), (D(100 * count) / base).quantize(D("0.000001")))


def test_what_either_does_not_state_cannot_differ():
    tabled = {"percent": Tabled(D(45), "A", 4, 4), "average": Tabled(D(50), "A", 4, 5)}
    assert not list(differing(stated(numerator=3), tabled))
    [problem] = differing(stated(percent="54"), tabled)
    assert (problem.code, problem.field) == (CODE, "percent")
    assert "54% in the letter, but 45% in the Ombudsman's table (“A”, cell D4)" in problem.message


def test_a_letter_is_held_against_the_table_whichever_comes_first(zyx):
    before = factories.letter(council=zyx)
    imported(HEAD, "Zyxwold,1,2,33%")
    after = factories.letter(council=zyx)
    for letter in (before, after):
        found = workflow.open_problems(letter)
        assert {problem.code for problem in found} == {CODE}
        assert [problem.field for problem in found] == ["percent", "numerator", "denominator"]
    assert codes(factories.letter(factories.edition(2021), council=zyx)) == []
    with pytest.raises(Refused, match="Some problems"):
        workflow.approve(before, before.received_by)
    assert across.errors(found) == found
    imported(HEAD, "Zyxwold,2,0,100%")
    assert codes(before) == []


def test_the_letter_that_differs_is_listed_with_the_edition(browser, zyx):
    letter = factories.letter(council=zyx)
    imported(HEAD, "Zyxwold,1,2,33%")
    where = reverse("admin:letters_annualreview_contradicting", args=[letter.review.pk])
    assert "the count is 2 in the letter, but 1 in the Ombudsman's table (cell B2)" in text(
        browser.get(where)
    )
    queue = text(browser.get(reverse("admin:letters_letter_queue")))
    assert "Needs a person: 1" in queue
