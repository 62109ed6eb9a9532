"""The way of a scan: read, found to be a scan, read by OCR, and put before a person."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from letters import clock, reading, storage, workflow
from letters.extraction import ocr
from letters.extraction.types import NOT_COMPARED, NUMBERS, READ_BY_OCR, SCAN, Problem
from letters.models import Letter, State
from letters.tasks import read_letter, read_scan
from letters.workflow import Refused
from letters.workflow.reviewing import Details, Numbers
from tests import factories, odd_pdfs, scans
from tests.processes import worker

pytestmark = pytest.mark.django_db

needs_ocr = pytest.mark.skipif(bool(ocr.missing()), reason="OCR is not installed")


@pytest.fixture
def scan(staff):
    return workflow.receive(scans.scan(odd_pdfs.letter(), dpi=150, pages={2}), "scan.pdf", staff)


@pytest.fixture
def without_tesseract(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


def tasks(task):
    return DBTaskResult.objects.filter(task_path=task.module_path)


@needs_ocr
def test_a_scan_is_handed_to_ocr_and_waits_behind_the_others(scan):
    reading.read(str(scan.pk))
    scan.refresh_from_db()
    assert (scan.state, scan.awaits_ocr, scan.attempts) == (State.RECEIVED, True, 0)
    [waiting] = tasks(read_scan)
    [ordinary] = tasks(read_letter)
    assert waiting.priority < ordinary.priority
    assert waiting.queue_name != ordinary.queue_name
    assert workflow.claim_for_reading(str(scan.pk)) is None
    assert workflow.claim_for_ocr(str(scan.pk)) is not None


@needs_ocr
@pytest.mark.process
def test_a_scan_is_read_by_ocr_and_never_approved_with_others(scan, staff, private_files):
    council = factories.council("Wellingborough Borough Council")
    reading.read(str(scan.pk))
    reading.read_scan(str(scan.pk))
    scan.refresh_from_db()
    assert (scan.state, scan.awaits_ocr, scan.council, scan.page_count) == (State.READ, False, council, 2)
    assert scan.statistics.count() == 3
    assert not scan.statistics.filter(readers_agree=True).exists()
    assert scan.problems[0]["code"] == READ_BY_OCR
    assert not list((private_files / "ocr").iterdir())
    approved, [refusal] = workflow.approve_together([(str(scan.pk), scan.revision)], staff)
    assert not approved
    assert "by itself" in str(refusal)


def test_without_ocr_a_letter_with_a_scanned_page_says_what_to_install(scan, without_tesseract):
    reading.read(str(scan.pk))
    scan.refresh_from_db()
    assert (scan.state, scan.awaits_ocr) == (State.READ, False)
    [message] = [problem["message"] for problem in scan.problems if problem["code"] == SCAN]
    assert "page 2" in message
    assert "apt-get install tesseract-ocr" in message


def test_without_ocr_a_whole_scan_says_what_to_install(staff, without_tesseract):
    letter = workflow.receive(scans.scan(odd_pdfs.letter()), "scan.pdf", staff)
    reading.read(str(letter.pk))
    letter.refresh_from_db()
    assert letter.state == State.UNREADABLE
    assert "This letter is a scan" in letter.unreadable_reason
    assert "apt-get install tesseract-ocr" in letter.unreadable_reason
    assert letter.page_count == 2


def test_ocr_that_fails_leaves_what_was_read_before(scan, without_tesseract):
    """The letter ends as it would without OCR, with the reason."""
    letter, token = workflow.claim_for_reading(str(scan.pk))
    workflow.hand_to_ocr(letter, token)
    reading.read_scan(str(scan.pk))
    scan.refresh_from_db()
    assert (scan.state, scan.awaits_ocr) == (State.READ, False)
    assert {"no-statistics", SCAN} <= {problem["code"] for problem in scan.problems}


def test_a_scan_whose_worker_was_lost_is_taken_up_once_more_then_left_to_a_person(scan):
    letter, token = workflow.claim_for_reading(str(scan.pk))
    assert workflow.hand_to_ocr(letter, token)
    assert not workflow.hand_to_ocr(letter, token)
    for again in (State.RECEIVED, State.UNREADABLE):
        assert workflow.claim_for_ocr(str(scan.pk))
        Letter.objects.update(lease_until=clock.now() - timedelta(seconds=1))
        assert workflow.sweep() == 1
        scan.refresh_from_db()
        assert scan.state == again
    assert tasks(read_scan).count() == 2
    assert "broken off twice" in scan.unreadable_reason


@pytest.mark.parametrize(("waited", "found"), [(timedelta(hours=1), 0), (timedelta(hours=4), 1)])
def test_a_scan_whose_task_was_lost_is_asked_for_again(scan, waited, found):
    letter, token = workflow.claim_for_reading(str(scan.pk))
    workflow.hand_to_ocr(letter, token)
    Letter.objects.update(queued_at=clock.now() - waited)
    assert workflow.sweep() == found
    assert tasks(read_scan).count() == 1 + found


def test_a_scan_that_is_withdrawn_meanwhile_stays_so(scan, staff):
    letter, token = workflow.claim_for_reading(str(scan.pk))
    workflow.hand_to_ocr(letter, token)
    scan.refresh_from_db()
    workflow.withdraw(scan, staff, "Uploaded by mistake.")
    reading.read_scan(str(scan.pk))
    scan.refresh_from_db()
    assert scan.state == State.WITHDRAWN


def test_what_a_killed_worker_left_is_removed(private_files, settings):
    left = storage.room_for_ocr() / "left"
    left.mkdir()
    assert storage.room_for_ocr().stat().st_mode & 0o777 == 0o700
    assert left.exists()
    settings.OCR_LEASE_SECONDS = -1
    storage.room_for_ocr()
    assert not left.exists()


def test_the_check_for_deployment_tells_what_to_install(without_tesseract, capsys):
    call_command("check", "--deploy", "--fail-level", "CRITICAL")
    assert "apt-get install tesseract-ocr" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
@pytest.mark.process
def test_a_worker_can_leave_scans_to_others(scan, private_files):
    letter, token = workflow.claim_for_reading(str(scan.pk))
    workflow.hand_to_ocr(letter, token)
    worker(private_files, "--until-empty", "--no-scans").communicate(timeout=120)
    scan.refresh_from_db()
    assert (scan.state, scan.awaits_ocr) == (State.RECEIVED, True)


@pytest.fixture
def by_ocr(staff):
    """A letter of two figures that OCR read."""
    problems = [Problem(READ_BY_OCR, None, "Read by OCR.")]
    problems += [Problem(NOT_COMPARED, measure, "Compare.") for measure in ("upheld", "compliance")]
    figures = [factories.figure(measure, readers_agree=False) for measure in ("upheld", "compliance")]
    return factories.letter(by=staff, figures=figures, problems=problems)


def saved(letter, staff, *compared, **changed):
    """A review that ticks these figures and changes numbers of others."""
    names = ("council", "review", "recipient_name", "recipient_post", "letter_date", "promised_date")
    numbers = {
        figure.measure: Numbers(
            **{name: getattr(figure, name) for name in NUMBERS} | changed.get(figure.measure, {}),
            compared=figure.measure in compared,
        )
        for figure in letter.statistics.all()
    }
    details = Details(**{name: getattr(letter, name) for name in names})
    workflow.save_review(letter, staff, details, numbers)


@pytest.mark.parametrize("compared", [(), ("upheld",)])
def test_figures_by_ocr_are_approved_only_when_each_was_compared(by_ocr, staff, compared):
    """No reason stands for looking, and a number that was changed says nothing of the others."""
    saved(by_ocr, staff, *compared, compliance={"average": 98})
    with pytest.raises(Refused, match="Compare each figure"):
        workflow.approve(by_ocr, staff, reason="It is right.")
    saved(by_ocr, staff, "upheld", "compliance")
    workflow.approve(by_ocr, staff)
    assert by_ocr.state == State.APPROVED


def test_a_letter_read_by_ocr_is_not_approved_with_others_even_when_all_was_compared(by_ocr, staff):
    saved(by_ocr, staff, "upheld", "compliance")
    approved, [refusal] = workflow.approve_together([(str(by_ocr.pk), by_ocr.revision)], staff)
    assert not approved
    assert "raises a question and is reviewed by itself" in str(refusal)


def test_the_review_screen_has_a_tick_for_each_figure_that_ocr_read(by_ocr, staff, client):
    client.force_login(staff)
    workflow.claim(by_ocr, staff)
    page = client.get(reverse("admin:letters_letter_change", args=[by_ocr.pk])).content.decode()
    assert page.count("Compared with the page") == 2
    assert "Read by OCR." in page
    assert "readers differ" not in page
