"""What takes two people: who had which part in a letter, and what one publisher proposes to another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .editions import AnnualReview
from .letters import Letter


class Part(models.Model):
    """The part that a person had in a letter's figures: entered some of them, or approved them all. Never both.

    `alone` tells approvals of a time when two people were not asked for.
    """

    class Of(models.TextChoices):
        ENTERED = "entered", "entered figures"
        APPROVED = "approved", "approved"

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="parts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    of = models.CharField(max_length=8, choices=Of)
    alone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "by"],
                condition=Q(alone=False),
                name="part_one_a_person",
                violation_error_message="Whoever entered figures of a letter does not approve it.",
            ),
            models.CheckConstraint(
                condition=Q(alone=False) | Q(of="approved"), name="part_alone_is_approving"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.get_of_display()}: {self.letter}"


class Proposal(models.Model):
    """A publication that one person proposes and another confirms; until then it changes nothing.

    Without a letter it is an hour for the whole edition; with one, that this letter, late for its edition, is public
    from the confirmation on, or at an hour of its own.
    """

    review = models.ForeignKey(AnnualReview, models.PROTECT, related_name="proposals")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="proposals")
    publish_at = models.DateTimeField(null=True, help_text="the hour proposed; of a letter none is at once")
    revision = models.PositiveIntegerField(null=True, help_text="of the letter, as it was looked at")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(letter=None, confirmed_at=None, dropped_at=None),
                name="proposal_waits_once_an_edition",
                violation_error_message="An hour for this edition waits to be confirmed already.",
            ),
            models.UniqueConstraint(
                fields=["letter"],
                condition=Q(confirmed_at=None, dropped_at=None),
                name="proposal_waits_once_a_letter",
                violation_error_message="The publication of this letter waits to be confirmed already.",
            ),
            models.CheckConstraint(
                condition=Q(letter=None, publish_at__isnull=False, revision=None)
                | Q(letter__isnull=False, revision__isnull=False),
                name="proposal_of_an_hour_or_a_letter",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="proposal_confirmed_by_another",
                violation_error_message="Whoever proposed a publication does not confirm it.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, dropped_at=None),
                name="proposal_confirmed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None, dropped_by=None)
                | Q(dropped_at__isnull=False, dropped_by__isnull=False),
                name="proposal_dropped_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"Proposal to publish {self.letter or self.review}"
