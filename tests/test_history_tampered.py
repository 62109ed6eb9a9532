"""What nobody can do to the history, and what is found where somebody has done it all the same."""

import json
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from history import guards
from history.chain import digest_of, end_of_chain
from history.models import Line
from history.noting import note_changes
from history.recording import add, recorded, writing
from history.verifying import faults
from letters import workflow
from letters.models import AnnualReview, Letter, Statistic
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(staff):
    """A letter with everything that the history tells of it, and nothing else untold."""
    made = factories.letter(by=staff, pages=factories.SOME_PAGES)
    note_changes("Made for a test.")
    return made


def found() -> list[str]:
    return [fault.code for fault in faults()]


def by_hand(sql: str, *values) -> None:
    """What somebody with the database's password can do, as if nothing guarded it."""
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    guards.install(connection)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_line SET deed = 'Nothing.'",
        "DELETE FROM history_line",
        "DELETE FROM history_line WHERE number = (SELECT max(number) FROM history_line)",
        "INSERT INTO history_line SELECT number + 7, at, subject, subject_id, deed, changes, previous, digest, by_id"
        " FROM history_line WHERE number = 1",
        "REPLACE INTO history_line SELECT * FROM history_line WHERE number = 1",
        "TRUNCATE history_line",
    ],
)
def test_t76_the_database_refuses_to_alter_the_history(letter, statement):
    word = statement.split()[0]
    if word in {"REPLACE", "TRUNCATE"} and (word == "REPLACE") != (connection.vendor == "sqlite"):
        pytest.skip(f"{connection.vendor} knows no {word}")
    with pytest.raises(DatabaseError, match="history"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    with pytest.raises(DatabaseError, match="history"), transaction.atomic():
        Line.objects.update(deed="Nothing.")


TAMPERED = {
    "a line altered": ("UPDATE history_line SET deed = 'Nothing.' WHERE number = 2", "history-altered"),
    "another name": ("UPDATE history_line SET by_id = NULL WHERE by_id IS NOT NULL", "history-altered"),
    "a line taken out": ("DELETE FROM history_line WHERE number = 2", "history-gap"),
    "two exchanged": (
        "UPDATE history_line SET number = 1000 - number WHERE number IN (1, 2);"
        "UPDATE history_line SET number = CASE number WHEN 999 THEN 2 ELSE 1 END WHERE number > 900",
        "history-altered",
    ),
    "a row changed": ("UPDATE letters_letter SET recipient_name = 'Nobody'", "changed-beside-the-site"),
    "a figure changed": ("UPDATE letters_statistic SET percent = 1", "changed-beside-the-site"),
    "the words changed": ("UPDATE letters_letterpage SET blocks = '[]'", "changed-beside-the-site"),
    "a figure deleted": ("DELETE FROM letters_statistic", "changed-beside-the-site"),
    "an hour set": (
        "UPDATE letters_annualreview SET publish_at = '2020-01-01', scheduled_at = '2020-01-01', by_one_person = TRUE",
        "changed-beside-the-site",
    ),
    "rights given": ("UPDATE auth_user SET is_superuser = NOT is_superuser", "changed-beside-the-site"),
    "a council made": (
        "INSERT INTO auth_group (name) VALUES ('Intruders')",
        "made-beside-the-site",
    ),
}


@pytest.mark.parametrize(("statements", "code"), TAMPERED.values(), ids=TAMPERED)
def test_t76_whatever_is_done_beside_the_site_is_found(letter, statements, code):
    assert found() == []
    for statement in statements.split(";"):
        by_hand(statement)
    assert code in found()


def test_t76_our_own_writers_are_found_too_where_they_go_beside_it(letter, staff):
    Letter.objects.filter(pk=letter.pk).update(recipient_name="Nobody")
    Statistic.objects.bulk_update([Statistic(pk=letter.statistics.get().pk, percent=7)], ["percent"])
    assert found() == ["changed-beside-the-site"] * 2
    letter.refresh_from_db()
    workflow.withdraw(letter, staff, "Sent in error.")
    assert found() == ["changed-beside-the-site"] * 2
    assert note_changes("Looked at, and right.") == 1
    assert found() == []


def test_a_change_beside_the_site_is_not_laid_at_the_next_ones_door(letter, staff):
    Letter.objects.filter(pk=letter.pk).update(withdrawal_note="Never said.")
    workflow.withdraw(letter, staff, "Sent in error.")
    assert found() == ["changed-before-a-deed"]


def test_t76_an_end_cut_off_is_found_by_what_was_noted_elsewhere(letter):
    noted = end_of_chain()
    number = noted.partition(":")[0]
    call_command("verify_history", noted=[noted], stdout=(said := StringIO()))
    assert noted in said.getvalue()
    by_hand("DELETE FROM history_line WHERE number = %s", number)
    with pytest.raises(CommandError):
        call_command("verify_history", noted=[noted], stderr=(said := StringIO()))
    assert "history-not-anchored" in said.getvalue()


@pytest.mark.parametrize("noted", ["", "12", "twelve:5f0c", f"{'9' * 30}:{'0' * 64}", f"12:{'0' * 63}"])
def test_a_line_that_was_noted_wrongly_is_not_looked_for(noted):
    with pytest.raises(CommandError, match="is no line as this command says it"):
        call_command("verify_history", f"--noted={noted}")


@pytest.mark.parametrize("why", ["", " \n"])
def test_nothing_is_written_down_without_a_reason(letter, why):
    Letter.objects.update(original_name="Changed beside the site.pdf")
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("note_changes", why)
    assert not Line.objects.filter(deed=why).exists()


def test_t76_a_history_written_anew_is_found_by_what_was_noted_elsewhere(letter):
    noted = end_of_chain()
    line = Line.objects.get(number=1)
    line.deed = "Another deed."
    by_hand("UPDATE history_line SET deed = %s, digest = %s WHERE number = 1", line.deed, digest_of(line))
    by_hand("DELETE FROM history_line WHERE number > 1")
    assert "history-altered" not in found()
    with pytest.raises(CommandError):
        call_command("verify_history", noted=[noted], stderr=StringIO())


def test_guards_that_are_gone_are_missed_and_put_back(letter):
    with connection.cursor() as cursor:
        where = " ON history_line" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER history_line_stays{where}")
    assert found() == ["history-unguarded"]
    call_command("guard_history", stdout=StringIO())
    assert found() == []


def test_verifying_more_lines_asks_the_database_no_more(letter, django_assert_max_num_queries):
    changes = json.dumps({"letters.letter|1": {"recipient_name": ["Ms Example", "Ms Example"]}})
    with writing():
        add([Line(subject="letters.letter", subject_id="1", deed="x", changes=changes) for _ in range(2_000)])
    with django_assert_max_num_queries(40):
        assert found() == ["changed-beside-the-site"]


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_keep_one_chain(staff):
    """T76: threads with connections of their own, over letters and an edition that each locks in another order."""
    review = factories.edition()
    letters = [factories.letter(review, staff) for _ in range(4)]
    note_changes("Made for a test.")
    before, failed = Line.objects.count(), []

    def write(number):
        try:
            for turn in range(5):
                letter = Letter.objects.get(pk=letters[(number + turn) % 4].pk)
                with writing():
                    for row in (letter, review) if number % 2 else (review, letter):
                        with recorded(staff, row, f"{number}.{turn}"):
                            type(row).objects.filter(pk=row.pk).update(**touched(row, number, turn))
        except Exception as error:  # a thread's error would be lost
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Line.objects.count() == before + 40
    assert found() == []


def touched(row, number, turn):
    name = "national_report_title" if isinstance(row, AnnualReview) else "recipient_name"
    return {name: f"{number}.{turn}"}
