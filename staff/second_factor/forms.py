"""The code that is typed: to get in, or to show that an app has the secret."""

import logging

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from operating.asking import address_of
from staff import limits
from staff.models import SecondFactor
from staff.second_factor import codes, factors, passkeys

log = logging.getLogger("staff.signing_in")

_WRONG = (
    "This code is not right, or was used before. Wait for the next one in your app, and see that your phone has the "
    "right time."
)
_WRONG_RECOVERY = "This is not one of your recovery codes, or it was used before."
_NO_PASSKEY = "The passkey was not taken. Try again, or type a code."
_NOT_OF_NOW = (
    "This is not the code that an app with this secret shows now. See that your phone has the right time, and try "
    "the next one."
)


class _CodeForm(forms.Form):
    code = forms.CharField(
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class VerifyForm(_CodeForm):
    """A code of the person's app, or a recovery code; with limits on guessing, as for passwords."""

    def __init__(self, request, factor: SecondFactor, *args, **options):
        super().__init__(*args, **options)
        self.request, self.user, self.factor = request, request.user, factor
        self.fields["code"].label = "Code of your app, or a recovery code"

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        of_an_app = codes.is_of_an_app(typed)
        counted = (limits.of_code if of_an_app else limits.of_recovery_code)(self.request, self.user)
        if wait := limits.begin(counted):
            self._log(logging.WARNING, "refused: too many attempts")
            raise ValidationError(_too_many(limits.in_words(wait), of_an_app), code="too_many")
        taken = (
            factors.takes_code(self.factor, typed)
            if of_an_app
            else factors.takes_recovery_code(self.user, typed)
        )
        if not taken:
            self._log(logging.WARNING, "failed")
            raise ValidationError(_WRONG if of_an_app else _WRONG_RECOVERY)
        limits.succeeded(counted)
        self._log(logging.INFO, "shown")
        return typed

    def _log(self, level: int, what: str) -> None:
        log.log(level, "Second factor %s: user %s, from %s", what, self.user.pk, address_of(self.request))


class PasskeyForm(forms.Form):
    """What a device answers, by way of the page's script."""

    passkey = forms.CharField(max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, request, *args, **options):
        super().__init__(*args, **options)
        self.request = request

    def clean_passkey(self) -> str:
        answer = self.cleaned_data["passkey"]
        whose = f"user {self.request.user.pk}, from {address_of(self.request)}"
        try:
            passkeys.check(self.request, answer)
        except passkeys.NotTaken:
            log.warning("Second factor failed, a passkey: %s", whose)
            raise ValidationError(_NO_PASSKEY) from None
        log.info("Second factor shown, a passkey: %s", whose)
        return answer


class AddPasskeyForm(forms.Form):
    """A new passkey, with a name to know it by."""

    name = forms.CharField(max_length=60, label="Name of the device or key, such as “Laptop”")
    passkey = forms.CharField(max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, request, *args, **options):
        super().__init__(*args, **options)
        self.request = request

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            try:
                passkeys.add(self.request, cleaned["name"], cleaned["passkey"])
            except passkeys.NotTaken:
                raise ValidationError(
                    "The device’s answer was not taken. Nothing was added: try again."
                ) from None
        return cleaned


def _too_many(wait: str, of_an_app: bool) -> str:
    if of_an_app:
        return f"Too many wrong codes. Try again in {wait}, or use a recovery code now."
    return f"Too many wrong recovery codes. Try again in {wait}."


class SetUpForm(_CodeForm):
    """The code that an app shows once it has the secret."""

    def __init__(self, seed: str, *args, **options):
        super().__init__(*args, **options)
        self.seed, self.step = seed, 0
        self.fields["code"].label = "Code that your app shows now"
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        step = codes.step_of(self.seed, self.cleaned_data["code"], timezone.now())
        if step is None:
            raise ValidationError(_NOT_OF_NOW)
        self.step = step
        return self.cleaned_data["code"]
