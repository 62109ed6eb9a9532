"""Receiving: what is kept once, what is refused, and that nothing is left of what was refused."""

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import signals

from letters import workflow
from letters.models import Letter, State
from letters.workflow import Refused
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"<!doctype html><title>A page</title>", "not a PDF"),
        (b"PK\x03\x04" + b"\0" * 2000, "not a PDF"),
        (b"\0" * 1100 + b"%PDF-1.4", "not a PDF"),
    ],
    ids=["T14 no bytes", "T15 a page named .pdf", "T15 an archive named .pdf", "T16 junk before the header"],
)
def test_what_is_no_letter_is_refused_and_nothing_is_kept(staff, private_files, content, says):
    with pytest.raises(Refused, match=says):
        workflow.receive(content, "letter.pdf", staff)
    assert not Letter.objects.exists()
    assert not list(private_files.rglob("*.pdf"))


def test_a_file_too_large_for_a_letter_is_refused(staff, settings):
    settings.LETTER_MAX_BYTES = 1024 * 1024
    with pytest.raises(Refused, match="larger than 1 MB"):
        workflow.receive(b"%PDF-1.7" + b" " * 1024 * 1024, "letter.pdf", staff)


def test_a_right_file_with_a_wrong_name_is_received(staff):
    """T15: the content decides, not the name."""
    assert workflow.receive(factories.pdf_bytes(), "letter.docx", staff).state == State.RECEIVED


def test_the_same_bytes_are_one_letter(staff, private_files):
    """T11: the second upload is refused with a link to the first."""
    content = factories.pdf_bytes()
    first = workflow.receive(content, "one.pdf", staff)
    with pytest.raises(Refused, match="received already") as refusal:
        workflow.receive(content, "two.pdf", factories.staff("other"))
    assert refusal.value.letter == first
    assert len(list(private_files.rglob("*.pdf"))) == 1


def test_the_database_refuses_the_same_bytes_too(staff):
    """T11: two uploads at the same instant are decided by the database."""
    first = workflow.receive(factories.pdf_bytes(), "one.pdf", staff)
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter(**{f.attname: getattr(first, f.attname) for f in Letter._meta.fields if f.name != "id"}).save()


def test_a_withdrawn_letter_may_be_received_again(staff):
    """T12: as a new letter, with the old one on record."""
    content = factories.pdf_bytes()
    first = workflow.receive(content, "one.pdf", staff)
    workflow.withdraw(first, staff, "Wrong file.")
    assert workflow.receive(content, "one.pdf", staff) != first


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("C:\\letters\\x.pdf", "x.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie: b.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("x" * 4000, "x" * 200),
        ("", "letter.pdf"),
        ("Wellingborough – 2020 £.pdf", "Wellingborough – 2020 £.pdf"),
    ],
)
def test_the_uploaders_name_is_data_and_never_a_path(staff, private_files, name, kept):
    letter = workflow.receive(factories.pdf_bytes(), name, staff)
    assert letter.original_name == kept
    [path] = private_files.rglob("*.pdf")
    assert path.parent == private_files / "letters"
    assert len(path.stem) == 32


def test_a_letter_that_cannot_be_kept_leaves_no_file(staff, private_files, monkeypatch):
    """A crash between the file and its row leaves neither."""

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Letter, "save", full)
    with pytest.raises(OSError, match="No space"):
        workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
    assert not list(private_files.rglob("*.pdf"))


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_was_kept_keeps_its_file_whatever_fails_afterwards(staff, private_files):
    """T06: the database has committed, and the connection dies before anyone hears of it."""

    def lose_the_connection():
        raise OperationalError("server closed the connection unexpectedly")

    def when_saved(**kwargs):
        transaction.on_commit(lose_the_connection)

    signals.post_save.connect(when_saved, sender=Letter)
    try:
        with pytest.raises(OperationalError):
            workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
    finally:
        signals.post_save.disconnect(when_saved, sender=Letter)
    letter = Letter.objects.get()
    assert [path.name for path in private_files.rglob("*.pdf")] == [letter.file.name.rsplit("/", 1)[-1]]
