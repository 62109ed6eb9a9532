"""What a letter is apart from its figures: whose, of what year, sent and published when, and what of it is doubtful."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from . import eras
from .layout import Flow
from .letterhead import Letterhead, letterhead, publication_date
from .types import Problem, Recipient


@dataclass(frozen=True)
class About:
    """Everything of a reading but its figures."""

    authority: str | None
    year_ending: int | None
    letter_date: date | None
    publication_date: date | None
    recipient: Recipient
    problems: tuple[Problem, ...]


def about(first_page: Flow, text: str, period_ends: Collection[date]) -> About:
    """What the letter's first page and its running text say; the ends of its figures' periods help with the year."""
    head = letterhead(first_page)
    publication = publication_date(text, head.letter_date)
    year_ending = _year_ending(head, period_ends)
    return About(
        authority=head.addressee.council,
        year_ending=year_ending,
        letter_date=head.letter_date,
        publication_date=publication,
        recipient=Recipient(head.addressee.name, head.addressee.post),
        problems=(
            *_not_a_letter(text),
            *_missing(head, publication, year_ending),
            *_year_problems(head, year_ending),
        ),
    )


def _year_ending(head: Letterhead, period_ends: Collection[date]) -> int | None:
    """The year by the letter's title; without one, the year on which its opening or its figures agree."""
    if head.title_year:
        return head.title_year
    years = head.years or {day.year for day in period_ends}
    return next(iter(years)) if len(years) == 1 else None


def _not_a_letter(text: str) -> Iterator[Problem]:
    plain = text.lower()
    if "ombudsman" not in plain or not ("letter" in plain or "annual review" in plain):
        message = "This does not look like a letter of the Ombudsman. Look at the file before anything else."
        yield Problem("not-a-letter", None, message)


def _missing(head: Letterhead, publication: date | None, year_ending: int | None) -> Iterator[Problem]:
    if head.addressee.council is None:
        yield Problem(
            "authority-missing", None, "No council was found in the letter's address. Choose the council."
        )
    if head.addressee.name is None and head.addressee.post is None:
        yield Problem(
            "recipient-missing", None, "It was not found to whom the letter is addressed. Enter it by hand."
        )
    if head.letter_date is None:
        yield Problem("letter-date-missing", None, "The letter's own date was not found. Enter it by hand.")
    # Only the letters of the three blocks are known to promise a day.
    if publication is None and eras.usual(year_ending) in {eras.BLOCKS, None}:
        message = (
            "The letter does not plainly say when it will be published. Enter the date if it states one."
        )
        yield Problem("publication-date-missing", None, message)


def _year_problems(head: Letterhead, year_ending: int | None) -> Iterator[Problem]:
    if year_ending is None:
        yield Problem(
            "year-missing", None, "The letter does not say plainly which year it is about. Choose the year."
        )
        return
    if head.title_year is None and not (head.has_bare_title and year_ending in head.years):
        message = (
            f"No title with a year was found; the text speaks of the year ending 31 March {year_ending}."
        )
        yield Problem("title-missing", None, message)
    elif head.title_year and head.years and head.title_year not in head.years:
        others = ", ".join(map(str, sorted(head.years)))
        message = f"The title is of the year ending 31 March {year_ending}, the text of the year ending in {others}."
        yield Problem("year-differs", None, message)
    if head.letter_date and not date(year_ending, 4, 1) <= head.letter_date < date(year_ending + 1, 4, 1):
        dated = f"{head.letter_date.day} {head.letter_date:%B %Y}"
        message = f"The letter is dated {dated}, which is not in the year after 31 March {year_ending}."
        yield Problem("year-differs", None, message)
