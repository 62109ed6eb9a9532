"""The page about the API: its addresses, parameters and problems in plain HTML, and a place to try them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from letters import clock
from public.api import problems
from public.api.schema import openapi
from public.pages.answering import finished, public_page


@csrf_exempt
def nowhere(request, path: str) -> HttpResponse:
    """One answer to whatever is asked, in whatever way, where there is nothing."""
    return finished(request, problems.answer(problems.NOT_FOUND), clock.now())


@public_page
def about(request) -> HttpResponse:
    told = openapi()
    listed = [{"path": path, **operation["get"]} for path, operation in told["paths"].items()]
    page = {"operations": listed, "problems": problems.KINDS}
    return render(request, "public/api.html", page)
