"""The letters to one council, year by year."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404, render

from councils.models import Council
from letters import clock, published
from public.pages.answering import public_page
from public.pages.statistics import about


@dataclass
class Year:
    """What there is of a year: the letter that counts, those it replaced, those withdrawn; or none of them."""

    review: Any
    letter: Any = None
    replaced: list[Any] = field(default_factory=list)
    withdrawn: list[Any] = field(default_factory=list)


@public_page
def annual_letters(request, slug):
    now = clock.now()
    council = get_object_or_404(Council.objects.with_lineage(), slug=slug)
    page = about(council, now, "annual-letters") | {"years": _years(council, now)}
    return render(request, "public/annual_letters.html", page)


def _years(council, now) -> list[Year]:
    """Newest first: the years of which it has, or had, a letter, and the published ones in which it existed."""
    years = {
        review.year_ending: Year(review)
        for review in published.editions(now)
        if council.existed_in_year_of(date(review.year_ending, 3, 31))
    }
    for letter in published.letters(now).filter(council=council):
        _year(years, letter).letter = letter
    for letter in published.replaced(now).filter(council=council).order_by("-number"):
        _year(years, letter).replaced.append(letter)
    for letter in published.withdrawn(now).filter(council=council).order_by("-number"):
        _year(years, letter).withdrawn.append(letter)
    return [years[key] for key in sorted(years, reverse=True)]


def _year(years: dict[int, Year], letter) -> Year:
    return years.setdefault(letter.review.year_ending, Year(letter.review))
