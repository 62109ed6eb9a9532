"""What was changed of a letter's figures once they were public: nothing is overwritten without a trace."""

from types import SimpleNamespace

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from letters.measures import in_full
from letters.wording import in_short

from .letters import Letter


class Correction(models.Model):
    """One figure of a public letter put right: as it was shown, and as it is shown from `confirmed_at` on.

    `old` and `new` hold the figure's numbers by their fields, as text, null for what is not stated, and whether
    recommendations were due at all. Until it is confirmed it changes nothing.
    """

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="corrections")
    measure = models.CharField(max_length=100)
    old = models.JSONField()
    new = models.JSONField()
    reason = models.TextField(help_text="for the record; only staff read it")
    note = models.TextField(help_text="what everyone reads")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    alone = models.BooleanField(
        default=False, help_text="confirmed by who proposed it, when two were not asked for"
    )
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "measure"],
                condition=Q(confirmed_at=None, dropped_at=None),
                name="correction_waits_once_a_figure",
                violation_error_message="A correction of this figure waits to be confirmed already.",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(note=""),
                name="correction_for_a_reason",
                violation_error_message="Give the reason, and a note for everyone to read.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, dropped_at=None),
                name="correction_confirmed_by_someone",
                violation_error_message="A confirmed correction needs a time and who confirmed it.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(alone=True) | ~Q(confirmed_by=F("proposed_by")),
                name="correction_confirmed_by_another",
                violation_error_message="Whoever proposed a correction does not confirm it.",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None, dropped_by=None)
                | Q(dropped_at__isnull=False, dropped_by__isnull=False),
                name="correction_dropped_by_someone",
                violation_error_message="A dropped correction needs a time and who dropped it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure}: {self.letter}"

    @property
    def figure(self) -> str:
        """The name of the figure, which needs no heading above it."""
        return in_full(self.measure)

    @property
    def was(self) -> str:
        """The figure in a line, as it was shown."""
        return in_short(SimpleNamespace(**self.old))

    @property
    def now(self) -> str:
        """The figure in a line, as it is shown once the correction is confirmed."""
        return in_short(SimpleNamespace(**self.new))
