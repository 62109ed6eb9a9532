"""A council's letters year by year, and why a year has none."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from councils.models import Council
from letters import published
from public.put_right import Entry
from public.without_letter import Why, without_letter


@dataclass
class Year:
    """What there is of a year: the letter that counts, those it replaced, those withdrawn; or why there is none, in
    words (`without`) and as one of the reasons."""

    review: Any
    letter: Any = None
    replaced: list[Any] = field(default_factory=list)
    withdrawn: list[Any] = field(default_factory=list)
    put_right: list[Entry] = field(default_factory=list)
    without: str = ""
    why: Why | None = None


def by_year(
    council: Council,
    now: datetime,
    letters: Iterable[Any] = (),
    replaced: Iterable[Any] = (),
    put_right: Iterable[Entry] = (),
) -> list[Year]:
    """Newest first: the years of which it has, or had, a letter, and the published ones in which it existed.

    `letters` are its public letters that count, `replaced` those that did, the newest first, and `put_right` the
    corrections of their figures. Three queries.
    """
    years = {
        review.year_ending: Year(review)
        for review in published.editions(now)
        if council.existed_in_year_of(date(review.year_ending, 3, 31))
    }
    for letter in letters:
        _year(years, letter).letter = letter
    for letter in replaced:
        _year(years, letter).replaced.append(letter)
    for entry in put_right:
        years[entry.year].put_right.append(entry)
    for letter in published.withdrawn(now).filter(council=council).order_by("-number"):
        _year(years, letter).withdrawn.append(letter)
    _say_why(council, years, now)
    return [years[key] for key in sorted(years, reverse=True)]


def newest_without(council: Council, letter: Any, now: datetime) -> Year | None:
    """The newest edition where it has no letter for the council, whose newest `letter` is of a year before; else None.

    One query where there is nothing to say.
    """
    newest = published.editions(now).filter(publish_at__lte=now).first()
    if newest is None or newest.year_ending <= letter.review.year_ending:
        return None
    return next((each for each in by_year(council, now) if each.review == newest), None)


def _year(years: dict[int, Year], letter: Any) -> Year:
    return years.setdefault(letter.review.year_ending, Year(letter.review))


def _say_why(council: Council, years: dict[int, Year], now: datetime) -> None:
    """Of those without a letter; one that was withdrawn has a note of its own."""
    said = dict(
        published.no_letters(now).filter(council=council).values_list("review__year_ending", "reason")
    )
    for ends, year in years.items():
        if year.letter is None and not year.withdrawn:
            found = without_letter(council, ends, said=said.get(ends, ""))
            year.without, year.why = found.words, found.why
