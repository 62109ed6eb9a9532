"""What shows, in whatever order its words come, that a page may hold tables of statistics, or numbers of some form."""

import re
from functools import lru_cache

_SIGNS = (
    "localauthorityreport", "complaintsandenquiriesreceived", "enquiriesandcomplaintsreceived", "bysubject",
    "decisionsmade", "adviceteam", "investigativeteam", "referredbackforlocalresolution", "upholdrate",
    "closedafterinitialenquiries", "incompleteorinvalid", "firstenquiries", "mireps", "ombdisc", "nomal",
    "prematurecomplaints", "outsidejurisdiction", "adultcareservices", "benefitsandtax", "housing",
)  # fmt: skip
# Words of headings that are wrapped line by line across the page.
_WORDS = (
    {"adult", "care", "benefits", "housing", "total"},
    {"incomplete", "invalid", "upheld", "closed", "advice"},
    {"reps", "omb", "disc", "premature", "total"},
)
# What is asked of a page is asked several times on the way of a letter, and remembered of so many texts.
PAGES = 64
_NUMBER = re.compile(r"(?<![\w.,/])(?:\d{1,4}|\d{1,3},\d{3}|[-–—])(?![\w/]|[.,]\d)")
_FEWEST_NUMBERS = 4
_ROW = re.compile(r"(?:(?<![\w.,/])[\d,]{1,5}%?[ \t]+){3,}[\d,]{1,5}%?[ \t\r]*$", re.MULTILINE)
_ALONE = re.compile(r"^[ \t]*\d{1,3}(?:\.\d)?%[ \t\r]*$", re.MULTILINE)


@lru_cache(maxsize=PAGES)
def has_tables(text: str) -> bool:
    """Whether a page's text may hold the tables of letters to 2018."""
    return names_tables(text) and len(_NUMBER.findall(text)) >= _FEWEST_NUMBERS


@lru_cache(maxsize=PAGES)
def names_tables(text: str) -> bool:
    """Whether it has words that stand over those tables, with numbers or without."""
    plain = re.sub(r"[^a-z]", "", text.lower().replace("&", "and"))
    words = set(re.findall(r"[a-z]+", text.lower()))
    return sum(sign in plain for sign in _SIGNS) >= 2 or any(words >= some for some in _WORDS)


def goes_on_with_tables(text: str) -> bool:
    """Whether the page after one with tables may hold the rest: a line of it ends in a number."""
    return re.search(r"(?:^|\s)(?:[\d,]{1,5}(?:\.\d)?%?|[-–—])[ \t\r]*$", text, re.MULTILINE) is not None


def looks_like_statistics(text: str) -> bool:
    """Whether a page's text has numbers as statistics of any form do: a row of them, rates alone, or under headings."""
    if names_tables(text) and goes_on_with_tables(text):
        return True
    return _ROW.search(text) is not None or len(_ALONE.findall(text)) >= 2
