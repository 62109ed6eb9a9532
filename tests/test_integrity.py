"""manage.py check_integrity: every fault that was put there is found, with what to do; and nothing else is."""

import json
import os
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from history import guards
from history.noting import note_changes
from letters import clock, workflow
from letters.models import Letter, LetterWords, State
from letters.search import index
from operating.integrity import faults
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(private_files):
    """An approved letter with all that belongs to it."""
    staff = factories.staff()
    made = factories.approved_letter(by=staff, pages=factories.SOME_PAGES)
    note_changes("Made for a test.")
    return made


def checked() -> tuple[int, dict]:
    """The command's exit code, and what it tells programs."""
    said, code = StringIO(), 0
    try:
        call_command("check_integrity", json=True, stdout=said)
    except SystemExit as ended:
        code = ended.code
    return code, json.loads(said.getvalue())


def codes() -> set[str]:
    return {fault.code for fault in faults()}


def put_in(letter, **values) -> None:
    """Change the row, even to what the database refuses, with a line in the history that tells it."""
    names = [constraint.name for constraint in Letter._meta.constraints]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            # A table with checks still to be made cannot be altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for name in names:
                cursor.execute(f"ALTER TABLE letters_letter DROP CONSTRAINT IF EXISTS {name}")
    try:
        Letter.objects.filter(pk=letter.pk).update(**values)
    finally:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA ignore_check_constraints = OFF")
    note_changes("For a test.")


def path_of(letter):
    return letter.file.path


def orphan(letter):
    path = os.path.join(os.path.dirname(path_of(letter)), "0" * 32 + ".pdf")
    with open(path, "wb") as file:
        file.write(b"%PDF-")
    os.chmod(path, 0o600)
    long_ago = time.time() - 2 * 3600
    os.utime(path, (long_ago, long_ago))


def change_a_byte(letter):
    with open(path_of(letter), "r+b") as file:
        file.write(b"X")


def cut_the_chain(letter):
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM history_line WHERE number = 2")
    guards.install(connection)


def beside_the_site(letter):
    Letter.objects.filter(pk=letter.pk).update(recipient_name="Nobody")


def ago(**values):
    return clock.now() - timedelta(**values)


def sql(*statements):
    """Done beside the site, as by an operator's own hand."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in statements:
            cursor.execute(statement)


def forget_words(letter):
    LetterWords.objects.filter(letter=letter).update(words="other")


def approved_no_more(letter):
    put_in(letter, state=State.READ, approved_at=None, approved_by=None)


def lose_the_index(letter):
    sql("SELECT 1")
    index.remove(connection)


def index_out_of_step(letter):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL makes the index out of the words by itself")
    sql("DROP TRIGGER letters_search_changed", "UPDATE letters_letterwords SET words = 'other'")


FAULTS = {
    "search-words-wrong": forget_words,
    "search-words-stray": approved_no_more,
    "search-index-missing": lose_the_index,
    "search-index-wrong": index_out_of_step,
    "file-missing": lambda letter: os.remove(path_of(letter)),
    "file-changed": change_a_byte,
    "file-without-hash": lambda letter: put_in(letter, sha256=""),
    "file-orphan": orphan,
    "file-exposed": lambda letter: os.chmod(path_of(letter), 0o644),
    "approved-without-reviewer": lambda letter: put_in(letter, approved_by=None),
    "approved-incomplete": lambda letter: put_in(letter, council=None),
    "published-without-approval": lambda letter: put_in(
        letter, state=State.READ, publish_at=ago(days=1), approved_at=None
    ),
    "reading-stuck": lambda letter: put_in(letter, state=State.READING, lease_until=ago(hours=1)),
    "waiting-stuck": lambda letter: put_in(letter, state=State.RECEIVED, queued_at=ago(hours=1)),
    "history-gap": cut_the_chain,
    "history-unguarded": lambda letter: guards.remove(connection),
    "changed-beside-the-site": beside_the_site,
}


def test_t77_nothing_is_found_where_nothing_is_wrong(letter):
    code, told = checked()
    assert (code, told["faults"]) == (0, [])
    assert told["end_of_history"].split(":")[0].isdigit()


@pytest.mark.parametrize(("code", "put_there"), FAULTS.items(), ids=FAULTS)
def test_t77_what_is_wrong_is_found_and_told(letter, code, put_there):
    put_there(letter)
    ended, told = checked()
    assert ended == 1
    assert code in {fault["code"] for fault in told["faults"]}
    assert all(fault["message"].endswith(".") and fault["to_do"] for fault in told["faults"])
    with pytest.raises(SystemExit):
        call_command("check_integrity", stdout=(said := StringIO()))
    assert code in said.getvalue()


@pytest.mark.skipif("os.geteuid() == 0", reason="root may read everything")
def test_t77_a_file_that_cannot_be_read_is_found(letter):
    os.chmod(path_of(letter), 0)
    assert "file-unreadable" in codes()


def test_t77_a_folder_in_place_of_a_file_is_found(letter):
    """Whoever runs this: what cannot be opened is told, and the rest is looked at all the same."""
    path = path_of(letter)
    os.remove(path)
    os.mkdir(path)
    other = factories.letter(by=letter.received_by)
    os.remove(path_of(other))
    assert {"file-unreadable", "file-missing"} <= codes()


def test_t77_what_is_only_under_way_is_no_fault(letter):
    """An upload in the middle, a letter that is being read, and pictures that can be drawn anew."""
    waiting = workflow.receive(factories.pdf_bytes(), "letter.pdf", letter.received_by)
    workflow.claim_for_reading(str(waiting.pk))
    folder = os.path.dirname(path_of(letter))
    with open(
        os.open(os.path.join(folder, "1" * 32 + ".pdf"), os.O_CREAT | os.O_WRONLY, 0o600), "wb"
    ) as file:
        file.write(b"%PDF-")
    assert codes() == set()


@pytest.mark.parametrize(
    "spoil", [forget_words, approved_no_more, lose_the_index], ids=lambda each: each.__name__
)
def test_t77_the_search_is_made_anew(letter, spoil):
    spoil(letter)
    sql("SELECT 1")
    call_command("index_letters", stdout=(said := StringIO()))
    assert "The search has" in said.getvalue()
    assert not [code for code in codes() if code.startswith("search")]
