"""The day after publication."""

from datetime import timedelta

import pytest
import time_machine

from tests.public_pages.world import HOUR


@pytest.fixture(autouse=True)
def today(db):
    """The day after the publication of 2020."""
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        yield
