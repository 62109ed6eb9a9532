"""An edition with an approved letter, and staff signed in on the day the letters are dated."""

import pytest
import time_machine

from tests import factories
from tests.editions.world import TODAY


@pytest.fixture
def browser(client, staff):
    """Signed in on the day the letters are dated."""
    with time_machine.travel(TODAY, tick=False):
        client.force_login(staff)
        yield client


@pytest.fixture
def review(staff):
    """An edition with one approved letter, which promises 29 July 2020."""
    with time_machine.travel(TODAY, tick=False):
        return factories.approved_letter(factories.edition(2020), staff).review
