"""The figures of a letter."""

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format

from letters.extraction.types import NOT_COMPARED
from letters.measures import in_full

from .letters import Letter


class Statistic(models.Model):
    """One figure of a letter, as printed there. What the letter does not state is null, never 0."""

    class Origin(models.TextChoices):
        READ = "read", "read from the letter"
        ENTERED = "entered", "entered by staff"

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="statistics")
    measure = models.CharField(max_length=100)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    numerator = models.PositiveIntegerField("count", null=True, blank=True)
    denominator = models.PositiveIntegerField("base", null=True, blank=True)
    average = models.DecimalField(
        "average of similar authorities", max_digits=8, decimal_places=2, null=True, blank=True
    )
    base_label = models.CharField(max_length=100, blank=True, help_text="the letter's own word for the base")
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    readers_agree = models.BooleanField(default=False)
    sources = models.JSONField(default=list, help_text="for each field its page, box and quotation")
    origin = models.CharField(max_length=7, choices=Origin, default=Origin.READ)
    corrected_at = models.DateTimeField(
        null=True, help_text="when it was last put right while its letter was public; the corrections say how"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "measure"],
                name="statistic_once_a_letter",
                violation_error_message="The letter has this figure already.",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=0, percent__lte=100),
                name="statistic_percent_in_range",
                violation_error_message="A rate is between 0 and 100 per cent.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="statistic_value_not_negative",
                violation_error_message="A figure is not negative.",
            ),
            models.CheckConstraint(
                condition=Q(average__isnull=True) | Q(average__gte=0),
                name="statistic_average_not_negative",
                violation_error_message="An average is not negative.",
            ),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True)
                | Q(period_end__isnull=True)
                | Q(period_start__lte=F("period_end")),
                name="statistic_period_in_order",
                violation_error_message="The period ends before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(measure="compliance")
                | Q(percent__isnull=False)
                | Q(value__isnull=False)
                | Q(numerator__isnull=False)
                | Q(denominator__isnull=False)
                | Q(average__isnull=False),
                name="statistic_states_something",
                violation_error_message="A figure states at least one number.",
            ),
        ]

    def __str__(self) -> str:
        return f"{in_full(self.measure)}: {self.letter}"

    @property
    def to_compare(self) -> bool:
        """It was read by OCR, and nobody has said yet that its numbers are those on the page."""
        return any(
            problem["code"] == NOT_COMPARED and problem["measure"] == self.measure
            for problem in self.letter.problems
        )

    @property
    def none_due(self) -> bool:
        """The letter says that no recommendations were due: no rate, no average and no base."""
        numbers = (self.percent, self.value, self.numerator, self.denominator, self.average)
        return self.measure == "compliance" and all(number is None for number in numbers)

    @property
    def period(self) -> str:
        """The period in words: "1 April 2019 to 31 March 2020"; empty where the letter states none."""
        if not (self.period_start and self.period_end):
            return ""
        return f"{date_format(self.period_start, 'j F Y')} to {date_format(self.period_end, 'j F Y')}"
