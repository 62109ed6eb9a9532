"""Who: every body that the Ombudsman writes to, with its names, its days and what became of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.formats import date_format
from django.utils.functional import cached_property

from .fields import DerivedField
from .kinds import CouncilKind, Region, SimilarGroup
from .names import distinctive, plain, spelt_out, styles_agree, telling_words
from .postcodes.models import Postcode, PostcodeList  # noqa: F401  # Django looks for them here
from .queries import CouncilQuerySet
from .years import reporting_year

_is_a_gss_code = RegexValidator(
    r"\AE\d{8}\Z", "A GSS code of England is E and eight digits, such as E07000156."
)
_is_an_address = RegexValidator(r"\A[a-z0-9-]+\Z", "Use small letters, digits and hyphens only.")


class Origin(models.TextChoices):
    """Who answers for a row. `load_councils` changes only what comes from the register's files."""

    REGISTER = "register", "Register"
    STAFF = "staff", "Staff"


class Council(models.Model):
    """A body that exists or once existed. One that is reorganised is closed, and succeeded by another."""

    name = models.CharField("official name", max_length=200)
    short_name = models.CharField(
        max_length=100, help_text="As in lists and charts, such as “Wellingborough”."
    )
    slug = models.SlugField(
        "address",
        max_length=200,
        unique=True,
        validators=[_is_an_address],
        help_text="The council's part of its page's address. It never changes once the page is public.",
        error_messages={"unique": "Another body has this address already."},
    )
    kind = models.CharField(max_length=20, choices=CouncilKind)
    gss = models.CharField(
        "GSS code",
        max_length=9,
        blank=True,
        validators=[_is_a_gss_code],
        help_text="Leave empty if not known.",
    )
    newer_gss = models.CharField(
        "newer GSS code",
        max_length=9,
        blank=True,
        validators=[_is_a_gss_code],
        help_text="Where the code has changed and most data still bear the one above.",
    )
    former_gss = models.CharField("former GSS code", max_length=9, blank=True, validators=[_is_a_gss_code])
    region = models.CharField(max_length=30, choices=Region, blank=True)
    county = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="districts",
        verbose_name="county council",
        help_text="For a district: the county council of the same area.",
    )
    first_day = models.DateField(null=True, blank=True, help_text="Leave empty if not known.")
    last_day = models.DateField(
        null=True,
        blank=True,
        help_text="The last day it existed, such as 31/03/2021; empty while no end is known.",
    )
    latitude = models.FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(49), MaxValueValidator(56)],
        help_text="Degrees north.",
    )
    longitude = models.FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(-7), MaxValueValidator(2)],
        help_text="Degrees east.",
    )
    origin = models.CharField(
        "kept by",
        max_length=10,
        choices=Origin,
        default=Origin.STAFF,
        help_text="What staff keep, updates of the register leave alone.",
    )
    plain = DerivedField(source="name", derive=plain)
    distinctive = DerivedField(source="name", derive=distinctive)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        verbose_name = "council"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="council_closes_after_it_opens",
                violation_error_message="The last day lies before the first.",
            ),
            models.CheckConstraint(
                condition=Q(slug=Lower("slug")),
                name="council_slug_is_lower_case",
                violation_error_message="Write the address in small letters.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CouncilKind.values),
                name="council_kind_is_known",
                violation_error_message="Choose one of the kinds of body.",
            ),
            models.UniqueConstraint(
                fields=["gss"],
                condition=~Q(gss=""),
                name="council_gss_is_unique",
                violation_error_message="Another body has this GSS code already.",
            ),
            models.UniqueConstraint(
                fields=["newer_gss"],
                condition=~Q(newer_gss=""),
                name="council_newer_gss_is_unique",
                violation_error_message="Another body has this newer GSS code already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": "The last day lies before the first day."})

    @property
    def kept_by_staff(self) -> bool:
        return self.origin == Origin.STAFF

    @property
    def similar_group(self) -> SimilarGroup | None:
        """The comparator group of the letters, or None for a body that the Ombudsman compares with nobody."""
        return SimilarGroup.of(self.kind)

    def existed_on(self, day: date) -> bool:
        return self._existed(day, day)

    def existed_in_year_of(self, day: date) -> bool:
        """Whether it existed at any time in the reporting year (1 April to 31 March) that contains `day`."""
        return self._existed(*reporting_year(day))

    def _existed(self, first: date, last: date) -> bool:
        return (self.first_day or last) <= last and (self.last_day or first) >= first

    @cached_property
    def plain_names(self) -> frozenset[str]:
        return frozenset({self.plain, *(alias.plain for alias in self.aliases.all())})

    def is_called(self, text: str) -> bool:
        """Whether one of its names, or its GSS code, begins so; not where it is part of a word ("Leigh": Eastleigh)."""
        sought, core = " ".join(map(spelt_out, plain(text).split())), distinctive(text)
        begins = any(name.startswith(sought) for name in self.plain_names)
        begins_without_style = core != "" and any(name.startswith(core) for name in self.distinctive_names)
        code, own = "".join(text.split()).upper(), (self.gss, self.newer_gss, self.former_gss)
        return begins or begins_without_style or any(each.startswith(code) for each in own)

    @cached_property
    def distinctive_names(self) -> frozenset[str]:
        return frozenset({self.distinctive, *(alias.distinctive for alias in self.aliases.all())})

    @cached_property
    def telling_words(self) -> frozenset[str]:
        return telling_words(*self.plain_names)

    def may_be_printed_with(self, telling: frozenset[str]) -> bool:
        """Whether these words, added to its distinctive name, can mean this body.

        A park or combined authority bears such a word only in a name of its own: "Northumberland Council"
        is not the national park.
        """
        if not CouncilKind(self.kind).is_council:
            return telling <= self.telling_words
        return styles_agree(telling, self.telling_words)


