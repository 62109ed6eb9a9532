"""What a letter says or shows that leaves none of its figures sure, however well they were read.

Its statistics may be another council's, or another year's; its own words may say that a figure is wrong.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from . import eras
from .about import About
from .formats.names import another_council, is_kind_only
from .formats.tiles import set_together
from .layout import Flow, Piece, as_stored
from .letterhead import Letterhead, letterhead
from .tabled import Tabled
from .texts import Text
from .types import Problem

_REPORT_OF = re.compile(r"local authority report\s*[:–—-]?[ \t]*\n?(?P<name>[^\n]{3,80})", re.IGNORECASE)
_ADJUSTED_FOR = re.compile(
    r"adjusted\s+for\s+(?P<name>[^.]{2,80}?)(?:['’]s?)?\s+population\b", re.IGNORECASE | re.DOTALL
)
_WORD_OF_NAME = r"(?:[A-Z][\w'’-]*,?|of|and|&|the|in|on|upon|under|with)"
# A line that is a council's name, or says that statistics are of one, and nothing else.
_NAME = re.compile(
    r"(?:(?i:[\w ]{0,20}(?:statistics|figures|data|performance|results|report))\s*(?:for|of|on|about|[:–—-])\s*)?"
    rf"(?P<name>(?:{_WORD_OF_NAME}\s+){{1,7}}(?:Council|Corporation|Authority)"
    rf"|(?:The\s+)?(?:London\s+|Royal\s+)?(?:Borough|City|County|Council)\s+[Oo]f(?:\s+{_WORD_OF_NAME}){{1,6}})"
)
# "Borough of Bromley's" is a line of a sentence that began above it: "Adjusted for London".
_POSSESSIVE = re.compile(r"['’]s?$")
_CHANGED = r"(?:amended|corrected|revised|updated|superseded|replaced|incorrect|wrong|inaccurate|provisional)"
_STATISTIC = r"(?:figures?|(?<!business )rates?|statistics?|percentages?)"
# The words by which a letter says that a figure it prints was, or is, not the right one.
_CORRECTION = re.compile(
    rf"\bcorrection\s*[:(–—]|\bcorrigend|\berrat(?:um|a)\b|\bshould\s+(?:have\s+)?read\b"
    rf"|\bpreviously\s+(?:reported|stated)\b|\b(?:addendum|amendment)\s*[:(–—]|^superseded\b"
    rf"|\b{_CHANGED}\b[^.]{{0,40}}?\b{_STATISTIC}\b|\b{_STATISTIC}\b[^.]{{0,60}}?\b{_CHANGED}\b"
    rf"|\b(?:replaces?|supersedes?|disregards?)\b[^.]{{0,40}}?\b{_STATISTIC}\b"
    rf"|\b{_STATISTIC}\s+(?:is|are)\s+now\b|%\s*(?:and|,)\s*not\s+\d",
    re.IGNORECASE | re.MULTILINE,
)


def caveats(
    text: Text, pages: Iterable[int], letter: About, in_tables: Tabled, era: str | None
) -> Iterator[Problem]:
    """Why no figure is sure; nothing where none of this is so. `pages` are those with the statistics."""
    flows = [as_stored([text.fast[page]]) for page in pages if page in text.fast]
    if era and eras.usual(letter.year_ending) not in {era, None}:
        yield _of_another_era(era, letter)
    if in_tables.years and letter.year_ending and in_tables.years != {letter.year_ending}:
        yield _tables_of_another_year(in_tables, letter)
    if text.doubtful_fonts:
        yield _doubtful_fonts()
    yield from _of_others(flows, letter.authority)
    yield from _second_letters(text, letter)
    yield from _corrections(flows)


def _of_another_era(era: str, letter: About) -> Problem:
    message = (
        f"The statistics have the form “{eras.IN_WORDS[era]}”, which letters of {letter.year_ending} are not known to"
        " have. It is a new layout, or not that year's letter: compare every figure."
    )
    return Problem("new-layout", None, message)


def _tables_of_another_year(in_tables: Tabled, letter: About) -> Problem:
    years = " and ".join(map(str, sorted(in_tables.years)))
    message = (
        f"The letter is of the year ending 31 March {letter.year_ending}, but its tables say that they are for the"
        f" period ending 31 March {years}. Compare every figure."
    )
    return Problem("year-differs", None, message)


def _doubtful_fonts() -> Problem:
    message = (
        "A font of this file is damaged: by its own table, two of its characters are one digit, or its digits are out"
        " of their order. What was read may not be what the page shows: compare every figure with the page."
    )
    return Problem("font-doubtful", None, message)


def _of_others(flows: Iterable[Flow], authority: str | None) -> Iterator[Problem]:
    """The other councils that statistics say they are of, in a title, in a sentence, or in a heading."""
    others = dict.fromkeys(
        name for flow in flows for name in _named(flow) if another_council(name, authority)
    )
    if others:
        names = " and ".join(f"“{name}”" for name in others)
        message = (
            f"The statistics name {names}, but the letter is addressed to {authority}. Make sure whose figures they"
            " are, and compare each."
        )
        yield Problem("another-council", None, message)


def _named(flow: Flow) -> Iterator[str]:
    """Whose the statistics on a page say they are. A name alone on its line says so where it is the only one."""
    found = chain(_REPORT_OF.finditer(flow.text), _ADJUSTED_FOR.finditer(flow.text))
    yield from (" ".join(match["name"].split()) for match in found)
    alone = set(filter(None, map(_name_alone, chain((None,), flow.pieces), flow.pieces)))
    if len(alone) == 1:
        yield from alone


def _name_alone(above: Piece | None, piece: Piece) -> str:
    """The council that a line names and says no more; empty where it names none.

    A long name may begin on the line above: "Statistics for St Helens Metropolitan", "Borough Council".
    """
    texts = [piece.text]
    if above and set_together(above, piece):
        texts.append(f"{above.text} {piece.text}")
    for text in map(str.strip, texts):
        line = _NAME.fullmatch(text.title() if text.isupper() else text)
        if line and not _POSSESSIVE.search(line["name"]) and not is_kind_only(line["name"]):
            return " ".join(line["name"].split())
    return ""


def _second_letters(text: Text, letter: About) -> Iterator[Problem]:
    """The pages that begin a letter to another council, to somebody else, or of another year."""
    first = letterhead(as_stored([text.fast[text.first]]))
    for page, sheet in sorted(text.fast.items()):
        head = letterhead(as_stored([sheet]))
        if page > text.first and head.greets and _is_another(head, first, letter):
            message = (
                f"Page {page} begins another letter, so figures of both may have been mixed. Compare every figure;"
                " or split the file, and upload each letter by itself."
            )
            yield Problem("two-letters", None, message)
            return


def _is_another(head: Letterhead, first: Letterhead, letter: About) -> bool:
    if another_council(head.addressee.council or "", letter.authority):
        return True
    return head.greets != first.greets or (head.year is not None and head.year != letter.year_ending)


def _corrections(flows: Iterable[Flow]) -> Iterator[Problem]:
    """The words on pages with statistics that say that something printed was, or is, wrong."""
    found = next(filter(None, (_CORRECTION.search(flow.text) for flow in flows)), None)
    if found:
        words = " ".join(found.group().split())
        message = (
            f"The pages with the statistics speak of a correction (“{words}”). See which figures are the right ones:"
            " compare each."
        )
        yield Problem("says-corrected", None, message)
