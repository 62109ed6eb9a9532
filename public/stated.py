"""What one year's published letters state of one figure, and what there is to say where they state none."""

from datetime import date, datetime
from typing import Any

from django.db.models import F

from councils.models import Council
from letters import published
from public import figures


def by_council(figure: str, year: int, now: datetime) -> dict[int, Any]:
    """The statistics of the figure, by the council's key; without what the letters say around them."""
    statistics = published.statistics(now).filter(letter__review__year_ending=year, measure=figure)
    bare = statistics.select_related(None).defer("sources").annotate(council=F("letter__council"))
    return {statistic.council: statistic for statistic in bare}


def with_letter(year: int, now: datetime) -> set[int]:
    """The keys of the councils that have a letter for the year."""
    return set(published.letters(now).filter(review__year_ending=year).values_list("council", flat=True))


def without(council: Council, year: int, has_letter: bool) -> str:
    """Why there is no figure, if there is none."""
    if has_letter:
        return figures.NOT_STATED
    if council.existed_in_year_of(date(year, 3, 31)):
        return "No letter published"
    return f"Did not exist in {figures.years(year)}"
