"""What no password of staff may be. Otherwise any characters, in any number, may be chosen freely."""

import re
from datetime import timedelta

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import get_random_string

from staff.models import FirstPassword

# Words that whoever guesses at this site tries first.
WORDS = (
    *(
        "ombudsman",
        "ombudsmen",
        "lgsco",
        "lgo",
        "council",
        "councils",
        "borough",
        "district",
        "county",
        "unitary",
    ),
    *(
        "letter",
        "letters",
        "annual",
        "review",
        "performance",
        "complaint",
        "complaints",
        "upheld",
        "password",
    ),
    *("reviewer", "publisher", "uploader", "auditor", "admin", "staff", "local", "government", "your"),
)
LEFT = 8
FIRST_LENGTH = 20
# Who is given one is told of it, and signs in to set up a second factor; a while for those on leave.
FIRST_LASTS = timedelta(days=14)


def give_first_password(user: User) -> str:
    """Give a user, who is there already, a random password, to be handed over in private and changed by its owner."""
    password = get_random_string(FIRST_LENGTH)
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    note_given(user)
    return password


def note_given(user: User) -> None:
    """The user's password is known to somebody else, who gave it: from now on it is good for a while."""
    FirstPassword.objects.update_or_create(user=user, defaults={"given_at": timezone.now()})


def use_first(user: User) -> bool:
    """Whoever signs in by it has it from now on as a password of their own; false where it was given too long ago."""
    first = FirstPassword.objects.filter(user=user).first()
    if first and first.given_at + FIRST_LASTS < timezone.now():
        return False
    if first:
        first.delete()
    return True


class SiteWordsValidator:
    """Refuses what has fewer than eight characters besides the words of this site, years and marks."""

    def validate(self, password: str, user=None) -> None:
        words = "|".join(sorted(WORDS, key=len, reverse=True))
        left = re.sub(rf"{words}|(?:19|20)\d\d|[\W_]", "", password.casefold())
        if len(left) < LEFT:
            raise ValidationError(
                "This password is made of words that are guessed first here, such as “council” and “ombudsman”.",
                code="password_site_words",
            )

    def get_help_text(self) -> str:
        return "Your password needs more than the words of this site, such as “council” and “ombudsman”."


class MaximumLengthValidator:
    """Refuses what is longer than anybody types, which would only keep the site busy."""

    def __init__(self, max_length: int = 256) -> None:
        self.max_length = max_length

    def validate(self, password: str, user=None) -> None:
        if len(password) > self.max_length:
            raise ValidationError(
                f"This password is longer than {self.max_length} characters.", code="password_too_long"
            )

    def get_help_text(self) -> str:
        return f"Your password may have up to {self.max_length} characters of any kind, spaces among them."
