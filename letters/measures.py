"""The registry of figures: every measure that the Ombudsman's letters have stated, and where its series breaks.

Years are those in which the period ends: 2020 is the year from 1 April 2019 to 31 March 2020.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from letters import headings


@dataclass(frozen=True)
class Break:
    """A point from which a series cannot be read on: figures of `year` and later do not compare with earlier ones."""

    year: int
    note: str


@dataclass(frozen=True)
class Measure:
    """One figure of the letters.

    A "rate" is a percentage with counts behind it; a "number" stands alone. `count_label` names what the
    numerator counts (empty where the letters state none), `base_label` what the denominator usually counts:
    a letter's own wording goes before both. `last_year` is None while the letters still state the measure.
    """

    slug: str
    name: str
    unit: str
    form: Literal["rate", "number"]
    meaning: str
    first_year: int
    last_year: int | None = None
    count_label: str = ""
    base_label: str = ""
    breaks: tuple[Break, ...] = ()

    def stated_in(self, year: int) -> bool:
        """Whether the letters of that year state this measure."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


@dataclass(frozen=True)
class Family:
    """The figures of one table, a measure for each heading it has: "received:housing" is the one under "Housing".

    The headings are not known beforehand, so neither are the measures: `letters.headings` has the usual ones.
    """

    prefix: str
    name: str
    unit: str
    meaning: str
    first_year: int
    last_year: int
    breaks: tuple[Break, ...] = ()

    def slug_of(self, heading: str) -> str:
        """The measure under a heading as printed; empty where the heading has no letter or digit, or is no heading."""
        slug = headings.slug_of(heading)
        return f"{self.prefix}:{slug}" if slug and len(slug) <= headings.LONGEST_SLUG else ""

    def of(self, slugs: Iterable[str]) -> list[str]:
        """Those of the slugs that belong to this family."""
        return [slug for slug in slugs if family_of(slug) is self]

    def under(self, slug: str) -> Measure:
        """The measure of that slug, named by its heading."""
        name = headings.name_of(slug.partition(":")[2])
        return Measure(
            slug,
            name,
            self.unit,
            "number",
            f"{self.meaning} Under “{name}”.",
            self.first_year,
            self.last_year,
            breaks=self.breaks,
        )

    def usual(self, year_ending: int) -> list[Measure]:
        """The measures that letters of a year usually state."""
        if not self.first_year <= year_ending <= self.last_year:
            return []
        return [self.under(self.slug_of(heading)) for heading in headings.usual(self.prefix, year_ending)]


_NEW_SUBJECTS = Break(2014, "The subjects of 2013–14 to 2017–18 are not those of earlier letters.")
_UPHELD_OUTCOMES = Break(2014, "From 2013–14 the outcomes are named otherwise: upheld, or not upheld.")
_UPHELD_BEGINS = Break(
    2015, "From April 2014 the Ombudsman says whether a complaint was upheld or not upheld."
)
_THREE_FIGURES = Break(2019, "From 2018–19 the letters state three headline figures instead of tables.")
_PANDEMIC = Break(2021, "In 2020–21 the Ombudsman took no new complaints for three months.")
_FEWER_BORDERLINE = Break(2023, "From 2022–23 the Ombudsman investigates fewer borderline complaints.")

