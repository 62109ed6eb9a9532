"""Sessions that end: after half an hour without a request, and after a working day in any case."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

BEGAN, SEEN = "staff-began", "staff-seen"
WRITE_EVERY = 60  # seconds


def end_sessions(get_response):
    """Sign out whoever has been away for too long. Who brings no session, as the public, is not looked at."""

    def answer(request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            _look(request, time.time())
        return get_response(request)

    return answer


def _look(request, now: float) -> None:
    session = request.session
    began, seen = session.get(BEGAN, now), session.get(SEEN, now)
    if now - began > settings.SESSION_COOKIE_AGE or now - seen > settings.SESSION_IDLE_SECONDS:
        logout(request)
        return
    if SEEN not in session or now - seen > WRITE_EVERY:
        session[BEGAN], session[SEEN] = began, now


@require_safe
def signed_in(request: HttpRequest) -> HttpResponse:
    """Whether staff ask, signed in with all that is demanded: 204 if so, else 401.

    For a proxy, which asks before it takes in what they send (deploy/nginx). It stands outside of the staff pages,
    where whoever has shown a password alone is nobody.
    """
    user = request.user
    return HttpResponse(status=204 if user.is_authenticated and user.is_staff else 401)
