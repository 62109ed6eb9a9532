"""The database's own word that it is whole."""

from collections.abc import Iterator

from django.db import connection

from history.chain import Fault

_RESTORE = "Stop the site, keep a copy of the database as it is, and restore the last backup that was whole."

_ASKED = {
    "sqlite": (
        ("PRAGMA integrity_check", "The database is damaged: {}."),
        ("PRAGMA foreign_key_check", "A row of {} refers to a row that is not there."),
    ),
    "postgresql": (
        (
            "SELECT conrelid::regclass FROM pg_constraint WHERE NOT convalidated",
            "A constraint of {} is not upheld.",
        ),
        ("SELECT indrelid::regclass FROM pg_index WHERE NOT indisvalid", "An index of {} is not valid."),
    ),
}


def faults() -> Iterator[Fault]:
    with connection.cursor() as cursor:
        for question, message in _ASKED[connection.vendor]:
            cursor.execute(question)
            for found, *_ in cursor.fetchall():
                if found != "ok":
                    yield Fault("database-damaged", message.format(found), _RESTORE)
