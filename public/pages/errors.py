"""The pages for what went wrong. None depends on the address asked for: what is secret looks like what never was."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader

from public.pages.answering import FRESHNESS


def bad_request(request, exception=None) -> HttpResponse:
    return _page(request, 400)


def forbidden(request, exception=None) -> HttpResponse:
    return _page(request, 403)


def not_found(request, exception=None) -> HttpResponse:
    return _page(request, 404)


def _page(request, status: int) -> HttpResponse:
    response = render(request, f"{status}.html", status=status)
    response.headers["Cache-Control"] = FRESHNESS
    return response


def server_error(request) -> HttpResponse:
    """Whatever failed may be the database or a context processor, so this page uses neither."""
    page = loader.render_to_string("500.html", {"demonstration": settings.DEMONSTRATION})
    return HttpResponse(page, status=500, headers={"Cache-Control": "no-store"})
