"""The entries of a map, from the register and from what is published at an instant."""

from datetime import date, datetime

from councils.models import Council
from letters.measures import MEASURES
from public import stated
from public.maps import kinds
from public.maps.entries import Entry
from public.maps.kinds import Kind
from public.series import year_of


def entries_of(figure: str, year: int, kind: Kind, now: datetime) -> list[Entry]:
    """An entry for each authority of the map that existed in the year, or has a letter for it. Three queries."""
    have_letter = stated.with_letter(year, now)
    statistics = stated.by_council(figure, year, now)
    councils = Council.objects.filter(kind__in=kinds.bodies(kind)).order_by("name")
    return [
        Entry(each, year_of(MEASURES[figure], year, each.pk in have_letter, statistics.get(each.pk)))
        for each in councils.open_in_year_of(date(year, 3, 31)) | councils.filter(pk__in=have_letter)
    ]
