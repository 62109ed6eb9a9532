"""How long our own caching proxy may keep a public answer, told in a header that never leaves the proxy.

When the next publication is due is nobody's business, so without such a proxy nothing is said.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from letters import published

AT_MOST = timedelta(hours=1)
# What visitors type is kept nowhere: it is their own business, and there is no end of it.
_TYPED = {"q", "name"}


def say_how_long(request: HttpRequest, response: HttpResponse, asked_at: datetime) -> None:
    """Let our proxy keep what was made at `asked_at` or later; of a refusal or a search nothing is said."""
    if settings.PROXY_PURGE and _may_be_kept(request, response):
        response.headers["X-Accel-Expires"] = f"@{last_second(asked_at)}"


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    searched = not _TYPED.isdisjoint(request.GET)
    return (
        response.status_code in {200, 301, 302}
        and "no-store" not in response["Cache-Control"]
        and not searched
    )


def last_second(now: datetime) -> int:
    """The last whole second, since 1970, in which an answer made now is sure to be right.

    That is the one before the next publication, before midnight in London (pages tell the day), or before an hour is
    over.
    """
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(tomorrow, time.min), timezone.get_default_timezone())
    moments = [midnight, now + AT_MOST, published.next_moment(now)]
    return int(min(moment for moment in moments if moment).timestamp()) - 1
