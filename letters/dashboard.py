"""How far a year's edition is: who should have a letter, who has one, and what stands before its hour."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from councils.kinds import CouncilKind
from councils.models import Council
from letters.models import AnnualReview, Letter, NoLetter, State
from letters.moments import in_words
from letters.standing import Standing, counts, with_standing


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


def without_edition() -> dict[str, int]:
    """How many letters (`all`) are of a year that nobody knows yet, and how many of them (`unread`) are to be read.

    They count in no edition until reading finds it, or a person chooses it.
    """
    unread = Count("pk", filter=Q(state__in=[State.RECEIVED, State.READING]))
    letters = Letter.objects.filter(review=None).exclude(state=State.WITHDRAWN)
    return letters.aggregate(all=Count("pk"), unread=unread)


def expected(review: AnnualReview) -> QuerySet[Council]:
    """The bodies that a letter should go to: of a kind that is written to, and there on the last day of the year.

    One that staff say has no letter is not expected, unless a letter has come all the same.
    """
    kinds = [kind for kind in CouncilKind if kind.is_written_to]
    there = Council.objects.open_on(_last_day(review)).filter(kind__in=kinds)
    excused = review.no_letters.exclude(council__in=_with_letter(review))
    return there.exclude(pk__in=excused.values("council"))


def missing(review: AnnualReview) -> QuerySet[Council]:
    """The bodies that should have a letter and have none."""
    return expected(review).exclude(pk__in=_with_letter(review)).order_by("name")


def without_letter(review: AnnualReview) -> QuerySet[Council]:
    """All bodies that existed in the year and have no letter, expected or not."""
    in_year = Council.objects.open_in_year_of(_last_day(review))
    return in_year.exclude(pk__in=_with_letter(review)).order_by("name")


def reasons(review: AnnualReview) -> QuerySet[NoLetter]:
    """What staff said of those without a letter; `has_letter` where one has come all the same."""
    come = Exists(_with_letter(review).filter(council=OuterRef("council")))
    return review.no_letters.select_related("council", "said_by").annotate(has_letter=come)


def _with_letter(review: AnnualReview) -> QuerySet[Letter, Any]:
    """The keys of the councils that have a letter, however far it is."""
    return review.letters.exclude(state=State.WITHDRAWN).exclude(council=None).order_by().values("council")


def _last_day(review: AnnualReview) -> date:
    return date(review.year_ending, 3, 31)


def waiting_for_an_act(review: AnnualReview, now: datetime) -> QuerySet[Letter]:
    """Approved letters that the edition's hour does not publish: held back, late, or with one of their own."""
    letters = with_standing(review.letters.select_related("council", "review"), now)
    return letters.filter(standing__in=[Standing.HELD_BACK, Standing.COMING, Standing.LATE]).order_by(
        "council__name"
    )


def with_open_queries() -> QuerySet[AnnualReview]:
    """The editions about whose letters something was asked that is not answered; `open_queries` says how much."""
    unanswered = Q(letters__queries__isnull=False, letters__queries__answered_at=None)
    return AnnualReview.objects.filter(unanswered).annotate(open_queries=Count("letters__queries"))


def hour_in_words(review: AnnualReview, now: datetime) -> str:
    """When the edition is published: the time and how far off it is; or that it is never."""
    if review.publish_at is None:
        return "No publication time is set: nothing of this edition will be public."
    if review.publish_at <= now:
        return f"Public since {in_words(review.publish_at)}."
    return f"Will be public at {in_words(review.publish_at)}, in {how_long(review.publish_at - now)}."


def how_long(wait: timedelta) -> str:
    """A wait in words, rounded up to the minute: "3 days and 2 hours"; empty where it is over."""
    minutes = max(0, -(-wait // timedelta(minutes=1)))
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [_counted(days, "day"), _counted(hours, "hour"), "" if days else _counted(minutes, "minute")]
    return " and ".join(part for part in parts if part)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}" if number else ""
