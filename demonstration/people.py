"""The demonstration's two users: one for whoever looks at it, and one in whose name its letters were approved."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User

from history.recording import in_writing, tell
from history.states import state_of


def staff_user() -> tuple[User, str | None]:
    """The user "demo", who may do everything, and the password; None if it has been changed since."""
    user, made = _user("demo", is_staff=True, is_superuser=True)
    if made or not _path().exists():
        user.set_password(_new_password())
        user.save()
    password = _path().read_text()
    return user, password if user.check_password(password) else None


def reviewer() -> User:
    """In whose name the letters are taken in and approved; nobody can sign in as this user."""
    user, made = _user("demonstration", first_name="The", last_name="demonstration")
    if made:
        user.set_unusable_password()
        user.save()
    return user


@in_writing
def _user(username: str, **values) -> tuple[User, bool]:
    user, made = User.objects.get_or_create(username=username, defaults=values)
    if made:
        tell(None, user, "Made for the demonstration.", {}, state_of(user))
    return user, made


def _new_password() -> str:
    """A random password, kept where only the site's own user may read it."""
    password = secrets.token_urlsafe(9)
    descriptor = os.open(_path(), os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(password)
    return password


def _path() -> Path:
    return settings.DATA_DIR / "demonstration-password"
