"""T62: nothing that is asked of the site, and nothing that a letter holds, makes it ask another machine."""

import socket
import sys

import pytest

from letters import reading as reading_letters
from letters.models import State
from tests import factories, odd_pdfs
from tests.permissions import asking
from tests.permissions.world import made, path_of

pytestmark = pytest.mark.django_db

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
def asked():
    """Which other machines this process asks, or looks up, from now on."""
    global _seen  # noqa: PLW0603
    _seen = []
    yield _seen
    _seen = None


def test_pages_ask_no_other_machine(asked):
    world = made()
    browsers = asking.members()
    for path in {path_of(pattern, world) for pattern in asking.patterns()}:
        for role in ("anonymous", "superuser"):
            browsers[role].get(path, {"url": "http://zyx.example/x", "next": "//zyx.example/"})
    assert asked == []


def test_a_letter_full_of_addresses_asks_no_other_machine(asked):
    letter = factories.letter(state=State.RECEIVED, pdf=odd_pdfs.with_everything())
    reading_letters.read(str(letter.pk))
    letter.refresh_from_db()
    assert letter.state != State.RECEIVED
    assert asked == []


def test_asking_would_be_noticed(asked):
    with pytest.raises(socket.gaierror):
        socket.create_connection(("zyx.invalid", 80), timeout=1)
    assert len(asked) == 1
