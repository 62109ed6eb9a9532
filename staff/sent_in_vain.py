"""Forms of somebody who is signed out, or has signed in anew: nothing of them is done, and nothing of them is lost.

An hour's typing would end here, since no browser keeps a staff page for going back to.
"""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from staff.middleware import STAFF
from staff.second_factor.demanding import is_half_in

# What is typed to get in is kept nowhere.
_TO_GET_IN = tuple(f"{STAFF}{page}/" for page in ("login", "logout", "second-factor", "password_change"))
_TOKEN = "csrfmiddlewaretoken"


def keep_what_was_sent(get_response):
    """Answer the form of somebody who is signed out with a page that keeps it, not with the page to sign in alone."""

    def answer(request):
        if request.path_info.startswith(STAFF) and _may_keep(request) and not _is_in(request):
            return _page(request, signed_out=True)
        return get_response(request)

    return answer


def refuse_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Where a form's token is not this browser's (CSRF_FAILURE_VIEW): mostly, its owner has signed in anew since."""
    return _page(request, signed_out=False)


def _may_keep(request) -> bool:
    """Whether a page of this site sent it, which no other page can feign: what is kept is shown to who typed it."""
    from_here = request.headers.get("Sec-Fetch-Site") == "same-origin"
    has_token = settings.CSRF_COOKIE_NAME in request.COOKIES
    return (
        request.method == "POST" and from_here and has_token and not request.path_info.startswith(_TO_GET_IN)
    )


def _is_in(request) -> bool:
    return request.user.is_authenticated and not is_half_in(request)


def _page(request, signed_out: bool) -> HttpResponse:
    of_staff = request.path_info.startswith(STAFF)
    kept, files = _sent(request) if _may_keep(request) else ([], False)
    context = {
        "frame": "admin/base_site.html" if of_staff else "base.html",
        "title": "You have been signed out, and nothing was saved" if signed_out else "Nothing was saved",
        "signed_out": signed_out,
        "kept": kept,
        "files": files,
        "start": STAFF if of_staff else "/",
        "site_header": admin.site.site_header,
        "site_title": admin.site.site_title,
        "available_apps": [],
        "is_nav_sidebar_enabled": False,
    }
    return render(request, "admin/sent_in_vain.html", context, status=403)


def _sent(request) -> tuple[list[tuple[str, str]], bool]:
    """Name and value of each field, in their order, and whether there were files; no password comes back on a page."""
    try:
        names = [name for name in request.POST if name != _TOKEN and "password" not in name]
    except RequestDataTooBig:  # more than is taken from strangers: letters
        return [], True
    return [(name, value) for name in names for value in request.POST.getlist(name)], bool(request.FILES)
