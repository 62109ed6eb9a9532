"""What all public answers have in common."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.http import require_safe

from letters import clock
from public import keeping

# Browsers may keep a page but ask each time whether it still stands: it may change at any instant, at an edition's
# hour or when a letter is withdrawn. The answer is mostly "unchanged", by its ETag.
FRESHNESS = "no-cache"


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For reading only, the same for everyone, and asked for again each time."""

    @wraps(view)
    def answer(request, **parts):
        asked_at = clock.now()
        return finished(request, view(request, **parts), asked_at)

    return require_safe(answer)


def finished(request, response: HttpResponse, asked_at: datetime) -> HttpResponse:
    """The answer to what was asked at that instant, with what caches are told of it; or 304 to whoever has it."""
    response.headers.setdefault("Cache-Control", FRESHNESS)
    keeping.say_how_long(request, response, asked_at)
    return _unless_unchanged(request, response)


def _unless_unchanged(request, response: HttpResponse) -> HttpResponse:
    """The answer, or 304 to whoever has the very same; its bytes alone make the ETag, so nothing unpublished can."""
    if response.status_code != 200 or response.streaming or response.headers["Cache-Control"] != FRESHNESS:
        return response
    if not response.has_header("ETag"):
        set_response_etag(response)
    return get_conditional_response(request, etag=response.headers["ETag"], response=response)


def forgotten(response: HttpResponse) -> HttpResponse:
    """The same answer, for no cache and no browser to keep: a postcode is nearly an address."""
    response.headers["Cache-Control"] = "no-store"
    return response
