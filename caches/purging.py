"""Telling our own proxies to forget what they keep.

All that a proxy keeps carries the name of a generation, and a purge gives it a new name (deploy/nginx): so one short
request makes every kept page unreachable at once, whatever its address.
"""

import logging
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from caches.models import Change

# Whatever was being answered when the change was made has reached the proxy by then.
AGAIN_FOR = timedelta(seconds=5)
_PATIENCE = 2  # seconds
FORGOTTEN = 204
_log = logging.getLogger(__name__)


def purge_after_commit() -> None:
    """Have our proxies forget everything once the transaction at hand is committed; call it inside that transaction.

    The note of it is committed with the change. So a proxy that cannot be told, or a process that is killed in
    between, costs the seconds until a worker's next sweep.
    """
    if settings.PROXY_PURGE:
        Change.objects.create(at=timezone.now())
        transaction.on_commit(_purge_now)


def _purge_now() -> None:
    purge()


def catch_up() -> None:
    """Tell our proxies again of changes that they may have missed, until they have heard of each a while after it."""
    noted = list(Change.objects.values_list("pk", flat=True))
    long_ago = timezone.now() - AGAIN_FOR
    if noted and purge():
        Change.objects.filter(pk__in=noted, at__lt=long_ago).delete()


def purge() -> bool:
    """Have all our proxies forget everything; False, and a line in the log, if one of them could not be told."""
    told = [_purged(address) for address in settings.PROXY_PURGE]
    return all(told)


def _purged(address: str) -> bool:
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=_PATIENCE)
    try:
        connection.request("GET", parts.path)
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        _log.error("The proxy could not be told at %s to forget what it keeps: %s.", address, error)
        return False
    finally:
        connection.close()
    if status != FORGOTTEN:
        _log.error("The proxy at %s answered a purge with %s.", address, status)
    return status == FORGOTTEN
