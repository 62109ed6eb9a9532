"""Ada, with and without a second factor, on a clock that stands still."""

import pytest
import time_machine
from django.utils import timezone

from tests import factories
from tests.second_factor.world import HALF_A_MINUTE, set_up, signed_in


@pytest.fixture(autouse=True)
def clock(settings):
    settings.SECOND_FACTOR = True
    with time_machine.travel(timezone.now().replace(hour=6), tick=False) as clock:
        yield clock


@pytest.fixture
def ada():
    return factories.staff("ada")


@pytest.fixture
def hers(ada, clock):
    """The secret of Ada's app, and her recovery codes; the code she showed at setting up is of half a minute ago."""
    found = set_up(signed_in(ada))
    clock.shift(HALF_A_MINUTE)
    return found
