"""Saying why a council has no letter, and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from history.recording import writing
from letters import dashboard, workflow
from letters.admin.access import PUBLISH, SEE_EDITION, page, staff_only, tell_refusal
from letters.forms.explaining import NoLetterForm
from letters.models import AnnualReview, NoLetter
from letters.moments import stamp


@staff_only(SEE_EDITION, PUBLISH)
@require_http_methods(["GET", "POST"])
def no_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is without a letter and without a reason, the reasons given, and a form to give one."""
    review = get_object_or_404(AnnualReview, pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = NoLetterForm(sent, review, initial={"council": request.GET.get("council")})
    if form.is_valid():
        council = form.cleaned_data["council"]
        try:
            workflow.say_no_letter(review, council, form.cleaned_data["reason"], request.user)
            messages.success(request, f"Said why there is no letter to {council}.")
        except workflow.Refused as refusal:
            tell_refusal(request, refusal)
        return redirect("admin:letters_annualreview_no_letter", pk)
    return page(
        request,
        "annualreview/no_letter.html",
        f"Who has no letter for {review.years}",
        review=review,
        form=form,
        missing=dashboard.missing(review),
        reasons=dashboard.reasons(review),
        opts=AnnualReview._meta,
    )


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
