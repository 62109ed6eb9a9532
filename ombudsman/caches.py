"""The cache's settings: a Redis that all hosts share, or a small memory in each process."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

# A page does not wait longer for what it can make itself.
_PATIENCE_SECONDS = 0.5


def cache(address: str, most: int = 50) -> dict[str, Any]:
    """Django's settings for the Redis at this address; without one, for memory of this process with so many entries.

    Raises ImproperlyConfigured for what is no such address: the first request that counts or keeps would fail.
    """
    if not address:
        memory = "django.core.cache.backends.locmem.LocMemCache"
        return {"BACKEND": memory, "LOCATION": str(most), "OPTIONS": {"MAX_ENTRIES": most}}
    if not _is_of_redis(address):
        raise ImproperlyConfigured(
            "CACHE_URL is no address of a Redis. Set it to redis://host:6379/0, with signs such as @, # and / of a "
            "password written as %40, %23 and %2F; or leave it empty."
        )
    patience = {"socket_connect_timeout": _PATIENCE_SECONDS, "socket_timeout": _PATIENCE_SECONDS}
    return {"BACKEND": "operating.caches.BearableRedisCache", "LOCATION": address, "OPTIONS": patience}


def _is_of_redis(address: str) -> bool:
    # Needed by those alone who have one.
    from redis.connection import parse_url

    try:
        parse_url(address)
    except ValueError:
        return False
    return True
