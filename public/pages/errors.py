"""The pages for what went wrong. None depends on the address asked for: what is secret looks like what never was."""

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader

from public.api import problems
from public.pages.answering import FRESHNESS

_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request, exception=None) -> HttpResponse:
    return _page(request, 400, too_much=request.method == "POST" and isinstance(exception, _TOO_MUCH))


def forbidden(request, exception=None) -> HttpResponse:
    return _page(request, 403)


def not_found(request, exception=None) -> HttpResponse:
    return _page(request, 404)


def _page(request, status: int, **context: Any) -> HttpResponse:
    if problems.concerns(request):
        response = problems.of_status(status)
    else:
        response = render(request, f"{status}.html", context, status=status)
    response.headers["Cache-Control"] = FRESHNESS
    return response


def server_error(request) -> HttpResponse:
    """Whatever failed may be the database or a context processor, so these pages use neither.

    Where it was the database, it is likely to be back soon, and the page says so.
    """
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status, headers = (503, {"Retry-After": "30"}) if away else (500, {})
    if problems.concerns(request):
        response = problems.of_status(status, reference=getattr(request, "reference", ""))
        for name, value in headers.items():
            response.headers[name] = value
        return response
    known = {"demonstration": settings.DEMONSTRATION, "reference": getattr(request, "reference", "")}
    page = loader.render_to_string(f"{status}.html", known)
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store", **headers})
