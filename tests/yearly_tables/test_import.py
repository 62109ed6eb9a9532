"""Importing the yearly tables: what is kept, what is refused, and that none of it is public."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from councils.models import Council
from history.models import Line
from letters import workflow
from letters.tables.models import TableFigure
from letters.workflow import Refused
from tests import factories
from tests.contradictions import codes
from tests.yearly_tables.importing import HEAD, imported, kept, uploaded

D = Decimal
pytestmark = pytest.mark.django_db


def test_what_is_kept_with_its_place_and_its_origin(zyx):
    letter = factories.letter(council=zyx)
    table = imported(HEAD, "Zyxwold,1,2,33%", name="../tables\u202e.csv")
    assert kept(zyx) == {("upheld", "numerator"): 1, ("upheld", "denominator"): 3, ("upheld", "percent"): 33}
    figure = TableFigure.objects.get(field="percent")
    assert (figure.source, figure.row, figure.column) == (table, 2, 4)
    assert table.confirmed_by
    assert table.confirmed_at
    assert len(table.sha256) == 64
    assert table.original_name == "tables.csv"
    assert letter.statistics.get().percent == 100
    said = Line.objects.get(subject_id=str(table.review_id), subject="letters.annualreview")
    assert "Imported the table “tables.csv”: 3 new and 0 changed numbers." in said.deed
    assert table.sha256 in said.deed


def test_importing_again_does_nothing(zyx):
    table = imported(HEAD, "Zyxwold,1,2,33%")
    assert uploaded(HEAD, "Zyxwold,1,2,33%") == table
    shown = workflow.preview_table(table)
    assert (shown.changes, shown.same) == ([], 3)
    with pytest.raises(Refused, match="nothing to import"):
        workflow.confirm_table(table, table.uploaded_by, shown.digest)
    assert TableFigure.objects.count() == 3


def test_what_changes_stays_on_record(zyx):
    imported(HEAD, "Zyxwold,1,2,33%")
    table = uploaded(HEAD, "Zyxwold,1,3,25%")
    shown = workflow.preview_table(table)
    assert [(change.figure, change.then, change.now) for change in shown.changed] == [
        ("Complaints upheld: rate", "33%", "25%"),
        ("Complaints upheld: base", "3", "4"),
    ]
    assert (shown.new, shown.same) == ([], 1)
    workflow.confirm_table(table, table.uploaded_by, shown.digest)
    assert kept(zyx)["upheld", "percent"] == 25
    assert TableFigure.objects.exclude(superseded_at=None).count() == 2


def test_what_is_no_longer_stated_is_a_change_and_what_never_was_is_none(zyx):
    imported(HEAD, "Zyxwold,1,2,33%")
    imported("Authority,Uphold rate,Compliance rate", "Zyxwold,n/a,n/a")
    assert kept(zyx)["upheld", "percent"] is None
    assert ("compliance", "percent") not in kept(zyx)
    letter = factories.letter(
        council=zyx, figures=[factories.figure(numerator=1, denominator=3, percent=D(33))]
    )
    assert codes(letter) == []


def test_what_has_changed_since_it_was_shown_is_not_imported(zyx):
    table = uploaded(HEAD, "Zyxwold,1,2,33%")
    seen = workflow.preview_table(table).digest
    imported(HEAD, "Zyxwold,1,3,25%")
    with pytest.raises(Refused, match="changed since this was shown"):
        workflow.confirm_table(table, table.uploaded_by, seen)
    table.refresh_from_db()
    assert table.confirmed_at is None
    assert kept(zyx)["upheld", "percent"] == 25


def test_the_database_counts_each_number_once(zyx):
    imported(HEAD, "Zyxwold,1,2,33%")
    figure = TableFigure.objects.first()
    figure.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        figure.save()


def test_unknown_names_are_refused_with_suggestions_and_never_made_up(zyx):
    factories.council("Gone District Council", last_day="2018-03-31")
    before = Council.objects.count()
    table = uploaded(HEAD, "Zyxwold,1,2,33%", "Zyxwould Borough,1,2,33%", "Gone District Council,1,2,33%")
    shown = workflow.preview_table(table)
    assert shown.councils == 1
    assert [(left.says, left.suggestions) for left in shown.refused] == [
        ("Zyxwould Borough", ("Zyxwold Borough Council",)),
        ("Gone District Council", ()),
    ]
    assert "did not exist in 2019–20" in shown.refused[1].why
    assert Council.objects.count() == before


@pytest.mark.parametrize(
    ("rows", "refused", "number"),
    [
        (["Zyxwold,1,2,33%", "Zyxwold Borough Council,1,2,33%"], 0, 1),
        (["Zyxwold,1,2,33%", "Zyxwold Borough Council,,,"], 0, 1),
        (["Zyxwold,1,2,33%", "Zyxwold Borough Council,3,1,75%"], 6, None),
    ],
)
def test_a_council_that_stands_twice(zyx, rows, refused, number):
    shown = workflow.preview_table(uploaded(HEAD, *rows))
    assert len(shown.refused) == refused
    counts = {change.number.number for change in shown.new if change.number.figure.field == "numerator"}
    assert counts == ({number} if number else set())


@pytest.mark.parametrize(
    "text_",
    ["Zyxwold", "ZYXWOLD BOROUGH COUNCIL", "Old Name", "Nowhere", "", "Gone District Council", "Twin"],
)
def test_many_names_are_found_as_one_is(zyx, text_):
    from datetime import date

    zyx.aliases.create(text="Old Name")
    factories.council("Gone District Council", last_day="2018-03-31")
    factories.council("Twin Borough Council")
    factories.council("Twin District Council", slug="twin-2")
    day = date(2020, 3, 31)
    found = Council.objects.all_named([text_], day)
    assert found == {text_: Council.objects.named(text_, day)}


def test_the_preview_costs_the_same_however_many_rows(zyx, django_assert_max_num_queries):
    lines = [HEAD]
    for n in range(40):
        council = factories.council(f"Place {n} District Council")
        factories.letter(council=council)
        lines.append(f"{council.name},1,2,33%")
    table = uploaded(*lines)
    with django_assert_max_num_queries(9):
        assert len(workflow.preview_table(table).differing) == 40


def test_nothing_of_a_table_is_public(client, zyx, staff):
    """With letters of the year public, a table leaves every public page as it was, to the byte."""
    letter = factories.approved_letter(council=zyx)
    workflow.schedule(letter.review, letter.received_at, staff, acknowledged=True)
    at = f"/your-councils-performance/{zyx.slug}"
    addresses = [
        *(
            "/",
            at,
            f"{at}/statistics",
            f"{at}/annualletters",
            f"{at}/annualletters/2020",
            "/national-picture",
        ),
        f"/compare?council={zyx.slug}&year=2020",
    ]
    before = [client.get(address).content for address in addresses]
    table = imported(HEAD, "Zyxwold,4711,3931,54.51%", name="canary-7f3a.csv")
    assert [client.get(address).content for address in addresses] == before
    for guess in (
        table.file.name,
        f"media/{table.file.name}",
        f"tables/{table.pk}",
        f"private/{table.file.name}",
    ):
        assert client.get(f"/{guess}").status_code == 404
    staff_page = reverse("admin:letters_annualreview_table", args=[table.review.pk, table.pk])
    assert client.get(staff_page).url.startswith("/admin/login/")
