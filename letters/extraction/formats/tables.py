"""What the tables of the letters to 2018 state: under each heading its number, for the letter's year and for others.

Which axis of a table has the headings, the headings themselves tell; the other axis has years, councils or stages. What
two readers make of one number is not decided here, nor whether it is proven by its total.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from letters import headings as usual
from letters.extraction import numbers
from letters.extraction.cells import Grid, Region, text_at
from letters.extraction.glyphs import Sheet

from .names import same_council

Sheets = Mapping[int, Sheet]

RECEIVED, DECIDED, RESPONSE, COMPLIANCE = "received", "decided", "response", "compliance"


def letters_of(text: str) -> str:
    """Only its letters, small, "&" as "and": the same wherever a heading is broken, or whatever joins its words."""
    return re.sub(r"[^a-z]", "", text.lower().replace("&", "and"))


_KNOWN = {
    RECEIVED: {letters_of(heading): heading for heading in (*usual.SUBJECTS_TO_2011, *usual.SUBJECTS)},
    DECIDED: {
        letters_of(heading): heading
        for heading in (
            *usual.OUTCOMES,
            *usual.DECISIONS_TO_2008,
            *usual.DECISIONS_2009_TO_2011,
            *usual.DECISIONS_2012_TO_2013,
        )
    }
    | {letters_of(printed): heading for printed, heading in usual.ALSO_PRINTED.items()},
}
_TOTALS = {letters_of(heading): heading for heading in (usual.TOTAL, usual.TOTAL_WITHOUT_PREMATURE)}
# By the letters of a heading, what it states that is no count of a family.
_NAMED = (
    (re.compile(r"upholdrate"), "upheld", "percent"),
    (re.compile(r"compliancerate"), "compliance", "percent"),
    (re.compile(r".*compliancewiththerecommendedremed(y|ies)wasrecorded.*"), "compliance", "denominator"),
    (re.compile(r"(no|number)?(of)?firstenquiries"), "first-enquiries", "value"),
    (re.compile(r"(avg|average)(no|number)?(of)?daystorespond"), "days-to-respond", "value"),
)
# What shows whose table it is, in the words above and around it; the last one stands nearest.
_SIGNS = (
    (re.compile(r"received"), RECEIVED),
    (re.compile(r"decision|investigativeteam"), DECIDED),
)
_FEW = 3


@dataclass(frozen=True)
class Cell:
    """One number's place in a table with its heading and its row's label, as one reader finds them."""

    heading: str
    heading_at: Region | None
    label: str
    label_at: Region | None
    printed: str
    place: Region

    @property
    def usual_heading(self) -> str | None:
        """The heading in its usual spelling; None if it is none of the usual ones."""
        plain = letters_of(self.heading)
        spellings = (*_KNOWN.values(), _TOTALS)
        return next((known[plain] for known in spellings if plain in known), None)

    @property
    def named(self) -> tuple[str, str] | None:
        """Measure and field, where the heading names one that is no count of a family."""
        plain = letters_of(self.heading)
        return next(((measure, field) for form, measure, field in _NAMED if form.fullmatch(plain)), None)


@dataclass(frozen=True)
class Table:
    """A grid as one reader reads it. `sums_stages` where its rows are stages of the Advice Team's work."""

    grid: Grid
    kind: str
    cells: tuple[Cell, ...]
    sums_stages: bool = False

    @property
    def headings(self) -> set[str]:
        """The headings by their letters."""
        return {letters_of(cell.heading) for cell in self.cells}

    @cached_property
    def labels(self) -> list[str]:
        return list(dict.fromkeys(cell.label for cell in self.cells))

    @cached_property
    def years(self) -> dict[str, int]:
        """The rows that are a year's."""
        return {label: year for label in self.labels if (year := numbers.year(label)) is not None}


def tables(grids: Iterable[Grid], sheets: Sheets, authority: str | None) -> list[Table]:
    """The tables of statistics among the grids, as one reader reads them; `authority` is whose letter it is."""
    found = (_table(grid, sheets, authority) for grid in grids)
    return [table for table in found if table]


def _table(grid: Grid, sheets: Sheets, authority: str | None) -> Table | None:
    if not all(datum.place.page in sheets for datum in grid.data):
        return None
    ways = [_read(grid, sheets, across, authority) for across in (True, False)]
    cells = max(ways, key=_known_headings)
    above = letters_of(_said_above(grid, sheets))
    kind = _kind(cells, above)
    return Table(grid, kind, tuple(cells), "adviceteam" in above) if kind else None


def _read(grid: Grid, sheets: Sheets, across: bool, authority: str | None) -> list[Cell]:
    """The grid's numbers with the headings above them and labels beside, or the other way round."""
    cells = []
    for datum in grid.data:
        above = [datum.column] if datum.column else []
        heads, labels = (above, list(datum.rows)) if across else (list(datum.rows), above)
        heading, heading_at = _best(heads, sheets, _is_known)
        label, label_at = _best(
            labels, sheets, lambda text: numbers.year(text) is not None or same_council(text, authority)
        )
        printed = text_at(sheets[datum.place.page], datum.place.box)
        place = Region(datum.place.page, printed.box)
        cells.append(Cell(heading, heading_at, label, label_at, printed.text, place))
    return cells


def _best(
    regions: Sequence[Region], sheets: Sheets, fits: Callable[[str], bool]
) -> tuple[str, Region | None]:
    """The text of the first region that fits; of the first of all where none does."""
    texts = [
        (text_at(sheets[region.page], region.box), region) for region in regions if region.page in sheets
    ]
    for text, region in texts:
        if fits(text.text):
            return text.text, Region(region.page, text.box)
    return (texts[0][0].text, Region(texts[0][1].page, texts[0][0].box)) if texts else ("", None)


def _is_known(text: str) -> bool:
    plain = letters_of(text)
    counted = plain in _KNOWN[RECEIVED] or plain in _KNOWN[DECIDED] or plain in _TOTALS
    return counted or any(form.fullmatch(plain) for form, _, _ in _NAMED)


def _known_headings(cells: Sequence[Cell]) -> int:
    return len({letters_of(cell.heading) for cell in cells if _is_known(cell.heading)})


def _said_above(grid: Grid, sheets: Sheets) -> str:
    sheet = sheets.get(grid.above.page)
    return text_at(sheet, grid.above.box).text if sheet else ""


def _kind(cells: Sequence[Cell], above: str) -> str | None:
    plain = {letters_of(cell.heading) for cell in cells if cell.heading}
    counts = {kind: len(plain & set(known)) for kind, known in _KNOWN.items()}
    best = max(counts, key=lambda kind: counts[kind])
    if counts[best] >= _FEW and sorted(counts.values())[0] < counts[best]:
        return best
    named = {measure for heading in plain for form, measure, _ in _NAMED if form.search(heading)}
    if named & {"first-enquiries", "days-to-respond"}:
        return RESPONSE
    if named == {"compliance"}:
        return COMPLIANCE
    has_total = bool(plain & set(_TOTALS))
    said = [(match.end(), kind) for form, kind in _SIGNS for match in form.finditer(above)]
    return max(said)[1] if has_total and said and len(plain) > _FEW else None
