"""From the tables of a letter to the fields of its figures: which row is the letter's, and what its cells state."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from letters import headings as usual
from letters.extraction import eras, numbers
from letters.extraction.cells import Region
from letters.extraction.layout import surrounding
from letters.extraction.types import Restated, Source
from letters.measures import FAMILIES

from .matches import Found, Value
from .names import names_nobody, same_council
from .tables import COMPLIANCE, DECIDED, RECEIVED, Cell, Table, letters_of

_OUTCOMES = frozenset(map(letters_of, usual.OUTCOMES))
_TO_2008 = frozenset(map(letters_of, (*usual.DECISIONS_TO_2008, usual.TOTAL_WITHOUT_PREMATURE)))
_PREMATURE = frozenset(map(letters_of, ("Premature complaints", usual.TOTAL_WITHOUT_PREMATURE)))
_ONLY_FROM_2014 = frozenset(map(letters_of, usual.SUBJECTS)) - frozenset(
    map(letters_of, usual.SUBJECTS_TO_2011)
)
_FROM_2014 = frozenset(map(letters_of, (*usual.SUBJECTS, *usual.OUTCOMES, *usual.ALSO_PRINTED, usual.TOTAL)))
# A word broken at the end of a line; readers differ in whether they tell the hyphen that a program put there.
_HYPHENATED = re.compile(r"(?<=[a-z])[\u2010\u00ad-]\s+(?=[a-z])")
_FEW = 3


def era_of(tables: Iterable[Table]) -> str | None:
    """The era whose tables these are, by their headings and rows; None where they do not tell."""
    found = {era for table in tables if (era := _era(table))}
    plain = found - {eras.ANNUAL_REVIEW}  # whose tables have the fewest signs of their own
    return next(iter(plain or found)) if len(plain or found) == 1 else None


def _era(table: Table) -> str | None:
    if table.kind == COMPLIANCE or len(table.headings & (_OUTCOMES | _ONLY_FROM_2014)) >= _FEW:
        return eras.REPORT
    if len(table.headings & _TO_2008) >= _FEW and (len(table.years) > 1 or table.headings & _PREMATURE):
        return eras.THREE_YEARS
    if table.kind == DECIDED or (table.kind == RECEIVED and not table.years):
        return eras.ANNUAL_REVIEW
    return eras.THREE_YEARS if table.kind == RECEIVED and len(table.years) > 1 else None


def stated(tables: Iterable[Table], authority: str | None, year: int | None) -> list[Found]:
    """The fields that the letter's own rows state; of several years, that of the letter's `year`, or the newest."""
    return [found for table in tables for found in _of_table(table, authority, year)]


def _of_table(table: Table, authority: str | None, year: int | None) -> Iterator[Found]:
    label, doubt = _own_row(table, authority, year)
    if label is None:
        return
    cells = [cell for cell in table.cells if cell.label == label]
    for cell in cells:
        for found in _of_cell(table, cell):
            yield replace(found, doubt=found.doubt or doubt)
    for found in _upheld(cells):
        yield replace(found, doubt=doubt)


def _own_row(table: Table, authority: str | None, year: int | None) -> tuple[str | None, str]:
    """The label of the row that is the letter's, and what is doubtful about it; None where that cannot be told.

    A table of three years has a year for each row: of one that names none, the years were not read.
    """
    if table.years:
        wanted = year or max(table.years.values())
        own = [label for label, of in table.years.items() if of == wanted]
        return (own[0], "") if len(own) == 1 else (None, "")
    own = [label for label in table.labels if same_council(label, authority)]
    if len(own) == 1:
        return own[0], ""
    if len(table.labels) == 1:
        of_three_years = (eras.usual(year) or _era(table)) == eras.THREE_YEARS
        is_plain = names_nobody(table.labels[0]) and not of_three_years
        return table.labels[0], "" if is_plain else "whose-row"
    totals = [label for label in table.labels if letters_of(label) == "total"]
    return (totals[0], "") if len(totals) == 1 and table.sums_stages else (None, "")


def _of_cell(table: Table, cell: Cell) -> Iterator[Found]:
    measure, field = _stated_by(table, cell)
    if not measure or (numbers.says_nothing(cell.printed) and not numbers.is_dash(cell.printed)):
        return
    in_family = ":" in measure
    value, doubt = _number(cell, field, in_family)
    if value is None and numbers.is_dash(cell.printed):
        return
    if in_family and not doubt and not _heading_is_sure(table, cell):
        doubt = "heading"
    yield _found(measure, field, cell, value, needs_proof=in_family, doubt=doubt)
    if in_family and cell.heading_at:
        words = _whole_words(cell)
        yield _found(measure, "heading", cell, words, at=cell.heading_at, quotation=words)
    yield from _period(measure, cell)


def _whole_words(cell: Cell) -> str:
    """The heading as printed, but for words that a narrow cell breaks in two."""
    usual_words = cell.usual_heading or ""
    heading = _HYPHENATED.sub("", cell.heading)
    same = re.sub(r"\s", "", usual_words.lower()) == re.sub(r"\s", "", heading.lower())
    return usual_words if same and len(heading.split()) > len(usual_words.split()) else heading


def _stated_by(table: Table, cell: Cell) -> tuple[str, str]:
    if cell.named:
        return cell.named
    if table.kind not in FAMILIES:
        return "", ""
    return FAMILIES[table.kind].slug_of(cell.usual_heading or cell.heading), "value"


def _number(cell: Cell, field: str, in_family: bool) -> tuple[Value | None, str]:
    """The number, and what is doubtful about it. A dash among counts is taken for none, which a person confirms."""
    if field == "percent":
        sign = "%" if "%" in cell.heading and "%" not in cell.printed else ""
        return numbers.percent(cell.printed + sign), ""
    if in_family and numbers.is_dash(cell.printed):
        return 0, "dash"
    if cell.named and cell.named[0] == "days-to-respond":
        return numbers.decimal(cell.printed) if "%" not in cell.printed else None, ""
    return numbers.count(cell.printed), ""


def _heading_is_sure(table: Table, cell: Cell) -> bool:
    """Whether a heading is one of the usual ones, read whole: another may be damaged, or hold a neighbour's words.

    So may one that begins with a small letter, and a heading of earlier years in a table from 2014 on: what is left of
    "Planning & building control" or of "Benefits & Tax" is usual elsewhere.
    """
    if _era(table) == eras.REPORT and letters_of(cell.heading) not in _FROM_2014:
        return False
    begins_small = cell.heading[:1].islower()
    return table.grid.is_whole and cell.usual_heading is not None and not begins_small


def _found(
    measure: str,
    field: str,
    cell: Cell,
    value: Value | None,
    *,
    at: Region | None = None,
    quotation: str = "",
    needs_proof: bool = False,
    doubt: str = "",
) -> Found:
    page, box = at or cell.place
    quotation = quotation or f"{_whole_words(cell)} {cell.printed}".strip()
    return Found(measure, field, cell.printed, value, page, box, quotation, needs_proof, doubt)


def _period(measure: str, cell: Cell) -> Iterator[Found]:
    year = numbers.year(cell.label)
    if year is None or cell.label_at is None:
        return
    for field, day in (("period_start", date(year - 1, 4, 1)), ("period_end", date(year, 3, 31))):
        yield _found(measure, field, cell, day, at=cell.label_at, quotation=cell.label)


def _upheld(cells: Sequence[Cell]) -> Iterator[Found]:
    """Count and base of the uphold rate: upheld, of upheld and not upheld. Only where the rate has its column."""
    by_heading = {letters_of(cell.heading): cell for cell in cells}
    rate = next((cell for cell in cells if cell.named == ("upheld", "percent")), None)
    yes, no = by_heading.get("upheld"), by_heading.get("notupheld")
    counts = [numbers.count(cell.printed) for cell in (yes, no) if cell]
    if rate is None or yes is None or no is None or None in counts or yes.place.page != no.place.page:
        return
    upheld, both = counts[0], sum(count or 0 for count in counts)
    around = Region(yes.place.page, surrounding([yes.place.box, no.place.box]))
    words = f"{no.heading} {no.printed}, {yes.heading} {yes.printed}"
    yield _found("upheld", "numerator", yes, upheld, needs_proof=True)
    yield _found("upheld", "denominator", yes, both, at=around, quotation=words, needs_proof=True)
    yield from _period("upheld", yes)


def restated(
    tables: Iterable[Table], authority: str | None, year: int | None
) -> dict[tuple[str, int], Restated]:
    """What the rows of earlier years say, by measure and year; what one table says twice is left out."""
    said: dict[tuple[str, int], Restated] = {}
    twice = set()
    for table in tables:
        own, _ = _own_row(table, authority, year)
        for cell in table.cells:
            if own and cell.label != own and (check := _restated(table, cell)):
                key = check.measure, check.year_ending
                twice |= {key} & set(said)
                said[key] = check
    return {key: check for key, check in said.items() if key not in twice}


def _restated(table: Table, cell: Cell) -> Restated | None:
    measure, field = _stated_by(table, cell)
    year = table.years.get(cell.label)
    value = _number(cell, field, ":" in measure)[0] if measure else None
    if field != "value" or year is None or value is None or numbers.is_dash(cell.printed):
        return None
    words = f"{cell.label}: {cell.heading} {cell.printed}"
    return Restated(measure, year, Decimal(str(value)), Source("value", *cell.place, words))
