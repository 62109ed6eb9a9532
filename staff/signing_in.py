"""Signing in with name and password: the same answer for every reason, and a wait after wrong guesses."""

import logging

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from operating.asking import address_of
from staff import limits, passwords

log = logging.getLogger("staff.signing_in")


class SignInForm(AdminAuthenticationForm):
    """Django's form of the staff pages, with limits on guessing; what comes of it is logged, without the name typed."""

    def clean(self):
        name = self.cleaned_data.get("username")
        if name is None or not self.cleaned_data.get("password"):
            return super().clean()
        counted = limits.of_password(self.request, name)
        if wait := limits.begin(counted):
            self._log(logging.WARNING, "Sign-in refused: too many attempts", name)
            raise ValidationError(
                f"Too many attempts. Try again in {limits.in_words(wait)}.", code="too_many"
            )
        try:
            cleaned = super().clean()
        except ValidationError:
            self._log(logging.WARNING, "Sign-in failed", name)
            raise
        limits.succeeded(counted)
        if not passwords.use_first(self.user_cache):
            self._log(logging.WARNING, "Sign-in refused: a first password that was given too long ago", name)
            raise ValidationError(
                f"This password was given to you more than {passwords.FIRST_LASTS.days} days ago, and has ended "
                "unused. Ask an administrator for a new one.",
                code="first_password_over",
            )
        self._log(logging.INFO, "Signed in", name)
        return cleaned

    def _log(self, level: int, what: str, name: str) -> None:
        user = User.objects.filter(username=name).values_list("pk", flat=True).first()
        whose = f"user {user}" if user else "an unknown name"
        log.log(level, "%s: %s, from %s", what, whose, address_of(self.request))
