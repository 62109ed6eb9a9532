"""Documents that are printed when they are asked for, to everyone; nothing to whoever has them already."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.cache import get_conditional_response

from public.pack import printing
from public.pages.answering import FRESHNESS
from public.pages.files import POLICY, not_now

_NOT_NOW = "This could not be drawn right now. Try again in a little while; the same figures are on the council's page."
_RETRY_AFTER = 30


def answer_with_printed(
    request, version: str, printed: Callable[[], bytes], content_type: str, **headers: str
) -> HttpResponse:
    """What `printed` makes; `version` is another for another document."""
    etag = f'"{version}"'
    headers = {"ETag": etag, "Cache-Control": FRESHNESS, "Content-Security-Policy": POLICY} | headers
    unchanged = get_conditional_response(request, etag=etag, response=HttpResponse(headers=headers))
    if unchanged.status_code != 200:
        return unchanged
    try:
        return HttpResponse(printed(), content_type=content_type, headers=headers)
    except printing.NotPrinted:
        return not_now(_NOT_NOW, _RETRY_AFTER)
