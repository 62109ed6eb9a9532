"""Sessions that end: after half an hour without a request, and after a working day in any case."""

import time

from django.conf import settings
from django.contrib.auth import logout

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
