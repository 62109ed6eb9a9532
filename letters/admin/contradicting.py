"""What contradicts across the letters of an edition: who prints another average, who jumped since last year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from letters import across
from letters.across.editions import averages_of
from letters.admin.access import READ, SEE_EDITION, page, staff_only
from letters.models import AnnualReview, Letter


@staff_only(SEE_EDITION, READ)
@require_safe
def contradicting(request: HttpRequest, pk: int) -> HttpResponse:
    """The averages that letters print, kind by kind, and each letter that something speaks against."""
    review = get_object_or_404(AnnualReview, pk=pk)
    doubts = across.doubts(review.letters.all())
    letters = Letter.objects.select_related("council").filter(pk__in=doubts).order_by("council__name")
    return page(
        request,
        "annualreview/contradicting.html",
        f"What contradicts in {review.years}",
        review=review,
        averages=averages_of(review),
        doubted=[(letter, doubts[letter.pk]) for letter in letters],
        opts=AnnualReview._meta,
    )
