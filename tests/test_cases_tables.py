"""Decisions, reports and improvements as rows: as they are described, and nothing of what is not public."""

import json
from datetime import date

import pytest

from cases import published
from cases.models import Decision, Holds, ServiceImprovement
from cases.withholding import take_down
from public.cases import columns, rows
from public.tidy import as_csv
from public.tidy.columns import Several, Type
from tests import cases, factories
from tests.cases import NOW, day, decisions, imported, london, table

pytestmark = pytest.mark.django_db
COUNCILS = "Sometown Borough Council", "Åbury District Council"


@pytest.fixture(scope="module", autouse=True)
def brought_in(kept_rows):
    """A decision on two councils and one with few words; a report; and an improvement, late on 11 June 2026."""
    factories.council(COUNCILS[0], gss="E07000900", region="London")
    factories.council(COUNCILS[1], slug="abury")
    cases.one_of_each(COUNCILS[0], "2025-06-14", NOW)
    both, bare = decisions({"councils": "; ".join(COUNCILS)}, {"summary": "", "remedy": ""})
    imported(table(both, bare))
    imported(table(cases.IMPROVEMENT), Holds.IMPROVEMENTS)


def told(now=NOW):
    """The rows of each table by its name."""
    return {
        "decisions": list(rows.decisions(published.decisions(now))),
        "reports": list(rows.reports(published.reports(now))),
        "improvements": list(rows.improvements(published.improvements(now), now.date())),
    }


DESCRIBED = {
    "decisions": columns.DECISIONS, "reports": columns.REPORTS, "improvements": columns.IMPROVEMENTS
}  # fmt: skip


def test_rows_are_as_their_columns_say():
    for name, found in told().items():
        assert found
        assert set(columns.KEYS[name]) <= {column.name for column in DESCRIBED[name]}
        for row in json.loads(json.dumps(found)):
            assert list(row) == [column.name for column in DESCRIBED[name]]
            for column in DESCRIBED[name]:
                value = row[column.name]
                if isinstance(column, Several):
                    assert all(isinstance(part, str) for part in value)
                elif value is None or column.type != Type.DATE:
                    assert (
                        isinstance(value, (int if column.type == Type.WHOLE else str)) or column.may_be_null
                    )
                else:
                    assert date.fromisoformat(value)


def test_a_decision_on_two_councils_is_one_row_with_both_in_one_order():
    two, one = sorted(told()["decisions"], key=lambda row: row["reference"])
    assert two["councils"] == ["abury", "sometown-borough-council"]
    assert two["council_names"] == [COUNCILS[1], COUNCILS[0]]
    assert (two["gss_codes_now"], two["regions"]) == (["", "E07000900"], ["", "London"])
    assert (two["public_on"], two["year"]) == ("2025-09-14", "2025–26")
    assert (one["summary"], one["remedy"]) == (None, None)
    [line] = list("".join(as_csv.lines([two], two)).splitlines())[1:]
    assert "abury; sometown-borough-council" in line


def test_no_row_of_what_is_withheld_or_not_public_yet():
    take_down(Decision.objects.get(reference="25 000 002"), factories.staff("another"), "Recognised.")
    assert [row["reference"] for row in told()["decisions"]] == ["25 000 001"]
    before = told(london(2025, 9, 13, 23, 59, 59))
    assert (before["decisions"], before["improvements"], len(before["reports"])) == ([], [], 1)
    assert told(london(2025, 6, 13, 23, 59, 59))["reports"] == []


@pytest.mark.parametrize(
    ("on", "evidence", "state", "shown", "taken", "late"),
    [
        ("2026-06-10", "", "due", None, None, None),
        ("2026-06-11", "", "late", None, None, 1),
        ("2026-06-11", "2026-06-12", "late", None, None, 1),
        ("2026-06-12", "2026-06-12", "done-late", "2026-06-12", 363, 2),
        ("2026-06-12", "2026-06-10", "done", "2026-06-10", 361, None),
    ],
)
def test_an_improvement_stands_as_on_that_day_and_tells_nothing_of_later_ones(
    on, evidence, state, shown, taken, late
):
    now = london(2026, 6, 30)
    ServiceImprovement.objects.update(evidence_on=evidence or None)
    [row] = rows.improvements(published.improvements(now), day(on))
    assert [row[name] for name in ("state", "evidence_on", "days_taken", "days_late")] == [
        state, shown, taken, late
    ]  # fmt: skip


def test_however_many_rows_they_are_few_queries(django_assert_num_queries):
    with django_assert_num_queries(5):
        told()
