"""Backup while the site is in use, and its restoration: equal to the byte, signed out, and publishing nothing."""

import json
import shutil
import threading
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection

from caches.models import Change
from history.models import Line
from history.noting import note_changes
from letters import clock, published, workflow
from letters.models import AnnualReview, DataRelease, Letter, LetterPage, ReleaseFile, Standstill, Statistic
from operating.backup import databases
from operating.backup.manifest import Manifest, NotWhole, Part, measured
from operating.backup.restoring import restore
from operating.integrity import faults
from tests import factories, releases

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.process]


@pytest.fixture
def public(staff, tmp_path):
    """A public letter, a data release, and another letter of an edition whose hour comes tomorrow."""
    letter = factories.approved_letter(factories.edition(2019), staff, pages=factories.SOME_PAGES)
    workflow.schedule(letter.review, clock.now(), staff, acknowledged=True)
    due = factories.approved_letter(factories.edition(2020), staff)
    workflow.schedule(due.review, clock.now() + timedelta(days=1), staff, acknowledged=True)
    releases.kept(tmp_path)
    note_changes("Made for a test.")
    return letter


def backed_up(folder) -> str:
    call_command("backup", str(folder), stdout=(said := StringIO()))
    return said.getvalue()


def put_back(folder, *options) -> str:
    call_command("restore", str(folder), *options, stdout=(said := StringIO()))
    return said.getvalue()


KEPT = (Letter, LetterPage, Statistic, DataRelease, ReleaseFile)


def everything(folder) -> tuple:
    rows = [list(model.objects.order_by("pk").values()) for model in KEPT]
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return rows, files


def test_t79_a_backup_put_back_is_the_same_and_publishes_nothing_by_itself(
    public, staff, client, private_files, tmp_path, settings
):
    client.force_login(staff)
    before = everything(private_files)
    lines = list(Line.objects.values())
    assert "5 files, read again" in backed_up(tmp_path / "backup")

    workflow.withdraw(Letter.objects.get(pk=public.pk), staff, "Sent in error.")
    factories.letter(by=staff)
    for path in private_files.rglob("*"):
        if path.is_file():
            path.write_bytes(b"Damaged.")
    settings.PROXY_PURGE = ["http://127.0.0.1:9/purge"]
    assert "Nothing becomes public by itself" in put_back(tmp_path / "backup", "--replace")
    assert Change.objects.exists(), "what proxies keep is forgotten"

    rows, files = everything(private_files)
    assert rows == before[0]
    assert {name: files[name] for name in before[1]} == before[1]
    assert list(Line.objects.values())[: len(lines)] == lines
    assert not Session.objects.exists()
    assert {fault.code for fault in faults()} == set()

    tomorrow = clock.now() + timedelta(days=2)
    with time_machine.travel(tomorrow, tick=False):
        assert [letter.pk for letter in published.letters(clock.now())] == [public.pk]
        late = factories.approved_letter(factories.edition(2018), staff)
        workflow.schedule(late.review, clock.now() - timedelta(days=900), staff, acknowledged=True)
        assert published.letters(clock.now()).count() == 1, "nor by an hour long past"
        Change.objects.all().delete()
        call_command("resume_publishing", stdout=StringIO())
        assert Change.objects.exists(), "what proxies keep is forgotten"
        assert published.letters(clock.now()).count() == 3
    assert not Standstill.objects.exists()
    note_changes("Made for a test.")
    assert {fault.code for fault in faults()} == set()


def test_t79_a_copy_of_a_copy_hides_what_the_first_one_hid(public, tmp_path):
    """As when a nightly backup is made of a copy before it publishes again: hours that came meanwhile stay hidden."""
    backed_up(tmp_path / "first")
    put_back(tmp_path / "first", "--replace")
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        backed_up(tmp_path / "second")
        put_back(tmp_path / "second", "--replace")
        assert [letter.pk for letter in published.letters(clock.now())] == [public.pk]
    assert {fault.code for fault in faults()} == set()


def test_t79_a_backup_made_while_letters_come_in_has_a_file_for_every_row(staff, tmp_path, private_files):
    note_changes("Made for a test.")
    begun, stop = threading.Event(), threading.Event()

    def receive():
        while not stop.is_set():
            workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
            begun.set()
        connection.close()

    thread = threading.Thread(target=receive)
    thread.start()
    try:
        assert begun.wait(30)
        backed_up(tmp_path / "backup")
    finally:
        stop.set()
        thread.join()
    for path in private_files.rglob("*.pdf"):
        path.unlink()
    put_back(tmp_path / "backup", "--replace")
    assert Letter.objects.exists()
    assert [fault.code for fault in faults()] == []


def test_t79_a_backup_during_which_files_are_renamed_is_no_backup(public, staff, tmp_path, monkeypatch):
    """The copy of the database would name files that the backup lacks."""
    dump = databases.dump

    def and_withdraw(folder):
        dumped = dump(folder)
        workflow.withdraw_edition(public.review, staff, "It leaked.")
        return dumped

    monkeypatch.setattr(databases, "dump", and_withdraw)
    with pytest.raises(CommandError, match="Files were renamed or replaced meanwhile"):
        backed_up(tmp_path / "backup")
    assert not any((tmp_path / "backup").iterdir())
    monkeypatch.undo()
    backed_up(tmp_path / "backup")


