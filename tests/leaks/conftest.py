"""An edition that goes at its hour."""

from datetime import timedelta

import pytest
import time_machine

from caches.models import Change
from letters import workflow
from tests import factories
from tests.leaks.world import HOUR


@pytest.fixture
def edition(staff, settings, tmp_path):
    """Three approved letters that go at the hour, one that is held back, and one that nobody has read yet."""
    settings.PROXY_PURGE = ["http://127.0.0.1:9/purge"]
    settings.DATA_DIR = tmp_path
    review = factories.edition(2020)
    with time_machine.travel(HOUR - timedelta(days=7), tick=False):
        for name in ("Ash Council", "Birch Council", "Cedar Council"):
            factories.approved_letter(review, staff, factories.council(name))
        workflow.hold_back(factories.approved_letter(review, staff, factories.council("Elm Council")), staff)
        factories.letter(review, staff, state="received")
        workflow.schedule(review, HOUR, staff, acknowledged=True)
    Change.objects.all().delete()
    return review
