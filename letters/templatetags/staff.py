"""What the staff's start page knows besides Django's own list of tables."""

from collections.abc import Iterator

from django import template
from django.contrib.auth.models import User
from django.urls import reverse

from letters import clock, dashboard, workflow
from letters.admin.access import APPROVE, PUBLISH, READ, SCHEDULE, SEE_EDITION
from letters.models import AnnualReview
from letters.moments import in_words, stamp
from letters.uploads import nobody_reads
from letters.wording import as_printed, in_short
from letters.workflow.reviewing import Urgency

register = template.Library()
register.filter(as_printed)
register.filter(in_short)
register.filter(stamp)


@register.inclusion_tag("admin/letters/_start.html")
def start(user: User) -> dict:
    """The year's state, and the three things to do."""
    now = clock.now()
    latest = AnnualReview.objects.first() if user.has_perm(SEE_EDITION) else None
    to_review = workflow.queue() if user.has_perm(APPROVE) else None
    return {
        "user": user,
        "latest": latest,
        "progress": dashboard.progress(latest, now) if latest else None,
        "hour": dashboard.hour_in_words(latest, now) if latest else "",
        "needing_a_person": to_review.exclude(urgency=Urgency.AGREES).count() if to_review is not None else 0,
        "agreeing": to_review.filter(urgency=Urgency.AGREES).count() if to_review is not None else 0,
        "without_edition": dashboard.without_edition() if user.has_perm(READ) else None,
        "to_confirm": [*_publications(user), *_corrections(user)],
        "asked": dashboard.with_open_queries() if user.has_perms([READ, SEE_EDITION]) else [],
        "nobody_reads": nobody_reads(),
        "may_upload": user.has_perm("letters.add_letter"),
        "may_review": user.has_perms([READ, APPROVE]),
    }


def _publications(user: User) -> Iterator[tuple[str, str]]:
    """The publications that wait for this person, or for another one, each with the address where it is confirmed."""
    for proposal in workflow.to_confirm(user):
        if proposal.letter and user.has_perm(PUBLISH):
            where = reverse("admin:letters_letter_change", args=[proposal.letter.pk])
            when = f" at {in_words(proposal.publish_at)}" if proposal.publish_at else ""
            yield where, f"{proposal.proposed_by} proposes to publish the letter {proposal.letter}{when}"
        elif proposal.letter is None and user.has_perm(SCHEDULE):
            where = reverse("admin:letters_annualreview_confirm", args=[proposal.review.pk])
            hour = in_words(proposal.publish_at)
            yield (
                where,
                f"{proposal.proposed_by} proposes to publish the edition of {proposal.review.years} at {hour}",
            )


def _corrections(user: User) -> Iterator[tuple[str, str]]:
    if user.has_perms([READ, APPROVE]):
        for correction in workflow.waiting_corrections().exclude(proposed_by=user):
            where = reverse("admin:letters_letter_change", args=[correction.letter_id])
            yield (
                where,
                f"{correction.proposed_by} proposes to correct {correction.letter}: {correction.figure}",
            )
