"""What holds for every request to a staff page."""

from datetime import MAXYEAR, MINYEAR

from django.core.exceptions import BadRequest
from django.http import HttpResponseNotAllowed

STAFF = "/admin/"
METHODS = ("GET", "HEAD", "OPTIONS", "POST")


def forget_at_signing_out(get_response):
    """Have the browser drop what it keeps of the site: nobody goes back to a letter on a shared machine."""

    def answer(request):
        response = get_response(request)
        if request.path_info == f"{STAFF}logout/" and request.method == "POST":
            response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response

    return answer


def only_what_forms_send(get_response):
    """Staff pages are asked by links and forms: whatever else is sent, Django's admin would answer like a GET.

    No form sends a NUL in a question, at which Django's filters of lists fail where the database is PostgreSQL, nor a
    year that no calendar has, at which they fail everywhere.
    """

    def answer(request):
        if not request.path_info.startswith(STAFF):
            return get_response(request)
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("There is a NUL in the address.")
        if any(map(_is_in_no_calendar, _years(request))):
            raise BadRequest("There is no such year.")
        return get_response(request)

    return answer


def _years(request):
    return [value for key, values in request.GET.lists() if key.endswith("__year") for value in values]


def _is_in_no_calendar(text):
    """Whether it is a number and no year; what is no number, Django's lists refuse by themselves."""
    try:
        return not MINYEAR <= int(text) <= MAXYEAR
    except ValueError:
        return False
