"""How often somebody may guess: each wrong attempt makes the next one wait, and nobody waits for ever.

No limit lets a stranger elsewhere keep anybody from signing in: passwords are never counted by account alone, and
whoever has an app has recovery codes, too, which are counted by address. All is counted in the database: exactly,
however many processes and hosts answer.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from operating.asking import network_of
from staff.models import Attempts

# Wrong attempts of a day for one account, and for all accounts, from one address.
FREE_OF_ONE, FREE_OF_ALL = 5, 50
FREE_OF_CODES = 50  # wrong codes of one person's app, from wherever
FIRST_WAIT = timedelta(seconds=30)  # doubled with each further attempt
LONGEST_WAIT = timedelta(hours=1)
FORGOTTEN = timedelta(hours=24)  # a count that nobody has added to since, which is one of an earlier day


class Counted(NamedTuple):
    """What an attempt counts towards: wrong ones of one kind, and those of all with whom it shares a limit."""

    one: str
    all: str = ""
    free_of_all: int = FREE_OF_ALL


def of_password(request, name: str) -> Counted:
    """By account and address, and by address."""
    return Counted(_key(f"{network_of(request)} {name.strip().casefold()}"), _key(network_of(request)))


def of_code(request, user: User) -> Counted:
    """By person and address; and, since a guesser with many addresses would find six figures in time, by person.

    Whoever is kept waiting by others' guesses has recovery codes, which nobody guesses and this does not count.
    """
    return Counted(_key(f"code {network_of(request)} {user.pk}"), _key(f"codes {user.pk}"), FREE_OF_CODES)


def of_recovery_code(request, user: User) -> Counted:
    """By person and address alone."""
    return Counted(_key(f"recovery {network_of(request)} {user.pk}"))


def begin(counted: Counted) -> timedelta:
    """Count an attempt before what was typed is looked at, so that many at once are counted too.

    How long it has to wait; nothing if it may be made now. An attempt that has to wait is not counted.
    """
    with transaction.atomic():
        now = timezone.now()
        kept = _kept(counted, now)
        wait = max(row.until - now for row, _ in kept)
        if wait > timedelta(0):
            return wait
        for row, free in kept:
            row.count += 1
            row.last, row.until = now, now + _wait(row.count - free)
            row.save()
        return timedelta(0)


def succeeded(counted: Counted) -> None:
    """The attempt that was begun was right: it does not count, and those of its own kind begin anew."""
    now = timezone.now()
    with transaction.atomic():
        for row, _ in _kept(counted, now):
            row.count = 0 if row.key == counted.one else max(row.count - 1, 0)
            row.until = now
            row.save()
    Attempts.objects.filter(last__lt=now - FORGOTTEN).delete()


def in_words(wait: timedelta) -> str:
    """How long to wait, for whoever waits."""
    minutes = -(-wait // timedelta(minutes=1))
    return "a minute" if minutes == 1 else f"{minutes} minutes"


def _kept(counted: Counted, now: datetime) -> list[tuple[Attempts, int]]:
    """What is known of earlier attempts, each with how many are free, kept from others until the transaction ends.

    That of all comes first, always: so no two who hold one each wait for one another.
    """
    limits = [(counted.all, counted.free_of_all), (counted.one, FREE_OF_ONE)]
    return [(_row(key, now), free) for key, free in limits if key]


def _row(key: str, now: datetime) -> Attempts:
    """No row of today is ever deleted, so that it is there to be locked."""
    Attempts.objects.get_or_create(key=key, defaults={"last": now, "until": now})
    return Attempts.objects.select_for_update().get(key=key)


def _wait(over: int) -> timedelta:
    if over < 0:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(over, 20), LONGEST_WAIT)


def _key(text: str) -> str:
    """A name typed may be a password in the wrong field: neither it nor the address is kept.

    Each day has a count of its own: the typos of an office do not add up until nobody there gets in.
    """
    today = timezone.now().date()
    return salted_hmac("staff.limits", f"{today} {text}", algorithm="sha256").hexdigest()
