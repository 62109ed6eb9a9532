"""Who may open a staff page, and what every staff page is made of."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from letters.models import Letter
from letters.workflow import Refused

READ, UPLOAD = "letters.view_letter", "letters.add_letter"
APPROVE, PUBLISH = "letters.approve_letter", "letters.publish_letter"
SEE_EDITION, SCHEDULE = "letters.view_annualreview", "letters.schedule_annualreview"

View = Callable[..., HttpResponse]


def staff_only(*permissions: str, to_change: str = "") -> Callable[[View], View]:
    """A page of the admin for those who have all of these permissions: 403 for other staff, sign-in for the rest.

    Whoever sends something to it needs the permission `to_change` as well.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            needed = permissions if _is_safe(request) or not to_change else (*permissions, to_change)
            if not request.user.has_perms(needed):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return admin.site.admin_view(checked)

    return decorate


def _is_safe(request: HttpRequest) -> bool:
    return request.method in {"GET", "HEAD", "OPTIONS"}


def hidden_from_others(view: View) -> View:
    """A picture or PDF of a letter: for those who may read letters; for all others it does not exist."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (admin.site.has_permission(request) and request.user.has_perm(READ)):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def page(
    request: HttpRequest, template: str, title: str, status: int = 200, **context: Any
) -> TemplateResponse:
    """A page in the admin's frame."""
    request.current_app = admin.site.name
    context = admin.site.each_context(request) | {"title": title, "opts": Letter._meta} | context
    return TemplateResponse(request, f"admin/letters/{template}", context, status=status)


def find(pk: Any) -> Letter:
    """The letter of that id with its council, edition and clean copy, or 404."""
    return get_object_or_404(
        Letter.objects.select_related("council", "review", "claimed_by", "clean_copy"), pk=pk
    )


def address(letter: Letter) -> str:
    """The letter's page in the admin."""
    return reverse("admin:letters_letter_change", args=[letter.pk])


def tell_refusal(request: HttpRequest, refusal: Refused) -> None:
    """Show why something was not done, with a link to the letter that stands in the way."""
    if refusal.letter is None:
        messages.error(request, str(refusal))
    else:
        link = format_html('<a href="{}">{}</a>', address(refusal.letter), refusal.letter)
        messages.error(request, format_html("{} ({})", str(refusal), link))
