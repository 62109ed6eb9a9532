"""What holds for every request to a staff page."""

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
    """Staff pages are asked by links and forms: whatever else is sent, Django's admin would answer like a GET."""

    def answer(request):
        if request.path_info.startswith(STAFF) and request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return answer
