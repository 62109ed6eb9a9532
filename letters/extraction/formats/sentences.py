"""The sentence forms of the three-block letters, as patterns that hold wherever lines and words are broken.

Each pattern names what it captures: `percent`, `count`, `base`, `label`, `start`, `end`, `value`, `average`. A capture
is whatever stands in the number's place, so that "1OO%" is found and refused rather than missed.
"""

import re
from functools import lru_cache

from letters.extraction.numbers import DATE

from .signs import PAGES

_BROKEN = r"[\s\u2010-]*"


def phrase(words: str) -> str:
    """A pattern for these words with breaks and hyphens anywhere; "a/b" is either word, "(s)" an optional s."""
    return _BROKEN.join(_word(word) for word in words.split())


def _word(word: str) -> str:
    if "/" in word:
        return "(?:" + "|".join(_word(choice) for choice in word.split("/")) + ")"
    plain, plural = (word[:-3], "s") if word.endswith("(s)") else (word, "")
    spelt = _BROKEN.join(re.escape(letter) for letter in plain)
    # A plural's "s" is on the same line, and not the first letter of what comes next.
    return spelt + (rf"(?:[ \u2010-]*{plural}(?-i:(?![a-z])))?" if plural else "")


def pattern(*parts: str) -> re.Pattern[str]:
    return re.compile(r"\s*".join(parts), re.IGNORECASE | re.DOTALL)


def named(name: str, at_most: int = 14) -> str:
    """Whatever stands in the place of a number, shortest first."""
    return rf"(?P<{name}>\S.{{0,{at_most}}}?)"


# Any sign that does not begin a word that turns the sentence round.
_AFFIRMED = r"(?:(?!\bnot\b|\bunable\b|\bnever\b).)"
# The rate goes before these words; three_blocks looks for it there, or near them in large type.
RATES = {
    "upheld": pattern(phrase("of complaints we investigated were upheld"), r"\.?"),
    # "satisfied" is left out: many programs store the joined "fi" as something else, or not at all.
    "compliance": pattern(
        phrase("of cases we were"), rf"{_AFFIRMED}{{1,100}}?{phrase('our recommendations')}", r"\.?"
    ),
    "satisfactory-remedies": pattern(
        phrase("of upheld cases we found"),
        rf"{_AFFIRMED}{{0,80}}?{phrase('satisfactory remedy before the complaint')}",
        rf"(?:.{{0,30}}?{phrase('Ombudsman')})?",
        r"\.?",
    ),
}
# What stands right before those words: a number with its sign, or at least a word with a digit. Two groups of digits on
# one line are taken together, so that "6 7%" is refused, unless the first is a year.
BEFORE_RATE = re.compile(
    r"(?P<opening>\bIn(?:\s+|(?=\d)))?"
    r"(?P<percent>(?:(?<!\d)\d{1,3} )?(?:[^\s%]+\s*(?:%|per\s*cent)[*_]*|\S*\d\S*))\s*$",
    re.IGNORECASE,
)
# The end of the sentence before, where both run together; not "c." or "approx.", which belong to the number.
RUN_TOGETHER = re.compile(
    r"(?!.*(?<![a-z])(?:ca?|circa|approx|est|no)\.[^a-z]*$).*[a-z)][.:;]", re.IGNORECASE | re.DOTALL
)

