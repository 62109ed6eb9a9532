"""Importing a yearly table in the admin: upload, preview, confirm."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from letters import workflow
from letters.tables.models import TableFigure, TableImport
from tests import factories
from tests.staff_pages import page_of, text
from tests.yearly_tables.importing import HEAD, kept, uploaded

pytestmark = pytest.mark.django_db


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
