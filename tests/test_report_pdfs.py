"""PDFs of public reports and of the year's national report: the public gets a clean copy, and nothing else."""

import hashlib
import io
import tempfile
from pathlib import Path

import pikepdf
import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import ReportFile
from history.models import Line
from letters.models import AnnualReview
from operating.integrity import reports
from tests import cases, factories, odd_pdfs
from tests.cases import NOW
from tests.scanners import NAME, SIGNATURE, local_scanner
from tests.staff_pages import hidden, page_of, text

pytestmark = pytest.mark.django_db
PUBLIC, NATIONAL = "/public-reports/25-000-001.pdf", "/national-picture/2026.pdf"
PLAIN, HOSTILE = odd_pdfs.letter(), odd_pdfs.with_everything()
SAID_TO_STAFF = "was uploaded before clean copies were made, so the public does not get it. Upload it again."
KEPT = "Nothing of it was kept, and all stays as it was."


@pytest.fixture(scope="module")
def rows(kept_rows):
    with time_machine.travel(NOW, tick=False):
        staff = factories.staff()
        review = factories.edition(2026)
        factories.public_letter(review, staff, factories.council("Sometown Council"))
        hour = {"publish_at": NOW, "scheduled_at": NOW, "by_one_person": True}
        AnnualReview.objects.filter(pk=review.pk).update(**hour)
        cases.one_of_each("Sometown Council", "2025-06-14", NOW)


@pytest.fixture(autouse=True)
def browser(rows, client):
    """Signed in with every right, once a report and an edition are public."""
    with time_machine.travel(NOW, tick=False):
        client.force_login(User.objects.get(username="staff"))
        yield client


def put(browser, of: str, content: bytes, name: str = "Report.pdf") -> str:
    """Upload the PDF of the public or the national report; what the page says then."""
    file = SimpleUploadedFile(name, content, "application/pdf")
    if of == PUBLIC:
        address = reverse("admin:cases_publicreport_pdf", args=[ReportFile.objects.get().report_id])
        return text(browser.post(address, {"file": file}, follow=True))
    address = page_of(AnnualReview.objects.get())
    page = browser.get(address)
    shown = hidden(page) if page.context and "adminform" in page.context else {}
    return text(browser.post(address, shown | {"national_report": file}, follow=True))


def kept(of: str) -> bytes:
    if of == PUBLIC:
        return bytes(ReportFile.objects.get().content)
    report = AnnualReview.objects.get().national_report
    if not report:
        return b""
    with report.open("rb") as file:
        return file.read()


def served(client, of: str, **headers: str) -> bytes:
    response = client.get(of, headers=headers)
    return b"".join(response.streaming_content) if response.streaming else response.content


def unpacked(pdf: bytes) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(file, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=False)
    return file.getvalue()


def keep_as_uploaded(of: str, content: bytes) -> None:
    """As before there were clean copies."""
    if of == PUBLIC:
        digest = hashlib.sha256(content).hexdigest()
        ReportFile.objects.update(content=content, sha256=digest, size=len(content), uploaded_sha256="")
        return
    review = AnnualReview.objects.get()
    review.national_report, review.national_report_sha256 = ContentFile(content, "x.pdf"), ""
    review.save()


@pytest.mark.parametrize("of", [PUBLIC, NATIONAL])
def test_t16_t22_t88_what_acts_or_tells_of_its_writer_is_left_out(browser, of):
    assert b"canary" in unpacked(HOSTILE[6:])
    page = put(browser, of, HOSTILE)
    assert KEPT not in page
    assert served(browser, of) == kept(of)
    assert b"canary" not in unpacked(kept(of))
    assert b"A remark." in unpacked(kept(of))


def test_the_history_tells_what_was_uploaded_and_what_is_published(browser):
    put(browser, PUBLIC, HOSTILE)
    told = Line.objects.order_by("number").last().deed
    for content in (HOSTILE, kept(PUBLIC)):
        assert hashlib.sha256(content).hexdigest() in told
    put(browser, NATIONAL, HOSTILE)
    assert hashlib.sha256(kept(NATIONAL)).hexdigest() in Line.objects.order_by("number").last().changes


REFUSED = {
    "html": (b"<!doctype html><title>x</title>", "This is no PDF, whatever its name says.", "Choose the report’s PDF."),
    "locked": (odd_pdfs.locked("secret"), "The PDF is locked with a password.", "Unlock it and upload that."),
    "broken": (PLAIN[:2000], "The PDF is damaged and cannot be opened.", "Print it to a new PDF"),
    "pages": (odd_pdfs.many_pages(301), "more than 300 pages.", "Upload it without its annexes."),
    "large": (bytes(20 * 1024 * 1024 + 1), "The file is larger than 20 MB.", "Make its pictures smaller."),
}  # fmt: skip


