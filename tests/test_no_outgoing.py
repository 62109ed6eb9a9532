"""T62: nothing that a letter holds makes the site ask another machine; of pages, tests/test_markup.py says the same."""

import socket

import pytest

from letters import reading as reading_letters
from letters.models import State
from tests import factories, odd_pdfs
from tests.outgoing import outgoing  # noqa: F401

pytestmark = pytest.mark.django_db


def test_a_letter_full_of_addresses_asks_no_other_machine(outgoing):  # noqa: F811
    letter = factories.letter(state=State.RECEIVED, pdf=odd_pdfs.with_everything())
    reading_letters.read(str(letter.pk))
    letter.refresh_from_db()
    assert letter.state != State.RECEIVED
    assert outgoing == []


def test_asking_would_be_noticed(outgoing):  # noqa: F811
    with pytest.raises(socket.gaierror):
        socket.create_connection(("zyx.invalid", 80), timeout=1)
    assert len(outgoing) == 1
