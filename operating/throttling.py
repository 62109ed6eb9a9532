"""How much one network may ask of the API: so many requests within each minute, whatever they ask for.

Behind our proxy, what it keeps costs the site nothing and is not counted here. The counts are in the cache that all
hosts share, if there is one; else each process counts its own.
"""

import hashlib
import time

from django.conf import settings
from django.core.cache import caches
from rest_framework.throttling import BaseThrottle

from operating.asking import network_of

_MINUTE = 60


class ByNetwork(BaseThrottle):
    """Every request counts alike, so that nothing can be learned from when one is refused."""

    def allow_request(self, request, view) -> bool:
        if not settings.API_REQUESTS_A_MINUTE:
            return True
        return _counted(network_of(request)) <= settings.API_REQUESTS_A_MINUTE

    def wait(self) -> float:
        """How long to wait, in seconds: until the next minute begins."""
        return _MINUTE - time.time() % _MINUTE


def _counted(network: str) -> int:
    """How many requests this is within the minute. An address is kept for no longer than that, and as a digest."""
    name = hashlib.sha256(network.encode()).hexdigest()
    counts, key = caches["counts"], f"asked:{int(time.time() // _MINUTE)}:{name}"
    if counts.add(key, 1, timeout=_MINUTE):
        return 1
    try:
        return counts.incr(key)
    except ValueError:  # it was pushed out since
        return 1
