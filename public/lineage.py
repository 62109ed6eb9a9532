"""What became of a council, and where it came from, in sentences with their links.

Each sentence is a list of parts, of which the councils among them become links.
"""

from datetime import date
from itertools import groupby

from django.utils.formats import date_format

from councils.models import Council

Parts = list[str | Council]


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _listed(names: list[str | Council]) -> Parts:
    """The names with commas, and "and" before the last."""
    parts: Parts = []
    for place, name in enumerate(names):
        if place:
            parts.append(" and " if place == len(names) - 1 else ", ")
        parts.append(name)
    return parts


def _followed(council: Council) -> Parts:
    successors = [each.successor or each.successor_label for each in council.successions.all()]
    return [*_listed(successors), " took over."] if successors else []


def what_became_of(council: Council, today: date) -> list[Parts]:
    """That it was abolished, or will be, and by whom it was succeeded; nothing for a council that goes on."""
    followed = _followed(council)
    if council.last_day is None:
        return [followed] if followed else []
    if council.last_day >= today:
        return [[f"{council} will be abolished on {_day(council.last_day)}."]]
    return [[f"{council} was abolished on {_day(council.last_day)}. ", *followed]]


def where_it_came_from(council: Council) -> list[Parts]:
    """The councils it took over from, a sentence for each day."""
    by_day = groupby(council.predecessions.all(), key=lambda succession: succession.day)
    return [
        [f"{council} took over from ", *_listed([each.predecessor for each in group]), f" on {_day(day)}."]
        for day, group in by_day
    ]
