"""Who may keep an answer: nobody, unless it says so itself."""


def keep_private_by_default(get_response):
    """No answer to staff, none with a cookie or for one, and none that says nothing of caches is kept by anybody.

    Not by a cache on the way, nor by the browser after signing out.
    """

    def answer(request):
        response = get_response(request)
        if request.path_info.startswith("/admin/") or _is_somebodys(response):
            response.headers["Cache-Control"] = "private, no-store"
            del response.headers["X-Accel-Expires"]
        return response

    return answer


def _is_somebodys(response) -> bool:
    depends_on_cookies = "cookie" in response.get("Vary", "").lower()
    return bool(response.cookies) or depends_on_cookies or not response.has_header("Cache-Control")
