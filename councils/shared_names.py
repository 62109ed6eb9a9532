"""Names that cannot stand for one body by themselves: what staff should know of the register's names."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from .models import Alias, Council
from .years import year_ending


def empty_aliases() -> list[Alias]:
    """Aliases of general words only, such as "City of London": nothing but the whole of them matches."""
    return list(Alias.objects.filter(distinctive="").select_related("council"))


def shared_names() -> Iterator[tuple[str, list[Council], bool]]:
    """Each distinctive name of several bodies, these bodies, and whether two share a reporting year."""
    bearers = defaultdict(set)
    for council in Council.objects.prefetch_related("aliases"):
        for name in {council.distinctive, *(alias.distinctive for alias in council.aliases.all())} - {""}:
            bearers[name].add(council)
    for name, councils in sorted(bearers.items()):
        if len(councils) > 1:
            in_order = sorted(councils, key=lambda council: (council.last_day or date.max, council.name))
            yield name, in_order, any(_in_the_same_year(*pair) for pair in combinations(in_order, 2))


def _in_the_same_year(one: Council, other: Council) -> bool:
    begin = max(year_ending(council.first_day or date.min) for council in (one, other))
    end = min(year_ending(council.last_day or date.max) for council in (one, other))
    return begin <= end
