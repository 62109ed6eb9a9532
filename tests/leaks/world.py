"""The hour of the edition, why it is withdrawn, and where its letters are."""

from datetime import datetime as DateTime
from zoneinfo import ZoneInfo

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
NOTE = "Figures of other councils were printed in it."


def at(name, part=".pdf"):
    return f"/your-councils-performance/{name}-council/annualletters/2020{part}"
