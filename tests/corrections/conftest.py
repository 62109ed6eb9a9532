"""Five days after the publication of 2020, with one public letter."""

from datetime import timedelta

import pytest
import time_machine

from tests import factories
from tests.corrections.world import HOUR, published_letter


@pytest.fixture(autouse=True)
def today():
    """Five days after the publication of 2020."""
    with time_machine.travel(HOUR + timedelta(days=5), tick=False) as now:
        yield now


@pytest.fixture
def second(staff):
    return factories.staff("second")


@pytest.fixture
def letter(staff):
    """A public letter: 2 of 2 upheld."""
    return published_letter(staff)
