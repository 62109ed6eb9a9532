"""Copying a database while it is in use, and putting a copy in its place."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from django.db import connection, connections

FILES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}

# What is there goes first, whatever it is: tables of a newer version, which the copy does not name, lean on its own.
_EMPTY = b"""
SET client_min_messages = warning;
BEGIN;
DO $$ BEGIN EXECUTE coalesce((
    SELECT string_agg(format('DROP TABLE IF EXISTS %s CASCADE;', oid::regclass), ' ') FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
), 'SELECT'); END $$;
DO $$ BEGIN EXECUTE coalesce((
    SELECT string_agg(format('DROP FUNCTION IF EXISTS %s CASCADE;', oid::regprocedure), ' ') FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND prokind = 'f'
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
), 'SELECT'); END $$;
"""


class CannotCopy(Exception):
    """The database could not be copied or put back, with the reason."""


def dump(folder: Path) -> Path:
    """The database as it is at one instant. Readers and writers go on meanwhile."""
    path = folder / FILES[connection.vendor]
    os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    if connection.vendor == "sqlite":
        _copy_sqlite(str(connection.settings_dict["NAME"]), str(path))
    else:
        _run("pg_dump", "--format=custom", f"--file={path}")
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return path


def load(path: Path, ending: str) -> None:
    """Put the copy, changed by the statements of `ending`, in place of everything that the database holds.

    All of it or nothing, whenever this process is killed: nobody ever sees the copy without its ending.
    """
    connections.close_all()
    if connection.vendor == "sqlite":
        _put_file_in_place(path, ending)
    else:
        _put_in_place(path, ending)


def count_rows() -> None:
    """Let PostgreSQL count what was put back: until then it may take minutes over a page of many letters."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _put_file_in_place(copied: Path, ending: str) -> None:
    """The statements are carried out on another copy, beside the database, which needs as much room again."""
    name = str(connection.settings_dict["NAME"])
    beside = Path(f"{name}.restoring")
    # Of one that was killed.
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(mode=0o700)
    try:
        ended = str(beside / copied.name)
        _copy_sqlite(str(copied), ended)
        _carry_out(ending, ended)
        _copy_sqlite(ended, name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _carry_out(statements: str, name: str) -> None:
    try:
        with _opened(name) as copy:
            copy.executescript(statements)
    except sqlite3.Error as error:
        raise CannotCopy(f"SQLite could not write into {name}: {error}.") from error


def _copy_sqlite(source: str, target: str) -> None:
    try:
        with _opened(source) as origin, _opened(target) as copy:
            origin.backup(copy)
            [answer] = copy.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        raise CannotCopy(f"SQLite could not copy {source} to {target}: {error}.") from error
    if answer != "ok":
        raise CannotCopy(f"The copy of the database is damaged: {answer}.")


def _opened(name: str) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(name, timeout=60))


def _run(program: str, *arguments: str) -> None:
    try:
        known = environment_of(connection.get_connection_params())
        done = subprocess.run([program, *arguments], env=known, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise _not_installed(program) from error
    if done.returncode:
        raise CannotCopy(f"{program} failed: {done.stderr.strip()}")


def _put_in_place(dumped: Path, ending: str) -> None:
    """One transaction from the first to the last word, whose end is told to psql only once pg_restore has said all.

    psql undoes what ends without it, whatever became of pg_restore, or of this process.
    """
    as_text = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--file=-", str(dumped)]
    with tempfile.TemporaryFile() as said:
        told = _started("pg_restore", *as_text, stdout=subprocess.PIPE, stderr=said)
        doing = _started(
            "psql",
            *("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        # Where psql has ended, since something was refused, its own words say why.
        with suppress(BrokenPipeError), doing.stdin, told.stdout:
            doing.stdin.write(_EMPTY)
            shutil.copyfileobj(told.stdout, doing.stdin)
            if told.wait() == 0:
                # What pg_restore says leaves the session without a schema to look in.
                doing.stdin.write(f"RESET search_path;\n{ending}\nCOMMIT;\n".encode())
        failed = [process.args[0] for process in (doing, told) if process.wait()]
        if failed:
            said.seek(0)
            raise CannotCopy(f"{failed[0]} failed: {said.read().decode(errors='replace').strip()}")


def _started(program: str, *arguments: str, **pipes: Any) -> subprocess.Popen:
    known = environment_of(connection.get_connection_params())
    try:
        return subprocess.Popen([program, *arguments], env=known, **pipes)
    except FileNotFoundError as error:
        raise _not_installed(program) from error


def _not_installed(program: str) -> CannotCopy:
    return CannotCopy(
        f"{program} is not installed: install PostgreSQL's client programs of the server's version or later."
    )


def environment_of(params: Mapping[str, Any]) -> dict[str, str]:
    """Where the database is, and whom to trust, for PostgreSQL's own programs; their arguments hold no password."""
    names = {
        "dbname": "PGDATABASE",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "host": "PGHOST",
        "port": "PGPORT",
        "passfile": "PGPASSFILE",
        "sslmode": "PGSSLMODE",
        "sslrootcert": "PGSSLROOTCERT",
        "sslcert": "PGSSLCERT",
        "sslkey": "PGSSLKEY",
        "sslcrl": "PGSSLCRL",
        "channel_binding": "PGCHANNELBINDING",
        "gssencmode": "PGGSSENCMODE",
    }
    known = {variable: str(params[name]) for name, variable in names.items() if params.get(name)}
    return os.environ | known
