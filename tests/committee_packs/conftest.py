"""The day after publication."""

import pytest
import time_machine

from tests.committee_packs.world import HOUR


@pytest.fixture(autouse=True)
def today(db):
    with time_machine.travel(HOUR.replace(year=2024), tick=False):
        yield
