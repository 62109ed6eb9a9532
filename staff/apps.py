from hashlib import sha256

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Who works here, how they sign in, and what each role may do."""

    name = "staff"
    verbose_name = "people"

    def ready(self) -> None:
        from django.contrib import admin

        from history.watched import watch
        from staff.models import Passkey, RecoveryCode, SecondFactor
        from staff.signing_in import SignInForm

        admin.site.login_form = SignInForm
        # That somebody has a factor, and since when, is told; what it is made of is not.
        watch(SecondFactor, of=("user",), without={"seed", "last_step"})
        watch(RecoveryCode, of=("user",), without={"sha256"})
        watch(Passkey, of=("user",), told_as={"credential": lambda value: sha256(bytes(value)).hexdigest()})
