"""Figures to take along: who is named as their source, and how a letter is cited."""

import re
from datetime import date
from typing import Any

from django.conf import settings

from councils.models import Council
from public.addresses import full
from public.figures import full_day

SITE = "Your council’s performance"
AUTHOR = "Local Government and Social Care Ombudsman"
# The Local Government Ombudsman took its longer name in June 2017; that year's letters came in July.
_LONGER_NAME_SINCE = 2017
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "–": "--",
    "’": "'",
} | {each: f"\\{each}" for each in "&%$#_{}"}


def author(year: int) -> str:
    """What the Ombudsman was called when it wrote the letters of that year."""
    return AUTHOR if year >= _LONGER_NAME_SINCE else "Local Government Ombudsman"


def notice() -> str:
    """What must go along with every figure of a demonstration; empty elsewhere."""
    made_up = "From a demonstration: most of its figures are made up. Do not rely on them."
    return made_up if settings.DEMONSTRATION else ""


def described(sentence: str) -> str:
    """A sentence of ours as search engines and messengers show it beneath the title of a page: marked as ours."""
    return f"{sentence} (Our summary) {notice()}".strip()


def address(council: Council, year: int, anchor: str = "") -> str:
    """The permanent address of a council's figures in one year, or of one of them, in full."""
    page = full("statistics", council.slug, query=f"?year={year}")
    return f"{page}#{anchor}" if anchor else page


def title(council: Council, letter: Any) -> str:
    return f"Annual letter to {council} for the year ending 31 March {letter.review.year_ending}"


def citation(council: Council, letter: Any, today: date) -> str:
    """The letter in a plain style: author, year, title, date, address, and the day on which it was looked up."""
    year = letter.review.year_ending
    parts = [
        f"{author(year)} ({letter.letter_date.year if letter.letter_date else year})",
        title(council, letter),
        f"Dated {full_day(letter.letter_date)}" if letter.letter_date else "",
        SITE,
        f"{address(council, year)} (looked up on {full_day(today)})",
        notice().removesuffix("."),
    ]
    return f"{'. '.join(part for part in parts if part)}."


def bibtex(council: Council, letter: Any, today: date) -> str:
    """The same for BibTeX."""
    year = letter.review.year_ending
    fields = {
        "author": f"{{{author(year)}}}",
        "title": f"{{{_for_bibtex(title(council, letter))}}}",
        "year": str(letter.letter_date.year if letter.letter_date else year),
        "howpublished": f"\\url{{{address(council, year)}}}",
        "note": _for_bibtex(f"Looked up on {full_day(today)}. {notice()}".strip()),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    return f"@misc{{ombudsman-{council.slug}-{year},\n" + ",\n".join(lines) + "\n}"


def _for_bibtex(words: str) -> str:
    """With its special characters told from its commands."""
    return re.sub(f"[{re.escape(''.join(_BIBTEX))}]", lambda match: _BIBTEX[match[0]], words)
