"""Letters whose row contradicts itself, or whose work has come to a stop."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q

from history.chain import Fault
from letters import clock
from letters.models import Letter, State
from letters.workflow.reading import QUEUED_TOO_LONG, SCANS_QUEUED_TOO_LONG

# A worker takes up what was left within seconds; past this there is none, or it cannot.
LEFT_ALONE = timedelta(minutes=10)

_UNDO = "Find out in its history who did that; take the approval back or withdraw the letter."
_WORKER = "Make sure that a worker runs, and look at what it says: manage.py worker."


def faults() -> Iterator[Fault]:
    for code, wrong, what, to_do in _wrong():
        for letter in Letter.objects.filter(wrong).select_related("council", "review").order_by("pk"):
            yield Fault(code, f"{letter} ({letter.pk}) {what}.", to_do)


def _wrong() -> Iterator[tuple[str, Q, str, str]]:
    now = clock.now()
    approved = Q(state=State.APPROVED)
    yield (
        "approved-without-reviewer",
        approved & (Q(approved_by=None) | Q(approved_at=None)),
        "counts as approved, and nobody has approved it",
        _UNDO,
    )
    yield (
        "approved-incomplete",
        approved & (Q(council=None) | Q(review=None)),
        "counts as approved without a council or a year",
        _UNDO,
    )
    yield (
        "published-without-approval",
        Q(publish_at__isnull=False) & ~Q(state__in=[State.APPROVED, State.WITHDRAWN]),
        "has a publication time and no approval",
        _UNDO,
    )
    yield (
        "reading-stuck",
        Q(state=State.READING) & (Q(lease_until=None) | Q(lease_until__lt=now - LEFT_ALONE)),
        "is held by a worker that is gone",
        _WORKER,
    )
    yield (
        "waiting-stuck",
        Q(state=State.RECEIVED, awaits_ocr=False, queued_at__lt=now - QUEUED_TOO_LONG - LEFT_ALONE)
        | Q(state=State.RECEIVED, awaits_ocr=True, queued_at__lt=now - SCANS_QUEUED_TOO_LONG - LEFT_ALONE),
        "waits to be read, and nothing asks for it any more",
        _WORKER,
    )
