"""A letter's pages and PDF, and the national report, as staff see them before the public does."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from letters.admin.access import hidden_from_others, page
from letters.extraction.reader import Reader
from letters.extraction.types import Unreadable
from letters.models import AnnualReview, CleanCopy, Letter

PICTURE_WIDTH = 900  # pixels: half a wide screen, sharp enough to read small print

_reader = Reader()

# A PDF needs nothing from anywhere. (`sandbox` as well would keep Chromium from showing it at all.)
_POLICY = "default-src 'none'; frame-ancestors 'none'"


def where_it_can_be_read(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A file that was lost is not found, and one that cannot be read now may be later: the page says which, and why."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        try:
            return view(request, *args, **options)
        except FileNotFoundError:
            return page(request, "file.html", "This file is missing", 404, missing=True)
        except OSError:
            return page(request, "file.html", "This file cannot be read just now", 503)

    return told


@hidden_from_others
@require_safe
@where_it_can_be_read
def picture(request: HttpRequest, pk, number: int) -> HttpResponse:
    """One page of the letter, drawn in the reader's child process, never here."""
    letter = get_object_or_404(_without_virus(), pk=pk)
    with letter.file.open("rb") as file:
        content = file.read()
    try:
        drawn = _reader.picture(content, number, PICTURE_WIDTH)
    except Unreadable as reason:
        raise Http404 from reason
    return HttpResponse(drawn, content_type="image/webp")


@hidden_from_others
@require_safe
@where_it_can_be_read
def letter_pdf(request: HttpRequest, pk) -> HttpResponse:
    """The letter as it was uploaded."""
    letter = get_object_or_404(_without_virus(), pk=pk)
    return _inline(letter.file, f"{letter.pk}.pdf")


@hidden_from_others
@require_safe
@where_it_can_be_read
def clean_copy(request: HttpRequest, pk) -> HttpResponse:
    """The copy of the letter that is to be published, or is."""
    copy = get_object_or_404(CleanCopy.objects.exclude(file=""), letter=pk)
    return _inline(copy.file, f"{pk}-copy.pdf")


def _without_virus() -> QuerySet[Letter]:
    """The letters in whose file no virus was found: of the others nobody opens anything."""
    return Letter.objects.exclude(clean_copy__in=CleanCopy.objects.exclude(virus=""))


@hidden_from_others
@require_safe
@where_it_can_be_read
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The national report of an edition."""
    review = get_object_or_404(AnnualReview.objects.exclude(national_report=""), pk=pk)
    return _inline(review.national_report, f"annual-review-{review.year_ending}.pdf")


def _inline(file: FieldFile, name: str) -> FileResponse:
    headers = {"Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff"}
    return FileResponse(file.open("rb"), filename=name, content_type="application/pdf", headers=headers)
