"""What is kept of attempts to sign in."""

from django.db import models


class Attempts(models.Model):
    """Wrong attempts to sign in, under a key that tells neither whose nor from where; forgotten after a day."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    last = models.DateTimeField()
    until = models.DateTimeField(help_text="before which the next attempt is refused")

    def __str__(self) -> str:
        return f"{self.count} attempts"
