"""What the yearly tables say, kept beside the letters with its place; nothing of it is public."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from councils.models import Council
from letters import storage

FIELDS = {
    "percent": "rate",
    "value": "number",
    "numerator": "count",
    "denominator": "base",
    "average": "average of similar authorities",
}


class TableImport(models.Model):
    """A file of the Ombudsman's yearly tables, uploaded for an edition; its figures count once it is confirmed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey("letters.AnnualReview", models.PROTECT, related_name="table_imports")
    file = models.FileField(upload_to=storage.table_name, storage=storage.PrivateStorage())
    original_name = models.CharField("name of the uploaded file", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="bytes")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "yearly table"
        ordering = ["-uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "sha256"],
                name="table_uploaded_once_a_year",
                violation_error_message="This file has been uploaded for this edition already.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="table_confirmed_by_someone",
                violation_error_message="A confirmed table needs a time and who confirmed it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original_name}, {self.review.years}"


class TableFigure(models.Model):
    """One number that a table states of a council, or no longer states (null), with its place in the file.

    One that a later table changes stays on record as superseded. Rates are in per cent.
    """

    source = models.ForeignKey(TableImport, models.PROTECT, related_name="figures")
    review = models.ForeignKey("letters.AnnualReview", models.PROTECT, related_name="table_figures")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    measure = models.CharField(max_length=100)
    field = models.CharField(max_length=11, choices=FIELDS)
    number = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField()
    column = models.PositiveIntegerField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["council", "review"], name="table_by_council_and_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "council", "measure", "field"],
                condition=Q(superseded_at__isnull=True),
                name="table_figure_counts_once",
                violation_error_message="Another table has just been imported for this edition.",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=0),
                name="table_figure_not_negative",
                violation_error_message="A figure is not negative.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.field}: {self.council}"
