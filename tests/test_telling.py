"""The words of letters, from their reading to where they are kept; they touch neither figures nor approvals."""

import pytest
from django.core.management import call_command

from letters import reading, workflow
from letters.models import Letter, LetterPage, State
from tests import factories, odd_pdfs

pytestmark = pytest.mark.django_db


def received(pdf: bytes) -> Letter:
    return workflow.receive(pdf, "letter.pdf", factories.staff())


def read(letter: Letter) -> Letter:
    reading.read(str(letter.pk))
    letter.refresh_from_db()
    return letter


def headings(letter: Letter) -> list[tuple[int, str]]:
    return [
        (page.number, block["rows"][0][0])
        for page in letter.pages.all()
        for block in page.blocks
        if block["kind"] == "paragraph"
    ]


def test_words_are_kept_with_the_reading():
    letter = read(received(odd_pdfs.letter()))
    assert [page.number for page in letter.pages.all()] == [1, 2]
    assert (2, "67% of complaints we investigated were upheld.") in headings(letter)


def test_a_scan_has_pages_without_words():
    letter = read(received(odd_pdfs.scan()))
    assert letter.state == State.UNREADABLE
    assert letter.page_count == letter.pages.count() == 2
    assert [page.blocks for page in letter.pages.all()] == [[], []]


def test_a_file_that_cannot_be_opened_has_none():
    letter = read(received(b"%PDF-1.7\njunk"))
    assert (letter.state, letter.page_count, letter.pages.count()) == (State.UNREADABLE, None, 0)


def test_words_of_a_late_reading_are_not_kept():
    """Whoever lost the lease writes nothing, words included."""
    letter = received(odd_pdfs.letter())
    _, token = workflow.claim_for_reading(str(letter.pk))
    Letter.objects.filter(pk=letter.pk).update(lease_token=None)
    told = (factories.page(1, ("paragraph", "late")),)
    assert not workflow.finish_reading(letter, token, factories.reading(), None, (), pages=told)
    assert not workflow.finish_unreadable(letter, token, "late", told)
    assert not LetterPage.objects.exists()


def untold_letter() -> Letter:
    """An approved letter from before words were kept."""
    letter = read(received(odd_pdfs.letter()))
    Letter.objects.filter(pk=letter.pk).update(council=factories.council("Wellingborough Borough Council"))
    letter.refresh_from_db()
    workflow.approve(letter, letter.received_by, reason="As printed.")
    letter.pages.all().delete()
    return letter


def everything_but_words(letter: Letter) -> list:
    rows = (Letter.objects.filter(pk=letter.pk), letter.statistics.all())
    return [list(row.values()) for row in rows]


def test_words_of_letters_read_before(capsys):
    """An approved letter gets its words without a change to its figures, its revision or its approval."""
    letter = untold_letter()
    before = everything_but_words(letter)
    call_command("tell_letters")
    assert capsys.readouterr().out == "1 letter told.\n"
    assert letter.pages.count() == 2
    assert everything_but_words(letter) == before
    call_command("tell_letters")
    assert capsys.readouterr().out == "0 letters told.\n"


def test_all_words_anew(capsys):
    letter = untold_letter()
    workflow.keep_pages(letter, (factories.page(1, ("paragraph", "old")),))
    call_command("tell_letters", all=True)
    assert capsys.readouterr().out == "1 letter told.\n"
    assert letter.pages.count() == 2


def test_a_letter_that_cannot_be_told_keeps_what_it_has(capsys):
    letter = untold_letter()
    letter.file.storage.delete(letter.file.name)
    call_command("tell_letters", all=True)
    said = capsys.readouterr()
    assert said.out == "0 letters told.\n"
    assert "no longer in the storage" in said.err
