"""What councils agreed to make better."""

from django.db import models
from django.db.models import F, Q

from councils.models import Council

from .decisions import Decision


class ServiceImprovement(models.Model):
    """What a council agreed to do so that others do not suffer the same, and when it showed that it had done it.

    Whether it is due, late or done is told by the clock at each look.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="improvements")
    number = models.PositiveSmallIntegerField(help_text="among those of the decision, from 1")
    council = models.ForeignKey(Council, models.PROTECT, related_name="improvements")
    category = models.CharField(max_length=120)
    category_slug = models.SlugField(max_length=120)
    text = models.TextField("as agreed")
    agreed_on = models.DateField()
    due_on = models.DateField()
    evidence_on = models.DateField("evidence received on", null=True)
    place = models.BigIntegerField(
        unique=True, help_text="its day and number as one number, to read lists by"
    )
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-place"]
        indexes = [
            models.Index(fields=["council", "place"], name="improvement_by_council"),
            models.Index(fields=["category_slug", "place"], name="improvement_by_category"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "number"],
                name="improvement_once",
                violation_error_message="The decision has an improvement of this number already.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="improvement_counted_from_one",
                violation_error_message="Improvements are numbered from 1.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("agreed_on")),
                name="improvement_due_after_agreed",
                violation_error_message="The due day lies before the day on which it was agreed.",
            ),
            models.CheckConstraint(
                condition=Q(evidence_on=None) | Q(evidence_on__gte=F("agreed_on")),
                name="improvement_done_after_agreed",
                violation_error_message="The evidence lies before the day on which it was agreed.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="improvement_has_a_text",
                violation_error_message="Say what was agreed.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision.reference}, {self.number}"
