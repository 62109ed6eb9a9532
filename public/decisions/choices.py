"""What a list can be narrowed by, and how many decisions there would be with each choice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from cases.days import years
from cases.published import Cell, Chosen, Outcome
from public.decisions.asked import Asked, NoSuchList


@dataclass(frozen=True)
class Choice:
    """One choice: its value in the address, its words, and how many there would be; None where it is not counted."""

    value: str
    label: str
    number: int | None
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """Choices of one kind, under a name; `total` is how many there are whichever is chosen."""

    name: str
    label: str
    everything: str
    choices: list[Choice]
    total: int | None

    @property
    def words(self) -> str:
        """What was chosen; empty where it is left open."""
        return next((each.label for each in self.choices if each.chosen), "")

    def uncounted(self) -> "Facet":
        """The same choices, where they cannot be counted."""
        return replace(self, choices=[replace(each, number=None) for each in self.choices], total=None)


@dataclass(frozen=True)
class Counted:
    """How many decisions were chosen, and how many of these have no words."""

    number: int
    withheld: int

    @property
    def shown(self) -> int:
        return self.number - self.withheld


def chosen(asked: Asked, categories: list[Any], council: Any = None) -> Chosen:
    """What the names of the address mean. Raises NoSuchList for a name that means nothing.

    A part that is not of the chosen category is left out: whoever chooses another category had it in the form.
    """
    category = _named(asked.category, None, categories)
    if (asked.category and category is None) or asked.outcome not in ("", *Outcome.values):
        raise NoSuchList
    part = _named(asked.part, category.pk, categories) if category else None
    return Chosen(council, category, part, asked.outcome, asked.year)


def _named(slug: str, within: int | None, categories: list[Any]) -> Any:
    return next((each for each in categories if each.within_id == within and each.slug == slug), None)


def are_among(what: Chosen, cells: list[Cell]) -> bool:
    """Whether there is something of all that was chosen, each by itself."""
    known = {cell.category for cell in cells}
    named = all(each is None or each.pk in known for each in (what.category, what.part))
    return named and (not what.year or any(cell.year == what.year for cell in cells))


def as_public(what: Chosen, cells: list[Cell]) -> Chosen:
    """The same, as far as public decisions know it: what is under embargo as a whole is for the public not there."""
    known = {cell.category for cell in cells}
    if what.category and what.category.pk not in known:
        raise NoSuchList
    if what.year and not any(cell.year == what.year for cell in cells):
        raise NoSuchList
    return what if what.part is None or what.part.pk in known else replace(what, part=None)


def facets(cells: list[Cell], what: Chosen, categories: list[Any], counted: bool = True) -> list[Facet]:
    """What can be chosen by, from the cells of the public decisions that were sought."""
    top = {each.pk: each for each in categories if each.within_id is None}
    parts = {each.pk: each for each in categories if what.category and each.within_id == what.category.pk}
    own, inner = (
        [cell for cell in cells if cell.category in among] for among in (top, parts)
    )  # a decision is in a cell of its category, and in one of its part
    narrowed = inner if what.part else own
    found = [_of_categories(("category", "Category", "All categories"), own, top, what, what.category)]
    if what.category:
        found.append(_of_categories(("part", "Sub-category", "All of them"), inner, parts, what, what.part))
    labels = dict(Outcome.choices)
    found.append(_of_values(("outcome", "Outcome", "All outcomes"), narrowed, labels, what, what.outcome))
    in_years = {year: years(year) for year in sorted({cell.year for cell in cells}, reverse=True)}
    found.append(_of_values(("year", "Year", "All years"), narrowed, in_years, what, what.year))
    return found if counted else [each.uncounted() for each in found]


def count(cells: Iterable[Cell], what: Chosen, categories: list[Any]) -> Counted:
    """How many were chosen in all."""
    wanted = {what.part.pk} if what.part else {what.category.pk} if what.category else _tops(categories)
    rows = [cell for cell in _of(cells, what, "") if cell.category in wanted]
    return Counted(sum(cell.number for cell in rows), sum(cell.withheld for cell in rows))


def _tops(categories: list[Any]) -> set[int]:
    return {each.pk for each in categories if each.within_id is None}


def _of(cells: Iterable[Cell], what: Chosen, free: str) -> list[Cell]:
    """The cells that meet all choices but one, which stays free."""
    category = what.part or what.category
    key = category.pk if category and not free else None
    outcome = "" if free == "outcome" else what.outcome
    year = None if free == "year" else what.year
    return [
        cell
        for cell in cells
        if key in (None, cell.category) and outcome in ("", cell.outcome) and year in (None, cell.year)
    ]


def _of_categories(
    words: tuple[str, str, str], cells: list[Cell], names: dict[int, Any], what: Chosen, now: Any
) -> Facet:
    sums = _sums((cell.category, cell.number) for cell in _of(cells, what, "category"))
    shown = {key: each for key, each in names.items() if key in sums or each == now}
    labels = Counter(each.label for each in shown.values())
    choices = [
        # The Ombudsman renamed some: the old name and the new have one short name of ours.
        Choice(each.slug, each.label if labels[each.label] == 1 else each.name, sums.get(key, 0), each == now)
        for key, each in shown.items()
    ]
    return Facet(*words, choices, sum(sums.values()))


def _of_values(
    words: tuple[str, str, str], cells: list[Cell], labels: dict[Any, str], what: Chosen, now: Any
) -> Facet:
    name = words[0]
    sums = _sums((getattr(cell, name), cell.number) for cell in _of(cells, what, name))
    choices = [
        Choice(str(value), label, sums.get(value, 0), value == now)
        for value, label in labels.items()
        if value in sums or value == now
    ]
    return Facet(*words, choices, sum(sums.values()))


def _sums(pairs: Iterable[tuple[Any, int]]) -> dict[Any, int]:
    sums: dict[Any, int] = {}
    for key, number in pairs:
        sums[key] = sums.get(key, 0) + number
    return sums
