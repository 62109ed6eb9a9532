"""T25: where the operator names a virus scanner, nothing is published that it has not found clean."""

import tempfile
from pathlib import Path

import pytest
from django.urls import reverse

from letters import copying, reading, scanning, workflow
from letters.extraction.reader import Reader
from letters.management.commands.worker import SweepingWorker
from letters.models import CleanCopy, Letter, State
from tests import factories, odd_pdfs
from tests.scanners import NAME, SIGNATURE, local_scanner, network_scanner

LETTER = odd_pdfs.letter()
INFECTED = LETTER + SIGNATURE


@pytest.fixture
def scanner(settings):
    with tempfile.TemporaryDirectory() as folder, local_scanner(Path(folder)) as scanner:
        settings.CLAMD_ADDRESS = scanner.server_address
        yield scanner


def test_what_is_clean_passes(scanner):
    scanning.require_clean(LETTER * 100)
    assert scanner.heard == [b"zINSTREAM"]
    assert scanning.answers()


def test_over_the_network(settings):
    with network_scanner() as scanner:
        settings.CLAMD_ADDRESS = f"127.0.0.1:{scanner.server_address[1]}"
        scanning.require_clean(LETTER)
        with pytest.raises(scanning.Infected):
            scanning.require_clean(INFECTED)


def test_what_is_found_is_named(scanner):
    with pytest.raises(scanning.Infected) as found:
        scanning.require_clean(bytes(65530) + SIGNATURE)
    assert found.value.virus == NAME
    assert "Withdraw the letter" in str(found.value)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0",
        b"stream: OK",
        b"stream: OKAY\0",
        b"stream: x ERROR\0",
        b"OK\0",
        b"x" * 10_000,
        b"\xff FOUND\0",
    ],
)
def test_any_other_answer_is_no_answer(scanner, answer):
    """Only the whole line that says so is "clean"."""
    scanner.answers = answer
    if answer == b"stream: OK":
        scanning.require_clean(LETTER)
        return
    with pytest.raises(scanning.NotScanned):
        scanning.require_clean(LETTER)


def test_what_is_too_large_for_the_scanner_is_not_scanned(scanner):
    scanner.largest = 10
    with pytest.raises(scanning.NotScanned):
        scanning.require_clean(bytes(5_000_000))


@pytest.mark.parametrize(
    "address", ["/nowhere/clamd", "127.0.0.1:1", "127.0.0.1", "nonsense", "127.0.0.1:port"]
)
def test_a_scanner_that_cannot_be_asked(settings, address):
    settings.CLAMD_ADDRESS = address
    assert not scanning.answers()
    with pytest.raises(scanning.NotScanned, match="scanner cannot be asked"):
        scanning.require_clean(LETTER)


def test_without_a_scanner_nothing_is_asked(settings):
    settings.CLAMD_ADDRESS = ""
    scanning.require_clean(INFECTED)


def received(pdf: bytes) -> Letter:
    letter = workflow.receive(pdf, "letter.pdf", factories.staff(), factories.edition())
    reading.read(str(letter.pk))
    letter.refresh_from_db()
    return letter


@pytest.mark.django_db
@pytest.mark.process
def test_an_infected_letter_is_kept_under_lock(scanner, client, private_files):
    letter = received(INFECTED)
    staff = letter.received_by
    assert (letter.state, letter.page_count) == (State.UNREADABLE, None)
    assert NAME in letter.unreadable_reason
    assert letter.clean_copy.virus == NAME
    assert list(private_files.glob("copies/*")) == []
    client.force_login(staff)
    page = client.get(reverse("admin:letters_letter_change", args=[letter.pk])).content.decode()
    assert NAME in page
    for view in ("pdf", "clean_copy"):
        address = reverse(f"admin:letters_letter_{view}", args=[letter.pk])
        assert client.get(address).status_code == 404
        assert address not in page
    assert client.get(reverse("admin:letters_letter_picture", args=[letter.pk, 1])).status_code == 404
    letter.council = factories.council()
    letter.save(update_fields=["council"])
    with pytest.raises(workflow.Refused, match="virus scanner found"):
        workflow.approve(letter, staff, reason="All the same.")
    workflow.withdraw(letter, staff, "A virus.")


@pytest.mark.django_db
@pytest.mark.process
def test_an_unscanned_letter_waits_for_the_scanner(scanner, settings):
    """It is read, since reading harms nobody; it cannot be approved until the scanner has answered."""
    address, settings.CLAMD_ADDRESS = settings.CLAMD_ADDRESS, "/nowhere/clamd"
    letter = received(LETTER)
    assert letter.state == State.READ
    assert letter.statistics.count() == 3
    letter.council = factories.council()
    letter.save(update_fields=["council"])
    with pytest.raises(workflow.Refused, match="has not been scanned"):
        workflow.approve(letter, letter.received_by, reason="All the same.")
    assert copying.copy_what_waits(Reader()) == 0
    assert list(copying.awaiting_scan()) == [letter]
    settings.CLAMD_ADDRESS = address
    SweepingWorker.sweep_if_due(SweepingWorker.__new__(SweepingWorker))
    assert not copying.awaiting_scan().exists()
    letter.refresh_from_db()
    workflow.approve(letter, letter.received_by, reason="As printed.")
    # A scanner that learns of a virus later takes the copy away again.
    with letter.clean_copy.file.open("rb") as file:
        assert file.read().startswith(b"%PDF-")
    stored = letter.clean_copy.file
    workflow.keep_copy(letter, workflow.Copied(refusal="Found.", virus=NAME))
    assert CleanCopy.objects.get(letter=letter).file.name == ""
    assert stored.name