def test_t79_what_is_not_whole_or_in_the_way_is_refused_and_nothing_is_changed(public, tmp_path):
    folder = tmp_path / "backup"
    backed_up(folder)
    before = list(Letter.objects.values())
    with pytest.raises(CommandError, match="There are letters here already"):
        put_back(folder)
    with pytest.raises(CommandError, match=r"not empty: it has a backup.*Name a new folder"):
        backed_up(folder)
    with pytest.raises(CommandError, match=r"no manifest\.json"):
        put_back(tmp_path / "nothing", "--replace")
    part = folder / Manifest.read(folder).files[0].name
    content = part.read_bytes()
    part.write_bytes(b"X" + content[1:])
    with pytest.raises(CommandError, match="not as it was written"):
        put_back(folder, "--replace")
    part.unlink()
    with pytest.raises(CommandError, match="missing from the backup"):
        put_back(folder, "--replace")
    part.write_bytes(content)
    other = folder / "manifest.json"
    written = other.read_text()
    other.write_text(json.dumps(json.loads(written) | {"vendor": "another"}))
    with pytest.raises(NotWhole, match="a backup of another"):
        restore(folder, replace=True)
    newer = json.loads(written)
    assert "letters.0001_letters" in newer["migrations"]
    other.write_text(json.dumps(newer | {"migrations": [*newer["migrations"], "letters.9999_of_tomorrow"]}))
    with pytest.raises(CommandError, match=r"newer version of the site, which has letters\.9999_of_tomorrow"):
        put_back(folder, "--replace")
    for damaged in (b"", written[:300].encode(), b"{}", b"[]", b'{"made_at": 1}', b"\xff\xfe\x00"):
        other.write_bytes(damaged)
        with pytest.raises(
            CommandError, match=r"Nothing was restored.*manifest\.json is not as it was written"
        ):
            put_back(folder, "--replace")
    with pytest.raises(CommandError, match=r"no manifest\.json"):
        put_back(other, "--replace")
    assert list(Letter.objects.values()) == before
    assert not Standstill.objects.exists()


def test_t81_a_backup_goes_back_over_the_tables_of_a_newer_version(public, tmp_path):
    """As after an upgrade that is taken back: the older version's migrations would else find them in the way."""
    backed_up(tmp_path / "backup")
    with connection.cursor() as cursor:
        kind = "uuid" if connection.vendor == "postgresql" else "char(32)"
        cursor.execute(f"CREATE TABLE letters_newer (letter_id {kind} REFERENCES letters_letter (id))")
        cursor.execute("ALTER TABLE letters_letter ADD COLUMN newer integer")
    put_back(tmp_path / "backup", "--replace")
    assert "letters_newer" not in connection.introspection.table_names()
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "letters_letter")
    assert "newer" not in {column.name for column in columns}
    assert Letter.objects.filter(pk=public.pk).exists()
    assert {fault.code for fault in faults()} == set()


def no_room_for_files(private_files, folder):
    shutil.rmtree(private_files / "letters")
    (private_files / "letters").write_bytes(b"In the way.")


def no_database_in_it(private_files, folder):
    manifest = Manifest.read(folder)
    dumped = folder / manifest.database.name
    dumped.write_bytes(b"No database.")
    (folder / "manifest.json").unlink()
    database = Part(dumped.name, *measured(dumped))
    replace(manifest, database=database).write(folder)


@pytest.mark.parametrize("broken", [no_room_for_files, no_database_in_it])
def test_t79_a_restoration_that_is_broken_off_leaves_the_database_and_its_hours(
    public, staff, private_files, tmp_path, broken
):
    """Never the one of the backup without the mark that keeps what was not public from coming out at its hour."""
    backed_up(tmp_path / "backup")
    workflow.unschedule(AnnualReview.objects.get(year_ending=2020), staff)
    before = list(Letter.objects.values())
    broken(private_files, tmp_path / "backup")
    with pytest.raises(CommandError, match="the database is as it was"):
        put_back(tmp_path / "backup", "--replace")
    assert list(Letter.objects.values()) == before
    assert AnnualReview.objects.get(year_ending=2020).publish_at is None


def test_t79_a_backup_that_finds_a_file_missing_is_no_backup(public, tmp_path):
    public.file.storage.delete(public.file.name)
    with pytest.raises(CommandError, match=r"is missing: manage\.py check_integrity"):
        backed_up(tmp_path / "backup")
    assert not any((tmp_path / "backup").iterdir()), (
        "it may be what fills the disk, and is in nobody's way tomorrow"
    )


def test_t79_what_a_backup_that_was_killed_left_is_not_written_over(public, tmp_path):
    (tmp_path / "backup" / "files").mkdir(parents=True)
    with pytest.raises(CommandError, match="killed left"):
        backed_up(tmp_path / "backup")
    assert (tmp_path / "backup" / "files").exists()


def test_nobody_else_may_read_a_backup(public, tmp_path):
    backed_up(tmp_path / "backup")
    assert {
        path.stat().st_mode & 0o077 for path in [tmp_path / "backup", *(tmp_path / "backup").rglob("*")]
    } == {0}
