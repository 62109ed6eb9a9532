"""The lines of the history."""

from django.conf import settings
from django.db import models


class Line(models.Model):
    """One deed: who did what to whom, and every value that it changed.

    Written by `history.recording` alone, and never altered: the database refuses to (`history.guards`).
    """

    number = models.PositiveBigIntegerField(primary_key=True, help_text="1, 2, 3, without a gap")
    at = models.DateTimeField("when")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="who",
        help_text="empty for what the site did by itself, or was told to at its command line",
    )
    subject = models.CharField(
        max_length=60, help_text="the kind of what was changed, such as letters.letter"
    )
    subject_id = models.CharField(max_length=40)
    deed = models.TextField("what was done")
    # Text and not JSON, since it is hashed: databases store JSON in ways of their own.
    changes = models.TextField(help_text="JSON: for each row, for each field, what was and what is now")
    previous = models.CharField(max_length=64, blank=True, help_text="the digest of the line before")
    digest = models.CharField(max_length=64, help_text="SHA-256 of all the above")

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["subject", "subject_id", "number"], name="history_of_one")]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.number}: {self.deed}"
