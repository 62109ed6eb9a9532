"""The door to decisions: public three months after they were made; withheld ones are counted and not shown."""

from datetime import timedelta

import pytest

from cases import published, withholding
from cases.days import last_decided, public_on
from cases.models import Category, Decision, Holds, ImportedFile, ServiceImprovement
from cases.published import Chosen, State
from cases.states import in_state, state_of
from history.models import Line
from tests import cases, factories
from tests.cases import DECISION, IMPROVEMENT, NOW, REPORT, imported, london, shown, table

pytestmark = pytest.mark.django_db
WORD = "Zyxwold"


@pytest.mark.parametrize(
    ("decided", "public"),
    [
        ("2025-03-14", "2025-06-14"),
        ("2025-11-30", "2026-02-28"),
        ("2023-11-30", "2024-02-29"),
        ("2025-12-31", "2026-03-31"),
        ("2025-01-31", "2025-04-30"),
        ("2025-10-01", "2026-01-01"),
    ],
)
def test_a_decision_is_public_three_months_later(decided, public):
    assert public_on(cases.day(decided)) == cases.day(public)


def test_the_last_public_day_is_the_last_of_those_that_are_public():
    """Asked the other way round, for each day of four years: a leap year among them."""
    day = cases.day("2023-01-01")
    while day < cases.day("2027-01-01"):
        last = last_decided(london(day.year, day.month, day.day, 12))
        assert public_on(last) <= day < public_on(last + timedelta(days=1))
        day += timedelta(days=1)


@pytest.fixture(scope="module")
def kept(kept_rows):
    factories.council("Sometown Borough Council")
    factories.council("Othertown District Council")
    imported(
        table(
            *cases.decisions(
                {"decided on": "2026-03-01", "text": f"{WORD} of the first."},
                {"decided on": "2026-03-02", "text": f"{WORD} of the second."},
                {
                    "decided on": "2024-05-02",
                    "outcome": "not upheld",
                    "category": "Planning",
                    "sub-category": "Trees",
                },
                {"withheld": "yes", "text": "", "summary": "", "remedy": ""},
                {"councils": "Othertown District Council;Sometown Borough Council", "outcome": "closed"},
            )
        )
    )
    improvement = IMPROVEMENT | {"agreed on": "2026-03-02"}
    imported(
        table(improvement | {"reference": "25 000 001"}, improvement | {"reference": "25 000 002"}),
        Holds.IMPROVEMENTS,
    )
    imported(table(REPORT | {"published on": "2026-06-02"}), Holds.REPORTS)


def references(rows):
    return [each.reference for each in rows]


ALL = ["25 000 001", "25 000 005", "25 000 003"]


@pytest.mark.parametrize(
    ("now", "newly"),
    [
        (london(2026, 6, 1, 23, 59, 59), []),
        (london(2026, 6, 2), ["25 000 002"]),
    ],
)
def test_at_midnight_in_london_everything_of_it_is_there_at_once(kept, now, newly):
    council = Decision.objects.get(reference="25 000 002").bodies.get()
    assert references(published.decisions(now)) == newly + ALL
    assert references(published.listed(Chosen(), now)) == newly + ALL
    assert references(published.listed(Chosen(council=council), now)) == newly + ALL
    assert published.at(published.found("zyxwold", Chosen(), now), now).count() == 1 + len(newly)
    assert {each.decision.reference for each in published.improvements(now)} == {"25 000 001", *newly}
    assert sum(cell.number for cell in published.cells(now)) == 4 + len(newly)
    assert len(published.reports(now)) == len(newly)
    own = [
        cell for cell in published.cells_of(council, now) if not Category.objects.get(pk=cell.category).within
    ]
    assert sum(cell.number for cell in own) == 4 + len(newly)


@pytest.mark.parametrize(
    "now", [NOW, london(2026, 4, 1), london(2026, 7, 1), london(2026, 6, 30), london(2024, 8, 2)]
)
def test_counts_say_what_counting_all_would_say(kept, now):
    """Whole years, whole months and the days of the month in course, withheld ones among them."""
    housing = Category.objects.get(slug="housing")
    told = {cell[:3]: cell[3:] for cell in _together(published.cells(now, within=housing))}
    public = Decision.objects.filter(decided_on__lte=last_decided(now))
    for category in Category.objects.all():
        mine = (
            public.filter(category=category) if not category.within else public.filter(subcategory=category)
        )
        if category.within and category.within != housing:
            continue
        for outcome in ("upheld", "not-upheld", "closed"):
            for year in (2025, 2026):
                rows = mine.filter(outcome=outcome, year_ending=year)
                expected = (rows.count(), rows.filter(withheld=True).count())
                assert told.get((category.pk, outcome, year), (0, 0)) == expected


