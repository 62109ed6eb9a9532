"""The pages for what went wrong. None depends on the address asked for: what is secret looks like what never was."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader

from public.pages.answering import FRESHNESS


def bad_request(request, exception=None) -> HttpResponse:
    return render(request, "400.html", status=400, headers={"Cache-Control": FRESHNESS})


def forbidden(request, exception=None) -> HttpResponse:
    return render(request, "403.html", status=403, headers={"Cache-Control": FRESHNESS})


def not_found(request, exception=None) -> HttpResponse:
    return render(request, "404.html", status=404, headers={"Cache-Control": FRESHNESS})


def server_error(request) -> HttpResponse:
    """Whatever failed may be the database or a context processor, so this page uses neither."""
    page = loader.render_to_string("500.html", {"demonstration": settings.DEMONSTRATION})
    return HttpResponse(page, status=500, headers={"Cache-Control": "no-store"})
