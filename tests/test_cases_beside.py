"""Decisions beside the letter's figure: the two counts, why they differ, and what is late."""

import re

import pytest
import time_machine

from cases.models import Holds
from tests import cases, factories
from tests.cases import IMPROVEMENT, imported, london, table

pytestmark = pytest.mark.django_db
AT = "/your-councils-performance/sometown-borough-council/statistics?year=2026"


@pytest.fixture
def site(client):
    with time_machine.travel(london(2026, 5, 20, 12), tick=False) as clock:
        staff, review = factories.staff(), factories.edition(2026)
        council = factories.council("Sometown Borough Council")
        figure = factories.figure(year_ending=2026, numerator=3, denominator=3)
        factories.public_letter(review, staff, council, figures=[figure])
        factories.workflow.schedule(review, london(2026, 5, 20, 12), staff, acknowledged=True)

        def page():
            body = client.get(AT).content.decode().split("<main")[1]
            return " ".join(re.sub("<[^>]+>", " ", body).split())

        yield page, clock


def brought_in(*differing):
    imported(table(*cases.decisions(*differing)), now=london(2026, 5, 20, 12))


def test_without_decisions_nothing_is_said(site):
    page, _ = site
    assert "What was decided" not in page()


@pytest.mark.parametrize(
    ("differing", "on", "said"),
    [
        (
            [{}, {"outcome": "report"}, {}],
            (2026, 7, 1),
            "3 by the letter, 3 among the decisions published here",
        ),
        ([{}, {}], (2026, 7, 1), "They differ: not every decision that the letter counts"),
        (
            [{}, {}, {"decided on": "2026-03-20"}],
            (2026, 6, 1),
            "They differ: decisions made after 1 March 2026",
        ),
        ([{}, {}, {}, {}], (2026, 7, 1), "They differ: here each published decision counts"),
        ([{}, {}, {"outcome": "not upheld"}], (2026, 7, 1), "2 among the"),
    ],
)
def test_both_counts_stand_beside_each_other_with_the_reason(site, differing, on, said):
    page, clock = site
    brought_in(*differing)
    clock.move_to(london(*on, 12))
    found = page()
    assert said in found
    assert ("They differ" in found) == ("3 among" not in found)


def test_an_overdue_improvement_is_a_sign_from_the_day_after(site):
    page, clock = site
    brought_in({}, {}, {})
    imported(table(IMPROVEMENT), Holds.IMPROVEMENTS, london(2026, 5, 20, 12))
    clock.move_to(london(2026, 6, 10, 12))
    assert "late today" not in page()
    clock.move_to(london(2026, 6, 11))
    assert "Service improvements : 1 late today" in page()
    imported(table(IMPROVEMENT | {"evidence on": "2026-06-11"}), Holds.IMPROVEMENTS, london(2026, 6, 11))
    assert "late today" not in page()
