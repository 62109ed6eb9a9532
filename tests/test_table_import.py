"""Importing the yearly tables: the preview, what is kept, what letters are held against; none of it is public."""

from decimal import Decimal
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from councils.models import Council
from history.models import Line
from letters import across, workflow
from letters.across.tables import CODE, Tabled, agree, differing
from letters.tables.models import TableFigure, TableImport
from letters.workflow import Refused
from tests import factories
from tests.staff_pages import page_of, text
from tests.test_across import codes, stated

D = Decimal
HEAD = "Authority,Upheld,Not upheld,Uphold rate (%)"

pytestmark = pytest.mark.django_db


@pytest.fixture
def zyx():
    return factories.council("Zyxwold Borough Council")


def uploaded(*lines, year=2020, name="table.csv"):
    review = factories.edition(year)
    by = User.objects.first() or factories.staff()
    return workflow.receive_table(review, "\n".join(lines).encode(), name, by)


def imported(*lines, **options):
    table = uploaded(*lines, **options)
    workflow.confirm_table(table, table.uploaded_by, workflow.preview_table(table).digest)
    return table


def kept(council):
    counting = TableFigure.objects.filter(council=council, superseded_at=None)
    return {(figure.measure, figure.field): figure.number for figure in counting}


# --- letter against table


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


# --- importing


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


# --- in the admin


def pages(review):
    return reverse("admin:letters_annualreview_tables", args=[review.pk])


def test_upload_preview_confirm(browser, zyx):
    review = factories.edition()
    lines = "\n".join([HEAD + ",Mystery", "Zyxwold,1,2,33%,1", "Zyxwould,1,2,33%,1", "Zyxwold Council,x,,,"])
    file = SimpleUploadedFile("Tables 2020.csv", lines.encode())
    answer = browser.post(pages(review), {"file": file})
    page = browser.get(answer.url)
    for said in (
        "3 new numbers, 0 changed, 0 known already; 2 refused", "Did you mean Zyxwold Borough Council?",
        "E1: “Mystery”", "“x”, which is no number",
        "D1 “Uphold rate (%)”: Complaints upheld: rate; as each cell shows it",
    ):  # fmt: skip
        assert said in text(page)
    assert not TableFigure.objects.exists()
    stale = browser.post(answer.url, {"seen": "x"}, follow=True)
    assert "changed since this was shown" in text(stale)
    done = browser.post(answer.url, {"seen": page.context["preview"].digest}, follow=True)
    assert "Imported: 3 numbers." in text(done)
    assert kept(zyx)["upheld", "percent"] == 33
    assert "There is nothing to import: all that this table says is known already." in text(
        browser.get(answer.url)
    )
    assert pages(review) in text(browser.get(page_of(review)))


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"PK\x03\x04x", b"x" * (5 * 1024 * 1024 + 1), b""])
def test_what_is_no_table_is_refused_on_the_field(browser, content):
    review = factories.edition()
    page = browser.post(pages(review), {"file": SimpleUploadedFile("x.xlsx", content)})
    assert page.context["form"].errors["file"]
    assert not TableImport.objects.exists()


def test_a_table_of_another_edition_is_not_found(browser, zyx):
    table, other = uploaded(HEAD, "Zyxwold,1,2,33%"), factories.edition(2021)
    where = reverse("admin:letters_annualreview_table", args=[other.pk, table.pk])
    assert browser.get(where).status_code == 404
    assert browser.post(where, {"seen": workflow.preview_table(table).digest}).status_code == 404


def lose(table):
    table.file.storage.delete(table.file.name)


def make_unreadable(table):
    """A name beyond a file is an error of the disk, other than that nothing is there."""
    TableImport.objects.filter(pk=table.pk).update(file=f"{table.file.name}/x")


def damage(table):
    with table.file.storage.open(table.file.name, "wb") as file:
        file.write(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("breaks", "says"),
    [
        (lose, "is missing"),
        (make_unreadable, "cannot be read just now"),
        (damage, "cannot be opened any more"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_table_whose_file_was_lost_is_told_and_imports_nothing(browser, zyx, breaks, says, method):
    table = uploaded(HEAD, "Zyxwold,1,2,33%")
    where = reverse("admin:letters_annualreview_table", args=[table.review.pk, table.pk])
    breaks(table)
    said = text(getattr(browser, method)(where, {"seen": "x"}, follow=True))
    assert says in said
    assert "Nothing was imported" in said
    assert not TableFigure.objects.exists()


def test_what_a_cell_says_is_never_markup(browser, zyx):
    table = uploaded(HEAD + ",<script>alert(1)</script>", "<b>Zyx</b>,1,2,33%", "Zyxwold,<i>x</i>,,")
    where = reverse("admin:letters_annualreview_table", args=[table.review.pk, table.pk])
    html = browser.get(where).content.decode()
    for markup in ("<script>alert", "<b>Zyx", "<i>x"):
        assert markup not in html


# --- by command


@pytest.fixture
def file(tmp_path, zyx):
    path = tmp_path / "tables.csv"
    path.write_text(f"{HEAD}\nZyxwold,1,2,33%\n")
    return path


def test_the_command_shows_the_same_and_imports_only_when_told(file, staff, zyx):
    factories.edition()
    out = StringIO()
    call_command("import_tables", "2020", str(file), stdout=out)
    assert "new: Zyxwold Borough Council: Complaints upheld: rate 33%" in out.getvalue()
    assert "Nothing was imported." in out.getvalue()
    assert not TableImport.objects.exists()
    call_command("import_tables", "2020", str(file), apply=True, by="staff", stdout=out)
    assert kept(zyx)["upheld", "percent"] == 33
    assert TableImport.objects.get().confirmed_by == staff


@pytest.mark.parametrize(
    ("year", "options", "why"),
    [
        ("1999", {}, "no edition"),
        ("2020", {"apply": True}, "Say who imports it"),
        ("2020", {"apply": True, "by": "nobody"}, "no user nobody"),
    ],
)
def test_the_command_refuses(file, year, options, why):
    factories.edition()
    with pytest.raises(CommandError, match=why):
        call_command("import_tables", year, str(file), **options)
    assert not TableImport.objects.exists()


def test_the_command_refuses_what_is_no_table(tmp_path):
    factories.edition()
    (tmp_path / "x.csv").write_bytes(b"%PDF-")
    for name in ("x.csv", "missing.csv"):
        with pytest.raises(CommandError):
            call_command("import_tables", "2020", str(tmp_path / name))


# --- the public


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
