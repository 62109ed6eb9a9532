"""The demand for a second factor: whoever has shown none goes nowhere, and is nobody outside of the staff pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.utils import timezone

from staff.middleware import STAFF
from staff.models import SecondFactor
from staff.second_factor import factors

# In the session: which factor was shown, and when.
_SHOWN, _SHOWN_AT = "staff-second-factor", "staff-second-factor-at"
FRESH_SECONDS = 10 * 60

VERIFY, SET_UP = f"{STAFF}second-factor/verify/", f"{STAFF}second-factor/set-up/"
OPEN = {VERIFY, SET_UP, f"{STAFF}logout/"}


def demand_second_factor(get_response):
    """Lead staff who have signed in by password alone to where they show their second factor, or set one up."""

    def answer(request):
        if not is_half_in(request) or request.path_info in OPEN:
            return get_response(request)
        if request.path_info.startswith(STAFF):
            return ask(request)
        request.user = AnonymousUser()
        return get_response(request)

    return answer


def is_half_in(request) -> bool:
    """Whether somebody has shown a password alone. Who brings no session, as the public, is not looked at."""
    return (
        settings.SECOND_FACTOR
        and settings.SESSION_COOKIE_NAME in request.COOKIES
        and request.user.is_authenticated
        and not has_shown(request)
    )


def has_shown(request) -> bool:
    """Whether the factor that this person has now was shown in this session."""
    shown = request.session.get(_SHOWN)
    return shown is not None and SecondFactor.objects.filter(pk=shown, user=request.user).exists()


def has_just_shown(request) -> bool:
    """The same, within the last ten minutes: for changing factors. Whoever has none has nothing to show."""
    if factors.of(request.user) is None:
        return True
    age = timezone.now().timestamp() - request.session.get(_SHOWN_AT, 0)
    return has_shown(request) and age < FRESH_SECONDS


def note_shown(request, factor: SecondFactor) -> None:
    """From now on this session, under a new key, is that of somebody who has shown a second factor."""
    request.session.cycle_key()
    request.session[_SHOWN], request.session[_SHOWN_AT] = factor.pk, timezone.now().timestamp()


def ask(request, leads_to: str = ""):
    """Lead to the page that asks for a code, and from there back to where the person was going."""
    back = leads_to or (request.get_full_path() if request.method == "GET" else f"{STAFF}")
    return redirect_to_login(back, login_url=VERIFY)


def freshly(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page that is not for somebody at a screen that was left open: it asks for a code again."""

    @wraps(view)
    def shown(request, *args, **options):
        if not has_just_shown(request):
            return ask(request, request.path)
        return view(request, *args, **options)

    return shown
