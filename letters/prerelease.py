"""The door for named people: what the bearer of a link may see of letters before their hour.

A link that is wrong, not yet open, over or withdrawn opens nothing, and none of them can be told from the others.
"""

from datetime import datetime
from typing import IO

from django.db.models import QuerySet

from letters import published, workflow
from letters.models import Letter, PreRelease, Query, Standstill, State, Statistic

NotKept = workflow.Refused


def access(token: str, now: datetime) -> PreRelease | None:
    """Whose link this is, if it opens anything at `now`; in a copy restored from a backup none does.

    Access that was withdrawn since the backup was made would be there again.
    """
    if Standstill.objects.exists():
        return None
    known = PreRelease.objects.filter(token_hash=workflow.hashed(token), withdrawn_at=None)
    in_time = known.filter(opens_at__lte=now, closes_at__gt=now).exclude(review__publish_at__lte=now)
    return in_time.select_related("review").first()


NoPdf = published.NoPdf


def letters(access: PreRelease) -> QuerySet[Letter]:
    """The letters that the person may see: those named, while they are approved."""
    approved = access.letters.filter(state=State.APPROVED, review=access.review_id)
    return approved.select_related("council", "review", "clean_copy").order_by("council__name")


def statistics(letter: Letter) -> QuerySet[Statistic]:
    """The figures of a letter that came through this door."""
    return letter.statistics.all()


def pdf(letter: Letter) -> IO[bytes]:
    """The PDF of a letter that came through this door, open for reading. Raises NoPdf where there is none."""
    return published.pdf(letter)


def saw(access: PreRelease, what: str, letter: Letter | None, now: datetime) -> None:
    """Note a look; what was not noted is not shown."""
    workflow.keep_view(access, what, letter, now)


def queries(access: PreRelease, letter: Letter) -> QuerySet[Query]:
    """What the person has asked about the letter, with the answers."""
    return access.queries.filter(letter=letter)


def ask(access: PreRelease, letter: Letter, text: str) -> None:
    """Put a query. Raises NotKept with what to do."""
    workflow.ask(letter, access, text)
