"""PostgreSQL: one role owns the tables, and another, which cannot alter the history, runs the site."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from history.models import Line
from history.verifying import faults
from letters import workflow
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL has roles"),
]

FORBIDDEN = [
    "UPDATE history_line SET deed = 'Nothing.'",
    "DELETE FROM history_line",
    "TRUNCATE history_line CASCADE",
    "DROP TABLE history_line CASCADE",
    "ALTER TABLE history_line DISABLE TRIGGER ALL",
    "ALTER TABLE history_line ALTER COLUMN deed TYPE varchar(1)",
    "DROP TRIGGER history_line_stays ON history_line",
    "DROP FUNCTION history_line_stays CASCADE",
    "CREATE OR REPLACE FUNCTION history_line_stays() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "SET session_replication_role = replica",
    "CREATE TRIGGER mine BEFORE INSERT ON history_line FOR EACH ROW EXECUTE FUNCTION history_line_stays()",
    "DELETE FROM django_migrations",
    "INSERT INTO history_line (number, at, subject, subject_id, deed, changes, previous, digest)"
    " VALUES (99, now(), '', '', '', '{}', '', '')",
]


@pytest.fixture
def site_role():
    """A role that runs the site. Roles are the whole server's: each database of the tests has one of its own."""
    role = f"site_of_{connection.settings_dict['NAME']}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role} LOGIN")
    yield role
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {role}")
        cursor.execute(f"DROP ROLE {role}")


@pytest.fixture
def as_the_site(site_role):
    """The connection is the site's."""
    call_command("grant_site", site_role, stdout=StringIO())
    owner = connection.settings_dict["USER"]
    connection.close()
    connection.close_pool()
    connection.settings_dict["USER"] = site_role
    yield
    connection.close()
    connection.close_pool()
    connection.settings_dict["USER"] = owner


def test_t76_the_role_that_runs_the_site_adds_to_the_history_and_cannot_alter_it(as_the_site):
    staff = factories.staff()
    letter = factories.letter(by=staff)
    workflow.withdraw(letter, staff, "Sent in error.")
    lines = list(Line.objects.values())
    assert lines
    for statement in FORBIDDEN:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert list(Line.objects.values()) == lines
    assert {fault.code for fault in faults()} == {"made-beside-the-site"}  # what the factories made


def test_a_role_that_could_alter_it_is_refused(site_role):
    owner = connection.settings_dict["USER"]
    for role, why in ((owner, "owns the history"), ("nobody_at_all", "There is no role")):
        with pytest.raises(CommandError, match=why):
            call_command("grant_site", role)
