"""When the regular work of running the site was last done."""

from django.db import models


class LastRun(models.Model):
    """How the last run of a command on a timer ended, for the alarm that notices when there was none."""

    name = models.CharField(max_length=50, primary_key=True, help_text="the command, such as backup")
    ended_at = models.DateTimeField()
    succeeded = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.name}: {'succeeded' if self.succeeded else 'failed'}"
