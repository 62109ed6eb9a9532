"""Letters of councils that are compared, and the page as a visitor reads it."""

import re
from datetime import datetime as DateTime
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import time_machine

from letters import workflow
from tests import factories
from tests.visitors import main_part, words_of

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
NOW = HOUR + timedelta(days=1)


def publish(staff, council, count, base, average=66, measure="upheld", **values):
    """A letter that states one rate, published with the edition of 2020."""
    percent = None if base is None else Decimal((200 * (count or 0) + base) // (2 * base)) if base else None
    figure = factories.figure(measure, percent=percent, numerator=count, denominator=base, average=average)
    with time_machine.travel(HOUR - timedelta(days=2), tick=False):
        letter = factories.public_letter(factories.edition(2020), staff, council, figures=[figure], **values)
        if letter.review.publish_at is None:
            workflow.schedule(letter.review, HOUR, staff, acknowledged=True)
    return letter


def address(council, group="similar", figure="upheld", year=2020, rest=""):
    return f"/compare?council={council.slug}&year={year}&figure={figure}&with={group}{rest}"


def seen(client, where, status=200):
    response = client.get(where)
    assert response.status_code == status, response.headers.get("Location")
    return main_part(response)


def table(client, where):
    """The table as rows of words, by the council's name."""
    html = client.get(where).content.decode().split('id="councils"')[1].split("</table>")[0]
    rows = [
        [words_of(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
        for row in html.split("<tbody")[1].split("<tr ")[1:]
    ]
    return {name: cells for name, *cells in rows}
