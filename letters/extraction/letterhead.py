"""Who a letter is for, of what day and year, and when it promises to be published."""

import re
from dataclasses import dataclass
from datetime import date

from . import numbers
from .addressee import Addressee, addressee
from .layout import Flow, Piece
from .runs import on_one_line

_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_DATE_LINE = re.compile(rf"(?:date:?\s*)?{_WEEKDAY}(?P<day>{numbers.DATE})", re.IGNORECASE)
_GREETING = re.compile(r"dear\s+(?P<who>\S.*?)[,:]?", re.IGNORECASE)
_TITLE = re.compile(
    r"^(?:(?:the\s+)?local\s+government\s+ombudsman['’]?s\s+)?annual\s+(?:review(?:\s+letter)?|letter)"
    r"\s*[-:–—]?\s*(?:for\s+)?"
    r"(?P<year>20\d\d)(?:\s*[-–—/]\s*(?P<end>20\d\d|\d\d))?$",
    re.IGNORECASE | re.MULTILINE,
)
_BARE_TITLE = re.compile(
    r"^(?:(?:the\s+)?local\s+government\s+ombudsman['’]?s\s+)?annual\s+(?:review(?:\s+letter)?|letter)$",
    re.IGNORECASE | re.MULTILINE,
)
_YEAR_ENDING = re.compile(r"year\s+end(?:ing|ed)\s+(?:on\s+)?31(?:st)?\s+March,?\s+(20\d\d)", re.IGNORECASE)
# A day that is told to be one and is not read: "18/07/2020", "18 Jul 2020".
_SHORT_DAY = r"(?:date:?\s*)?\d{1,2}\s*[./ -]\s*(?:\d{1,2}|[a-z]{3,4})\.?\s*[./ -]\s*(?:\d\d){1,2}"
_NOT_ADDRESS = re.compile(
    rf"{_DATE_LINE.pattern}|{_SHORT_DAY}|(?:by|via)\s+(?:e-?mail|post).*|.*\bref(?:erence)?\b.*|.*@.*|.*\bombudsman\b.*"
    r"|(?:e-?mail|tel|telephone|phone|fax|private|confidential|copy|cc|www)\b.*|annual\s+.*letter.*|(?:the\s+)?annual\s+review\b.*",
    re.IGNORECASE,
)
# Lines of an address stand no further apart than this, in heights of a line.
_SAME_ADDRESS = 3.0
_PROMISES = (
    re.compile(
        rf"(?:uploaded?|publish\w*|copy of this letter|made public|available)\b[^.]{{0,250}}?\bon\s+{_WEEKDAY}"
        rf"(?P<day>{numbers.DATE})",
        re.IGNORECASE,
    ),
    re.compile(rf"\bon\s+{_WEEKDAY}(?P<day>{numbers.DATE})[^.]{{0,120}}?\b(?:upload|publish)", re.IGNORECASE),
)
_OF_THIS_LETTER = re.compile(
    r"this letter|this data|these data|our map|interactive map|performance", re.IGNORECASE
)


@dataclass(frozen=True)
class Letterhead:
    """What a letter says about itself. `years` holds every year ending 31 March that its opening names.

    A bare title, such as "Annual Letter", leaves the year to the line "for the year ended …" under it. `greets` is whom
    it greets; empty where it greets nobody.
    """

    addressee: Addressee
    letter_date: date | None
    title_year: int | None
    years: frozenset[int]
    has_bare_title: bool = False
    greets: str = ""

    @property
    def year(self) -> int | None:
        """The year ending by the title; without one, the only year that the opening names."""
        return self.title_year or (next(iter(self.years)) if len(self.years) == 1 else None)


