"""Data releases: files of all figures that were public at an instant, kept as they were."""

from django.db import models
from django.db.models import Q

from letters import storage


class DataRelease(models.Model):
    """A numbered release. It holds what was public at `made_at` and never changes, whatever is corrected later.

    One that must not be read any more is withdrawn as a whole: its number and the reason stay.
    """

    number = models.PositiveIntegerField(primary_key=True)
    made_at = models.DateTimeField()
    figures = models.PositiveIntegerField(help_text="how many rows it has")
    changes = models.TextField(
        help_text="what changed since the release before it, in words, a line for each"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_note = models.TextField(blank=True, help_text="what everyone reads instead")

    class Meta:
        ordering = ["-number"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="release_counted_from_one"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawal_note="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawal_note=""),
                name="release_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Data release {self.number}"


class ReleaseFile(models.Model):
    """One file of a release, under the name that its address ends with."""

    release = models.ForeignKey(DataRelease, models.PROTECT, related_name="files")
    name = models.CharField(max_length=100)
    content_type = models.CharField(max_length=100)
    file = models.FileField(upload_to=storage.release_name, storage=storage.PrivateStorage())
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="bytes")

    class Meta:
        ordering = ["release", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["release", "name"], name="release_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of release {self.release_id}"
