"""A year's edition, and why a council has no letter in it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q

from councils.models import Council
from councils.years import in_years
from letters import storage

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
    access_listed_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="when the list of who had access before publication was published",
    )
    access_listed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        help_text="who proposed the time, which another person confirmed by scheduling it",
    )
    by_one_person = models.BooleanField(
        default=False, editable=False, help_text="It was scheduled while two people were not asked for."
    )
    national_report = models.FileField(
        "national report (PDF)", upload_to=storage.report_name, storage=storage.PrivateStorage(), blank=True
    )
    national_report_sha256 = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="of that PDF, a clean copy; empty for one that is kept as it was uploaded, and is not published",
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
                condition=Q(publish_at__isnull=True)
                | Q(by_one_person=True)
                | Q(proposed_by__isnull=False, scheduled_by__isnull=False)
                & ~Q(proposed_by=F("scheduled_by")),
                name="edition_scheduled_by_two",
                violation_error_message="A publication time is proposed by one person and confirmed by another.",
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

    @property
    def has_clean_report(self) -> bool:
        """Whether the national report's PDF can be published."""
        return bool(self.national_report and self.national_report_sha256)


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
