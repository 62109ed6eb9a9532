"""Two people of staff, both asked for, a week before the hour."""

from datetime import timedelta

import pytest
import time_machine

from letters import workflow
from tests import factories
from tests.two_people.world import HOUR, TODAY


@pytest.fixture(autouse=True)
def two_people(settings, one_person):
    settings.TWO_PEOPLE = True
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def ada():
    """A superuser: the rules are the same for everybody."""
    return factories.staff("ada")


@pytest.fixture
def ben():
    return factories.staff("ben")


@pytest.fixture
def letter(ada):
    return factories.letter(by=ada)


@pytest.fixture
def review(letter, ben):
    workflow.approve(letter, ben, "As printed.")
    return letter.review


@pytest.fixture
def late(review, ada, ben):
    """A letter that was approved after its edition's hour."""
    workflow.confirm(workflow.schedule(review, HOUR, ada), ben)
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        yield factories.approved_letter(review, ada)
