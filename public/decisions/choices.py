"""What a list can be narrowed by, and how many decisions there would be with each choice."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cases.published import Cell, Chosen, Outcome
from public.decisions.asked import Asked, NoSuchList
from public.figures import number, years


@dataclass(frozen=True)
class Choice:
    """One choice: its value in the address, its words, and how many there would be; None where it is not counted."""

    value: str
    label: str
    number: int | None
    chosen: bool

    @property
    def text(self) -> str:
        """As a list of choices has it: "Housing (1,234)"."""
        return self.label if self.number is None else f"{self.label} ({number(self.number)})"


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
    found = [_of_categories(("category", "Category", "All categories"), cells, what, categories)]
    if what.category:
        found.append(_of_categories(("part", "Sub-category", "All of them"), cells, what, categories))
    outcomes = dict(Outcome.choices)
    found.append(_of_values(("outcome", "Outcome", "All outcomes"), cells, what, categories, outcomes))
    in_years = {year: years(year) for year in sorted({cell.year for cell in cells}, reverse=True)}
    found.append(_of_values(("year", "Year", "All years"), cells, what, categories, in_years))
    return found if counted else [each.uncounted() for each in found]


def count(cells: Iterable[Cell], what: Chosen, categories: list[Any]) -> Counted:
    """How many were chosen in all."""
    rows = _meeting(cells, what, categories)
    return Counted(sum(cell.number for cell in rows), sum(cell.withheld for cell in rows))


def _meeting(cells: Iterable[Cell], what: Chosen, categories: list[Any], free: str = "") -> list[Cell]:
    """The cells that meet all choices but one, which may stay free. Each decision is in one of them."""
    keys = {each.pk for each in _categories(what, categories, free)}
    outcome = "" if free == "outcome" else what.outcome
    year = None if free == "year" else what.year
    return [
        cell
        for cell in cells
        if cell.category in keys and outcome in ("", cell.outcome) and year in (None, cell.year)
    ]


def _categories(what: Chosen, categories: list[Any], free: str) -> list[Any]:
    """The category or the part that was chosen; all that could be, where that stays free."""
    chosen = {"category": None, "part": what.category}.get(free, what.part or what.category)
    if chosen and free != "part":
        return [chosen]
    return [each for each in categories if each.within_id == (chosen and chosen.pk)]


def _of_categories(
    words: tuple[str, str, str], cells: list[Cell], what: Chosen, categories: list[Any]
) -> Facet:
    name = words[0]
    now = getattr(what, name)
    sums = _sums((cell.category, cell.number) for cell in _meeting(cells, what, categories, name))
    shown = [each for each in _categories(what, categories, name) if each.pk in sums or each == now]
    labels = Counter(each.label for each in shown)
    choices = [
        # The Ombudsman renamed some: the old name and the new have one short name of ours.
        Choice(
            each.slug, each.label if labels[each.label] == 1 else each.name, sums.get(each.pk, 0), each == now
        )
        for each in shown
    ]
    return Facet(*words, choices, sum(sums.values()))


def _of_values(
    words: tuple[str, str, str],
    cells: list[Cell],
    what: Chosen,
    categories: list[Any],
    labels: Mapping[Any, str],
) -> Facet:
    name = words[0]
    now = getattr(what, name)
    sums = _sums((getattr(cell, name), cell.number) for cell in _meeting(cells, what, categories, name))
    choices = [
        Choice(str(value), label, sums.get(value, 0), value == now)
        for value, label in labels.items()
        if value in sums or value == now
    ]
    return Facet(*words, choices, sum(sums.values()))


def _sums(pairs: Iterable[tuple[Any, int]]) -> dict[Any, int]:
    sums: dict[Any, int] = {}
    for key, amount in pairs:
        sums[key] = sums.get(key, 0) + amount
    return sums
