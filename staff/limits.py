"""How often somebody may guess: each wrong password makes the next attempt wait, and nobody waits for ever.

Attempts are counted by account and address together, and by address alone; never by account alone, so that a stranger
elsewhere cannot keep anybody from signing in. They are counted in the database: exactly, however many processes and
hosts answer.
"""

import ipaddress
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from operating.asking import address_of
from staff.models import Attempts

FREE_OF_ONE, FREE_OF_ALL = 5, 50  # wrong attempts for one account, and for all accounts, from one address
FIRST_WAIT = timedelta(seconds=30)  # doubled with each further attempt
LONGEST_WAIT = timedelta(hours=1)
FORGOTTEN = timedelta(hours=24)


def begin(request, name: str) -> timedelta:
    """Count an attempt before its password is looked at, so that many at once are counted too.

    How long it has to wait; nothing if it may be made now. An attempt that has to wait is not counted.
    """
    with transaction.atomic():
        now = timezone.now()
        kept = [
            (_kept(_of_all(request), now), FREE_OF_ALL),
            (_kept(_of_one(request, name), now), FREE_OF_ONE),
        ]
        wait = max(row.until - now for row, _ in kept)
        if wait > timedelta(0):
            return wait
        for row, free in kept:
            row.count += 1
            row.last, row.until = now, now + _wait(row.count - free)
            row.save()
        return timedelta(0)


def succeeded(request, name: str) -> None:
    """The attempt that was begun was right: it does not count, and its account begins anew."""
    with transaction.atomic():
        now = timezone.now()
        Attempts.objects.filter(key=_of_one(request, name)).delete()
        row = _kept(_of_all(request), now)
        row.count, row.until = max(row.count - 1, 0), now
        row.save()
        Attempts.objects.filter(last__lt=now - FORGOTTEN).delete()


def _kept(key: str, now: datetime) -> Attempts:
    """What is known of earlier attempts, kept from others until the end of the transaction."""
    Attempts.objects.get_or_create(key=key, defaults={"last": now, "until": now})
    row = Attempts.objects.select_for_update().get(key=key)
    if row.last < now - FORGOTTEN:
        row.count, row.until = 0, now
    return row


def _wait(over: int) -> timedelta:
    if over < 0:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(over, 20), LONGEST_WAIT)


def _of_one(request, name: str) -> str:
    return _key(f"{_network(request)} {name.strip().casefold()}")


def _of_all(request) -> str:
    return _key(_network(request))


def _network(request) -> str:
    """The address; of IPv6 the network that one customer has, whose addresses are without number."""
    address = address_of(request)
    if address is None or address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))


def _key(text: str) -> str:
    """A name typed may be a password in the wrong field: neither it nor the address is kept."""
    return salted_hmac("staff.limits", text, algorithm="sha256").hexdigest()
