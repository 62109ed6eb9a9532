"""With whom a council is compared."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from math import cos, hypot, radians

from django.db.models import Q

from councils.kinds import CouncilKind
from councils.models import Council

NEAREST = 5


class Group(StrEnum):
    """The groups that the comparison offers."""

    SIMILAR = "similar"
    REGION = "region"
    NEAREST = "nearest"
    LIST = "list"


def offered(council: Council) -> list[Group]:
    """The groups that this council has: only some have similar authorities, a region or a centre in the register."""
    has = {
        Group.SIMILAR: council.similar_group is not None,
        Group.REGION: bool(council.region),
        Group.NEAREST: _has_a_centre(council),
        Group.LIST: True,
    }
    return [group for group in Group if has[group]]


def label(group: Group, council: Council) -> str:
    """The group in words: "all district councils"."""
    match group:
        case Group.SIMILAR:
            return f"all {peers_of(council)}"
        case Group.REGION:
            return f"all authorities in its region ({council.get_region_display()})"
        case Group.NEAREST:
            return f"the five nearest {peers_of(council)}"
        case Group.LIST:
            return "a list of your own"


def members(group: Group, council: Council, year: int, with_letter: Collection[int]) -> list[Council]:
    """The bodies of the group in the year that ends in `year`, the council included if it is one of them.

    `with_letter` has the keys of the councils with a published letter for that year: one that was closed in the
    year belongs to its group when it has a letter.
    """
    everyone = [each for each in _candidates(group, council) if _belongs(each, year, with_letter)]
    return _nearest(council, everyone) if group == Group.NEAREST else everyone


def _candidates(group: Group, council: Council):
    if group == Group.REGION:
        return Council.objects.filter(region=council.region)
    return Council.objects.filter(_of_its_kind(council))


def _of_its_kind(council: Council) -> Q:
    return Q(kind__in=council.similar_group.kinds) if council.similar_group else Q(kind=council.kind)


def peers_of(council: Council) -> str:
    """Its similar authorities, or else its kind, in words: "district councils"."""
    if council.similar_group:
        return str(council.similar_group.label)
    plural = CouncilKind(council.kind).plural
    return plural[0].lower() + plural[1:]


def _belongs(council: Council, year: int, with_letter: Collection[int]) -> bool:
    ends = date(year, 3, 31)
    closed = council.last_day is not None and council.last_day <= ends
    return council.pk in with_letter or (council.existed_in_year_of(ends) and not closed)


def _has_a_centre(council: Council) -> bool:
    return council.latitude is not None and council.longitude is not None


def _nearest(council: Council, everyone: list[Council]) -> list[Council]:
    """The council itself, if it is there, and the five with their centres nearest to its own."""
    others = [each for each in everyone if each != council and _has_a_centre(each)]
    closest = sorted(others, key=lambda each: (_distance(council, each), each.name))[:NEAREST]
    return [each for each in everyone if each == council] + closest


def _distance(here: Council, there: Council) -> float:
    """In degrees of latitude: near enough on the scale of England, where a degree of longitude is shorter."""
    shorter = cos(radians((here.latitude + there.latitude) / 2))
    return hypot(here.latitude - there.latitude, (here.longitude - there.longitude) * shorter)
