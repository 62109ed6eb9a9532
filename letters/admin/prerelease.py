"""Before publication: giving named people access, the list of them, and what link officers asked."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from letters import clock, published, workflow
from letters.admin.access import APPROVE, PUBLISH, READ, SEE_EDITION, page, staff_only, tell_refusal
from letters.forms.prerelease import AccessForm, AnswerForm, QueryForm
from letters.models import AnnualReview, PreRelease, Query


@staff_only(SEE_EDITION, READ)
@require_http_methods(["GET", "POST"])
def access(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has access and what they looked at; a form to give it, whose answer alone shows the link."""
    review, now = get_object_or_404(AnnualReview, pk=pk), clock.now()
    sent = _sent(request, PUBLISH)
    form = AccessForm(sent, review, now)
    shown: dict[str, Any] = {}
    if form.is_valid():
        try:
            given, token = _give(request, review, form)
        except workflow.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            link = f"{settings.SITE_ADDRESS}{reverse('before-publication', args=[token])}"
            shown = {"given": given, "link": link}
            form = AccessForm(None, review, now)
    may_give = request.user.has_perm(PUBLISH)
    in_time = review.publish_at is not None and review.publish_at > now
    shown |= {"form": form if may_give and in_time else None, "may_give": may_give, "now": now}
    shown["begun"] = published.has_begun(review, now)
    return _page(
        request,
        "access.html",
        f"Access before publication, {review.years}",
        review,
        people=_people(review),
        **shown,
    )


def _sent(request: HttpRequest, permission: str) -> Any:
    """What was sent by somebody who may; looking alone takes less."""
    if request.method != "POST":
        return None
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return request.POST


def _give(request: HttpRequest, review: AnnualReview, form: AccessForm) -> tuple[PreRelease, str]:
    said = form.cleaned_data
    return workflow.give_access(
        review,
        request.user,
        form.person(),
        said["letters"],
        opens_at=said["opens_at"],
        closes_at=said["closes_at"],
    )


def _people(review: AnnualReview) -> Any:
    people = review.pre_releases.select_related("given_by", "withdrawn_by")
    return people.annotate(looks=Count("views")).prefetch_related(
        "letters__council", "views__letter__council"
    )


def _page(
    request: HttpRequest, template: str, title: str, review: AnnualReview, **context: Any
) -> HttpResponse:
    return page(request, f"annualreview/{template}", title, review=review, opts=AnnualReview._meta, **context)


@staff_only(SEE_EDITION, READ, PUBLISH)
@require_POST
def withdraw_access(request: HttpRequest, pk: int, given) -> HttpResponse:
    """End one person's access at once."""
    row = get_object_or_404(PreRelease.objects.select_related("review"), pk=given, review=pk)
    try:
        workflow.withdraw_access(row, request.user)
        messages.success(request, f"Withdrawn: the link of {row} opens nothing any more.")
    except workflow.Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("admin:letters_annualreview_access", pk)


@staff_only(SEE_EDITION, READ, PUBLISH)
@require_POST
def publish_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish who had access."""
    try:
        workflow.publish_access_list(get_object_or_404(AnnualReview, pk=pk), request.user)
        messages.success(request, "Published: everyone can read who had access.")
    except workflow.Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("admin:letters_annualreview_access", pk)


@staff_only(SEE_EDITION, READ)
@require_http_methods(["GET", "POST"])
def queries(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked, the open ones first, each with a form to answer it; and a form to enter one."""
    review = get_object_or_404(AnnualReview, pk=pk)
    form = QueryForm(_sent(request, APPROVE), review)
    if form.is_valid():
        said = form.cleaned_data
        try:
            workflow.enter_query(said["letter"], request.user, said["asker"], said["text"])
        except workflow.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Entered. It waits to be answered.")
            return redirect("admin:letters_annualreview_queries", pk)
    return _queries(request, review, form)


def _queries(
    request: HttpRequest,
    review: AnnualReview,
    enter: QueryForm,
    answering: dict[int, AnswerForm] | None = None,
) -> HttpResponse:
    answering = answering or {}
    known = Query.objects.filter(letter__review=review)
    known = known.select_related("letter__council", "letter__review", "entered_by", "answered_by")
    rows = sorted(known, key=lambda query: query.answered_at is not None)
    shown = [(query, answering.get(query.pk) or AnswerForm(None, query.pk)) for query in rows]
    title = f"Queries before publication, {review.years}"
    may_answer = request.user.has_perm(APPROVE)
    return _page(request, "queries.html", title, review, queries=shown, enter=enter, may_answer=may_answer)


@staff_only(SEE_EDITION, READ, APPROVE)
@require_POST
def answer(request: HttpRequest, pk: int, query: int) -> HttpResponse:
    """Answer one query."""
    row = get_object_or_404(Query.objects.select_related("letter__review"), pk=query, letter__review=pk)
    form = AnswerForm(request.POST, row.pk)
    if form.is_valid():
        said = form.cleaned_data
        try:
            workflow.answer_query(row, request.user, said["answer"], said["led_to_change"])
            messages.success(request, f"Answered: {row}.")
        except workflow.Refused as refusal:
            tell_refusal(request, refusal)
        return redirect("admin:letters_annualreview_queries", pk)
    review = row.letter.review
    return _queries(request, review, QueryForm(None, review), {row.pk: form})
