"""One address for each page: others that plainly mean it lead there for good."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve

from public.pages.answering import public_page


@public_page
def right_address(request, path):
    """Lead a trailing slash or capital letters to the page's own address.

    The form of the address alone decides, never what exists, so nothing can be learned from it.
    """
    tidy = f"/{path.lower().strip('/')}"
    if tidy == request.path or not _is_a_page(tidy):
        raise Http404
    return lead(request, tidy)


def lead(request, path: str) -> HttpResponsePermanentRedirect:
    """Lead to the page's own address, with what was asked of it."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def _is_a_page(path: str) -> bool:
    try:
        return resolve(path, urlconf="public.urls").func is not right_address
    except Resolver404:
        return False
