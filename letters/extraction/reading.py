"""Reads one letter: a PDF's bytes in, a proposal with its problems out. Runs in a child process (warm.py)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from letters.measures import HEADLINE

from . import eras
from .about import About, about
from .caveats import caveats
from .edges import without_edges
from .figures import figures
from .formats.matches import Found
from .formats.three_blocks import find
from .from_pictures import with_pictures
from .glyphs import Sheet
from .gutters import by_gutters
from .layout import as_stored
from .letterhead import letterhead
from .pdf import open_pdf
from .reconcile import Ledger
from .tabled import Tabled, tabled
from .texts import Text, text_of
from .types import Problem, Reading, pages_in_words

_MENTIONS = {
    "upheld-per-100000": "per 100,000 residents",
    "not-for-us": "not for us or not ready",
    "compliance": "compliance rate",
    "first-enquiries": "first enquiries",
    "days-to-respond": "days to respond",
}


def read(content: bytes, most_pages: int) -> Reading:
    """Read a letter. Raises Unreadable where the file is no PDF that can be opened, or shows no text."""
    opened = open_pdf(content, most_pages)
    text = text_of(opened)
    pages = text.statistics
    blocks = [_findings(text.fast, pages), _findings(text.slow, pages)]
    running = as_stored(text.fast[page] for page in sorted(text.fast)).text
    first_page = as_stored([text.fast[text.first]])
    in_tables = _no_tables() if _has_blocks(blocks) else tabled(text, letterhead(first_page))
    ledger = Ledger(in_tables.found if in_tables.era else blocks)
    letter = about(first_page, running, ledger.period_ends)
    era = in_tables.era or (eras.BLOCKS if ledger.measures else None)
    stated, doubts = figures(ledger, letter.year_ending, era)
    doubts += _unread(
        text, in_tables.pages if in_tables.era else pages, {figure.measure for figure in stated}
    )
    for_all = [*caveats(text, in_tables.pages if in_tables.era else pages, letter, in_tables, era)]
    if for_all:
        stated = [replace(figure, readers_agree=False) for figure in stated]
    doubts = [*for_all, *doubts]
    reading = Reading(
        authority=letter.authority,
        year_ending=letter.year_ending,
        letter_date=letter.letter_date,
        publication_date=letter.publication_date,
        recipient=letter.recipient,
        statistics=tuple(stated),
        problems=(
            *opened.problems,
            *text.problems,
            *letter.problems,
            *_about_figures(doubts, text, letter, in_tables),
        ),
        page_count=opened.page_count,
        era=era,
        restated=in_tables.restated,
    )
    return with_pictures(reading, text)


def _no_tables() -> Tabled:
    return Tabled(None, [], (), [], False)


def _has_blocks(by_reader: Sequence[Sequence[Found]]) -> bool:
    """Whether a sentence of the three blocks was found: then tables are not looked for."""
    return any(found.measure in HEADLINE for findings in by_reader for found in findings)


def _findings(sheets: Mapping[int, Sheet], pages: Sequence[int]) -> list[Found]:
    """What one reader finds in either reading order, placed in fractions of the page."""
    chosen = without_edges(sheets[page] for page in pages if page in sheets)
    stored, along_gutters = as_stored(chosen), by_gutters(chosen)
    is_one_order = stored.pieces == along_gutters.pieces  # as on most pages
    found = find([stored] if is_one_order else [stored, along_gutters])
    return [replace(field, box=sheets[field.page].fraction(field.box)) for field in found]


def _about_figures(
    doubts: Sequence[Problem], text: Text, letter: About, in_tables: Tabled
) -> Iterator[Problem]:
    """The problems with the figures; one for all where the letter has none, or they are in another form."""
    missing = {problem.measure for problem in doubts if problem.code == "block-missing"}
    if not missing.issuperset(HEADLINE):
        second_reader_failed = any(problem.code == "second-reader-failed" for problem in text.problems)
        yield from (
            problem for problem in doubts if not (second_reader_failed and problem.code == "readers-differ")
        )
        return
    yield _new_layout(letter) if in_tables.looks_new else _no_statistics(text)
    yield from (problem for problem in doubts if problem.code != "block-missing")


def _unread(text: Text, pages: Sequence[int], stated: Collection[str]) -> Iterator[Problem]:
    """Figures that the statistics mention in words of their own, but that were not read."""
    squeezed = "".join(as_stored(text.fast[page] for page in pages).text.lower().split())
    for measure, sign in _MENTIONS.items():
        if measure not in stated and "".join(sign.split()) in squeezed:
            message = f"The letter speaks of “{sign}”, but the figure was not found. Enter it by hand if it is stated."
            yield Problem("figure-missing", measure, message)


def _new_layout(letter: About) -> Problem:
    of = f" of {letter.year_ending}" if letter.year_ending else ""
    message = (
        f"A new layout: this letter{of} seems to state statistics, but in a form that is not known. None was read."
        " Enter the figures by hand, and tell whoever runs the site, so that the form can be added."
    )
    return Problem("new-layout", None, message)


def _no_statistics(text: Text) -> Problem:
    message = "The letter states no statistics that could be found. If it has some, enter them by hand."
    if text.blank:
        message += (
            f" No text was found on {pages_in_words(text.blank)}: the statistics may be a picture there."
        )
    if text.hidden:
        message += (
            f" The text of {pages_in_words(text.hidden)} is not what can be seen there, and was not believed."
        )
    return Problem("no-statistics", None, message)
