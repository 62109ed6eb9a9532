"""Importing decisions, reports and improvements: what is new, changed, the same, left or refused; all or nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.importing import deeds
from cases.models import (
    CaseImport,
    Category,
    Decision,
    Holds,
    ImportedFile,
    Party,
    PublicReport,
    ServiceImprovement,
    Tally,
)
from history.models import Line
from history.verifying import untold
from tests import cases, factories
from tests.cases import DECISION, IMPROVEMENT, NOW, REPORT, imported, shown, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def councils():
    return [factories.council("Sometown Borough Council"), factories.council("Othertown District Council")]


def test_decisions_are_kept_as_the_file_says(councils):
    rows = cases.decisions(
        {}, {"councils": "Othertown District Council; Sometown Borough Council", "outcome": "not upheld"}
    )
    done = imported(table(*rows))
    assert (done.new, done.changed, done.same, done.refused) == (2, 0, 0, 0)
    first, second = Decision.objects.order_by("reference")
    assert (first.reference, first.outcome, first.year_ending) == ("25 000 001", "upheld", 2026)
    assert (first.category.name, first.category.label, first.subcategory.within) == (
        "Housing",
        "Housing",
        first.category,
    )
    assert {each.name for each in second.bodies.all()} == {each.name for each in councils}
    told = Party.objects.filter(decision=second).values_list("outcome", "year_ending")
    assert list(told) == [("not-upheld", 2026)] * 2
    assert Tally.objects.filter(whole_year=True, category=first.category, outcome="upheld").get().number == 1


def test_an_import_is_one_line_of_the_history_and_leaves_no_copy_of_its_file(councils):
    staff = factories.staff()
    imported(table(*cases.decisions({}, {}, {})), by=staff)
    row = CaseImport.objects.get()
    lines = Line.objects.filter(subject="cases.caseimport", subject_id=str(row.pk))
    assert [line.by for line in lines] == [staff, staff]
    assert row.sha256 in lines.last().deed
    assert not ImportedFile.objects.exists()
    assert "An example of a text" not in "".join(Line.objects.values_list("changes", flat=True))
    assert not [fault for fault in untold() if "cases" in fault.message]


def test_after_an_import_the_words_are_in_one_piece(councils):
    for number in range(3):
        imported(table(DECISION | {"reference": f"25 000 00{number}"}))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(DISTINCT segid) FROM cases_words_idx")
            assert cursor.fetchone() == (1,)


def test_the_same_file_again_does_nothing_and_says_so(councils):
    content = table(*cases.decisions({}, {}))
    imported(content)
    again = shown(content)
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    with pytest.raises(deeds.Refused, match="nothing to import"):
        imported(content)
    assert CaseImport.objects.filter(confirmed_at=None).count() == 1


def test_what_changed_is_named_and_its_counts_and_words_follow(councils):
    imported(table(*cases.decisions({}, {})))
    changed = table(
        *cases.decisions({"outcome": "not upheld", "decided on": "14/02/2025", "text": "Another."}, {})
    )
    preview = shown(changed)
    assert [(ready.key, names) for ready, names in preview.changed_ones] == [
        ("25 000 001", "outcome, decided on, text")
    ]
    imported(changed)
    decision = Decision.objects.get(reference="25 000 001")
    assert (decision.outcome, decision.year_ending, decision.text) == ("not-upheld", 2025, "Another.")
    assert Party.objects.get(decision=decision).place == decision.place
    told = Tally.objects.filter(whole_year=True, category=decision.category)
    assert sorted(told.values_list("year_ending", "outcome", "number")) == [
        (2025, "not-upheld", 1),
        (2026, "upheld", 1),
    ]


def test_what_changed_since_it_was_shown_is_not_imported(councils):
    row = deeds.receive(table(*cases.decisions({}, {})), "a.csv", Holds.DECISIONS, None, NOW)
    seen = deeds.look_at(row, NOW).digest
    imported(table(*cases.decisions({})))
    with pytest.raises(deeds.Refused, match="has changed since"):
        deeds.confirm(row, None, seen, NOW)
    assert Decision.objects.count() == 1
    assert Category.objects.count() == 2


def test_reports_and_improvements_are_kept_as_the_file_says(councils):
    imported(table(*cases.decisions({})))
    imported(table(REPORT), Holds.REPORTS)
    report = PublicReport.objects.get()
    assert (report.references, report.satisfied) == (["25 000 001", "25 000 002"], "satisfied")
    assert [council.name for council in report.bodies.all()] == ["Sometown Borough Council"]
    imported(table(IMPROVEMENT), Holds.IMPROVEMENTS)
    assert ServiceImprovement.objects.get().evidence_on is None
    done = table(IMPROVEMENT | {"evidence on": "1 June 2026"})
    assert [names for _, names in shown(done, Holds.IMPROVEMENTS).changed_ones] == ["evidence on"]
    imported(done, Holds.IMPROVEMENTS)
    assert ServiceImprovement.objects.get().evidence_on == cases.day("2026-06-01")
    again = table(REPORT | {"councils": "Othertown District Council"})
    assert [names for _, names in shown(again, Holds.REPORTS).changed_ones] == ["councils"]
    imported(again, Holds.REPORTS)
    assert [council.name for council in PublicReport.objects.get().bodies.all()] == [
        "Othertown District Council"
    ]


@pytest.mark.parametrize(
    ("differing", "column", "why"),
    [
        ({"reference": "25 000 099"}, "reference", "No decision of this reference"),
        ({"councils": "Othertown District Council"}, "councils", "not about this council"),
        ({"due on": "2025-06-13"}, "due on", "before the day of the agreement"),
        ({"evidence on": "2025-06-13"}, "evidence on", "before the day of the agreement"),
        ({"evidence on": "2026-06-02"}, "evidence on", "has not come yet"),
        ({"due on": "2035-06-17"}, "due on", "more than ten years after"),
        ({"councils": ";"}, "councils", "nothing between"),
        ({"number": "0"}, "number", "no number from 1"),
        ({"councils": "Sometown Borough Council; Othertown District Council"}, "councils", "one council's"),
        ({"text": ""}, "text", "empty"),
    ],
)
def test_an_improvement_that_does_not_fit_is_refused(councils, differing, column, why):
    imported(table(*cases.decisions({})))
    preview = shown(table(IMPROVEMENT | differing), Holds.IMPROVEMENTS)
    assert [(fault.row, fault.column) for fault in preview.faults] == [(2, column)]
    assert why in preview.faults[0].why
    assert preview.faults[0].remedy
    assert (preview.new, preview.refused) == (0, 1)


@pytest.mark.parametrize(
    ("differing", "column", "why"),
    [
        ({"published on": "2027-06-03"}, "published on", "more than a year ahead"),
        ({"published on": "9999-12-31"}, "published on", "more than a year ahead"),
        ({"references": " ; "}, "references", "nothing between"),
        ({"references": "25 000 001; 25000001"}, "references", "twice"),
    ],
)
def test_a_report_that_cannot_be_is_refused(councils, differing, column, why):
    preview = shown(table(REPORT | differing), Holds.REPORTS)
    assert [(fault.column, why in fault.why) for fault in preview.faults] == [(column, True)]


def without(row, *columns):
    return {name: value for name, value in row.items() if name not in columns}


@pytest.mark.parametrize(
    ("holds", "row", "absent", "change", "kept"),
    [
        (
            Holds.DECISIONS,
            DECISION,
            ["remedy", "summary", "kind"],
            {"text": "Another."},
            {"remedy": "An apology."},
        ),
        (Holds.REPORTS, REPORT, ["satisfied", "response"], {"title": "Another"}, {"satisfied": "satisfied"}),
        (
            Holds.IMPROVEMENTS,
            IMPROVEMENT | {"evidence on": "2026-05-01"},
            ["evidence on"],
            {"text": "Another."},
            {"evidence_on": cases.day("2026-05-01")},
        ),
    ],
    ids=str,
)
def test_a_column_that_a_file_lacks_leaves_what_stands_here(councils, holds, row, absent, change, kept):
    imported(table(DECISION))
    if holds != Holds.DECISIONS:
        imported(table(row), holds)
    model = {Holds.DECISIONS: Decision, Holds.REPORTS: PublicReport, Holds.IMPROVEMENTS: ServiceImprovement}[
        holds
    ]
    file = table(without(row | change, *absent))
    preview = shown(file, holds)
    assert [names for _, names in preview.changed_ones] == list(change)
    assert all(f"“{name}”" in preview.notes[0] for name in absent)
    imported(file, holds)
    assert {name: getattr(model.objects.get(), name) for name in kept} == kept
    assert shown(table(row | change), holds).same == 1
    # But an empty cell says that there is nothing.
    emptied = shown(table(row | change | {absent[0]: ""}), holds)
    assert [names for _, names in emptied.changed_ones] == [absent[0]]


def test_a_file_that_says_nothing_of_withholding_does_not_bring_words_of_a_withheld_decision(councils):
    withheld = DECISION | {"withheld": "yes", "text": "", "summary": "", "remedy": ""}
    imported(table(withheld))
    [fault] = shown(table(without(DECISION, "withheld"))).faults
    assert (fault.row, fault.column, "withheld and yet has words" in fault.why) == (2, "summary", True)
    assert shown(table(DECISION)).changed == 1


def test_of_a_report_whose_file_has_no_such_column_nothing_is_said_about_the_response(councils):
    imported(table(without(REPORT, "satisfied")), Holds.REPORTS)
    assert "is not stated" in PublicReport.objects.get().get_satisfied_display()


def test_a_decision_does_not_leave_an_improvement_with_a_council_that_it_is_not_about(councils):
    other, both = "Othertown District Council", "Sometown Borough Council; Othertown District Council"
    imported(table(DECISION))
    imported(table(IMPROVEMENT), Holds.IMPROVEMENTS)
    [fault] = shown(table(DECISION | {"councils": other})).faults
    assert (fault.column, fault.says) == ("councils", other)
    assert "has agreed an improvement by this decision" in fault.why
    # As the remedy says.
    imported(table(DECISION | {"councils": both}))
    imported(table(IMPROVEMENT | {"councils": other}), Holds.IMPROVEMENTS)
    imported(table(DECISION | {"councils": other}))
    assert ServiceImprovement.objects.get().council.name == other
    assert Party.objects.get().council.name == other


def test_a_report_is_known_by_any_of_its_references(councils):
    imported(table(REPORT), Holds.REPORTS)
    other = REPORT | {"references": "25 000 002; 25 000 001"}
    [fault] = shown(table(other), Holds.REPORTS).faults
    assert (fault.column, fault.says) == ("references", "25 000 002")
    assert "write 25 000 001 first" in fault.remedy
    twice = REPORT | {"references": "25 000 007; 25 000 008"}, REPORT | {"references": "25 000 008"}
    assert [(fault.row, fault.says) for fault in shown(table(*twice), Holds.REPORTS).faults] == [
        (3, "25 000 008")
    ]
    many = "; ".join(f"25 001 {number:03}" for number in range(41))
    assert "may have 40" in shown(table(REPORT | {"references": many}), Holds.REPORTS).faults[0].why


@pytest.mark.parametrize("holds", [Holds.DECISIONS, Holds.REPORTS, Holds.IMPROVEMENTS])
def test_a_preview_asks_as_often_for_many_rows_that_change_as_for_one(councils, holds):
    def rows(number, **change):
        if holds == Holds.REPORTS:
            return table(*(REPORT | {"references": f"25 000 {n:03}"} | change for n in range(1, number + 1)))
        like = DECISION if holds == Holds.DECISIONS else IMPROVEMENT
        return table(*(like | {"reference": f"25 000 {n:03}"} | change for n in range(1, number + 1)))

    imported(table(*cases.decisions(*[{}] * 20)))
    if holds != Holds.DECISIONS:
        imported(rows(20), holds)
    asked = []
    for number in (1, 20):
        with CaptureQueriesContext(connection) as queries:
            assert shown(
                rows(number, councils="Sometown Borough Council", **{CHANGED[holds]: "Another"}), holds
            ).changed
        asked.append(len(queries))
    assert asked[0] == asked[1]


CHANGED = {Holds.DECISIONS: "text", Holds.REPORTS: "title", Holds.IMPROVEMENTS: "text"}


def test_the_command_shows_and_then_imports(councils, tmp_path):
    file = tmp_path / "decisions.csv"
    file.write_bytes(table(*cases.decisions({}, {"outcome": "perhaps"})))
    factories.staff("keeper")
    told = StringIO()
    call_command("import_cases", "decisions", file, stdout=told, stderr=StringIO())
    assert "refused: row 3, column outcome “perhaps”" in told.getvalue()
    assert "Nothing was imported" in told.getvalue()
    assert not Decision.objects.exists()
    with pytest.raises(CommandError, match="rows are refused"):
        call_command("import_cases", "decisions", file, apply=True, by="keeper", whole=True, verbosity=0)
    with pytest.raises(CommandError, match="no user nobody"):
        call_command("import_cases", "decisions", file, apply=True, by="nobody", verbosity=0)
    assert not CaseImport.objects.exists()
    file_of_faults = tmp_path / "faults.csv"
    file_of_faults.write_bytes(table(DECISION | {"outcome": "perhaps"}))
    with pytest.raises(CommandError, match="every row is refused"):
        call_command(
            "import_cases", "decisions", file_of_faults, apply=True, by="keeper", stdout=told, verbosity=0
        )
    call_command("import_cases", "decisions", file, apply=True, by="keeper", stdout=told, stderr=StringIO())
    assert "Imported: 1 new, 0 changed." in told.getvalue()
    assert Decision.objects.get().reference == "25 000 001"


CONSTRAINTS = {
    "decision_outcome_is_known": {"outcome": "perhaps"},
    "decision_kind_is_known": {"kind": "poem"},
    "decision_withheld_or_told": {"withheld": True},
    "decision_kept_out_is_withheld": {"kept_out": True},
}


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_the_database_refuses_what_no_decision_can_be(councils, name):
    imported(table(DECISION))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Decision.objects.update(**CONSTRAINTS[name])


def test_a_decision_without_words_that_is_not_withheld_cannot_be_kept(councils):
    imported(table(DECISION))
    with pytest.raises(IntegrityError, match="decision_withheld_or_told"), transaction.atomic():
        Decision.objects.update(text="")
