"""What holds for every request to a staff page."""

from django.http import HttpResponseNotAllowed

STAFF = "/admin/"
METHODS = ("GET", "HEAD", "OPTIONS", "POST")


def only_what_forms_send(get_response):
    """Staff pages are asked by links and forms: whatever else is sent, Django's admin would answer like a GET."""

    def answer(request):
        if request.path_info.startswith(STAFF) and request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return answer
