"""Decisions beside the letter's figure: the two counts, why they differ, and what is late."""

from decimal import Decimal

import pytest
import time_machine

from cases.models import Holds
from cases.published import Cell
from public.decisions.beside import beside
from public.sentences import Rate
from tests import cases, factories
from tests.cases import IMPROVEMENT, imported, london, table
from tests.visitors import words_of

pytestmark = pytest.mark.django_db
AT = "/your-councils-performance/sometown-borough-council/statistics"
THREE, OURS = Rate(Decimal(60), 3, 5), Rate(Decimal(60), None, 5)


def cells(upheld, *, report=0, withheld=0, year=2026):
    return [
        Cell(1, "upheld", year, upheld, withheld),
        Cell(2, "report", year, report, 0),
        Cell(1, "not-upheld", year, 40, 9),
        Cell(1, "closed", year, 50, 0),
    ]


@pytest.mark.parametrize(
    ("found", "rate", "on", "said"),
    [
        (cells(3), THREE, (2026, 7, 1), "3 by the letter, 3 among the decisions published here."),
        (cells(2, report=1), THREE, (2026, 7, 1), "3 among the decisions published here (1 of them a public report)."),
        (
            cells(1, report=2, withheld=1),
            THREE,
            (2026, 7, 1),
            "published here (2 of them public reports; 1 of them counted and not shown).",
        ),
        (cells(1, withheld=1), THREE, (2026, 7, 1), "1 among the decisions published here (counted and not shown)."),
        (cells(0, report=1), THREE, (2026, 7, 1), "1 among the decisions published here (a public report)."),
        (cells(2), THREE, (2026, 7, 1), "They differ: not every decision that the letter counts has been published"),
        (cells(2), THREE, (2026, 6, 30), "They differ: not every decision that the letter counts has been published"),
        (cells(2), THREE, (2026, 6, 29), "They differ: decisions made after 29 March 2026 are not published yet"),
        (cells(4), THREE, (2026, 6, 1), "They differ: here each published decision counts"),
        (cells(4), OURS, (2026, 7, 1), "3 by the letter (worked out by us from its rate), 4 among"),
        (cells(3), OURS, (2026, 7, 1), "3 by the letter (worked out by us from its rate), 3 among"),
        # Of 250 investigations several counts are printed as 60%, and a rate alone has none.
        (cells(3), Rate(Decimal(60), None, 250), (2026, 7, 1), "3 among"),
        (cells(3), Rate(Decimal(60), None, None), (2026, 7, 1), "3 among"),
        (cells(3), None, (2026, 7, 1), "The letter states no number of its own."),
    ],
)  # fmt: skip
def test_both_counts_stand_beside_each_other_with_the_reason(found, rate, on, said):
    told = beside(found + cells(70, year=2025), 2026, rate, london(*on, 12)).words
    assert told.startswith("Upheld in 2025–26: ")
    assert said in told
    assert ("They differ" in told) == (" by the letter" in told and "3 among" not in told)


def test_of_a_year_without_decisions_nothing_is_said():
    assert beside(cells(3, year=2025), 2026, THREE, london(2026, 7, 1)) is None


@pytest.fixture(scope="module")
def rows(kept_rows):
    """A letter of 2026 that states 3 of 3, two upheld decisions of its year, and an improvement due on 10 June."""
    with time_machine.travel(london(2026, 5, 20, 12), tick=False):
        staff, review = factories.staff(), factories.edition(2026)
        for name in ("Sometown Borough Council", "Othertown District Council"):
            factories.council(name)
        figure = factories.figure(year_ending=2026, numerator=3, denominator=3)
        factories.public_letter(
            review, staff, factories.council("Sometown Borough Council"), figures=[figure]
        )
        factories.workflow.schedule(review, london(2026, 5, 20, 12), staff, acknowledged=True)
        other = {"councils": "Othertown District Council", "reference": "25 000 003"}
        imported(table(*cases.decisions({}, {}, other)), now=london(2026, 5, 20, 12))
        imported(table(IMPROVEMENT, IMPROVEMENT | other), Holds.IMPROVEMENTS, london(2026, 5, 20, 12))


def said(client, at=AT):
    body = client.get(at).content.decode().split("<main")[1]
    return words_of(body)


def test_the_page_has_both_counts_from_the_hour_on(client, rows):
    with time_machine.travel(london(2026, 7, 1, 12), tick=False):
        assert "3 by the letter, 2 among the decisions published here" in said(client)


def test_an_overdue_improvement_is_a_sign_from_the_day_after(client, rows):
    with time_machine.travel(london(2026, 6, 10, 12), tick=False) as clock:
        assert "Our rule 4" not in said(client)
        assert "elsewhere" not in said(client)
        clock.move_to(london(2026, 6, 11))
        late = "1 improvement that the council had agreed to make was late; it was due on 10 June 2026."
        assert "One finds a sign elsewhere: Service improvements : overdue" in said(client)
        assert f"Service improvements : overdue On 11 June 2026, {late}" in said(client)
        assert late in said(client, AT.replace("sometown-borough", "othertown-district"))
        assert late in said(client, AT.replace("statistics", "committee-pack"))
        imported(table(IMPROVEMENT | {"evidence on": "2026-06-11"}), Holds.IMPROVEMENTS, london(2026, 6, 11))
        assert "Our rule 4" not in said(client)
