"""How far a year's edition is: who should have a letter, who has one, and what stands before its hour."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from councils.kinds import SimilarGroup
from councils.models import Council
from letters.models import AnnualReview, Letter, State
from letters.standing import Standing, counts, with_standing
from letters.workflow.publishing import in_words


@dataclass(frozen=True)
class Progress:
    """The year in numbers of letters; withdrawn ones do not count."""

    expected: int
    received: int
    read: int
    needing_a_person: int
    ready: int
    approved: int
    public: int


def progress(review: AnnualReview, now: datetime) -> Progress:
    """How many letters of the edition are how far."""
    by = counts(review.letters.all(), now)
    unread = by[Standing.WAITING] + by[Standing.READING]
    received = sum(by.values()) - by[Standing.WITHDRAWN]
    return Progress(
        expected=expected(review).count(),
        received=received,
        read=received - unread,
        needing_a_person=by[Standing.NEEDS_A_PERSON],
        ready=by[Standing.READY],
        approved=received - unread - by[Standing.NEEDS_A_PERSON] - by[Standing.READY],
        public=by[Standing.PUBLIC],
    )


def expected(review: AnnualReview) -> QuerySet[Council]:
    """The councils that a letter should go to: those of the comparator groups on the last day of the year."""
    kinds = [kind for group in SimilarGroup for kind in group.kinds]
    return Council.objects.open_on(date(review.year_ending, 3, 31)).filter(kind__in=kinds)


def missing(review: AnnualReview) -> QuerySet[Council]:
    """The councils that should have a letter and have none."""
    standing = review.letters.exclude(state=State.WITHDRAWN).exclude(council=None)
    return expected(review).exclude(pk__in=standing.values("council")).order_by("name")


def waiting_for_an_act(review: AnnualReview, now: datetime) -> QuerySet[Letter]:
    """Approved letters that the edition's hour does not publish: held back, or approved late."""
    letters = with_standing(review.letters.select_related("council", "review"), now)
    return letters.filter(standing__in=[Standing.HELD_BACK, Standing.LATE]).order_by("council__name")


def hour_in_words(review: AnnualReview, now: datetime) -> str:
    """When the edition is published: the time and how far off it is; or that it is never."""
    if review.publish_at is None:
        return "No publication time is set: nothing of this edition will be public."
    if review.publish_at <= now:
        return f"Public since {in_words(review.publish_at)}."
    return f"Will be public at {in_words(review.publish_at)}, in {how_long(review.publish_at - now)}."


def how_long(wait: timedelta) -> str:
    """A wait in words, rounded up to the minute: "3 days and 2 hours"; empty for none."""
    minutes = -(-wait // timedelta(minutes=1))
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [_counted(days, "day"), _counted(hours, "hour"), "" if days else _counted(minutes, "minute")]
    return " and ".join(part for part in parts if part)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}" if number else ""
