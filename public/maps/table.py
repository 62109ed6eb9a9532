"""The table beside a map: which of its entries, in which order. Pure."""

from collections.abc import Iterable

from councils.names import plain
from letters.measures import Measure
from public.comparison import Column, Sort, column
from public.maps.asked import Asked
from public.maps.entries import Entry


def lines(entries: Iterable[Entry], asked: Asked) -> list[Entry]:
    """The entries that the address asks for, in its order."""
    return in_order((entry for entry in entries if _is_asked_for(entry, asked)), asked.sort)


def _is_asked_for(entry: Entry, asked: Asked) -> bool:
    council = entry.council
    return (
        asked.of in (None, council.kind)
        and asked.region in (None, council.region)
        and _is_called(council.plain, asked.name)
    )


def _is_called(name: str, asked: str) -> bool:
    """Whether every word asked for is in the plain name; what has no words in it is in none."""
    words = plain(asked).split()
    return not asked or (bool(words) and all(word in name for word in words))


def in_order(entries: Iterable[Entry], sort: Sort) -> list[Entry]:
    """By name; or by figure or base, those without either last. By figure, those too few to compare come after."""
    by_name = sorted(entries, key=lambda entry: entry.council.name.casefold())
    by, down = sort.removeprefix("-"), sort.startswith("-")
    if by == Sort.NAME:
        return by_name
    key = _value if by == Sort.RATE else _base
    known = sorted((entry for entry in by_name if key(entry) is not None), key=key, reverse=down)
    if by == Sort.RATE:
        known.sort(key=lambda entry: entry.too_few)
    return known + [entry for entry in by_name if key(entry) is None]


def _value(entry: Entry) -> float | None:
    return None if entry.value is None else float(entry.value)


def _base(entry: Entry) -> int | None:
    return entry.year.base


def columns(measure: Measure, sort: Sort) -> list[Column]:
    """The columns that the table can be sorted by. A heading in use leads to the other direction."""
    name = Column("Authority", Sort.NAME, "ascending" if sort == Sort.NAME else "", "A to Z")
    if measure.form == "rate":
        return [
            name,
            column("Count of base", Sort.BASE, Sort.BASE_DOWN, sort),
            column("Rate", Sort.RATE, Sort.RATE_DOWN, sort),
        ]
    return [name, column("Figure", Sort.RATE, Sort.RATE_DOWN, sort)]
