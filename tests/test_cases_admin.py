"""What staff do with decisions in the admin: bring files in, take a decision down, put a PDF to a report."""

import re
from datetime import datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.importing import deeds
from cases.importing.comparing import Preview
from cases.models import CaseImport, Category, Decision, ImportedFile, ReportFile
from history.models import Line
from tests import cases, factories, odd_pdfs
from tests.cases import NOW, table
from tests.staff_pages import hidden, text

pytestmark = pytest.mark.django_db
IMPORTS = "admin:cases_caseimport_"


@pytest.fixture(scope="module")
def rows(kept_rows):
    factories.council("Sometown Borough Council")
    cases.one_of_each("Sometown Borough Council", "2025-06-14", NOW)


@pytest.fixture(autouse=True)
def at_noon(rows, db):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def signed_in(client):
    def sign_in(role):
        client.force_login(factories.member(role))
        return client

    return sign_in


def upload(client, content, name="decisions.csv", holds="decisions"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse(f"{IMPORTS}add"), {"holds": holds, "file": file}, follow=True)


def told(response):
    """What a page says that grows while it is read."""
    assert (response.streaming, response["X-Accel-Buffering"]) == (True, "no")
    assert "no-store" in response["Cache-Control"]
    return " ".join(unescape(response.getvalue().decode()).split())


def test_one_uploads_and_another_imports_what_was_shown(client, signed_in):
    content = table(
        *cases.decisions(
            {"summary": "Another."}, {}, {"councils": "Somtown Borough Council"}, {"text": "=1+1"}
        )
    )
    shown = told(upload(signed_in("uploader"), content))
    for words in (
        "Rows looked at: 4 </div>",
        "1 new, 1 changed, 0 known already; 2 refused.",
        "Did you mean Sometown Borough Council?",
        "Give what the formula shows.",
    ):
        assert words in shown
    # In the order of the file, whatever is wrong with a row.
    assert shown.index("Did you mean Sometown") < shown.index("Give what the formula shows.")
    assert "Import all but the refused" not in shown
    assert "A publisher imports it, from this page." in shown
    row = CaseImport.objects.latest("pk")
    address = reverse(f"{IMPORTS}change", args=[row.pk])
    assert client.post(address, {"seen": "x"}).status_code == 403
    page = told(signed_in("publisher").get(address))
    assert "Import all but the refused" in page
    assert "A publisher imports it" not in page
    assert "Something has changed since this was shown" in told(client.post(address, {"seen": "x"}))
    assert Decision.objects.count() == 1
    seen = {"seen": re.search('name="seen" value="([0-9a-f]{64})"', page)[1]}
    done = told(client.post(address, seen))
    assert "4 rows" in done
    assert "Imported: 1 new, 1 changed." in done
    assert "Its bytes are not kept." in text(client.get(address))
    assert "was imported or thrown away already" in told(client.post(address, seen))


def test_a_page_that_is_sent_while_its_file_is_thrown_away_says_so(signed_in):
    client = signed_in("uploader")
    row = deeds.receive(table(*cases.decisions({})), "decisions.csv", "decisions", None, NOW)
    page = client.get(reverse(f"{IMPORTS}change", args=[row.pk]))
    deeds.throw_away(row, None)
    shown = told(page)
    assert "was imported or thrown away already" in shown
    assert "</html>" in shown


def test_whoever_leaves_while_a_file_is_imported_undoes_it():
    row = deeds.receive(table(*cases.decisions({}, {}, {})), "decisions.csv", "decisions", None, NOW)
    seen = deeds.look_at(row, NOW).digest
    telling = deeds.confirming(row, None, seen, NOW, Preview("decisions"))
    assert next(telling) == 3
    assert Decision.objects.count() == 3
    telling.close()
    assert (Decision.objects.count(), ImportedFile.objects.count()) == (1, 1)
    assert deeds.confirm(row, None, seen, NOW).new == 2
    assert Decision.objects.count() == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "neither a CSV nor a JSON"),
        (b"a,b\n1,2\n", "lacks the columns"),
        (bytes(30 * 1024 * 1024 + 1), "larger than 30 MB. Divide it, or have it brought in by manage.py"),
    ],
    ids=["empty", "pdf", "columns", "large"],
)
def test_what_is_no_such_table_is_refused_on_the_field_and_not_kept(signed_in, content, said):
    before = CaseImport.objects.count()
    page = text(upload(signed_in("uploader"), content))
    assert said in page
    assert "Error: " in page
    assert CaseImport.objects.count() == before


