"""The page that withdraws a whole edition, when something has leaked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from letters import clock, published, workflow
from letters.admin.access import PUBLISH, SEE_EDITION, page, staff_only
from letters.forms.deeds import WithdrawEditionForm
from letters.models import AnnualReview


@staff_only(SEE_EDITION, PUBLISH)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why and make sure, then take everything away."""
    review = get_object_or_404(AnnualReview, pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = WithdrawEditionForm(sent, year_ending=review.year_ending)
    if form.is_valid():
        try:
            told = form.cleaned_data
            count = workflow.withdraw_edition(review, request.user, told["note"], as_public=told["public"])
        except workflow.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Withdrawn: {review}. {count} of its letters were public.")
            return redirect("admin:letters_annualreview_change", review.pk)
    return page(
        request,
        "annualreview/withdraw.html",
        f"Withdraw the whole edition of {review.years}?",
        opts=AnnualReview._meta,
        review=review,
        form=form,
        begun=published.has_begun(review, clock.now()),
    )