@pytest.mark.parametrize("of", [PUBLIC, NATIONAL])
@pytest.mark.parametrize(("content", "happened", "to_do"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_copied_is_refused_on_the_field(browser, of, content, happened, to_do):
    """What happened, what was kept, what to do; and what stood there stands."""
    put(browser, of, PLAIN)
    before = kept(of)
    page = put(browser, of, content)
    for words in (happened, KEPT, to_do):
        assert words in page
    assert kept(of) == served(browser, of) == before


@pytest.mark.parametrize("of", [PUBLIC, NATIONAL])
def test_t25_a_virus_and_a_scanner_that_does_not_answer(browser, settings, of):
    before = kept(of)
    with tempfile.TemporaryDirectory() as folder, local_scanner(Path(folder)) as scanner:
        settings.CLAMD_ADDRESS = scanner.server_address
        page = put(browser, of, PLAIN + SIGNATURE)
        for words in (f"The virus scanner found “{NAME}”", KEPT, "Ask for it again from where it came."):
            assert words in page
        assert kept(of) == before
        assert KEPT not in put(browser, of, PLAIN)
    assert before != (clean := kept(of))
    page = put(browser, of, HOSTILE)
    for words in (
        "could not be scanned for viruses (the scanner cannot be asked",
        KEPT,
        "Upload it again later",
    ):
        assert words in page
    assert kept(of) == clean


@pytest.mark.parametrize("of", [PUBLIC, NATIONAL])
def test_who_may_not_put_it_has_nothing_looked_at(client, settings, of):
    before = kept(of)
    with tempfile.TemporaryDirectory() as folder, local_scanner(Path(folder)) as scanner:
        settings.CLAMD_ADDRESS = scanner.server_address
        for role in ("auditor", None):
            client.force_login(factories.member(role)) if role else client.logout()
            put(client, of, PLAIN)
        assert scanner.heard == []
    assert kept(of) == before


FOR_PROGRAMS = {
    PUBLIC: ("/api/v1/public-reports", "/api/v1/public-reports.csv", "/public-reports.atom"),
    NATIONAL: ("/api/v1/editions",),
}


def told_to_programs(client, of: str) -> list[str]:
    return [client.get(address).getvalue().decode() for address in FOR_PROGRAMS[of]]


@pytest.mark.parametrize("of", [PUBLIC, NATIONAL])
def test_what_was_put_before_there_were_copies_is_not_published_until_it_has_one(browser, of):
    assert SAID_TO_STAFF not in put(browser, of, b"<html>")
    keep_as_uploaded(of, HOSTILE)
    assert browser.get(of).status_code == 404
    assert SAID_TO_STAFF in put(browser, of, b"<html>")
    page = of.removesuffix(".pdf").replace("/2026", "?year=2026")
    assert "as a PDF" not in text(browser.get(page))
    assert of not in browser.get(page).content.decode()
    assert [fault.code for fault in reports.faults()] == ["report-not-cleaned"]
    assert not any(of in body for body in told_to_programs(browser, of))
    call_command("clean_reports", stdout=(said := io.StringIO()))
    assert said.getvalue() == "1 copy made.\n"
    assert b"canary" not in unpacked(served(browser, of))
    assert of in browser.get(page).content.decode()
    assert all(of in body for body in told_to_programs(browser, of))
    assert list(reports.faults()) == []


def test_what_cannot_be_copied_later_is_named(browser):
    keep_as_uploaded(PUBLIC, b"<html>")
    with pytest.raises(CommandError, match="1 of the reports have no clean copy"):
        call_command("clean_reports", stdout=io.StringIO(), stderr=(said := io.StringIO()))
    assert "Public report 25 000 001: This is no PDF" in said.getvalue()
    assert kept(PUBLIC) == b"<html>"


def test_a_pdf_that_is_not_the_one_that_was_put_is_found(browser):
    for of in (PUBLIC, NATIONAL):
        put(browser, of, PLAIN)
    assert list(reports.faults()) == []
    ReportFile.objects.update(content=HOSTILE)
    with open(AnnualReview.objects.get().national_report.path, "ab") as file:
        file.write(b"more")
    assert [fault.code for fault in reports.faults()] == ["report-changed"] * 2


def test_the_file_of_the_national_report_before_is_removed(browser, django_capture_on_commit_callbacks):
    put(browser, NATIONAL, PLAIN)
    before = Path(AnnualReview.objects.get().national_report.path)
    assert before.exists()
    with django_capture_on_commit_callbacks(execute=True):
        put(browser, NATIONAL, HOSTILE)
    assert not before.exists()
    assert Path(AnnualReview.objects.get().national_report.path).exists()


def test_its_bytes_are_fetched_where_they_are_sent_alone(client):
    """Not to say that it is unchanged, nor what size it has; and of a part, no more than the part."""
    content = bytes(range(256)) * 10_000
    keep_as_uploaded(PUBLIC, content)
    ReportFile.objects.update(uploaded_sha256="0" * 64)
    etag = client.get(PUBLIC)["ETag"]
    for method, headers, wanted in (
        (client.get, {"if-none-match": etag}, 304),
        (client.get, {"range": "bytes=9000000-"}, 416),
        (client.get, {"if-match": '"x"'}, 412),
        (client.head, {}, 200),
    ):
        with CaptureQueriesContext(connection) as asked:
            response = method(PUBLIC, headers=headers)
            b"".join(response)
        assert response.status_code == wanted
        assert not any('"content"' in query["sql"] for query in asked), headers
    assert client.head(PUBLIC)["Content-Length"] == str(len(content))
    with CaptureQueriesContext(connection) as asked:
        assert served(client, PUBLIC, range="bytes=1000-1999") == content[1000:2000]
    assert sum('"content"' in query["sql"] for query in asked) == 1
    assert served(client, PUBLIC) == content
