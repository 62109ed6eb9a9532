"""Saying why a council has no letter, and taking it back."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import get_text_list
from django.views.decorators.http import require_http_methods, require_POST

from councils.models import Council
from history.recording import writing
from letters import dashboard, workflow
from letters.admin.access import PUBLISH, SEE_EDITION, page, staff_only, tell_refusal
from letters.forms.explaining import NoLetterForm
from letters.models import AnnualReview, NoLetter
from letters.moments import stamp


@staff_only(SEE_EDITION, PUBLISH)
@require_http_methods(["GET", "POST"])
def no_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is without a letter and without a reason, to be ticked and given one; and the reasons given."""
    review = get_object_or_404(AnnualReview, pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = NoLetterForm(sent, review)
    if form.is_valid():
        _say(request, review, form.cleaned_data["councils"], form.cleaned_data["reason"])
        return redirect("admin:letters_annualreview_no_letter", pk)
    return page(
        request,
        "annualreview/no_letter.html",
        f"Who has no letter for {review.years}",
        review=review,
        form=form,
        reasons=dashboard.reasons(review),
        opts=AnnualReview._meta,
    )


def _say(request: HttpRequest, review: AnnualReview, councils: Iterable[Council], reason: str) -> None:
    """Give each of them the reason; one that has a letter by now is left, and named."""
    said = []
    for council in councils:
        try:
            workflow.say_no_letter(review, council, reason, request.user)
            said.append(council.name)
        except workflow.Refused as refusal:
            tell_refusal(request, refusal)
    if said:
        messages.success(request, f"Said why there is no letter to {get_text_list(said, 'and')}.")


@staff_only(SEE_EDITION, PUBLISH)
@require_POST
def unsay(request: HttpRequest, pk: int, said: int) -> HttpResponse:
    """Take one reason away."""
    with writing():
        row = get_object_or_404(NoLetter.objects.select_related("council", "review"), pk=said, review=pk)
        as_shown = request.POST.get("said_at", "") == stamp(row.said_at)
        if as_shown:
            workflow.unsay_no_letter(row, request.user)
    if as_shown:
        messages.success(request, f"Nothing is said any more of why there is no letter to {row.council}.")
    else:
        messages.error(
            request,
            f"Another reason has been given since you opened the page: “{row.reason}” Nothing was taken away. "
            "If it is wrong as well, take it away below.",
        )
    return redirect("admin:letters_annualreview_no_letter", pk)
