"""Published letters, and the pages as a visitor reads them."""

from datetime import datetime as DateTime
from datetime import timedelta
from zoneinfo import ZoneInfo

import time_machine

from letters import workflow
from tests import factories
from tests.visitors import main_part

LONDON = ZoneInfo("Europe/London")
HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=LONDON)
AT = "/your-councils-performance"


def publish(staff, council, year=2020, **values):
    """A letter published at half past nine on 29 July of its year."""
    hour = HOUR.replace(year=year)
    with time_machine.travel(hour - timedelta(days=2), tick=False):
        letter = factories.approved_letter(factories.edition(year), staff, council, **values)
        if letter.review.publish_at is None:
            workflow.schedule(letter.review, hour, staff, acknowledged=True)
    return letter


def text(client, address):
    """The page's main part as a reader sees it."""
    response = client.get(address)
    assert response.status_code == 200
    return main_part(response)
