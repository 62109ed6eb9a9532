"""What is published of a letter's file."""

from django.db import models
from django.db.models import Q

from letters import storage

from .letters import Letter


class CleanCopy(models.Model):
    """The clean copy of a letter's PDF (`letters.extraction.cleaning`), which alone is published; or why there is none.

    The original stays as it was uploaded, for staff. Without a copy no letter is approved.
    """

    letter = models.OneToOneField(Letter, models.CASCADE, related_name="clean_copy")
    made_at = models.DateTimeField()
    file = models.FileField(upload_to=storage.copy_name, storage=storage.PrivateStorage(), blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True, help_text="bytes")
    refusal = models.TextField(blank=True, help_text="why there is no copy, and what to do")
    virus = models.CharField(max_length=100, blank=True, help_text="what the virus scanner found in the file")
    awaits_scan = models.BooleanField(default=False, help_text="The virus scanner could not be asked.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(refusal="", virus="", awaits_scan=False, size__isnull=False)
                & ~Q(file="")
                & ~Q(sha256="")
                | Q(file="", sha256="", size__isnull=True) & ~Q(refusal=""),
                name="copy_or_refusal",
                violation_error_message="There is either a clean copy, or the reason why there is none.",
            ),
        ]

    def __str__(self) -> str:
        return f"Clean copy of {self.letter}"
