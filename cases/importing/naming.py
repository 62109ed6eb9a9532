"""Which bodies of the register a file's names mean. Never made up: what is not plainly one body's is refused."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format

from cases.days import days_of
from cases.importing.cells import Wrong
from councils.misspelt import near
from councils.models import Council
from councils.years import in_years, year_ending

MOST_SUGGESTIONS = 3
# So many unknown names are looked up; who has more of them has another register in mind.
MOST_LOOKED_UP = 100


class Register:
    """The bodies by the names that a file has used so far, in the years in which it used them."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], Council | None] = {}
        self._suggested: dict[tuple[str, int], str] = {}

    def learn(self, named: Iterable[tuple[str, date]]) -> None:
        """Look these names up together, each on its day."""
        wanted: dict[int, set[str]] = defaultdict(set)
        for name, day in named:
            if (name, year_ending(day)) not in self._known:
                wanted[year_ending(day)].add(name)
        for year, names in wanted.items():
            for name, council in Council.objects.all_named(names, days_of(year)[0]).items():
                self._known[name, year] = council

    def bodies(self, names: Iterable[str], day: date) -> list[Council]:
        """The bodies of these names, which were learnt. Raises Wrong for one that is none's, or more than one's."""
        found = [self._body(name, day) for name in names]
        if len(set(found)) < len(found):
            raise Wrong("It names a council twice, by two of its names", "Leave one.")
        return found

    def _body(self, name: str, day: date) -> Council:
        year = year_ending(day)
        council = self._known[name, year]
        if council is None:
            why = f"The register knows no “{name[:80]}” in {in_years(year)}, or more than one"
            raise Wrong(why, self._remedy(name, year))
        if council.first_day and day < council.first_day:
            why = f"{council.name} began on {date_format(council.first_day, 'j F Y')}, after the day of this row"
            raise Wrong(why, "Name the authority that there was then, or look at the day.")
        return council

    def _remedy(self, name: str, year: int) -> str:
        known = self._suggested
        if (name, year) not in known and len(known) < MOST_LOOKED_UP:
            known[name, year] = _nearly_called(name, year)
        nearly = known.get((name, year), "")
        asked = f"Did you mean {nearly}? " if nearly else ""
        return f"{asked}Write its name as in the register, or add the name there first."


def _nearly_called(name: str, year: int) -> str:
    open_then = Council.objects.open_in_year_of(days_of(year)[0])
    distances = near(name, open_then.plain_names())
    found = open_then.in_bulk(distances)
    nearest = sorted(found, key=lambda key: (distances[key], found[key].name))
    return " or ".join(found[key].name for key in nearest[:MOST_SUGGESTIONS])
