"""What the Ombudsman decided."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from cases import references
from cases.days import public_on
from councils.models import Council

from .categories import Category

_is_a_reference = RegexValidator(
    r"\A[0-9]{2} [0-9]{3} [0-9]{3}[a-z]?\Z", "A reference looks like 19 012 345."
)


class Outcome(models.TextChoices):
    UPHELD = "upheld", "Upheld"
    NOT_UPHELD = "not-upheld", "Not upheld"
    CLOSED = "closed", "Closed after initial enquiries"
    REPORT = "report", "Report"


class Kind(models.TextChoices):
    STATEMENT = "statement", "Statement"
    REPORT = "report", "Report"


class Decision(models.Model):
    """A decision on one complaint, about one or more bodies.

    A withheld one is counted and has no words, since somebody could be recognised by them. `kept_out` is one that was
    taken down here: no import brings its words back.
    """

    reference = models.CharField(
        max_length=11,
        unique=True,
        validators=[_is_a_reference],
        error_messages={"unique": "There is a decision of this reference already."},
    )
    bodies = models.ManyToManyField(Council, through="Party", related_name="decisions")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    subcategory = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name="sub-category")
    outcome = models.CharField(max_length=10, choices=Outcome)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.STATEMENT)
    decided_on = models.DateField()
    year_ending = models.PositiveSmallIntegerField(help_text="the reporting year in which it was made")
    place = models.BigIntegerField(
        unique=True, help_text="its day and reference as one number, to read lists by"
    )
    remedy = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    withheld = models.BooleanField(default=False, help_text="since somebody could be recognised")
    kept_out = models.BooleanField(default=False, help_text="taken down here, whatever a file says")
    digest = models.CharField(max_length=64, blank=True, help_text="of what the last import said of it")
    written_at = models.DateTimeField(null=True, help_text="when an import last wrote what its page says")

    class Meta:
        ordering = ["-place"]
        indexes = [
            models.Index(
                fields=["place", "category", "subcategory", "outcome", "withheld"], name="decision_facets"
            ),
            models.Index(
                # The last is in its condition, and yet SQLite would look it up in each row.
                fields=["year_ending", "place", "written_at", "withheld"],
                condition=Q(withheld=False),
                name="decision_changes",
            ),
            *(
                models.Index(fields=[*fields, "place"], condition=Q(withheld=False), name=name)
                for fields, name in [
                    (["category"], "decision_by_category"),
                    (["subcategory"], "decision_by_part"),
                    (["outcome"], "decision_by_outcome"),
                    (["category", "outcome"], "decision_by_both"),
                    (["subcategory", "outcome"], "decision_by_part_outcome"),
                ]
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values),
                name="decision_outcome_is_known",
                violation_error_message="Choose one of the outcomes.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values),
                name="decision_kind_is_known",
                violation_error_message="A decision is told as a statement or a report.",
            ),
            models.CheckConstraint(
                condition=Q(withheld=True, remedy="", summary="", text="")
                | (Q(withheld=False) & ~Q(text="")),
                name="decision_withheld_or_told",
                violation_error_message="A withheld decision has no words, and any other has a text.",
            ),
            models.CheckConstraint(
                condition=Q(kept_out=False) | Q(withheld=True),
                name="decision_kept_out_is_withheld",
                violation_error_message="What is kept out is withheld.",
            ),
        ]
        permissions = [("withhold_decision", "Can take decisions down")]

    def __str__(self) -> str:
        return self.reference

    @property
    def public_on(self):
        """The day from which everyone may read it, unless it is withheld."""
        return public_on(self.decided_on)

    @property
    def reference_in_address(self) -> str:
        return references.address(self.reference)


class Party(models.Model):
    """A body that a decision is about. What lists of a body choose by stands here too, as it is in the decision."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="parties")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    place = models.BigIntegerField()
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", db_index=False)
    subcategory = models.ForeignKey(Category, models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=10)
    year_ending = models.PositiveSmallIntegerField()
    withheld = models.BooleanField()

    class Meta:
        verbose_name = "body"
        verbose_name_plural = "bodies"
        ordering = ["council__name"]
        indexes = [
            models.Index(
                fields=["council", "place", "category", "subcategory", "outcome", "year_ending", "withheld"],
                name="party_facets",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "council"],
                name="party_once",
                violation_error_message="A decision names each body once.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.council}: {self.decision_id}"
