"""Uploading in the admin: each file is received or refused by itself, and what came of it stays to be read."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from letters import clock, uploads, workflow
from letters.models import Letter, State, Upload
from tests import factories

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/letters/letter/upload/"


def file(name, content, kind="application/pdf"):
    return SimpleUploadedFile(name, content, kind)


def zipped(*entries) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return packed.getvalue()


def rows(response):
    """The outcome of each file as it was kept."""
    return Upload.objects.get(pk=response.url.rstrip("/").rsplit("/", 1)[-1]).rows


def test_good_and_bad_files_of_one_upload_each_go_their_own_way(browser, staff, settings):
    """T14, T15, T11, T18: junk, a page named .pdf, a duplicate and a bomb refuse none of the others."""
    settings.LETTER_MAX_BYTES = 1024 * 1024
    known = workflow.receive(factories.pdf_bytes(), "known.pdf", staff)
    with known.file.open("rb") as stored:
        same = stored.read()
    good, packed, twice = (factories.pdf_bytes() for _ in range(3))
    archive = zipped(("2020/packed.pdf", packed), ("twice.pdf", twice), ("bomb.pdf", b"\0" * 9_000_000))
    response = browser.post(
        UPLOAD,
        {
            "files": [
                file("good.docx", good, "application/msword"),
                file("empty.pdf", b""),
                file("junk.pdf", b"\0\1\2" * 100),
                file("page.pdf", b"<!doctype html><title>x</title>"),
                file("again.pdf", same),
                file("year.zip", archive, "application/zip"),
                file("twice.pdf", twice),
            ]
        },
    )
    told = {row["name"]: (row["outcome"], row["message"]) for row in rows(response)}
    outcomes = [row["outcome"] for row in browser.get(response.url).context["rows"]]
    assert outcomes == sorted(outcomes, reverse=True), "the refused ones first"
    assert {name: outcome for name, (outcome, _) in told.items()} == {
        "good.docx": "received",
        "empty.pdf": "refused",
        "junk.pdf": "refused",
        "page.pdf": "refused",
        "again.pdf": "refused",
        "year.zip › packed.pdf": "received",
        "year.zip › twice.pdf": "received",
        "year.zip › bomb.pdf": "refused",
        "twice.pdf": "refused",
    }
    assert "empty" in told["empty.pdf"][1]
    assert "larger than 1 MB" in told["year.zip › bomb.pdf"][1]
    assert Letter.objects.count() == 4
    [again] = [row for row in rows(response) if row["name"] == "again.pdf"]
    assert again["letter"] == str(known.pk)


def test_what_came_of_it_survives_a_reload(browser):
    response = browser.post(
        UPLOAD, {"files": [file("one.pdf", factories.pdf_bytes()), file("two.pdf", b"no")]}
    )
    pages = [browser.get(response.url).content.decode() for _ in range(2)]
    for page in pages:
        assert "1 received, 1 refused." in page
        assert "0 of 1 read" in page
        assert "This is not a PDF, whatever its name says." in page
    assert Letter.objects.count() == 1


def test_the_page_follows_the_reading(browser):
    response = browser.post(UPLOAD, {"files": [file(f"{n}.pdf", factories.pdf_bytes()) for n in range(3)]})
    read, problem, unreadable = Letter.objects.order_by("original_name")
    council = factories.council("Zyxwold Borough Council")
    _, token = workflow.claim_for_reading(str(read.pk))
    workflow.finish_reading(read, token, factories.reading(), council, [])
    _, token = workflow.claim_for_reading(str(unreadable.pk))
    workflow.finish_unreadable(unreadable, token, "It is locked with a password.")
    workflow.claim_for_reading(str(problem.pk))
    page = browser.get(response.url).content.decode()
    assert "2 of 3 read" in page
    assert "Zyxwold Borough Council, 2019–20" in page
    assert "being read" in page
    assert "needs a person: It is locked with a password." in page
    assert 'data-waiting="1"' in page


@pytest.mark.parametrize("choose", [False, True])
def test_the_edition_may_be_chosen(browser, choose):
    chosen = factories.edition(2021)
    browser.post(
        UPLOAD, {"files": file("a.pdf", factories.pdf_bytes()), "review": chosen.pk if choose else ""}
    )
    assert Letter.objects.get().review == (chosen if choose else None)


@pytest.mark.parametrize("sent", [{}, {"files": ""}, {"review": "nonsense"}])
def test_an_upload_of_nothing_says_what_to_choose(browser, sent):
    response = browser.post(UPLOAD, sent)
    assert response.status_code == 200
    assert "Choose at least one PDF or ZIP." in response.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<script>alert(1).pdf", "&lt;script&gt;alert(1).pdf"),
        ("..\\..\\etc\\x.pdf", "x.pdf"),
        ("\u202efdp.pdf", "fdp.pdf"),
        ("x" * 3000 + ".pdf", "x" * 200),
    ],
)
def test_file_names_are_data(browser, name, shown):
    """T60, T63: shown escaped, without directions, shortened."""
    archive = zipped((name, factories.pdf_bytes()))
    response = browser.post(UPLOAD, {"files": file("year.zip", archive)})
    page = browser.get(response.url).content.decode()
    assert shown in page
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_a_disk_that_is_full_refuses_one_file_and_says_so(browser, settings, tmp_path):
    """T03: nothing is kept of what could not be stored, and the page still answers."""
    in_the_way = tmp_path / "a-file"
    in_the_way.write_text("")
    settings.PRIVATE_FILES = in_the_way
    response = browser.post(UPLOAD, {"files": file("a.pdf", factories.pdf_bytes())})
    [row] = rows(response)
    assert row["outcome"] == "refused"
    assert "could not be stored" in row["message"]
    assert not Letter.objects.exists()


@pytest.mark.parametrize("limit", ["UPLOAD_MAX_BYTES", "DATA_UPLOAD_MAX_NUMBER_FILES"])
def test_a_request_larger_than_any_upload_is_refused_unread(browser, settings, limit):
    setattr(settings, limit, 2)
    response = browser.post(UPLOAD, {"files": [file(f"{n}.pdf", b"%PDF-") for n in range(3)]})
    assert response.status_code == 400
    assert "Nothing of them was kept." in response.content.decode()
    assert not Upload.objects.exists()


def waiting_since(seconds, **values):
    letter = factories.letter(state=State.RECEIVED)
    Letter.objects.filter(pk=letter.pk).update(queued_at=clock.now() - timedelta(seconds=seconds), **values)
    return letter


def test_letters_that_wait_long_tell_that_no_worker_runs(browser):
    waiting_since(seconds=60)
    assert uploads.nobody_reads()
    page = browser.get("/admin/").content.decode()
    assert "manage.py worker" in page


def test_no_alarm_while_letters_are_fresh_or_being_read(browser):
    waiting_since(seconds=5)
    assert not uploads.nobody_reads()
    waiting_since(seconds=60)
    workflow.claim_for_reading(str(factories.letter(state=State.RECEIVED).pk))
    assert not uploads.nobody_reads()


def test_the_page_of_an_upload_costs_the_same_however_many_files(browser, django_assert_num_queries):
    def upload(count):
        files = [file(f"{n}.pdf", factories.pdf_bytes()) for n in range(count)]
        return browser.post(UPLOAD, {"files": files}).url

    few, many = upload(1), upload(12)
    browser.get(few)
    with django_assert_num_queries(8):
        browser.get(few)
    with django_assert_num_queries(8):
        browser.get(many)


def test_the_last_uploads_are_found_again(browser):
    response = browser.post(UPLOAD, {"files": file("a.pdf", factories.pdf_bytes())})
    assert response.url in browser.get(UPLOAD).content.decode()


def test_an_upload_that_never_was_is_not_found(browser):
    never = reverse("admin:letters_upload", args=["00000000-0000-4000-8000-000000000000"])
    assert browser.get(never).status_code == 404
