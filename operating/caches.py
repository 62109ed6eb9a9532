"""A shared cache that may be away: the site is slower then, and nothing else."""

import logging
import time
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

_log = logging.getLogger(__name__)
# It is said once in so many seconds, not at every look.
_SAID_EVERY = 60


class BearableRedisCache(RedisCache):
    """Redis; while it does not answer, nothing is found and nothing is kept."""

    _said_at = float("-inf")

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._borne(default, super().get, key, default, version)

    def get_many(self, keys: Any, version: int | None = None) -> dict[str, Any]:
        return self._borne({}, super().get_many, keys, version)

    def set(self, key: str, value: Any, *more: Any, **options: Any) -> None:
        self._borne(None, super().set, key, value, *more, **options)

    def add(self, key: str, value: Any, *more: Any, **options: Any) -> bool:
        return self._borne(True, super().add, key, value, *more, **options)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return self._borne(0, super().incr, key, delta, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._borne(False, super().delete, key, version)

    def _borne(self, instead: Any, deed: Any, *arguments: Any, **options: Any) -> Any:
        try:
            return deed(*arguments, **options)
        except RedisError:
            if time.monotonic() - BearableRedisCache._said_at > _SAID_EVERY:
                BearableRedisCache._said_at = time.monotonic()
                _log.warning("The shared cache does not answer; going on without it.")
            return instead
