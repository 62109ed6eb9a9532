"""Before publication: access for named people, what they saw, and what they asked. All of it is kept."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import QuerySet

from caches.purging import purge_after_commit
from history.recording import recorded, writing
from letters import clock, published
from letters.models import AnnualReview, Letter, PreRelease, PreReleaseView, Query, State
from letters.workflow.changing import Refused, lock

OPEN_QUERIES_EACH = 20


@dataclass(frozen=True)
class Person:
    """Who gets access."""

    name: str
    role: str
    organisation: str
    email: str


def give_access(
    review: AnnualReview,
    by: User,
    person: Person,
    letters: Iterable[Letter],
    *,
    opens_at: datetime,
    closes_at: datetime,
) -> tuple[PreRelease, str]:
    """Let a person see these letters from `opens_at` until before `closes_at`; the row, and the token of their link.

    The token is told this once: the database keeps its hash alone. Raises Refused without letters, for letters that
    are not approved, and for a time that is not before the edition's hour.
    """
    chosen = list(letters)
    token = secrets.token_hex(32)
    row = PreRelease(
        review=review,
        **asdict(person),
        opens_at=opens_at,
        closes_at=closes_at,
        token_hash=hashed(token),
        given_at=clock.now(),
        given_by=by,
    )
    deed = f"Access before publication given to {row}: {_letters(chosen)}."
    with writing():
        lock(review)
        review.refresh_from_db()
        _refuse_access(review, chosen, opens_at, closes_at)
        with recorded(by, review, deed):
            row.save(force_insert=True)
            row.letters.set(chosen)
    return row, token


def hashed(token: str) -> str:
    """What the database keeps of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _letters(letters: list[Letter]) -> str:
    return ", ".join(str(letter.council) for letter in letters)


def _refuse_access(
    review: AnnualReview, letters: list[Letter], opens_at: datetime, closes_at: datetime
) -> None:
    if not letters:
        raise Refused("Nobody got access. Choose at least one letter.")
    for letter in letters:
        if letter.state != State.APPROVED or letter.review_id != review.pk:
            raise Refused(f"Nobody got access: {letter} is not approved in this edition.", letter)
    if review.publish_at is None:
        raise Refused("Nobody got access. Set the edition's publication time first: access ends by then.")
    if not opens_at < closes_at <= review.publish_at or closes_at <= clock.now():
        raise Refused("Nobody got access. It must end after it begins, after now, and by the edition's hour.")


def withdraw_access(access: PreRelease, by: User) -> None:
    """End a person's access at once: from now on the link is one that never was."""
    with recorded(by, access.review, f"Access before publication withdrawn from {access}."):
        ended = PreRelease.objects.filter(pk=access.pk, withdrawn_at=None)
        if not ended.update(withdrawn_at=clock.now(), withdrawn_by=by):
            raise Refused("This access was withdrawn already.")
        purge_after_commit()


def with_access(review: AnnualReview, now: datetime) -> QuerySet[PreRelease]:
    """The access to the edition's letters that was neither withdrawn nor is over by its own end."""
    return review.pre_releases.filter(withdrawn_at=None, closes_at__gt=now)


def keep_view(access: PreRelease, what: str, letter: Letter | None, now: datetime) -> None:
    """Note that the person looked."""
    PreReleaseView.objects.create(access=access, what=what, letter=letter, at=now)


def publish_access_list(review: AnnualReview, by: User) -> None:
    """Let everyone read who had access, with their role and organisation; not before the letters are public."""
    with recorded(by, review, "The list of those who had access before publication was published."):
        lock(review)
        now = clock.now()
        if not published.has_begun(review, now):
            raise Refused("Who has access is told once the letters are public, not before.")
        AnnualReview.objects.filter(pk=review.pk).update(access_listed_at=now, access_listed_by=by)
        purge_after_commit()
        review.refresh_from_db()


def ask(letter: Letter, access: PreRelease, text: str) -> Query:
    """Keep what the person with access asks about a letter. Raises Refused without words, or for too many at once."""
    if access.queries.filter(answered_at=None).count() >= OPEN_QUERIES_EACH:
        raise Refused("Your query was not sent: wait until your earlier ones are answered.")
    return _keep(Query(letter=letter, access=access, asker=str(access), text=text.strip()), None)


def enter_query(letter: Letter, by: User, asker: str, text: str) -> Query:
    """Keep what came to staff by another way, such as by telephone; `asker` says whose query it is."""
    return _keep(Query(letter=letter, entered_by=by, asker=asker.strip(), text=text.strip()), by)


def _keep(query: Query, by: User | None) -> Query:
    if not query.text or not query.asker:
        raise Refused("Nothing was kept. Say who asks, and what.")
    with recorded(by, query.letter, f"Query of {query.asker}: {query.text}"):
        query.asked_at = clock.now()
        query.save(force_insert=True)
    return query


def answer_query(query: Query, by: User, answer: str, led_to_change: bool) -> None:
    """Answer a query once. Whoever asked by a link reads the answer there."""
    if not answer.strip():
        raise Refused("Nothing was kept. Write the answer.")
    what = "It led to a change." if led_to_change else "Nothing was changed."
    with recorded(by, query.letter, f"Query of {query.asker} answered: {answer.strip()} {what}"):
        waiting = Query.objects.filter(pk=query.pk, answered_at=None)
        said = {"answer": answer.strip(), "led_to_change": led_to_change}
        if not waiting.update(**said, answered_at=clock.now(), answered_by=by):
            raise Refused("This query has been answered already. Nothing of yours was kept.")


def open_queries(review: AnnualReview) -> QuerySet[Query]:
    """What has been asked about the edition's letters and not been answered."""
    asked = Query.objects.filter(letter__review=review, answered_at=None)
    return asked.select_related("letter__council", "letter__review")
