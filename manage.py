#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ombudsman.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        _end(error)
    except OperationalError as error:
        _end(error, _DATABASE)
    except ProgrammingError as error:
        # PostgreSQL's words for tables and columns that are not there. Any other statement it refuses is our fault.
        if type(error.__cause__).__name__ not in {"UndefinedTable", "UndefinedColumn"}:
            raise
        _end(error, _DATABASE)


_DATABASE = (
    "The database could not be used. See that it is the site's own (DATABASE_URL, or the folder DATA_DIR), that it is "
    "there and has room, and that manage.py migrate was run. --traceback says where it was broken off."
)


def _end(error: Exception, *to_do: str) -> None:
    """End with what is wrong and what to do, as Django does for what commands refuse themselves."""
    if "--traceback" in sys.argv:
        raise error
    sys.exit("\n".join([f"{type(error).__name__}: {error}".strip(), *to_do]))


if __name__ == "__main__":
    main()
