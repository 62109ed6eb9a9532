"""What the councils were told: a year's edition, its letters, and their figures."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.timezone import localtime

from councils.models import Council
from letters import storage
from letters.extraction.types import NOT_COMPARED
from letters.measures import in_full
from letters.tables.models import TableFigure, TableImport  # noqa: F401 (Django looks for an app's models here)
from letters.wording import in_years

FIRST_YEAR = 2006  # the oldest letters still published state the year ending 31 March 2006


class AnnualReview(models.Model):
    """A year's edition: all letters about one year ending 31 March, published at one hour.

    Without a publication time it is never public.
    """

    year_ending = models.PositiveSmallIntegerField(
        unique=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(2100)],
        help_text="The year in which the period ends: 2020 for 1 April 2019 to 31 March 2020.",
        error_messages={"unique": "There is an edition for this year already."},
    )
    publish_at = models.DateTimeField("publication time", null=True, blank=True, editable=False)
    scheduled_at = models.DateTimeField(null=True, editable=False)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    national_report = models.FileField(
        "national report (PDF)", upload_to=storage.report_name, storage=storage.PrivateStorage(), blank=True
    )
    national_report_title = models.CharField(
        "its title",
        max_length=200,
        blank=True,
        help_text="As printed on it. Left empty, it is called “Review of Local Government Complaints” with the year.",
    )
    national_report_link = models.URLField(
        "its address elsewhere",
        blank=True,
        max_length=500,
        validators=[URLValidator(schemes=["https"], message="Give an address that begins with https://.")],
        help_text="Where the Ombudsman has published it. It must begin with https://.",
    )
    national_report_date = models.DateField("its date", null=True, blank=True)

    class Meta:
        verbose_name = "edition"
        ordering = ["-year_ending"]
        permissions = [("schedule_annualreview", "Can schedule the publication of an edition")]
        constraints = [
            models.CheckConstraint(
                condition=Q(year_ending__gte=FIRST_YEAR, year_ending__lte=2100),
                name="edition_year_in_range",
                violation_error_message=f"The year must be {FIRST_YEAR} or later.",
            ),
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True) | Q(scheduled_at__isnull=False),
                name="edition_time_was_scheduled",
                violation_error_message="A publication time must be set by scheduling the edition.",
            ),
            models.CheckConstraint(
                condition=Q(national_report_link="") | Q(national_report_link__startswith="https://"),
                name="edition_report_link_is_https",
                violation_error_message="Give an address that begins with https://.",
            ),
        ]

    def __str__(self) -> str:
        return f"Annual review {self.years}"

    @property
    def years(self) -> str:
        """The period as the letters of today write it: "2019–20"."""
        return in_years(self.year_ending)

    @property
    def national_report_name(self) -> str:
        """The national report's title, or what it has been called every year."""
        return self.national_report_title or f"Review of Local Government Complaints {self.years}"


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


class NoLetter(models.Model):
    """Why a council has no letter in a year's edition, as staff tell the public from the edition's hour on."""

    review = models.ForeignKey(AnnualReview, models.PROTECT, related_name="no_letters")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "reason for no letter"
        verbose_name_plural = "reasons for no letter"
        ordering = ["council__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "council"],
                name="no_letter_once_a_year",
                violation_error_message="The council has a reason for this year already.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="no_letter_for_a_reason",
                violation_error_message="Say why there is no letter.",
            ),
        ]

    def __str__(self) -> str:
        return f"No letter to {self.council}, {self.review.years}"


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
