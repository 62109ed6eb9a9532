"""The mark of a restored copy, which publishes nothing by itself."""

from django.db import models


class Standstill(models.Model):
    """What was not public at `since`, when a backup was made, is not public in the copy that was restored from it.

    There is at most one, and none on a site that was never restored or publishes again.
    """

    since = models.DateTimeField(help_text="when the backup was made")
    restored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="standstill_only_one",
                violation_error_message="The copy stands still already.",
            )
        ]

    def __str__(self) -> str:
        return f"Copy of {self.since:%d %B %Y, %H:%M} UTC"
