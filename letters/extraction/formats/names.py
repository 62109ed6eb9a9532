"""Whether a table's row is the council's that the letter is for: labels shorten names in ways of their own."""

import re

_KINDS = frozenset(
    [
        "council",
        "borough",
        "city",
        "county",
        "district",
        "metropolitan",
        "london",
        "royal",
        "unitary",
        "corporation",
        "authority",
        "national",
        "park",
        "of",
        "the",
        "and",
        "bc",
        "dc",
        "cc",
        "mbc",
        "mdc",
        "lb",
        "rb",
        "cbc",
        "city",
    ]
)
# What a label says that names no council.
_PLAIN = frozenset(
    [
        "total",
        "totals",
        "number",
        "numbers",
        "count",
        "complaints",
        "enquiries",
        "decisions",
        "of",
        "received",
        "made",
        "all",
        "year",
        "this",
        "the",
    ]
)
# What stands for a council's name, or goes with one; and what shows that a line is none.
_ANY = frozenset(
    [
        "your",
        "our",
        "each",
        "local",
        "similar",
        "area",
        "population",
        "type",
        "other",
        "all",
        "its",
        "this",
        "in",
        "on",
        "with",
        "under",
        "upon",
    ]
)
_NO_NAME = frozenset(
    [
        "satisfactory",
        "remedy",
        "remedies",
        "complaint",
        "complaints",
        "compliance",
        "recommendations",
        "decision",
        "decisions",
        "provided",
        "report",
        "ombudsman",
        "annual",
        "performance",
        "commission",
        "administration",
        "england",
        "average",
        "averages",
    ]
)
# The one council whose name is made of nothing but what names a kind.
_THE_CITY = re.compile(r"\b(?:city|corporation)\s+of\s+london\b")


def names_nobody(label: str) -> bool:
    """Whether a label has no council's name in it: empty, "Total", "Number of complaints"."""
    return set(_words(label)) <= _PLAIN


def same_council(label: str, authority: str | None) -> bool:
    """Whether a label names this council, whatever it leaves out of "Borough Council"."""
    if authority is None:
        return False
    if "".join(_words(label)) == "".join(_words(authority)):
        return True
    own, other = (frozenset(_words(name)) - _KINDS for name in (label, authority))
    return bool(own) and own == other


def another_council(name: str, authority: str | None) -> bool:
    """Whether a name is plainly another council's than this one, whatever either leaves out of itself."""
    if authority is None or _NO_NAME & set(_words(name)):
        return False
    other, own = (frozenset(_words(each)) - _KINDS - _ANY for each in (name, authority))
    return bool(other and own) and not (other <= own or own <= other)


def is_kind_only(name: str) -> bool:
    """Whether a name is what is left of one, such as "Borough Council", or stands for one, as "Your Council"."""
    return not set(_words(name)) - _KINDS - _ANY


def _words(name: str) -> list[str]:
    plain = re.sub(r"['’]", "", name.lower().replace("&", " and "))
    return re.findall(r"[a-z]+", _THE_CITY.sub(" cityoflondon ", plain))
