"""Whether this process can do its work: what /readyz says, in words that give nothing away."""

import logging
from collections.abc import Callable
from functools import cache

from django.core.cache import cache as shared_cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from letters import storage
from operating import drift

OK = "ok"
# Without these the site still answers, only slower.
DISPENSABLE = {"cache"}

_log = logging.getLogger(__name__)


class Unready(Exception):
    """Something is not as it must be; the message may be read by anybody."""


def look() -> dict[str, str]:
    """Each part with "ok" or what is wrong with it."""
    return {name: _state(name, check) for name, check in CHECKS.items()}


def is_ready(parts: dict[str, str]) -> bool:
    """Whether requests may be sent here."""
    return all(state == OK for name, state in parts.items() if name not in DISPENSABLE)


def _state(name: str, check: Callable[[], None]) -> str:
    try:
        check()
    except Unready as reason:
        return str(reason)
    # Whatever a driver raises: the details are for the log alone.
    except Exception:
        _log.warning("Not ready: %s does not answer.", name, exc_info=True)
        return "does not answer"
    return OK


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    if not _are_migrated():
        _are_migrated.cache_clear()
        raise Unready("not all applied: run manage.py migrate")


@cache
def _are_migrated() -> bool:
    """Looked up until it is so; the migrations of a running process do not change."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _clock() -> None:
    if abs(drift.drift()) > drift.MOST:
        raise Unready(f"differs from the database's by more than {drift.MOST.seconds} seconds")


def _storage() -> None:
    storage.require_usable()


def _cache() -> None:
    shared_cache.set("readyz", OK, timeout=60)
    if shared_cache.get("readyz") != OK:
        raise Unready("does not keep what it is given")


CHECKS = {
    "database": _database,
    "migrations": _migrations,
    "clock": _clock,
    "storage": _storage,
    "cache": _cache,
}
