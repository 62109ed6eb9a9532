"""One letter from upload to withdrawal, its pages, and the uploads by which letters came."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.timezone import localtime

from councils.models import Council
from letters import storage

from .editions import AnnualReview


class State(models.TextChoices):
    """The stored part of a letter's life; whether it is public or replaced is told by the clock."""

    RECEIVED = "received", "received"
    READING = "reading", "being read"
    READ = "read", "read"
    UNREADABLE = "unreadable", "unreadable"
    APPROVED = "approved", "approved"
    WITHDRAWN = "withdrawn", "withdrawn"


class Letter(models.Model):
    """One letter to one council, from upload to withdrawal. Only `letters.workflow` changes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(
        AnnualReview, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name="edition"
    )
    council = models.ForeignKey(Council, models.PROTECT, null=True, blank=True, related_name="letters")
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    revision = models.PositiveIntegerField(
        default=1, help_text="Counts changes, so that a stale form changes nothing."
    )

    file = models.FileField(upload_to=storage.letter_name, storage=storage.PrivateStorage())
    original_name = models.CharField("name of the uploaded file", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="bytes")
    page_count = models.PositiveSmallIntegerField("pages", null=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(help_text="when the reading was last asked for")
    awaits_ocr = models.BooleanField(
        default=False, help_text="It was found to be a scan: what it waits for is OCR, not its first reading."
    )
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    unreadable_reason = models.TextField(blank=True)
    problems = models.JSONField(default=list, help_text="what needs a person: code, measure, message")
    restated = models.JSONField(
        default=list,
        help_text="what it repeats of earlier years: measure, year_ending, value, and where it stands",
    )

    authority_as_printed = models.CharField(max_length=200, blank=True)
    recipient_name = models.CharField("addressee", max_length=200, blank=True)
    recipient_post = models.CharField("addressee's post", max_length=200, blank=True)
    letter_date = models.DateField("date of the letter", null=True, blank=True)
    promised_date = models.DateField("publication date promised in the letter", null=True, blank=True)

    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    claimed_until = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approval_reason = models.TextField(blank=True, help_text="why it was approved with its problems")

    number = models.PositiveSmallIntegerField(
        default=1, help_text="1 for the council's first letter of the year, 2 for the one that replaces it"
    )
    replacement_reason = models.TextField(blank=True)
    held_back = models.BooleanField(default=False)
    publish_at = models.DateTimeField("publication time of its own", null=True)
    publication_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_by_one_person = models.BooleanField(
        default=False, help_text="It was published while two people were not asked for."
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_when_public = models.BooleanField(default=False)
    withdrawal_note = models.TextField(blank=True, help_text="shown to the public if the letter was public")

    class Meta:
        ordering = ["-review__year_ending", "council__name", "received_at"]
        permissions = [
            ("approve_letter", "Can review and approve letters"),
            ("publish_letter", "Can publish, hold back and withdraw letters"),
        ]
        indexes = [
            models.Index(fields=["state", "lease_until"], name="letter_by_state"),
            models.Index(fields=["council", "review"], name="letter_by_council_and_year"),
            models.Index(
                fields=["review", "publish_at"],
                condition=Q(publish_at__isnull=False),
                name="letter_published_by_itself",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"],
                condition=~Q(state="withdrawn"),
                name="letter_received_once",
                violation_error_message="This file has been received already.",
            ),
            models.UniqueConstraint(
                fields=["council", "review", "number"],
                condition=Q(approved_at__isnull=False),
                name="letter_counts_once",
                violation_error_message="Another letter has just been approved for this council and year.",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="letter_state_known"),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(
                    council__isnull=False,
                    review__isnull=False,
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                ),
                name="letter_approved_is_whole",
                violation_error_message="An approved letter needs a council, a year, and who approved it.",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | Q(number__gt=1) & ~Q(replacement_reason=""),
                name="letter_replaces_for_a_reason",
                violation_error_message="Say why this letter replaces the council's earlier one.",
            ),
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True)
                | Q(published_by_one_person=True)
                | Q(publication_proposed_by__isnull=False, published_by__isnull=False)
                & ~Q(publication_proposed_by=F("published_by")),
                name="letter_published_by_two",
                violation_error_message="A publication is proposed by one person and confirmed by another.",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn") & Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                | ~Q(state="withdrawn") & Q(withdrawn_at__isnull=True),
                name="letter_withdrawn_by_someone",
                violation_error_message="A withdrawn letter needs a time and who withdrew it.",
            ),
        ]

    def __str__(self) -> str:
        who = self.council.name if self.council else self.authority_as_printed or self.original_name
        return f"{who}, {self.review.years}" if self.review else who

    @property
    def needs_a_person(self) -> bool:
        """Whether its reading left something open."""
        return self.state == State.UNREADABLE or bool(self.problems)


class LetterPage(models.Model):
    """One page of a letter: its size, and the letter's own words on it in reading order.

    `blocks` have "kind" and "rows" of cells, as `letters.extraction.prose.Block` says. A scanned page has none.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField(help_text="counted from 1")
    width = models.FloatField(help_text="points, as displayed")
    height = models.FloatField(help_text="points, as displayed")
    blocks = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["letter", "number"], name="page_once_a_letter")]


class Upload(models.Model):
    """What came of one upload: a row for each file, since a refused file leaves no letter behind.

    A row has "name", "letter" (the id of the letter that was received, or that the same bytes are already) and
    "refused" (why not, and what to do; empty for a letter received).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    rows = models.JSONField(default=list)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"Upload of {date_format(localtime(self.at), 'j F Y, H:i')}"