def test_a_councils_counts_are_by_category_and_by_the_parts_of_one(kept):
    now, council = london(2026, 6, 2), Decision.objects.get(reference="25 000 002").bodies.get()
    housing = Category.objects.get(slug="housing")
    own = Decision.objects.filter(bodies=council, decided_on__lte=last_decided(now))
    told = published.cells_of(council, now, within=housing)
    for category in Category.objects.all():
        expected = own.filter(category=category).count()
        if category.within:
            expected = own.filter(subcategory=category, category=housing).count()
        assert sum(cell.number for cell in told if cell.category == category.pk) == expected
    assert {cell.category for cell in told} > {cell.category for cell in published.cells_of(council, now)}


def _together(cells_told):
    sums = {}
    for cell in cells_told:
        number, withheld = sums.get(cell[:3], (0, 0))
        sums[cell[:3]] = (number + cell.number, withheld + cell.withheld)
    return [published.Cell(*key, *value) for key, value in sums.items()]


def test_a_list_shows_what_was_chosen(kept):
    now = london(2026, 6, 2)
    planning, trees = Category.objects.get(slug="planning"), Category.objects.get(slug="trees")
    othertown = Decision.objects.get(reference="25 000 005").bodies.get(name__startswith="Other")
    for chosen, expected in [
        (Chosen(category=planning), ["25 000 003"]),
        (Chosen(part=trees), ["25 000 003"]),
        (Chosen(outcome="upheld"), ["25 000 002", "25 000 001"]),
        (Chosen(year=2025), ["25 000 003"]),
        (Chosen(council=othertown), ["25 000 005"]),
        (Chosen(council=othertown, outcome="upheld"), []),
    ]:
        assert references(published.listed(chosen, now)) == expected
        found = published.found("example", chosen, now)
        assert references(published.at(found, now)) == [
            each for each in expected if each not in {"25 000 001", "25 000 002"} or chosen.outcome
        ]


@pytest.mark.parametrize(
    "asked", ["zyx*", "first OR second", '"', "marks:o1", "words: first", "%", "first NEAR second", "& | !"]
)
def test_signs_of_a_search_are_no_more_than_signs(kept, asked):
    now = london(2026, 6, 2)
    assert not published.at(published.found(asked, Chosen(), now), now).exists()


def test_taken_down_its_words_are_nowhere_and_it_stays_counted(kept):
    now = london(2026, 6, 2)
    decision = Decision.objects.get(reference="25 000 001")
    before = sum(cell.number for cell in published.cells(now))
    ImportedFile.objects.all().delete()
    withholding.take_down(decision, factories.staff("keeper"), "Somebody wrote that she could be recognised.")
    decision.refresh_from_db()
    assert (decision.text, decision.summary, decision.remedy) == ("", "", "")
    assert "25 000 001" not in references(published.decisions(now))
    assert published.at(published.found("zyxwold", Chosen(), now), now).count() == 1
    assert not ServiceImprovement.objects.filter(decision=decision).exists()
    assert sum(cell.number for cell in published.cells(now)) == before
    assert sum(cell.withheld for cell in published.cells(now)) == 2
    assert Line.objects.order_by("number").last().deed.startswith("Took the decision down")
    assert WORD not in "".join(Line.objects.values_list("changes", flat=True))
    again = shown(table(*cases.decisions({"text": "It comes back."})))
    assert (again.new, again.changed, again.kept_out) == (0, 0, ["25 000 001"])
    withholding.let_back(decision, factories.staff("other"), "It was the wrong one.")
    imported(table(DECISION | {"text": "It comes back."}))
    assert Decision.objects.get(reference="25 000 001").text == "It comes back."


def test_taking_down_throws_away_files_that_wait(kept):
    from cases.importing import deeds

    row = deeds.receive(table(*cases.decisions({})), "a.csv", Holds.DECISIONS, None, NOW)
    withholding.take_down(
        Decision.objects.get(reference="25 000 002"), factories.staff("keeper"), "Recognised."
    )
    with pytest.raises(deeds.Refused, match="not kept"):
        deeds.look_at(row, NOW)


@pytest.mark.parametrize(
    ("evidence", "on", "state"),
    [
        (None, "2026-06-10", State.DUE),
        (None, "2026-06-11", State.LATE),
        ("2026-06-10", "2026-06-20", State.DONE),
        ("2026-06-11", "2026-06-20", State.DONE_LATE),
        ("2026-06-12", "2026-06-11", State.LATE),
        ("2026-06-09", "2026-06-08", State.DUE),
    ],
)
def test_an_improvement_turns_late_by_the_clock(kept, evidence, on, state):
    row = ServiceImprovement.objects.first()
    row.evidence_on = evidence and cases.day(evidence)
    row.save()
    today = cases.day(on)
    assert state_of(row, today) == state
    assert [
        each for each in State if ServiceImprovement.objects.filter(in_state(each, today), pk=row.pk)
    ] == [state]
