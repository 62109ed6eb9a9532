"""What complaints are about."""

from django.db import models
from django.db.models import Q


class Category(models.Model):
    """A subject as the Ombudsman names it, such as "Housing"; or a part of one, such as "Allocations"."""

    within = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    name = models.CharField("name as imported", max_length=120)
    short_name = models.CharField(
        max_length=60,
        blank=True,
        help_text="As in lists of choices. Leave empty to use the name as imported.",
    )
    slug = models.SlugField("address", max_length=120)
    position = models.PositiveSmallIntegerField("order", default=500, help_text="The smaller, the earlier.")
    came_with = models.ForeignKey("cases.CaseImport", models.PROTECT, related_name="categories")

    class Meta:
        verbose_name_plural = "categories"
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["within", "slug"],
                name="sub_category_once",
                violation_error_message="The category has such a part already.",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(within=None),
                name="category_once",
                violation_error_message="There is such a category already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """What it is called in lists of choices."""
        return self.short_name or self.name
