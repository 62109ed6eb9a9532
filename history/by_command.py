"""Deeds done by a command of manage.py: in whose name."""

from django.contrib.auth.models import User
from django.core.management.base import CommandError


def person(name: str | None) -> User:
    """The member of staff of this user name, for the history. Raises CommandError where there is none."""
    if not name:
        raise CommandError("Say who imports it, for the history: --by USER.")
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no user {name}.")
    return user