_REGISTRY = (
    Measure(
        slug="upheld",
        name="Complaints upheld",
        unit="%",
        form="rate",
        meaning="Of the complaints the Ombudsman investigated, how many it upheld because it found some fault.",
        first_year=2014,
        count_label="upheld decisions",
        base_label="detailed investigations",
        breaks=(_UPHELD_BEGINS, _THREE_FIGURES, _PANDEMIC, _FEWER_BORDERLINE),
    ),
    Measure(
        slug="compliance",
        name="Compliance with Ombudsman recommendations",
        unit="%",
        form="rate",
        meaning="Of the recommendations that fell due, how many the Ombudsman was satisfied were carried out.",
        first_year=2016,
        base_label="compliance outcomes",
        breaks=(_THREE_FIGURES, _PANDEMIC),
    ),
    Measure(
        slug="satisfactory-remedies",
        name="Satisfactory remedies provided by the authority",
        unit="%",
        form="rate",
        meaning="Of the complaints upheld, how many the authority had put right, to the Ombudsman's satisfaction,"
        " before they reached the Ombudsman.",
        first_year=2019,
        count_label="satisfactory remedy decisions",
        base_label="upheld decisions",
        breaks=(_PANDEMIC, _FEWER_BORDERLINE),
    ),
    Measure(
        slug="upheld-per-100000",
        name="Upheld decisions per 100,000 residents",
        unit="per 100,000 residents",
        form="number",
        meaning="How many complaints were upheld for every 100,000 people who live in the authority's area.",
        first_year=2023,
    ),
    Measure(
        slug="dealt-with",
        name="Complaints dealt with",
        unit="complaints",
        form="number",
        meaning="All complaints and enquiries about the authority that the Ombudsman considered in the year.",
        first_year=2025,
    ),
    Measure(
        slug="not-for-us",
        name="Not for the Ombudsman",
        unit="complaints",
        form="number",
        meaning="Complaints that were not for the Ombudsman, or not ready for it to investigate.",
        first_year=2025,
    ),
    Measure(
        slug="assessed-and-closed",
        name="Assessed and closed",
        unit="complaints",
        form="number",
        meaning="Complaints that the Ombudsman assessed and closed without investigating.",
        first_year=2025,
    ),
    Measure(
        slug="investigated",
        name="Investigated",
        unit="complaints",
        form="number",
        meaning="Complaints on which the Ombudsman completed an investigation.",
        first_year=2025,
    ),
    Measure(
        slug="first-enquiries",
        name="First enquiries",
        unit="enquiries",
        form="number",
        meaning="How many first enquiries on complaints the Ombudsman sent to the authority.",
        first_year=2006,
        last_year=2011,
    ),
    Measure(
        slug="days-to-respond",
        name="Average days to respond to first enquiries",
        unit="days",
        form="number",
        meaning="How many days the authority took to answer the Ombudsman's first enquiries, on average.",
        first_year=2006,
        last_year=2011,
    ),
)
FAMILIES: Mapping[str, Family] = MappingProxyType(
    {
        "received": Family(
            "received",
            "Complaints and enquiries received",
            "complaints",
            "Complaints and enquiries about the authority that the Ombudsman received in the year, by subject.",
            2006,
            2018,
            (_NEW_SUBJECTS,),
        ),
        "decided": Family(
            "decided",
            "Decisions made",
            "decisions",
            "Decisions of the Ombudsman in the year on complaints about the authority, by outcome. There may be"
            " more of them than complaints received, since some had been received the year before.",
            2006,
            2018,
            (_UPHELD_OUTCOMES,),
        ),
    }
)
_IN_A_FAMILY = re.compile(r"(?P<prefix>[a-z]+):[a-z0-9]+(?:-[a-z0-9]+)*")

MEASURES: Mapping[str, Measure] = MappingProxyType({measure.slug: measure for measure in _REGISTRY})
# What letters state with an average of similar authorities.
WITH_AVERAGES = ("upheld", "compliance", "satisfactory-remedies", "upheld-per-100000")
HEADLINE = ("upheld", "compliance", "satisfactory-remedies")
OVERVIEW = ("dealt-with", "not-for-us", "assessed-and-closed", "investigated")


def stated_in(year: int) -> list[Measure]:
    """The measures that letters of that year state, in the order in which pages show them."""
    return [measure for measure in _REGISTRY if measure.stated_in(year)]


def find(slug: str) -> Measure | None:
    """The measure of that slug, of the registry or of a family; None where there is none."""
    return MEASURES.get(slug) or _of_family(slug)


def measure(slug: str) -> Measure:
    """The same where there must be one."""
    found = find(slug)
    if found is None:
        raise KeyError(slug)
    return found


def in_full(slug: str) -> str:
    """A measure's name that needs no heading above it: "Complaints and enquiries received: Housing"."""
    family = family_of(slug)
    return f"{family.name}: {measure(slug).name}" if family else measure(slug).name


def family_of(slug: str) -> Family | None:
    """The family that a measure belongs to."""
    match = _IN_A_FAMILY.fullmatch(slug)
    too_long = len(slug) > len(slug.partition(":")[0]) + 1 + headings.LONGEST_SLUG
    return FAMILIES.get(match["prefix"]) if match and not too_long else None


def _of_family(slug: str) -> Measure | None:
    family = family_of(slug)
    return family.under(slug) if family else None
