"""Where a postcode lies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from councils.models import Council, Postcode, PostcodeList, Succession

# How many times a council may have been succeeded, one after another, since the file was made.
_GENERATIONS = 5


@dataclass(frozen=True)
class Place:
    """The councils of a postcode's area on a day.

    `local` has several where the postcode is split between them, or where the council of the file was itself split.
    `ended` is the month in which a postcode was last used, or None for one in use.
    """

    local: list[Council]
    counties: list[Council]
    ended: date | None = None


def find_place(code: str, postcodes: PostcodeList, on: date) -> Place | None:
    """Where the postcode `code` lies, or None for one that is not in the list."""
    rows = list(
        Postcode.objects.filter(list=postcodes, code=code)
        .select_related("council__county")
        .order_by("council__name")
    )
    if not rows:
        return None
    used = [row for row in rows if row.ended is None]
    latest = max((row.ended for row in rows if row.ended), default=None)
    local = _present((row.council for row in used or rows), on)
    counties = {council.county for council in local if council.county and council.county.existed_on(on)}
    return Place(local, sorted(counties, key=str), None if used else latest)


def _present(councils: Iterable[Council], on: date) -> list[Council]:
    """The same councils, or who took over from those that had been abolished by that day."""
    found = list(councils)
    for _ in range(_GENERATIONS):
        ended = [council for council in found if council.last_day and council.last_day < on]
        heirs = _heirs(ended) if ended else {}
        if not heirs:
            break
        found = [heir for council in found for heir in heirs.get(council.pk, [council])]
    return sorted({council.pk: council for council in found}.values(), key=str)


def _heirs(councils: list[Council]) -> dict[int, list[Council]]:
    heirs: dict[int, list[Council]] = {}
    rows = Succession.objects.filter(predecessor__in=councils, successor__isnull=False)
    for row in rows.select_related("successor__county"):
        heirs.setdefault(row.predecessor_id, []).append(row.successor)
    return heirs
