"""The statistics of a letter that stand in tables: found on its pages, and read by each reader for itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from . import eras
from .cells import Grid
from .formats.annual_review import in_running_text
from .formats.matches import Found
from .formats.signs import looks_like_statistics
from .formats.table_figures import era_of, restated, stated
from .formats.tables import Table, tables
from .glyphs import Sheet, as_displayed
from .grids import continued, grids
from .layout import as_stored
from .letterhead import Letterhead
from .texts import Text
from .types import Restated

_PERIOD_ENDING = re.compile(
    r"period\s+end(?:ing|ed)\s*[-:–—]?\s*31(?:st)?(?:[./]0?3[./]|\s+March,?\s+)(?P<year>20\d\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Tabled:
    """What each reader finds in a letter's tables, placed in fractions of the page.

    `years` are those that the tables' own titles name, "for the period ending 31/03/2016"; `looks_new` where the letter
    seems to state statistics, and none of a known form was found.
    """

    era: str | None
    found: Sequence[Sequence[Found]]
    restated: tuple[Restated, ...]
    pages: Sequence[int]
    looks_new: bool
    years: frozenset[int] = frozenset()


def tabled(text: Text, head: Letterhead) -> Tabled:
    """The statistics in a letter's tables and, of the annual reviews, in its running text."""
    pages = text.tables or sorted(text.fast)
    ways = [(text.fast, text.slow)]
    if any(text.fast[page].turns for page in pages):
        ways.append((_as_displayed(text.fast), _as_displayed(text.slow)))
    authority, year = head.addressee.council, head.year
    looks = [_look(readers, pages, authority) for readers in ways]
    by_reader, readers = max(looks, key=lambda look: sum(len(table.cells) for table in look[0][0]))
    era = era_of(by_reader[0])
    fields = [stated(each, authority, year) for each in by_reader]
    if era in {eras.ANNUAL_REVIEW, None} and eras.usual(year) == eras.ANNUAL_REVIEW:
        spoken = [in_running_text(sheets, _measures(fields)) for sheets in readers]
        era = era or (eras.ANNUAL_REVIEW if any(spoken) else None)
        fields = [[*one, *other] for one, other in zip(fields, spoken, strict=True)]
    if not any(fields):
        era = None
    return Tabled(
        era,
        [_placed(one, sheets) for one, sheets in zip(fields, readers, strict=True)],
        _agreed([restated(each, authority, year) for each in by_reader], readers[0]) if era else (),
        pages,
        not era and _looks_like_statistics(text),
        frozenset(year for page in pages if page in text.fast for year in _years(text.fast[page])),
    )


def _years(sheet: Sheet) -> Iterator[int]:
    """The years that a page of tables says it is for."""
    words = " ".join(as_stored([sheet]).text.split())
    return (int(match["year"]) for match in _PERIOD_ENDING.finditer(words))


_Look = tuple[list[list[Table]], tuple[Mapping[int, Sheet], Mapping[int, Sheet]]]


def _look(
    readers: tuple[Mapping[int, Sheet], Mapping[int, Sheet]], pages: Sequence[int], authority: str | None
) -> _Look:
    """What either reader makes of the tables of the pages."""
    found = _grids(*readers, pages)
    return [tables(found, sheets, authority) for sheets in readers], readers


def _as_displayed(sheets: Mapping[int, Sheet]) -> dict[int, Sheet]:
    """The pages without the turn that most of their text seems to need: it may be that of their headings alone."""
    return {page: as_displayed(sheet) for page, sheet in sheets.items()}


def _grids(fast: Mapping[int, Sheet], slow: Mapping[int, Sheet], pages: Sequence[int]) -> list[Grid]:
    """The grids of the pages: lines as the second reader finds them, words as the first does."""
    rules = {page: slow[page].rules for page in pages if page in slow}
    return continued([grids(replace(fast[page], rules=rules.get(page, ()))) for page in pages])


def _measures(fields: Sequence[Sequence[Found]]) -> set[str]:
    return {found.measure for findings in fields for found in findings}


def _placed(fields: Sequence[Found], sheets: Mapping[int, Sheet]) -> list[Found]:
    return [replace(found, box=sheets[found.page].fraction(found.box)) for found in fields]


def _agreed(
    by_reader: Sequence[Mapping[tuple[str, int], Restated]], sheets: Mapping[int, Sheet]
) -> tuple[Restated, ...]:
    """What both readers find restated of earlier years."""
    one, other = by_reader
    both = [check for key, check in one.items() if key in other and other[key].value == check.value]
    return tuple(
        replace(check, source=replace(source, box=sheets[source.page].fraction(source.box)))
        for check in both
        for source in [check.source]
    )


def _looks_like_statistics(text: Text) -> bool:
    """Whether any visible page seems to state statistics, in whatever form."""
    visible = (as_stored([sheet]).text for page, sheet in text.fast.items() if page > 1)
    return bool(text.tables) or any(map(looks_like_statistics, visible))
