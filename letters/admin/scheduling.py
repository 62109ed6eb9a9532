"""Setting an edition's hour, in two steps: what it would mean is shown before it is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST

from history.recording import writing
from letters import clock, dashboard, workflow
from letters.admin.access import SCHEDULE, SEE_EDITION, page, staff_only
from letters.forms.scheduling import ScheduleForm
from letters.models import AnnualReview
from letters.moments import in_words, stamp
from letters.what_changes import what_changes
from letters.workflow.publishing import promised_dates


@staff_only(SEE_EDITION, SCHEDULE)
@require_http_methods(["GET", "POST"])
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the hour; show it in words with its warnings; set it once these have been confirmed."""
    review = get_object_or_404(AnnualReview, pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = ScheduleForm(sent, initial=_offered(review, request.GET.get("day", "")))
    if not form.is_valid():
        return _ask(request, review, form)
    publish_at = form.cleaned_data["publish_at"]
    if "confirm" not in request.POST:
        return _confirm(request, review, form, publish_at)
    return _set(request, review, form, publish_at)


def _offered(review: AnnualReview, day: str) -> dict[str, Any]:
    """The hour as it is set, else the date that most letters promise; the time of day is for a person to say."""
    if review.publish_at and not day:
        local = localtime(review.publish_at)
        return {"day": local.date(), "time": local.time()}
    promised = promised_dates(review)
    return {"day": day or (promised[0][0] if promised else None)}


def _ask(request: HttpRequest, review: AnnualReview, form: ScheduleForm) -> HttpResponse:
    return _page(request, review, form=form, promised=promised_dates(review))


def _confirm(
    request: HttpRequest, review: AnnualReview, form: ScheduleForm, publish_at: datetime, refused: str = ""
) -> HttpResponse:
    now = clock.now()
    changes = what_changes(review)
    wait = publish_at - now
    return _page(
        request,
        review,
        form=form,
        publish_at=in_words(publish_at),
        set_now=in_words(review.publish_at) if review.publish_at else "",
        wait=dashboard.how_long(wait),
        approved=len(changes.letters),
        changes=changes,
        obstacles=workflow.obstacles(review),
        seen=request.POST.getlist("seen"),
        warnings=workflow.schedule_warnings(review, publish_at),
        proposing=workflow.takes_two(review, publish_at),
        refused=refused,
    )


def _set(
    request: HttpRequest, review: AnnualReview, form: ScheduleForm, publish_at: datetime
) -> HttpResponse:
    # Each of them, and none that is no longer true: what was ticked is what stands in the way now.
    acknowledged = sorted(request.POST.getlist("seen")) == sorted(
        workflow.schedule_warnings(review, publish_at)
    )
    try:
        with at_the_hour_shown(request, review):
            proposal = workflow.schedule(review, publish_at, request.user, acknowledged)
    except workflow.Refused as refusal:
        return _confirm(request, review, form, publish_at, str(refusal))
    messages.success(request, _proposed(publish_at) if proposal else said_of(publish_at))
    return redirect("admin:letters_annualreview_change", review.pk)


@contextmanager
def at_the_hour_shown(request: HttpRequest, review: AnnualReview) -> Iterator[None]:
    """Do something to an edition whose hour is the one that the page showed; nobody moves it until that is done."""
    with writing():
        review.refresh_from_db()
        if request.POST.get("hour", "") != stamp(review.publish_at):
            raise workflow.Refused(_moved(review))
        yield


def _moved(review: AnnualReview) -> str:
    now = f"is now {in_words(review.publish_at)}" if review.publish_at else "was taken away"
    return (
        f"Nothing was changed, since somebody else was quicker: the publication time {now}. "
        "Look at what is left to do, and do it again if it is right."
    )


def _proposed(publish_at: datetime) -> str:
    return f"Proposed: {in_words(publish_at)}. Nothing is scheduled until another person confirms it."


def said_of(publish_at: datetime) -> str:
    """What has become of an edition by this hour, which has been set for it."""
    if publish_at <= clock.now():
        return f"Public now, since {in_words(publish_at)} has passed."
    return f"Scheduled for {in_words(publish_at)}."


def _page(request: HttpRequest, review: AnnualReview, **context: Any) -> HttpResponse:
    title = f"Schedule the edition of {review.years}"
    return page(
        request, "annualreview/schedule.html", title, review=review, opts=AnnualReview._meta, **context
    )


@staff_only(SEE_EDITION, SCHEDULE)
@require_POST
def unschedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the hour away, while it has not come."""
    review = get_object_or_404(AnnualReview, pk=pk)
    try:
        with at_the_hour_shown(request, review):
            workflow.unschedule(review, request.user)
        messages.success(
            request, "Taken off the schedule: nothing of this edition will be public until it has a time."
        )
    except workflow.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:letters_annualreview_change", review.pk)
