"""What the Ombudsman published as a report in the public interest."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases import references
from councils.models import Council


class Response(models.TextChoices):
    """Whether what the council did satisfied the Ombudsman."""

    WAITING = "waiting", "The Ombudsman is waiting for the council’s response"
    SATISFIED = "satisfied", "The Ombudsman is satisfied with the council’s response"
    NOT_SATISFIED = "not-satisfied", "The Ombudsman is not satisfied with the council’s response"
    NOT_STATED = "not-stated", "Whether the council’s response satisfied the Ombudsman is not stated"


class PublicReport(models.Model):
    """A report on one or more complaints, known by the first of their references."""

    reference = models.CharField(
        max_length=11,
        unique=True,
        error_messages={"unique": "There is a report of this reference already."},
    )
    other_references = models.CharField(max_length=600, blank=True, help_text="parted by semicolons")
    bodies = models.ManyToManyField(Council, related_name="public_reports")
    title = models.CharField(max_length=300)
    published_on = models.DateField()
    place = models.BigIntegerField(
        unique=True, help_text="its day and reference as one number, to read lists by"
    )
    summary = models.TextField(blank=True)
    response = models.TextField("the council's response", blank=True)
    satisfied = models.CharField(max_length=15, choices=Response, default=Response.NOT_STATED)
    digest = models.CharField(max_length=64)
    written_at = models.DateTimeField(null=True, help_text="when an import last wrote what its page says")

    class Meta:
        ordering = ["-place"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="report_has_a_title",
                violation_error_message="A report has a title.",
            ),
            models.CheckConstraint(
                condition=Q(satisfied__in=Response.values),
                name="report_response_is_known",
                violation_error_message="Choose whether the response satisfied.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def references(self) -> list[str]:
        return [self.reference, *filter(None, self.other_references.split("; "))]

    @property
    def reference_in_address(self) -> str:
        return references.address(self.reference)


class ReportFile(models.Model):
    """The PDF of a report; in the database, so that it comes and goes with its row.

    What is kept, and alone is published, is the clean copy of what was uploaded.
    """

    report = models.OneToOneField(PublicReport, models.CASCADE, primary_key=True, related_name="file")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    uploaded_sha256 = models.CharField(
        max_length=64,
        blank=True,
        help_text="of the file as it was uploaded; empty if that itself is kept, from before copies were made",
    )
    size = models.PositiveIntegerField(help_text="bytes")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"PDF of {self.report_id}"
