"""Killing a process at each of its steps: before every change of the database or of a file, and after the last."""

import os
import signal
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from typing import Any
from unittest.mock import patch

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

READS = ("SELECT", "PRAGMA")
FINISHED = 7


def killed_at(step: int, deed: Callable[[], Any]) -> bool:
    """Do it in a process of its own, which `kill -9` ends at that step; False if it was done before."""
    close()
    child = os.fork()
    if child == 0:
        _do(step, deed)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == FINISHED, "the deed itself failed"
    return False


def close() -> None:
    """No process may use a connection that another one has opened."""
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()


def _do(step: int, deed: Callable[[], Any]) -> None:
    """Never returns: this is the child."""
    # Where Playwright's loop runs, Django keeps connections by context; a child has no loop, and finds one that the
    # thread had before: still the parent's, who would hold what the dead child had locked.
    connection.connection = None
    try:
        with _dying_at(step):
            deed()
        os._exit(FINISHED)
    finally:
        os._exit(1)


def _dying_at(step: int):
    steps = count(1)

    def reached() -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith(READS) and "pg_advisory" not in sql:
            reached()
        return execute(sql, params, many, context)

    stack = ExitStack()
    for owner, name in ((os, "open"), (os, "fsync"), (os, "rename"), (BaseDatabaseWrapper, "_commit")):
        stack.enter_context(patch.object(owner, name, _before_and_after(getattr(owner, name), reached)))
    stack.enter_context(connection.execute_wrapper(statement))
    return stack


def _before_and_after(done: Callable[..., Any], reached: Callable[[], None]) -> Callable[..., Any]:
    def stepped(*args: Any, **options: Any) -> Any:
        reached()
        result = done(*args, **options)
        reached()
        return result

    return stepped
