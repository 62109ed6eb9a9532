"""What no password of staff may be. Otherwise any characters, in any number, may be chosen freely."""

import re

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.crypto import get_random_string

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


def give_first_password(user: User) -> str:
    """Set a random password, to be handed over in private and changed by its owner. The caller saves the user."""
    password = get_random_string(FIRST_LENGTH)
    validate_password(password, user)
    user.set_password(password)
    return password


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
