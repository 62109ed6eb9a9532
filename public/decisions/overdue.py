"""Rule 4 of the signs to look into: what a council agreed to make better by a day that has passed."""

from datetime import date, datetime

from django.db.models import Count, Min

from cases import published
from cases.days import today
from cases.published import State
from councils.models import Council
from public.figures import counted, full_day
from public.signs import Rule, Sign


def overdue(council: Council, now: datetime) -> Sign | None:
    """The sign that improvements are late at that instant, in one query; None where none is."""
    day = today(now)
    late = published.improvements(now).filter(published.in_state(State.LATE, day), council=council)
    found = late.order_by().aggregate(number=Count("pk"), first=Min("due_on"))
    return sign(found["number"], found["first"], day) if found["number"] else None


def sign(number: int, first: date, day: date) -> Sign:
    """The sign that so many were late on a day, the first of them due on `first`."""
    was, due = ("was", "it was due") if number == 1 else ("were", "the first was due")
    improvements = counted(number, "improvement", "improvements")
    return Sign(
        Rule.OVERDUE,
        "overdue",
        None,
        f"On {full_day(day)}, {improvements} that the council had agreed to make {was} late; {due} on"
        f" {full_day(first)}.",
        "The day agreed with the Ombudsman has passed, and nothing published here says that what was agreed has been"
        " done. It may have been done since. This sign goes by the day on which the page was made, not by the year of"
        " the figures.",
    )
