"""How many decisions there are of each kind, so that no page has to count them all."""

from django.db import models
from django.db.models import F, Q

from .categories import Category


class Tally(models.Model):
    """How many decisions of a category, or of a part of one, had an outcome in a month or a whole reporting year.

    A period counts once its last day's decisions are public, so nothing here runs ahead of the clock.
    """

    first_day = models.DateField()
    last_day = models.DateField()
    year_ending = models.PositiveSmallIntegerField()
    whole_year = models.BooleanField()
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    withheld = models.PositiveIntegerField(help_text="of these, without words")

    class Meta:
        ordering = ["first_day"]
        # Each has all that a list asks for, so that thirty years are read as quickly as three.
        indexes = [
            models.Index(
                fields=["category", "last_day", "outcome", "year_ending", "number", "withheld"],
                condition=Q(whole_year=True),
                name="tally_of_years",
            ),
            models.Index(
                fields=["year_ending", "category", "last_day", "outcome", "number", "withheld"],
                condition=Q(whole_year=False),
                name="tally_of_months",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["first_day", "last_day", "category", "outcome"],
                name="tally_once",
                violation_error_message="This has been counted already.",
            ),
            models.CheckConstraint(
                condition=Q(withheld__lte=F("number")),
                name="tally_withheld_are_some_of_all",
                violation_error_message="No more can be withheld than there are.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day}–{self.last_day}: {self.number}"
