"""Two people: whoever entered figures of a letter does not approve it, and one proposes what another publishes.

What is kept here is kept by deeds of the other modules, which write the history.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from letters import clock
from letters.models import AnnualReview, Letter, Part, Proposal
from letters.workflow.changing import Refused, lock

NO_LONGER = "This proposal has been confirmed or dropped already. Nothing was changed: open the page again."


def asked_for() -> bool:
    """Whether two people are asked for: everywhere but in a demonstration, unless the operator says otherwise."""
    return bool(settings.TWO_PEOPLE)


def has_entered(letter: Letter, by: User) -> bool:
    """Whether `by` entered figures of the letter, and so leaves its approval to another."""
    return asked_for() and letter.parts.filter(by=by, of=Part.Of.ENTERED).exists()


def anybody_entered(letter: Letter) -> bool:
    """Whether anybody has entered anything of the letter as it stands, also while two people are not asked for."""
    return letter.parts.filter(of=Part.Of.ENTERED).exists()


def entered_by(by: User) -> Q:
    """The letters of which `by` entered figures; none where two people are not asked for."""
    return Q(parts__by=by, parts__of=Part.Of.ENTERED) if asked_for() else Q(pk__in=[])


def note_entered(letter: Letter, by: User) -> None:
    """Keep that `by` entered figures, or said whose they are and of which year."""
    Part.objects.get_or_create(letter=letter, by=by, of=Part.Of.ENTERED)


def refuse_own(letter: Letter, by: User) -> None:
    """Refuse the approval to whoever entered figures of the letter."""
    if has_entered(letter, by):
        raise Refused(
            f"You entered figures of {letter}, so another person approves it. What you entered is kept.",
            letter,
        )


def note_approved(letter: Letter, by: User) -> None:
    """Keep that `by` approved the letter. The database takes no second part of the same person."""
    Part.objects.create(letter=letter, by=by, of=Part.Of.APPROVED, alone=not asked_for())


def forget_approved(letter: Letter) -> None:
    """The approval was taken back: whoever gave it may enter figures now."""
    letter.parts.filter(of=Part.Of.APPROVED).delete()


def forget_all(letter: Letter) -> None:
    """The letter is read anew. To be called where nothing is left of what was entered: figures, council and year."""
    letter.parts.all().delete()


def waiting(review: AnnualReview) -> Proposal | None:
    """The hour that is proposed for an edition and waits to be confirmed."""
    return _waiting().filter(review=review, letter=None).first()


def waiting_of(letter: Letter) -> Proposal | None:
    """The proposal to publish a late letter, which waits to be confirmed."""
    return _waiting().filter(letter=letter).first()


def all_waiting(review: AnnualReview) -> QuerySet[Proposal]:
    """What waits to be confirmed of an edition: another hour of it, and publications of late letters."""
    return _waiting().filter(review=review).select_related("letter", "review")


def to_confirm(by: User) -> QuerySet[Proposal]:
    """What others have proposed to publish, in any edition, and this person may be the second for."""
    return _waiting().exclude(proposed_by=by).select_related("letter__council", "letter__review", "review")


def _waiting() -> QuerySet[Proposal]:
    return Proposal.objects.filter(confirmed_at=None, dropped_at=None).select_related("proposed_by")


def propose_hour(review: AnnualReview, publish_at: datetime, by: User) -> Proposal:
    """Propose an hour for an edition; a newer proposal takes the place of one that waits."""
    return _propose(waiting(review), by, review=review, publish_at=publish_at)


def propose_letter(letter: Letter, by: User, publish_at: datetime | None) -> Proposal:
    """Propose that a late letter be public, at once or at an hour of its own."""
    if letter.review is None:
        raise Refused("A letter without a year has no edition to be late for.", letter)
    return _propose(
        waiting_of(letter),
        by,
        review=letter.review,
        letter=letter,
        revision=letter.revision,
        publish_at=publish_at,
    )


def _propose(earlier: Proposal | None, by: User, **what: Any) -> Proposal:
    now = clock.now()
    if earlier:
        Proposal.objects.filter(pk=earlier.pk).update(dropped_at=now, dropped_by=by)
    return Proposal.objects.create(proposed_at=now, proposed_by=by, **what)


def confirmed(proposal: Proposal, by: User, now: datetime) -> None:
    """Mark a proposal as confirmed by another person; refused to whoever made it, and when that one has left."""
    _still_waits(proposal)
    if by == proposal.proposed_by:
        raise Refused("You proposed this: another person confirms it. Nothing was published.")
    if not proposal.proposed_by.is_active:
        raise Refused(
            f"{proposal.proposed_by}, who proposed this, works here no longer. Nothing was published: "
            "propose it anew, and another person confirms it."
        )
    Proposal.objects.filter(pk=proposal.pk).update(confirmed_at=now, confirmed_by=by)
    proposal.refresh_from_db()


def dropped(proposal: Proposal, by: User) -> None:
    """Mark a proposal as dropped, by whoever made it or anybody else who publishes."""
    _still_waits(proposal)
    Proposal.objects.filter(pk=proposal.pk).update(dropped_at=clock.now(), dropped_by=by)


def _still_waits(proposal: Proposal) -> None:
    lock(proposal)
    proposal.refresh_from_db()
    if proposal.confirmed_at or proposal.dropped_at:
        raise Refused(NO_LONGER)
