"""The day and the hour, and what the two people do."""

from datetime import datetime as DateTime
from zoneinfo import ZoneInfo

from django.test import Client

from letters import workflow
from letters.workflow.reviewing import Details, Numbers

LONDON = ZoneInfo("Europe/London")
TODAY = DateTime(2020, 7, 22, 12, 0, tzinfo=LONDON)
HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=LONDON)


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def enter(letter, by, council=None, **numbers):
    """Save a review: with `numbers` of the uphold rate, or another council, or nothing new."""
    names = ("recipient_name", "recipient_post", "letter_date", "promised_date")
    about = {name: getattr(letter, name) for name in names}
    details = Details(council=council or letter.council, review=letter.review, **about)
    figure = letter.statistics.get()
    known = {
        name: getattr(figure, name) for name in ("percent", "value", "numerator", "denominator", "average")
    }
    workflow.save_review(letter, by, details, {"upheld": Numbers(**known | numbers)})