NONE_DUE = pattern(
    rf"(?<!\bwhich\s)(?<!\bwhere\s){phrase('no recommendations were due')}",
    rf"(?:{phrase('for compliance in this period')})?",
    r"\.?",
)
HEADINGS = {
    "upheld": pattern(phrase("complaints upheld")),
    "compliance": pattern(
        phrase("compliance with"), rf"(?:{phrase('Ombudsman')}\S{{0,2}})?", phrase("recommendations")
    ),
    "satisfactory-remedies": pattern(
        phrase("satisfactory remedy/remedies provided by the authority/council/organisation/authorities")
    ),
}
AVERAGE = pattern(
    rf"(?:{phrase('this')}\s*)?", phrase("compares to an average of"), named("average", 24), phrase("in similar"),
    rf"(?:{phrase('authorities/councils/organisations/bodies')}\.?)?",
)  # fmt: skip
_PERIOD = (
    rf"(?:{phrase('between/from')})?\s*(?P<start>{DATE})\s*(?:to|and|until|-|\u2013|\u2014)\s*(?P<end>{DATE})"
)
# A footnote's sign.
_NOTE = r"[\d\u00b9\u00b2\u00b3*\u2020\u2021]{0,2}"
BASE = pattern(
    rf"(?:{phrase('statistics are')}\s*)?", phrase("based on a total of"), named("base", 12),
    r"(?<![a-z])(?P<label>[a-z][a-z\s\u2010-]{2,60}?)", _NOTE, phrase("for the period"), _PERIOD, r"\.?",
)  # fmt: skip
LABELS = (
    "detailed investigation(s)", "investigation(s)", "upheld decision(s)", "compliance outcome(s)", "upheld case(s)",
    "satisfactory remedy decision(s)", "complaint(s)", "recommendation(s)",
)  # fmt: skip
# The same without a period that can be read.
BASE_UNDATED = pattern(
    rf"(?:{phrase('statistics are')}\s*)?", phrase("based on a total of"), named("base", 12),
    rf"(?<![a-z])(?P<label>{'|'.join(map(phrase, LABELS))})",
)  # fmt: skip
COUNT_LABELS = {
    "upheld": pattern(phrase("upheld decision(s)")),
    "satisfactory-remedies": pattern(phrase("satisfactory remedy decision(s)")),
}
_PER_100000 = (
    rf"{phrase('upheld decision(s) per')}\s*100[,.\s]?000(?:\s*{phrase('residents/people/population')}\.?)?"
)
PER_100000 = pattern(_PER_100000)
PER_100000_OWN = pattern(
    rf"(?:{phrase('adjusted for')}.{{1,120}}?)?{phrase('this is')}", named("value"), _PER_100000
)
PER_100000_AVERAGE = pattern(
    phrase("average for"), rf".{{1,60}}?{phrase('type is')}", named("average"), _PER_100000
)
INVESTIGATED_AND_UPHELD = pattern(
    phrase("we investigated"), named("base", 12), phrase("complaint(s) and upheld"),
    r"(?P<count>[^\s.;]{1,12})", r"\.?",
)  # fmt: skip
DEALT_WITH = pattern(
    rf"(?:{phrase('between')}\s*(?P<start>{DATE})\s*(?:to|and|-|\u2013)\s*(?P<end>{DATE})\s*,?\s*)?",
    phrase("we dealt with"), named("value"), phrase("complaint(s)"), r"(?:and enquiries)?", r"\.?",
)  # fmt: skip
OVERVIEW = {
    "not-for-us": pattern(
        phrase("of these"), r",?", named("value"), phrase("were/was not for us"),
        rf"(?:{phrase('or not ready for us to investigate')}\.?)?",
    ),
    "assessed-and-closed": pattern(phrase("assessed and closed"), named("value"), phrase("complaint(s)"), r"\.?"),
    "investigated": pattern(
        phrase("we investigated"), named("value"), phrase("complaint(s)"), r"\.?",
        rf"(?!{_BROKEN}s?{_BROKEN}{phrase('and upheld')})",
    ),
}  # fmt: skip

# What shows, whatever the order of words, that a page states statistics.
_SIGNS = (
    "of complaints we investigated were upheld", "of cases we were satisfied", "of upheld cases we found",
    "no recommendations were due", "based on a total of", "compares to an average of", "we dealt with",
)  # fmt: skip
_TOGETHER = frozenset({"average", "similar", "upheld", "based", "total"})
# What shows that a page goes on with statistics that the page before began.
_CONTINUED = (
    "similar authorities", "upheld decision", "satisfactory remedy", "compliance outcome", "for the period",
    "per 100,000", "our recommendations", "the Ombudsman",
)  # fmt: skip


@lru_cache(maxsize=PAGES)
def states_statistics(text: str) -> bool:
    """Whether a page's text, in whatever order, may hold statistics."""
    squeezed = _squeeze(text)
    signs = any(_squeeze(sign) in squeezed for sign in _SIGNS)
    return signs or set(re.findall(r"[a-z]+", text.lower())) >= _TOGETHER


@lru_cache(maxsize=PAGES)
def goes_on_with_statistics(text: str) -> bool:
    """Whether the page after one with statistics may hold the rest of a sentence or of a block."""
    squeezed = _squeeze(text)
    return any(_squeeze(sign) in squeezed for sign in _CONTINUED)


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\u2010-]+", "", text).lower()
