"""A public letter, a correction of it, and what a visitor reads."""

from datetime import datetime as DateTime
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import time_machine

from letters import workflow
from letters.workflow.reviewing import Numbers
from tests import factories
from tests.visitors import main_part

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
AT = "/your-councils-performance/sometown-council"
RIGHT = Numbers(percent=Decimal(50), numerator=1, denominator=2, average=Decimal(45))
WHY = {"reason": "Misread, Ms Example found it.", "note": "We had copied the rate wrongly."}


def published_letter(staff, name="Sometown Council"):
    review = factories.edition(2020)
    with time_machine.travel(HOUR - timedelta(days=2), tick=False):
        row = factories.approved_letter(review, staff, factories.council(name), pages=factories.SOME_PAGES)
        if review.publish_at is None:
            workflow.schedule(review, HOUR, staff, acknowledged=True)
    return row


def correct(letter, by, numbers=RIGHT, measure="upheld", **said):
    return workflow.correct(letter, by, measure, numbers, **(WHY | said))


def read(client, address):
    """What a visitor reads in the page's main part."""
    return main_part(client.get(address))


def correct_another(letter, staff):
    """Either figure by itself agrees with all others; the two do not agree with one another."""
    remedies = Numbers(percent=Decimal(100), numerator=2, denominator=2)
    letter.refresh_from_db()
    other = correct(letter, staff, remedies, "satisfactory-remedies")
    workflow.confirm_correction(other, factories.staff("third"))
