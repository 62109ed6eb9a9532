"""Where a letter stands, in the words of those who work on it, judged by the clock."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Case, CharField, Count, Q, QuerySet, TextChoices, Value, When
from django.utils.formats import date_format
from django.utils.timezone import localtime

from letters import across, published
from letters.models import Letter, State
from letters.workflow.reviewing import needs_a_person

OTHERS_DIFFER = "A figure is not what other letters, or the year before, would lead to expect."


class Standing(TextChoices):
    """A letter's place in the year's work; each letter has exactly one."""

    WAITING = "waiting", "waiting to be read"
    READING = "reading", "being read"
    NEEDS_A_PERSON = "needs-a-person", "needs a person"
    READY = "ready", "ready to approve"
    HELD_BACK = "held-back", "approved, held back"
    UNSCHEDULED = "unscheduled", "approved, no publication time yet"
    SCHEDULED = "scheduled", "approved, waiting for publication"
    COMING = "coming", "approved, waiting for a publication of its own"
    LATE = "late", "approved after its edition’s hour"
    PUBLIC = "public", "public"
    REPLACED = "replaced", "replaced by a newer letter"
    WITHDRAWN = "withdrawn", "withdrawn"


def with_standing(
    letters: QuerySet[Letter], now: datetime, doubted: Collection[UUID] | None = None
) -> QuerySet[Letter]:
    """The letters, each with its `standing`. Those that others speak against are found here unless they are given."""
    if doubted is None:
        doubted = across.doubted(letters)
    public = published.hour_has_come(now)
    cases = [
        (Q(state=State.RECEIVED), Standing.WAITING),
        (Q(state=State.READING), Standing.READING),
        (Q(state=State.WITHDRAWN), Standing.WITHDRAWN),
        (needs_a_person(doubted), Standing.NEEDS_A_PERSON),
        (Q(state=State.READ), Standing.READY),
        (public & Q(published.has_successor(now)), Standing.REPLACED),
        (public, Standing.PUBLIC),
        (Q(held_back=True), Standing.HELD_BACK),
        (Q(publish_at__gt=now), Standing.COMING),
        (Q(review__publish_at__isnull=True), Standing.UNSCHEDULED),
        (Q(review__publish_at__gt=now), Standing.SCHEDULED),
    ]
    whens = [When(condition, then=Value(standing.value)) for condition, standing in cases]
    return letters.annotate(
        standing=Case(*whens, default=Value(Standing.LATE.value), output_field=CharField())
    )


def counts(letters: QuerySet[Letter], now: datetime) -> dict[Standing, int]:
    """How many of the letters stand where; each standing has an entry."""
    rows = with_standing(letters, now).order_by().values("standing").annotate(count=Count("pk"))
    return dict.fromkeys(Standing, 0) | {Standing(row["standing"]): row["count"] for row in rows}


def in_words(letter: Letter) -> str:
    """The standing of a letter that came from `with_standing`, with what it turns on: a time, or a problem."""
    standing = Standing(letter.standing)
    match standing:
        case Standing.PUBLIC:
            return f"{standing.label} since {_when(letter.publish_at or letter.review.publish_at)}"
        case Standing.COMING:
            return f"{standing.label} at {_when(letter.publish_at)}"
        case Standing.SCHEDULED:
            return f"{standing.label} at {_when(letter.review.publish_at)}"
        case Standing.NEEDS_A_PERSON:
            return f"{standing.label}: {first_problem(letter)}"
        case Standing.WITHDRAWN:
            return f"{standing.label} at {_when(letter.withdrawn_at)}"
    return str(standing.label)


def first_problem(letter: Letter) -> str:
    """The first of the letter's problems as its reading or its last review left them, else what it may be."""
    if letter.state == State.UNREADABLE:
        return letter.unreadable_reason
    if letter.problems:
        return letter.problems[0]["message"]
    if letter.council_id is None:
        return "No council is chosen."
    return "No year is chosen." if letter.review_id is None else OTHERS_DIFFER


def _when(moment: datetime) -> str:
    return date_format(localtime(moment), "H:i \\o\\n j F Y")
