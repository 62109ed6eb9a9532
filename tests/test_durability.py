"""What goes wrong around the site: full disks, lost connections, lost tasks, a wiped /tmp, one who uploads too much."""

import resource
import shutil
import signal
import sqlite3
from datetime import timedelta

import psycopg
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.utils import DatabaseError
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from history.models import Line
from letters import clock, published, workflow
from letters.models import Letter, State, Statistic
from letters.workflow import Refused
from tests import factories
from tests.killing import close, killed_at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.process]

MB = 1024 * 1024


def upload(browser, content=b""):
    file = SimpleUploadedFile("letter.pdf", content or factories.pdf_bytes())
    return browser.post(reverse("admin:letters_letter_upload"), {"files": [file], "review": ""}, follow=True)


@pytest.mark.parametrize("in_memory", [1, 20], ids=["while it comes in", "while it is kept"])
def test_t03_a_disk_that_is_full_refuses_the_letter_and_keeps_nothing(
    browser, private_files, settings, in_memory
):
    """In a process of its own, in which no file may become larger than 8 MB."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = in_memory * MB
    content = factories.pdf_bytes() + b" " * 9 * MB

    def with_no_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8 * MB, 8 * MB))
        answer = upload(browser, content)
        assert "nothing was kept of it" in answer.content.decode()
        assert answer.status_code == (507 if in_memory == 1 else 200)
        upload(browser)

    assert not killed_at(0, with_no_room)
    assert [letter.size < MB for letter in Letter.objects.all()] == [True], "the next one is received"
    assert len([path for path in private_files.rglob("*") if path.is_file()]) == 1


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite alone can be told how large it may be")
def test_t04_a_database_without_room_loses_nothing_and_reads_the_letter_later(staff):
    letter = workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
    _, token = workflow.claim_for_reading(str(letter.pk))
    words = tuple(factories.page(number, ("paragraph", "word " * 20_000)) for number in range(1, 9))
    pragma("max_page_count = 1")  # no more than it has
    try:
        with pytest.raises(OperationalError, match="full"):
            workflow.finish_reading(letter, token, factories.reading(), None, [], pages=words)
    finally:
        pragma("max_page_count = 1000000")
    assert pragma("integrity_check") == "ok"
    letter.refresh_from_db()
    assert (letter.state, Statistic.objects.count()) == (State.READING, 0)
    Letter.objects.update(lease_until=clock.now() - timedelta(minutes=1))
    assert workflow.sweep() == 1
    letter, token = workflow.claim_for_reading(str(letter.pk))
    assert workflow.finish_reading(letter, token, factories.reading(), None, [], pages=words)


def pragma(said):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {said}")
        return (cursor.fetchone() or [None])[0]


@pytest.fixture
def edition(staff):
    review = factories.edition()
    for _ in range(3):
        factories.approved_letter(review, staff)
    return review


def test_t05_a_connection_lost_in_the_middle_publishes_all_or_nothing(edition, staff):
    lines = Line.objects.count()
    with (
        connection.execute_wrapper(
            lose_the_connection if connection.vendor == "postgresql" else keep_it_locked
        ),
        pytest.raises(DatabaseError),
    ):
        workflow.schedule(edition, clock.now(), staff, acknowledged=True)
    connection.close()
    assert not published.letters(clock.now()).exists()
    assert Line.objects.count() == lines
    workflow.schedule(edition, clock.now(), staff, acknowledged=True)
    assert published.letters(clock.now()).count() == 3
    assert Line.objects.count() == lines + 1


def lose_the_connection(execute, sql, params, many, context):
    """The server ends the connection just before the history is written."""
    if sql.startswith("INSERT INTO") and "history_line" in sql:
        with psycopg.connect(**ordinary(connection.get_connection_params()), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    return execute(sql, params, many, context)


def ordinary(params):
    return {name: params[name] for name in ("dbname", "user", "password", "host", "port") if params.get(name)}


def keep_it_locked(execute, sql, params, many, context):
    """Another program has the database for longer than the site waits."""
    if sql.startswith("BEGIN"):
        connection.connection.execute("PRAGMA busy_timeout = 50")
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            return execute(sql, params, many, context)
        finally:
            other.close()
    return execute(sql, params, many, context)


def test_t07_a_letter_whose_reading_cannot_be_asked_for_is_not_received(staff, private_files):
    table = DBTaskResult._meta.db_table
    rename(table, "elsewhere")
    try:
        with pytest.raises(DatabaseError):
            workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
    finally:
        rename("elsewhere", table)
    assert not Letter.objects.exists()
    assert not list(private_files.rglob("*.pdf*"))


def rename(table, name):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {name}")


def test_t07_a_task_that_is_lost_is_asked_for_again(staff):
    workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
    DBTaskResult.objects.all().delete()
    with time_machine.travel(clock.now() + timedelta(minutes=15)):
        assert workflow.sweep() == 1
    assert DBTaskResult.objects.count() == 1


def test_t08_what_was_received_does_not_lie_in_tmp(browser, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "tmp"
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    content = factories.pdf_bytes()
    upload(browser, content)
    shutil.rmtree(settings.FILE_UPLOAD_TEMP_DIR)
    with Letter.objects.get().file.open("rb") as file:
        assert file.read() == content


@pytest.mark.parametrize(("limit", "most"), [("DAY_MAX_FILES", 2), ("DAY_MAX_BYTES", 50)])
def test_t13_one_person_uploads_so_much_a_day_and_others_go_on(staff, settings, limit, most):
    setattr(settings, limit, most)
    for _ in range(2):
        workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
    with pytest.raises(Refused, match="2 letters within 24 hours"):
        workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
    workflow.receive(factories.pdf_bytes(), "letter.pdf", factories.staff("second"))
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1)):
        workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
    assert Letter.objects.count() == 4


OURS = ("letters", "history")


def test_t81_the_last_migrations_go_back_and_forth_on_a_filled_database(staff):
    """Nothing of a letter is lost that the version before knew."""
    letter = factories.approved_letter(by=staff, pages=factories.SOME_PAGES)
    before = Letter.objects.values("state", "sha256", "file", "council", "number", "approved_by").get()
    loader = MigrationLoader(connection)
    try:
        for app in OURS:
            [(_, leaf)] = loader.graph.leaf_nodes(app)
            earlier = [name for label, name in loader.graph.node_map[app, leaf].parents if label == app]
            call_command("migrate", app, earlier[0] if earlier else "zero", verbosity=0)
    finally:
        call_command("migrate", verbosity=0)
    assert Letter.objects.values(*before).get() == before
    assert [figure.measure for figure in letter.statistics.all()] == ["upheld"]


@pytest.fixture(autouse=True)
def no_connection_left_behind():
    yield
    close()