def letterhead(first_page: Flow) -> Letterhead:
    """What the first page says; None for what it does not say plainly."""
    greeting = next((piece for piece in first_page.pieces if _GREETING.fullmatch(piece.text)), None)
    above = [piece for piece in first_page.pieces if greeting is None or piece.box[3] <= greeting.box[1] + 2]
    return Letterhead(
        addressee=addressee(_address(above, greeting), _greeted(greeting)) if greeting else Addressee(),
        letter_date=_only(_dates(above)),
        title_year=_title_year(first_page.text),
        years=frozenset(int(year) for year in _YEAR_ENDING.findall(first_page.text)),
        has_bare_title=_BARE_TITLE.search(first_page.text) is not None,
        greets=_greeted(greeting) if greeting else "",
    )


def may_promise(text: str) -> bool:
    """Whether a page's text may hold the promise to publish."""
    return re.search(r"upload|publish|copy\s+of\s+this\s+letter", text, re.IGNORECASE) is not None


def publication_date(text: str, letter_date: date | None) -> date | None:
    """The day on which the letter says it will be published; None if it says none, or several.

    Days before the letter's own are those of other publications.
    """
    promises = [match for form in _PROMISES for match in form.finditer(" ".join(text.split()))]
    days = {day for match in promises if (day := _later(match, letter_date))}
    if len(days) > 1:
        days = {
            day
            for match in promises
            if _OF_THIS_LETTER.search(match.group()) and (day := _later(match, letter_date))
        }
    return _only(days)


def _later(match: re.Match[str], letter_date: date | None) -> date | None:
    day = numbers.day(match["day"])
    return day if day and (letter_date is None or day >= letter_date) else None


def _only(days: set[date]) -> date | None:
    return next(iter(days)) if len(days) == 1 else None


def _greeted(greeting: Piece) -> str:
    match = _GREETING.fullmatch(greeting.text)
    return match["who"] if match else ""


def _dates(pieces: list[Piece]) -> set[date]:
    lines = (_DATE_LINE.fullmatch(piece.text) for piece in pieces)
    return {day for line in lines if line and (day := numbers.day(line["day"]))}


def _title_year(text: str) -> int | None:
    """The year in which the period ends; None without a title, or with two that differ."""
    years = {_period_end(match) for match in _TITLE.finditer(text)}
    return years.pop() if len(years) == 1 else None


def _period_end(title: re.Match[str]) -> int | None:
    year, end = int(title["year"]), title["end"]
    if end is None:
        return year
    return year + 1 if int(end) % 100 == (year + 1) % 100 else None


def _address(above: list[Piece], greeting: Piece) -> list[str]:
    """The address, line by line.

    A line justified to the width of the page looks like cells of a table. It is one line if the name that the
    letter greets stands in the whole lines only.
    """
    lines = _address_lines(above, greeting)
    beginnings = [line.text for line in lines]
    if _holds(beginnings, _greeted(greeting)):
        return beginnings
    whole = [_whole(line, above) for line in lines]
    return whole if _holds(whole, _greeted(greeting)) else beginnings


def _holds(lines: list[str], greeted: str) -> bool:
    return set(greeted.split()[-1:]) <= set(" ".join(lines).split())


def _whole(line: Piece, pieces: list[Piece]) -> str:
    on_it = [piece for piece in pieces if on_one_line(piece.box, line.box)]
    return " ".join(piece.text for piece in sorted(on_it, key=lambda piece: piece.box[0]))


def _address_lines(above: list[Piece], greeting: Piece) -> list[Piece]:
    """The lines of the address as far as they stand in the greeting's column, next above it."""
    column = [piece for piece in above if _in_column(piece, greeting)]
    lines: list[Piece] = []
    for piece in sorted(column, key=lambda piece: -piece.box[1]):
        if _NOT_ADDRESS.fullmatch(piece.text):
            if lines:
                break
        elif lines and lines[-1].box[1] - piece.box[3] > _SAME_ADDRESS * piece.height:
            break
        else:
            lines.append(piece)
    return lines[::-1]


def _in_column(piece: Piece, greeting: Piece) -> bool:
    return abs(piece.box[0] - greeting.box[0]) < 2 * greeting.height
