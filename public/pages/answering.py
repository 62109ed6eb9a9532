"""What all public answers have in common."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.views.decorators.http import require_safe

# A page may change at any instant: at an edition's hour, or when a letter is withdrawn.
FRESHNESS = "no-cache"


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For reading only, the same for everyone, and asked for again each time."""

    @wraps(view)
    def answer(request, **parts):
        response = view(request, **parts)
        response.headers.setdefault("Cache-Control", FRESHNESS)
        return response

    return require_safe(answer)


def forgotten(response: HttpResponse) -> HttpResponse:
    """The same answer, for no cache and no browser to keep: a postcode is nearly an address."""
    response.headers["Cache-Control"] = "no-store"
    return response
