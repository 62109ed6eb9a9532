"""The second person: looks at an hour that another one proposes for an edition, and confirms or drops it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from letters import clock, dashboard, workflow
from letters.admin.access import SCHEDULE, SEE_EDITION, page, staff_only
from letters.admin.scheduling import at_the_hour_shown, said_of
from letters.models import AnnualReview, Proposal
from letters.moments import in_words
from letters.what_changes import what_changes

GONE = "No hour is proposed for this edition any more: it was confirmed or dropped."


@staff_only(SEE_EDITION, SCHEDULE)
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """What the proposed hour means, with its warnings as they are now; confirmed, the edition is scheduled."""
    review = get_object_or_404(AnnualReview, pk=pk)
    proposal = workflow.waiting(review)
    if proposal is None:
        messages.error(request, GONE)
        return _to(review)
    refused = ""
    if request.method == "POST":
        try:
            with at_the_hour_shown(request, review):
                workflow.confirm(_as_shown(request, proposal), request.user, _acknowledged(request, proposal))
        except workflow.Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, said_of(proposal.publish_at))
            return _to(review)
    return _page(request, proposal, refused)


def _as_shown(request: HttpRequest, proposal: Proposal) -> Proposal:
    if request.POST.get("proposal") != str(proposal.pk):
        raise workflow.Refused("Another hour has been proposed meanwhile. Nothing was scheduled: look at it.")
    return proposal


def _acknowledged(request: HttpRequest, proposal: Proposal) -> bool:
    now = workflow.schedule_warnings(proposal.review, proposal.publish_at)
    return sorted(request.POST.getlist("seen")) == sorted(now)


def _page(request: HttpRequest, proposal: Proposal, refused: str) -> HttpResponse:
    review, publish_at = proposal.review, proposal.publish_at
    return page(
        request,
        "annualreview/confirm.html",
        f"Confirm the publication of {review.years}",
        review=review,
        proposal=proposal,
        publish_at=in_words(publish_at),
        set_now=in_words(review.publish_at) if review.publish_at else "",
        wait=dashboard.how_long(publish_at - clock.now()),
        changes=what_changes(review),
        obstacles=workflow.obstacles(review),
        seen=request.POST.getlist("seen"),
        warnings=workflow.schedule_warnings(review, publish_at),
        refused=refused,
        own=proposal.proposed_by == request.user,
        opts=AnnualReview._meta,
    )


@staff_only(SEE_EDITION, SCHEDULE)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the proposed hour: the edition stays as it is."""
    review = get_object_or_404(AnnualReview, pk=pk)
    proposal = workflow.waiting(review)
    try:
        if proposal is None:
            raise workflow.Refused(GONE)
        workflow.drop(_as_shown(request, proposal), request.user)
        messages.success(request, "Dropped: the edition stays as it was.")
    except workflow.Refused as refusal:
        messages.error(request, str(refusal))
    return _to(review)


def _to(review: AnnualReview) -> HttpResponse:
    return redirect("admin:letters_annualreview_change", review.pk)
