"""What is kept of attempts to sign in, of first passwords and of second factors: nothing that would let anybody in."""

from django.conf import settings
from django.db import models


class Attempts(models.Model):
    """Wrong attempts to sign in, under a key that tells neither whose nor from where; forgotten after a day."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    last = models.DateTimeField()
    until = models.DateTimeField(help_text="before which the next attempt is refused")

    def __str__(self) -> str:
        return f"{self.count} attempts"


class FirstPassword(models.Model):
    """That somebody else gave a person their password, who has not signed in with it yet."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    given_at = models.DateTimeField("given at")

    def __str__(self) -> str:
        return f"first password of {self.user}"


class SecondFactor(models.Model):
    """A person's authenticator app. The secret it holds is kept nowhere: it is made of the seed and SECRET_KEY."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="second_factor")
    seed = models.CharField(max_length=64)
    set_up_at = models.DateTimeField("set up at")
    last_step = models.BigIntegerField(
        help_text="the half minute of the last code taken: none is taken twice"
    )

    class Meta:
        verbose_name = "second factor"

    def __str__(self) -> str:
        return f"second factor of {self.user}"


class RecoveryCode(models.Model):
    """A code for whoever has no phone at hand: it works once, and is then gone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField("made at")

    class Meta:
        verbose_name = "recovery code"
        constraints = [models.UniqueConstraint(fields=["user", "sha256"], name="a_recovery_code_once")]

    def __str__(self) -> str:
        return f"recovery code of {self.user}"


class Passkey(models.Model):
    """A device that shows the second factor instead of an app: what it answers to, which is no secret."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=60)
    credential = models.BinaryField(help_text="its id and its public key, as WebAuthn writes them")
    added_at = models.DateTimeField("added at")

    def __str__(self) -> str:
        return self.name
