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


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z]+", re.sub(r"['’]", "", name.lower().replace("&", " and ")))
