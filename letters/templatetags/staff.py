"""What the staff's start page knows besides Django's own list of tables."""

from django import template
from django.contrib.auth.models import User

from letters import clock, dashboard, workflow
from letters.models import AnnualReview
from letters.moments import stamp
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
    latest = AnnualReview.objects.first() if user.has_perm("letters.view_annualreview") else None
    to_review = workflow.queue() if user.has_perm("letters.approve_letter") else None
    return {
        "user": user,
        "latest": latest,
        "progress": dashboard.progress(latest, now) if latest else None,
        "hour": dashboard.hour_in_words(latest, now) if latest else "",
        "needing_a_person": to_review.exclude(urgency=Urgency.AGREES).count() if to_review is not None else 0,
        "agreeing": to_review.filter(urgency=Urgency.AGREES).count() if to_review is not None else 0,
        "nobody_reads": nobody_reads(),
        "may_upload": user.has_perm("letters.add_letter"),
        "may_review": user.has_perm("letters.approve_letter") and user.has_perm("letters.view_letter"),
    }
