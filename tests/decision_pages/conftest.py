"""Decisions, reports and improvements of two councils, on a clock that stands still."""

import pytest
import time_machine

from cases.models import Holds
from tests import cases, factories
from tests.cases import IMPROVEMENT, REPORT, imported, table
from tests.decision_pages.world import NOW


@pytest.fixture(scope="module")
def rows(kept_rows):
    factories.council("Sometown Borough Council")
    factories.council("Othertown District Council")
    many = [
        {
            "decided on": f"2024-0{1 + number % 9}-1{number % 8}",
            "outcome": ("upheld", "not upheld")[number % 2],
        }
        for number in range(40)
    ]
    many[0]["councils"] = "Sometown Borough Council; Othertown District Council"
    imported(
        table(
            *cases.decisions(
                {"text": "An example with a zebra."},
                {
                    "decided on": "2026-03-02",
                    "category": "Zyxwold",
                    "sub-category": "Zyxwolds",
                    "text": "A zebra.",
                },
                {"category": "Planning", "sub-category": "Trees", "councils": "Othertown District Council"},
                {"withheld": "yes", "text": "", "summary": "", "remedy": ""},
                *many,
            )
        )
    )
    imported(table(IMPROVEMENT, IMPROVEMENT | {"number": "2", "category": "Training"}), Holds.IMPROVEMENTS)
    imported(
        table(REPORT, REPORT | {"references": "25 000 003", "published on": "2026-06-02"}), Holds.REPORTS
    )


@pytest.fixture(autouse=True)
def clock(rows, db):
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock
