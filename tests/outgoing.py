"""Notes which other machines this process asks, or looks up."""

import sys

import pytest

AT_HOME = ("/", "127.0.0.1", "::1", "localhost")
_seen: list[str] | None = None


def _note(event, arguments):
    if _seen is not None and event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"}:
        where = arguments[1] if event == "socket.connect" else arguments[0]
        host = where[0] if isinstance(where, tuple) else where
        if not str(host).startswith(AT_HOME):
            _seen.append(f"{event} {where}")


sys.addaudithook(_note)


@pytest.fixture
def outgoing():
    """Which other machines this process asks, or looks up, from now on."""
    global _seen  # noqa: PLW0603
    _seen = []
    yield _seen
    _seen = None
