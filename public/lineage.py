"""What became of a council, and where it came from, in sentences with their links.

Each sentence is a list of parts, of which the councils among them become links.
"""

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from councils.models import Council, Succession
from public.figures import full_day, years

Parts = list[str | Council]


def _listed(names: list[str | Council]) -> Parts:
    """The names with commas, and "and" before the last."""
    parts: Parts = []
    for place, name in enumerate(names):
        if place:
            parts.append(" and " if place == len(names) - 1 else ", ")
        parts.append(name)
    return parts


def is_renamed(council: Council) -> bool:
    """Whether it went, or will go, on under another name: the same body, which nobody took over from."""
    return any(each.how == Succession.How.RENAMED for each in council.successions.all())


def what_became_of(council: Council, today: date) -> list[Parts]:
    """That it was abolished, or will be, and who takes over; nothing for a council of which no end is known."""
    if council.last_day is None:
        return []
    successions = list(council.successions.all())
    successors = _listed([each.successor or each.successor_label for each in successions])
    over = council.last_day < today
    if is_renamed(council):
        went_on = "went on" if over else "will go on"
        return [[f"{council} {went_on} as ", *successors, f" after {full_day(council.last_day)}."]]
    ended: Parts = [f"{council} {'was' if over else 'will be'} abolished on {full_day(council.last_day)}."]
    if successors:
        ended += [" ", *successors, " took over." if over else " will take over."]
    return [ended]


def in_short(council: Council, today: date) -> Parts:
    """The same in a few words, such as "abolished 2021, see North Northamptonshire Council"; or when it will begin."""
    if council.first_day and council.first_day > today:
        return [f"from {full_day(council.first_day)}"]
    if council.last_day is None:
        return []
    if council.last_day >= today:
        return [f"until {full_day(council.last_day)}"]
    successions = list(council.successions.all())
    ended = f"{'renamed' if is_renamed(council) else 'abolished'} {council.last_day.year}"
    successors = _listed([each.successor or each.successor_label for each in successions])
    return [ended, ", see ", *successors] if successors else [ended]


def where_it_came_from(council: Council, today: date) -> list[Parts]:
    """The councils it takes over from, a sentence for each day and way."""
    by_day_and_way = groupby(
        council.predecessions.all(), key=lambda each: (each.day, each.how == Succession.How.RENAMED)
    )
    return [
        _came_from(council, _listed([each.predecessor for each in group]), day, renamed, day <= today)
        for (day, renamed), group in by_day_and_way
    ]


def _came_from(council: Council, predecessors: Parts, day: date, renamed: bool, over: bool) -> Parts:
    if renamed:
        return [*predecessors, f" {'went on' if over else 'will go on'} as {council} on {full_day(day)}."]
    return [f"{council} {'took' if over else 'will take'} over from ", *predecessors, f" on {full_day(day)}."]


def under_former_names(former: Mapping[int, Council]) -> list[Parts]:
    """In which years it had another name, from the body of that name by year."""
    names = {each: sorted(year for year in former if former[year] == each) for each in former.values()}
    return [
        [*_listed([years(year) for year in of_it]), ": under its former name, ", name, "."]
        for name, of_it in names.items()
    ]


def goes_on_with(council: Council, today: date) -> Parts:
    """Whose figures go on where those of an abolished council end; nothing if no successor has a page here."""
    successors = [each for each in council.successions.all() if each.successor]
    if not successors or council.last_day is None or council.last_day >= today:
        return []
    later = _listed([each.successor for each in successors])
    days = {each.day for each in successors}
    since = f", from {full_day(*days)}" if len(days) == 1 else ""
    return ["For the time after it, see the figures of ", *later, f"{since}."]
