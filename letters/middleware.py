"""What holds for every answer to staff."""


def keep_staff_answers_private(get_response):
    """No answer of the admin is kept by anybody: not by a cache on the way, nor by the browser after signing out."""

    def answer(request):
        response = get_response(request)
        if request.path_info.startswith("/admin/"):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return answer
