"""Files that were brought in."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Holds(models.TextChoices):
    """What the rows of a file are."""

    DECISIONS = "decisions", "Decisions"
    REPORTS = "reports", "Public reports"
    IMPROVEMENTS = "improvements", "Service improvements"


class CaseImport(models.Model):
    """A file of decisions, reports or improvements: uploaded, looked at, and imported once somebody confirms it."""

    holds = models.CharField(max_length=15, choices=Holds)
    original_name = models.CharField("name of the file", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="bytes")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    new = models.PositiveIntegerField(null=True)
    changed = models.PositiveIntegerField(null=True)
    refused = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = "import"
        ordering = ["-uploaded_at"]
        permissions = [("confirm_caseimport", "Can import what was uploaded")]
        constraints = [
            models.CheckConstraint(
                condition=Q(holds__in=Holds.values),
                name="import_holds_what_is_known",
                violation_error_message="Choose what the file holds.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, new=None, changed=None, refused=None)
                | Q(
                    confirmed_at__isnull=False,
                    new__isnull=False,
                    changed__isnull=False,
                    refused__isnull=False,
                ),
                name="import_confirmed_and_counted",
                violation_error_message="What was imported is counted.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original_name} ({self.get_holds_display()})"


class ImportedFile(models.Model):
    """The bytes of a file that waits to be looked at. They go once it is imported: words that are taken down later
    must not stay in it."""

    of = models.OneToOneField(CaseImport, models.CASCADE, primary_key=True, related_name="file")
    content = models.BinaryField(help_text="compressed by zlib")

    def __str__(self) -> str:
        return f"Bytes of {self.of_id}"