class Alias(models.Model):
    """Another name that a body is known by."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="aliases")
    text = models.CharField("other name", max_length=200)
    origin = models.CharField("kept by", max_length=10, choices=Origin, default=Origin.STAFF, editable=False)
    plain = DerivedField(source="text", derive=plain)
    distinctive = DerivedField(source="text", derive=distinctive)

    class Meta:
        verbose_name = "other name"
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "text"],
                name="alias_once_per_council",
                violation_error_message="The council has this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def kept_by_staff(self) -> bool:
        return self.origin == Origin.STAFF or self.council.kept_by_staff


class Succession(models.Model):
    """One body taking over from another, wholly or in part."""

    class How(models.TextChoices):
        MERGED = "merged", "Merged with others into one"
        SPLIT = "split", "Split among several"
        RENAMED = "renamed", "Went on under another name"

    predecessor = models.ForeignKey(Council, models.CASCADE, related_name="successions")
    successor = models.ForeignKey(
        Council, models.PROTECT, null=True, blank=True, related_name="predecessions"
    )
    successor_gss = models.CharField(
        "successor's GSS code",
        max_length=9,
        blank=True,
        validators=[_is_a_gss_code],
        help_text="Only where the successor is not in the register.",
    )
    successor_name = models.CharField(
        "successor's name",
        max_length=200,
        blank=True,
        help_text="Only where the successor is not in the register.",
    )
    day = models.DateField(
        "from", help_text="The successor's first day of responsibility, such as 01/04/2021."
    )
    how = models.CharField(max_length=10, choices=How)
    origin = models.CharField("kept by", max_length=10, choices=Origin, default=Origin.STAFF, editable=False)

    class Meta:
        ordering = ["day", "predecessor__name", "successor__name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(successor=F("predecessor")),
                name="succession_by_another_body",
                violation_error_message="A body cannot succeed itself.",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=False) | ~Q(successor_gss=""),
                name="succession_has_a_successor",
                violation_error_message="Choose the successor, or give its GSS code if it is not listed.",
            ),
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="succession_once_per_successor",
                violation_error_message="This succession is recorded already.",
            ),
            models.UniqueConstraint(
                fields=["predecessor", "successor_gss"],
                condition=Q(successor=None),
                name="succession_once_per_successor_code",
                violation_error_message="This succession is recorded already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor_label} on {date_format(self.day, 'j F Y')}"

    def clean(self) -> None:
        # In a form whose own errors come first, the predecessor may be missing.
        predecessor = getattr(self, "predecessor", None)
        # Forms of a row's own page leave out the constraints that concern that page's row.
        if predecessor and predecessor == self.successor:
            raise ValidationError("A body cannot succeed itself.")
        if predecessor and self.day and predecessor.last_day and self.day <= predecessor.last_day:
            last_day = date_format(predecessor.last_day, "j F Y")
            raise ValidationError({"day": f"{predecessor} existed until {last_day}: give a later day."})

    @property
    def kept_by_staff(self) -> bool:
        return self.origin == Origin.STAFF or self.predecessor.kept_by_staff

    @property
    def successor_label(self) -> str:
        """The successor's name as far as it is known, else its GSS code."""
        return self.successor.name if self.successor else self.successor_name or self.successor_gss
