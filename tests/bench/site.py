"""A site of its own for a benchmark, in a folder that is gone afterwards, and made-up letters to read on it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path


@contextmanager
def site(database: str = "") -> Iterator[Path]:
    """The folder of a site with the register of councils and no letters; Django is set up for it.

    It is on SQLite, or in the `database` at this address, which must be empty.
    """
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "ombudsman.settings",
            "DATA_DIR": folder,
            "DATABASE_URL": database or f"sqlite:///{folder}/db.sqlite3",
            "DEMONSTRATION": "1",
            "LOG_LEVEL": "ERROR",
        }
        import django
        from django.core.management import call_command

        django.setup()
        _refuse_what_is_in_use()
        call_command("migrate", verbosity=0)
        call_command("load_councils", verbosity=0)
        yield Path(folder)


def _refuse_what_is_in_use() -> None:
    from django.db import connection

    if connection.introspection.table_names():
        raise SystemExit(
            "The database is in use: a benchmark writes made-up letters, and needs an empty one."
        )


def letters(count: int) -> list[bytes]:
    """So many different letters, printed by two programs in two layouts: those of the demonstration, newest first."""
    from demonstration import plan

    planned = (letter for year in reversed(plan.YEARS) for letter in plan.letters_of(year))
    printed = [letter.pdf() for letter in islice(planned, count)]
    if len(printed) < count:
        raise SystemExit(f"The demonstration has {len(printed)} letters only.")
    return printed
