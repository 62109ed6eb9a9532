"""Whose letter it is, by the register. Never guessed: a name that is not plainly one council's is left to a person."""

from datetime import date, timedelta

from django.db import DatabaseError

from councils.models import Council
from councils.years import reporting_year
from letters import clock
from letters.extraction.types import Problem, Reading
from letters.measures import HEADLINE


def match(reading: Reading, year_ending: int | None = None) -> tuple[Council | None, list[Problem]]:
    """The council that the letter names, as the register has it, and what is odd about that.

    `year_ending` is that of the edition it was uploaded to, for a letter that does not say its own.
    """
    if reading.authority is None:
        return None, []
    day = _day(reading, year_ending)
    council = Council.objects.named(reading.authority, day)
    if council is None:
        year = _in_full(reporting_year(day)[1])
        message = (
            f"The register knows no council called “{reading.authority}” in the year to {year}, or more than one."
            " Choose the council; if it is missing, add it to the register first."
        )
        return None, [Problem("unknown-council", None, message)]
    return council, [*_not_open(council, day), *_without_averages(council, reading)]


def has_register() -> bool:
    """Whether there are councils to match at all; False too where the database is not set up."""
    try:
        return Council.objects.exists()
    except DatabaseError:
        return False


def _day(reading: Reading, year_ending: int | None) -> date:
    """The last day of the year that the letter is about: letters are written in the year after it."""
    if year := reading.year_ending or year_ending:
        return date(year, 3, 31)
    return reporting_year(reading.letter_date or clock.now().date())[0] - timedelta(days=1)


def _not_open(council: Council, day: date) -> list[Problem]:
    if council.existed_in_year_of(day):
        return []
    first, last = reporting_year(day)
    when = f"was abolished on {_in_full(council.last_day)}" if council.last_day else "did not exist yet"
    years = f"{_in_full(first)} to {_in_full(last)}"
    message = f"{council} {when}; the letter is for {years}. Make sure whose letter it is."
    return [Problem("council-not-open", None, message)]


def _without_averages(council: Council, reading: Reading) -> list[Problem]:
    """Letters to councils with similar authorities print their averages; one that prints none may be misread."""
    rates = [
        figure for figure in reading.statistics if figure.measure in HEADLINE and figure.percent is not None
    ]
    if not council.similar_group or not rates or any(figure.average is not None for figure in rates):
        return []
    message = "No average of similar authorities was found, though this council has similar authorities."
    return [Problem("no-average", None, message)]


def _in_full(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
