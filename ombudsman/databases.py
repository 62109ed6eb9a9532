"""The database's settings: SQLite that waits its turn, or PostgreSQL with a pool and with limits on waiting."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from ombudsman import environment

# How long to wait for a connection, be it a new one or one of the pool, before the visitor is told to come back.
_PATIENCE_SECONDS = 5
# The pool tries to connect again after one second, then two, four and so on, and nobody can hurry it until it gives
# up; from then on whoever asks begins anew. So the site is back when its database is, however long that was away.
_RECONNECT_SECONDS = 5
_SCHEMES = {"postgresql", "postgres", "sqlite"}


def database(address: str, data_dir: Path) -> dict[str, Any]:
    """Django's settings for the database at this address; without one, for SQLite in the folder of data."""
    settings = _parsed(address or f"sqlite:///{quote(str(data_dir / 'db.sqlite3'))}")
    options = settings.setdefault("OPTIONS", {})
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["CONN_MAX_AGE"] = 60
        # One writer at a time, and it waits its turn: no "database is locked" between web and worker.
        options.update(transaction_mode="IMMEDIATE", timeout=20, init_command="PRAGMA journal_mode=WAL")
        return settings
    settings["CONN_HEALTH_CHECKS"] = True
    options.setdefault("connect_timeout", _PATIENCE_SECONDS)
    # The few statements that ask to be (letters/prepared.py) are planned once for each connection.
    options.setdefault("prepare_threshold", 0)
    options["options"] = " ".join([options.get("options", ""), *_limits()]).strip()
    if size := environment.number("DATABASE_POOL", 8):
        options["pool"] = {
            "min_size": 1,
            "max_size": size,
            "timeout": _PATIENCE_SECONDS,
            "reconnect_timeout": _RECONNECT_SECONDS,
        }
    else:
        settings["CONN_MAX_AGE"] = 60
    return settings


def _parsed(address: str) -> dict[str, Any]:
    """The parts of the address. What is wrong with one is told without it, since it may hold a password."""
    try:
        if address.partition("://")[0] in _SCHEMES:
            return dict(dj_database_url.parse(address))
    except ValueError:
        pass
    raise ImproperlyConfigured(
        "DATABASE_URL is no address of a database of this site. Set it to postgresql://user:password@host/name, with "
        "signs such as @, # and / of a password written as %40, %23 and %2F; or to sqlite:////path/of/db.sqlite3."
    )


def _limits() -> list[str]:
    """What the server breaks off; the web server sets a limit (wsgi.py), a command has none unless it is given one."""
    seconds = environment.number("DATABASE_STATEMENT_SECONDS", 0)
    if not seconds:
        return []
    return [
        f"-c statement_timeout={1000 * seconds}",
        f"-c lock_timeout={1000 * seconds}",
        f"-c idle_in_transaction_session_timeout={2000 * seconds}",
    ]
