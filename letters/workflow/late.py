"""Publishing one letter after its edition's hour: one approved late, held back, or replacing another.

It is public at once, or at an hour of its own; where two people are asked for, once the second confirms.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from caches.purging import purge_after_commit
from history.recording import recorded
from letters import published
from letters.models import Letter, Proposal, State
from letters.moments import in_words
from letters.workflow import two_people
from letters.workflow.changing import Refused, at_one_instant, changed_meanwhile, write


def publish_now(letter: Letter, by: User) -> Proposal | None:
    """Publish one approved letter after its edition's hour; where two people are asked for, propose it."""
    return _publish(letter, by, None)


def publish_later(letter: Letter, by: User, publish_at: datetime) -> Proposal | None:
    """Give such a letter an hour of its own, or another one; where two people are asked for, propose it.

    Until it has come, `hold_back` takes it away. Raises Refused for an hour that has passed.
    """
    return _publish(letter, by, publish_at)


def _publish(letter: Letter, by: User, publish_at: datetime | None) -> Proposal | None:
    with at_one_instant(letter) as now:
        refuse_unless_late(letter, now)
        if publish_at is not None and publish_at <= now:
            raise Refused(
                f"Nothing was set: {in_words(publish_at)} has passed. Choose a later time, or publish it now.",
                letter,
            )
        if not two_people.asked_for():
            with recorded(by, letter, _deed(publish_at)):
                write_hour(letter, by, publish_at or now, published_by_one_person=True)
            return None
        hour = f" for {in_words(publish_at)}" if publish_at else ""
        with recorded(by, letter, f"Its publication was proposed{hour}."):
            # A page that was opened before this is stale: its reader has not seen what is proposed.
            write(letter, Q(state=State.APPROVED))
            return two_people.propose_letter(letter, by, publish_at)


def confirm_letter(proposal: Proposal, letter: Letter, by: User) -> None:
    """The second person agrees: the letter is public at the hour proposed, or at once if none was or it has passed.

    The letter's revision is the one that this person looked at: what was proposed is that revision and no other.
    """
    with at_one_instant(letter) as now:
        hour = proposal.publish_at if proposal.publish_at and proposal.publish_at > now else None
        with recorded(by, letter, _deed(hour)):
            two_people.confirmed(proposal, by, now)
            refuse_unless_late(letter, now)
            if letter.revision != proposal.revision:
                raise changed_meanwhile(letter)
            write_hour(letter, by, hour or now, publication_proposed_by=proposal.proposed_by)


def _deed(publish_at: datetime | None) -> str:
    return f"Published for {in_words(publish_at)}." if publish_at else "Published."


def write_hour(letter: Letter, by: User, hour: datetime, **people: Any) -> None:
    """Write the letter's own hour, with who agreed to it."""
    values = {"publish_at": hour, "held_back": False, "published_by": by, **people}
    write(letter, Q(state=State.APPROVED), **values)
    # Also for an hour to come: what a proxy keeps, it keeps until the hour that it knows of.
    purge_after_commit()


def refuse_unless_late(letter: Letter, now: datetime) -> None:
    """Refuse what goes with its edition, what is public, and what nobody would see."""
    if not edition_hour_has_come(letter, now):
        raise Refused("The edition's hour has not come: this letter will be published with it.", letter)
    if published.is_public(letter, now):
        raise Refused("This letter is public already.", letter)
    if Letter.objects.filter(published.has_successor(now), pk=letter.pk).exists():
        raise Refused(
            "Nothing was published: a newer letter to this council for the year has been, so nobody would see this one."
            " Withdraw it; or, if it is to replace that one, take its approval back and approve it again.",
            letter,
        )


def edition_hour_has_come(letter: Letter, now: datetime) -> bool:
    """Whether the hour of the letter's edition has; not whether it published this letter."""
    review = letter.review
    return review is not None and review.publish_at is not None and review.publish_at <= now