def test_a_file_is_thrown_away(signed_in):
    client = signed_in("uploader")
    upload(client, table(*cases.decisions({}, {})))
    row = CaseImport.objects.latest("pk")
    page = client.post(reverse(f"{IMPORTS}change", args=[row.pk]), {"throw-away": "1"}, follow=True)
    assert "Nothing of it was imported." in text(page)
    assert not ImportedFile.objects.exists()
    assert Decision.objects.count() == 1


def test_a_decision_is_taken_down_with_a_reason(signed_in):
    row = Decision.objects.get()
    address = reverse("admin:cases_decision_take_down", args=[row.pk])
    down, back = {"deed": "take-down"}, {"deed": "let-back"}
    assert signed_in("uploader").post(address, down | {"reason": "x"}).status_code == 403
    client = signed_in("publisher")
    assert 'name="deed" value="take-down"' in text(client.get(address))
    for missing in (down | {"reason": " "}, {"reason": "Somebody wrote to us."}):
        assert "Error: " in text(client.post(address, missing))
    row.refresh_from_db()
    assert not row.withheld
    page = text(client.post(address, down | {"reason": "Somebody wrote to us."}, follow=True))
    assert "Its words are nowhere any more." in page
    assert "An example of a text" not in page
    assert "Took the decision down: Somebody wrote to us." in text(
        client.get(reverse("admin:cases_decision_history", args=[row.pk]))
    )
    # Pressed twice, or by two people at the same time, it stays down.
    again = client.post(address, down | {"reason": "Somebody wrote to us."}, follow=True)
    assert "It had been taken down already." in text(again)
    row.refresh_from_db()
    assert (row.withheld, row.kept_out) == (True, True)
    assert 'name="deed" value="let-back"' in text(client.get(address))
    client.post(address, back | {"reason": "It was another."})
    row.refresh_from_db()
    assert (row.withheld, row.kept_out) == (True, False)
    assert "had been said already" in text(client.post(address, back | {"reason": "It was."}, follow=True))


def test_a_report_gets_a_pdf_by_who_may_change_it(signed_in):
    report = ReportFile.objects.get().report
    address = reverse("admin:cases_publicreport_pdf", args=[report.pk])
    assert signed_in("auditor").get(address).status_code == 403
    client = signed_in("publisher")
    assert "This is no PDF" in text(client.post(address, {"file": SimpleUploadedFile("x.pdf", b"<html>")}))
    client.post(address, {"file": SimpleUploadedFile("x.pdf", odd_pdfs.letter())})
    assert bytes(ReportFile.objects.get(report=report).content).startswith(b"%PDF-1.5")
    assert Line.objects.order_by("number").last().deed.startswith("Put a PDF to the report.")


def test_a_category_gets_a_short_name_and_keeps_its_own(signed_in, client):
    row = Category.objects.get(slug="housing")
    address = reverse("admin:cases_category_change", args=[row.pk])
    publisher = signed_in("publisher")
    sent = {"short_name": "Homes", "position": "3", "name": "Other"}
    publisher.post(address, sent | hidden(publisher.get(address)))
    row.refresh_from_db()
    assert (row.name, row.short_name, row.position) == ("Housing", "Homes", 3)
    assert "Homes (1)" in client.get("/decisions").content.decode()


def test_no_form_of_django_changes_a_decision(signed_in):
    row = Decision.objects.get()
    signed_in("publisher").post(reverse("admin:cases_decision_change", args=[row.pk]), {"outcome": "closed"})
    row.refresh_from_db()
    assert row.outcome == "upheld"


def test_the_list_of_imports_tells_times_of_24_hours(signed_in):
    at = datetime(2020, 7, 29, 0, 12, tzinfo=ZoneInfo("Europe/London"))
    CaseImport.objects.create(
        holds="decisions", original_name="a.csv", sha256="0" * 64, size=1, uploaded_at=at
    )
    assert "29 July 2020, 00:12" in text(signed_in("auditor").get("/admin/cases/caseimport/"))
