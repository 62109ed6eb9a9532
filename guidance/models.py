"""A page of guidance, and every text that it ever had."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models

from guidance.shipped import SHIPPED

LONGEST_TITLE = 100
LONGEST_SUMMARY = 200


class Page(models.Model):
    """A page that staff have written for. Only `guidance.editing` changes it.

    Without a published version, the text that the site came with is shown; where there is none, nothing is.
    """

    slug = models.CharField(
        "address",
        primary_key=True,
        max_length=60,
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z",
                "Use small letters, digits and single hyphens: signs-to-look-into.",
            )
        ],
    )
    published = models.ForeignKey(
        "Version", models.PROTECT, null=True, related_name="+", verbose_name="published version"
    )

    class Meta:
        ordering = ["slug"]
        permissions = [("publish_page", "Can publish guidance")]

    def __str__(self) -> str:
        return address(self.slug)


class Version(models.Model):
    """One text of a page. It never changes; `published_at` is written once, when it is first shown to the public."""

    page = models.ForeignKey(Page, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    text = models.TextField(help_text="Markdown")
    summary = models.CharField("what was changed", max_length=LONGEST_SUMMARY)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    shipped = models.BooleanField(default=False, help_text="a text that the site came with")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_version_of_a_number"),
            models.CheckConstraint(
                condition=models.Q(shipped=True, author__isnull=True, published_at__isnull=True)
                | models.Q(shipped=False, author__isnull=False),
                name="a_version_is_shipped_or_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {address(self.page_id)}"


def address(slug: str) -> str:
    """Where a page is on the site: those that the site came with have addresses of their own."""
    return f"/{slug}" if slug in SHIPPED else f"/guidance/{slug}"
