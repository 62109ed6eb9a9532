"""What holds for every request to a staff page."""

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

    No form sends a NUL in a question, at which Django's filters of lists fail where the database is PostgreSQL.
    """

    def answer(request):
        if not request.path_info.startswith(STAFF):
            return get_response(request)
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("There is a NUL in the address.")
        return get_response(request)

    return answer
