"""The Ombudsman's reference of a case: "19 012 345", in some cases with a letter. Pure: text in, text out."""

import re
from datetime import date

_REFERENCE = re.compile(r"([0-9]{2})[ -]?([0-9]{3})[ -]?([0-9]{3})([a-z]?)")
_WITHIN = re.compile(r"\b([0-9]{2})[\s-]([0-9]{3})[\s-]([0-9]{3}[a-z]?)\b", re.IGNORECASE)
_PER_DAY = 10**8
_SUFFIXES = 27  # none, or one of 26 letters
_NUMBERS = 1000  # no decision has so many improvements


def read(text: str) -> str:
    """The reference as it is printed, from any usual writing of it; empty where the text is none."""
    found = _REFERENCE.fullmatch(" ".join(text.split()).lower())
    return f"{found[1]} {found[2]} {found[3]}{found[4]}" if found else ""


def joined(text: str) -> str:
    """The text with each reference in it in one word, as the search of words has them."""
    return _WITHIN.sub(r"\1\2\3", text)


def address(reference: str) -> str:
    """As a part of an address: "19-012-345"."""
    return reference.replace(" ", "-")


def place(decided_on: date, reference: str) -> int:
    """Where a decision stands among all, by its day and then its reference, as one number.

    So a list is read by one column: what follows a decision has a smaller number.
    """
    digits, suffix = reference[:10].replace(" ", ""), reference[10:]
    return (decided_on.toordinal() * _PER_DAY + int(digits)) * _SUFFIXES + (ord(suffix) - 96 if suffix else 0)


def place_of_improvement(agreed_on: date, reference: str, number: int) -> int:
    """Where an improvement stands among all, by its day, its decision's reference and its number there."""
    return place(agreed_on, reference) * _NUMBERS + number


def first_place(day: date) -> int:
    """The least place that a decision of that day can have."""
    return day.toordinal() * _PER_DAY * _SUFFIXES


def place_after(day: date) -> int:
    """The least place that is after all decisions of that day."""
    return (day.toordinal() + 1) * _PER_DAY * _SUFFIXES


def day_of(a_place: int) -> date:
    """The day of a place."""
    return date.fromordinal(a_place // (_PER_DAY * _SUFFIXES))
