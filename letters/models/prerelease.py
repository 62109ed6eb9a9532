"""Who may see letters before their hour, what they saw, and what was asked about figures before publication."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .editions import AnnualReview
from .letters import Letter


class PreRelease(models.Model):
    """Access for one named person to some letters of an edition, by a link of their own, for a set time.

    The link's token is not kept, only its SHA-256: nobody can read the link out of the database.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(AnnualReview, models.PROTECT, related_name="pre_releases")
    letters = models.ManyToManyField(Letter, related_name="+")
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=100)
    organisation = models.CharField(max_length=100)
    email = models.EmailField("e-mail address")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, unique=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["organisation", "name", "opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="pre_release_for_a_time",
                violation_error_message="Access ends before it begins.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(role="") & ~Q(organisation=""),
                name="pre_release_to_a_named_person",
                violation_error_message="Say who gets access: name, role and organisation.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="pre_release_withdrawn_by_someone",
                violation_error_message="Withdrawn access needs a time and who withdrew it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}, {self.organisation}"

    @property
    def ends_at(self) -> datetime:
        """When the link opens nothing any more: by the edition's hour, also where that was brought forward since."""
        return min(self.closes_at, self.review.publish_at or self.closes_at)


class PreReleaseView(models.Model):
    """One look of a person at what they have access to: the list, a letter's page, or its PDF."""

    class What(models.TextChoices):
        LIST = "list", "the list of letters"
        LETTER = "letter", "the letter's figures"
        PDF = "pdf", "the PDF"

    access = models.ForeignKey(PreRelease, models.PROTECT, related_name="views")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=6, choices=What)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.access} looked at {self.get_what_display()}"


class Query(models.Model):
    """What a council's link officer asked about a letter before publication, and what they were answered.

    It was put by the person with `access`, or entered by staff, who then say whose it is in `asker`.
    """

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="queries")
    access = models.ForeignKey(PreRelease, models.PROTECT, null=True, related_name="queries")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asker = models.CharField(max_length=200)
    text = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    led_to_change = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "queries"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(access__isnull=True, entered_by__isnull=False)
                | Q(access__isnull=False, entered_by__isnull=True),
                name="query_by_someone",
                violation_error_message="A query comes from a person with access, or is entered by staff.",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(asker=""),
                name="query_asks_something",
                violation_error_message="Say who asks, and what.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, led_to_change=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False, led_to_change__isnull=False)
                & ~Q(answer=""),
                name="query_answered_whole",
                violation_error_message="An answer needs its words, who gave it, and whether it led to a change.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asker} on {self.letter}"
