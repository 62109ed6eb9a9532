"""The cache's settings: a Redis that all hosts share, or a small memory in each process."""

from typing import Any

# A page does not wait longer for what it can make itself.
_PATIENCE_SECONDS = 0.5


def cache(address: str, most: int = 50) -> dict[str, Any]:
    """Django's settings for the Redis at this address; without one, for memory of this process with so many entries."""
    if not address:
        memory = "django.core.cache.backends.locmem.LocMemCache"
        return {"BACKEND": memory, "LOCATION": str(most), "OPTIONS": {"MAX_ENTRIES": most}}
    patience = {"socket_connect_timeout": _PATIENCE_SECONDS, "socket_timeout": _PATIENCE_SECONDS}
    return {"BACKEND": "operating.caches.BearableRedisCache", "LOCATION": address, "OPTIONS": patience}
