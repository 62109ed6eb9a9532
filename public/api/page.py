"""The page about the API: its addresses, parameters and problems in plain HTML, and a place to try them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from public.api import problems
from public.api.schema import openapi
from public.pages.answering import public_page


@public_page
def nowhere(request, path: str) -> HttpResponse:
    raise Http404


@public_page
def about(request) -> HttpResponse:
    told = openapi()
    listed = [{"path": path, **operation["get"]} for path, operation in told["paths"].items()]
    page = {"operations": listed, "problems": problems.KINDS}
    return render(request, "public/api.html", page)
