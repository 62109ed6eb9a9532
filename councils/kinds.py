"""What kinds of bodies there are, and which of them the Ombudsman compares with one another."""

from django.db import models


class CouncilKind(models.TextChoices):
    COUNTY = "county", "County council"
    DISTRICT = "district", "District council"
    METROPOLITAN = "metropolitan", "Metropolitan borough"
    UNITARY = "unitary", "Unitary council"
    LONDON_BOROUGH = "london-borough", "London borough"
    CITY_CORPORATION = "city-corporation", "City corporation"
    NATIONAL_PARK = "national-park", "National park authority"
    COMBINED_AUTHORITY = "combined-authority", "Combined authority"
    STRATEGIC_AUTHORITY = "strategic-authority", "Strategic authority"
    OTHER = "other", "Other body"

    @property
    def plural(self) -> str:
        """The heading of a list of them, such as "District councils"."""
        if self.label.endswith("y"):
            return self.label.removesuffix("y") + "ies"
        return self.label + "s"

    @property
    def is_council(self) -> bool:
        """Whether its name may be printed with "Council" although the register does not have it so."""
        return self in _GROUPS

    @property
    def is_written_to(self) -> bool:
        """Whether the Ombudsman sends it an annual letter: councils and national park authorities."""
        return self.is_council or self == CouncilKind.NATIONAL_PARK


class SimilarGroup(models.TextChoices):
    """The comparator groups of the letters: "similar authorities"."""

    COUNTY = "county", "county councils"
    DISTRICT = "district", "district councils"
    METROPOLITAN = "metropolitan", "metropolitan boroughs"
    UNITARY = "unitary", "unitary councils"
    LONDON_BOROUGH = "london-borough", "London boroughs"

    @property
    def kinds(self) -> list[CouncilKind]:
        return [kind for kind, group in _GROUPS.items() if group == self]

    @classmethod
    def of(cls, kind: str) -> "SimilarGroup | None":
        """The group of a kind of body, or None for those that the Ombudsman compares with nobody."""
        return _GROUPS.get(CouncilKind(kind))


_GROUPS = {
    CouncilKind.COUNTY: SimilarGroup.COUNTY,
    CouncilKind.DISTRICT: SimilarGroup.DISTRICT,
    CouncilKind.METROPOLITAN: SimilarGroup.METROPOLITAN,
    CouncilKind.UNITARY: SimilarGroup.UNITARY,
    CouncilKind.LONDON_BOROUGH: SimilarGroup.LONDON_BOROUGH,
    CouncilKind.CITY_CORPORATION: SimilarGroup.LONDON_BOROUGH,
}


class Region(models.TextChoices):
    EAST_MIDLANDS = "East Midlands", "East Midlands"
    EAST_OF_ENGLAND = "East of England", "East of England"
    LONDON = "London", "London"
    NORTH_EAST = "North East", "North East"
    NORTH_WEST = "North West", "North West"
    SOUTH_EAST = "South East", "South East"
    SOUTH_WEST = "South West", "South West"
    WEST_MIDLANDS = "West Midlands", "West Midlands"
    YORKSHIRE_AND_THE_HUMBER = "Yorkshire and The Humber", "Yorkshire and The Humber"
