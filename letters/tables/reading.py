"""From opened sheets to rows of numbers: where the headings stand, which rows are councils, what cells state. Pure.

What is not certain is refused with its place, figure by figure, and the rest is taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from letters.across.averages import name_of
from letters.extraction.checks import contradictions
from letters.extraction.types import Figure as Stated
from letters.measures import find
from letters.tables.cells import Cell, NoTable, Opened, Row, Sheet
from letters.tables.columns import Column, Figure, Kind, headings_of, twice, years_in
from letters.tables.models import FIELDS
from letters.tables.numbers import NoNumber, count_of, how_rates_are_written, plain_of, rate_of

HEADINGS_WITHIN = 40  # rows from the top
_SUMS = (
    "total",
    "totals",
    "grand total",
    "all authorities",
    "all councils",
    "england",
    "national",
    "average",
    "overall",
)


@dataclass(frozen=True)
class Number:
    """A number that a table states of a council, or None where it states that there is none."""

    figure: Figure
    number: Decimal | None
    cell: Cell


@dataclass(frozen=True)
class CouncilRow:
    """A row of a table: a council's name as printed, and what the row states of it."""

    sheet: str
    row: int
    name: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Left:
    """What was not taken: where it stands, what it says, and why. `refused` where it should have been a figure."""

    sheet: str
    place: str
    says: str
    why: str
    refused: bool = True
    suggestions: tuple[str, ...] = ()


@dataclass
class Read:
    """What a file says: the columns as they were understood, the councils' rows, and all that was left."""

    columns: list[tuple[str, Cell, str]] = field(default_factory=list)
    unknown: list[tuple[str, Cell]] = field(default_factory=list)
    rows: list[CouncilRow] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(opened: Opened, year_ending: int) -> Read:
    """What the sheets say of that year's councils."""
    found = Read(notes=list(opened.notes))
    for sheet in opened.sheets:
        try:
            _read_sheet(sheet, year_ending, found)
        except NoTable as why:
            found.left.append(Left(sheet.name, "", "", str(why).rstrip("."), refused=why.refused))
    return found


def _read_sheet(sheet: Sheet, year_ending: int, found: Read) -> None:
    at, known, unknown = _headings(sheet, year_ending)
    _refuse_another_year(sheet, at, year_ending)
    if same := list(twice(known)):
        names = ", ".join(f"{column.cell.place} “{column.cell.text}”" for column in same)
        raise NoTable(f"Columns that mean the same: {names}. Leave one of them.")
    body = {number: row for number, row in sheet.rows.items() if number > at}
    columns = _Columns(sheet.name, known, year_ending)
    found.unknown += [(sheet.name, cell) for cell in unknown]
    how = columns.understood(body, found)
    for number, row in body.items():
        columns.take(number, row, how, found)


def _headings(sheet: Sheet, year_ending: int) -> tuple[int, list[Column], list[Cell]]:
    for number, row in sheet.rows.items():
        if number <= HEADINGS_WITHIN and (headings := headings_of(row, year_ending)):
            return number, *headings
    raise NoTable(
        "No row of headings was found with one column for the council's name and one for a figure that is known.",
        refused=False,
    )


def _refuse_another_year(sheet: Sheet, at: int, year_ending: int) -> None:
    """A title above the table, or the sheet's name, that names other years only."""
    titles = [cell.text for number, row in sheet.rows.items() if number < at for cell in row.values()]
    years = {year for title in (sheet.name, *titles) for year in years_in(title.casefold())}
    if years and year_ending not in years:
        said = ", ".join(map(str, sorted(years)))
        raise NoTable(f"It says that it is about the year ending March {said}, not {year_ending}.")


@dataclass(frozen=True)
class _Columns:
    """The known columns of a sheet, and how a row is taken by them."""

    sheet: str
    known: list[Column]
    year_ending: int

    def column(self, kind: Kind) -> int:
        """Where the column of that kind stands, 0 where there is none."""
        return next((column.cell.column for column in self.known if column.meaning is kind), 0)

    @property
    def figures(self) -> list[tuple[Column, Figure]]:
        return [(column, column.meaning) for column in self.known if isinstance(column.meaning, Figure)]

    def understood(self, body: dict[int, Row], found: Read) -> dict[int, str]:
        """How each column of rates is written; what is not plain is left out. Both are told."""
        how = {}
        for column in self.known:
            cell, meaning = column.cell, column.meaning
            told = _in_words(meaning) if isinstance(meaning, Figure) else str(meaning)
            if isinstance(meaning, Figure) and _is_rate(meaning):
                try:
                    how[cell.column] = how_rates_are_written(_below(cell, body))
                except NoTable as why:
                    text = f"the column cannot be understood: {why}. Write it with per cent signs"
                    found.left.append(Left(self.sheet, cell.place, cell.text, text))
                    continue
                told += f"; {how[cell.column]}"
            found.columns.append((self.sheet, cell, told))
        return how

    def take(self, number: int, row: Row, how: dict[int, str], found: Read) -> None:
        """Add what the row says: a council's figures, or why they are not taken."""
        name = row.get(self.column(Kind.NAME))
        cells = [row[column.cell.column] for column, _ in self.figures if column.cell.column in row]
        if name is None:
            if cells:
                said = " ".join(cell.text for cell in row.values())[:200]
                found.left.append(Left(self.sheet, f"row {number}", said, "no council is named in this row"))
            return
        if why := self._not_a_council(name, cells, row):
            found.left.append(Left(self.sheet, f"row {number}", name.text, why, refused=False))
            return
        numbers = list(self._numbers(name, row, how, found))
        if numbers:
            found.rows.append(CouncilRow(self.sheet, number, name.text, tuple(numbers)))

    def _not_a_council(self, name: Cell, cells: list[Cell], row: Row) -> str:
        if name.text.casefold().rstrip(":") in _SUMS or name.text.casefold().startswith("total "):
            return "a sum"
        if not cells:
            return "a note or a heading, without figures"
        if all(
            cell.value == column.cell.value for column in self.known if (cell := row.get(column.cell.column))
        ):
            return "the headings once more"
        year = row.get(self.column(Kind.YEAR))
        if year and self.year_ending not in _years_of(year):
            return f"about another year ({year.text})"
        return ""

    def _numbers(self, name: Cell, row: Row, how: dict[int, str], found: Read) -> Iterator[Number]:
        taken: dict[str, list[Number]] = {}
        refused: set[str] = set()
        for column, figure in self.figures:
            cell = row.get(column.cell.column)
            if cell is None or (_is_rate(figure) and column.cell.column not in how):
                continue
            try:
                number = _number(cell, figure, how.get(column.cell.column, ""))
                taken.setdefault(figure.measure, []).append(Number(figure, number, cell))
            except NoNumber as why:
                refused.add(figure.measure)
                found.left.append(Left(self.sheet, cell.place, name.text, f"{_in_words(figure)}: {why}"))
        try:
            self._complete_base(taken.get("upheld", []), row)
        except NoNumber as why:
            refused.add("upheld")
            found.left.append(Left(self.sheet, f"row {name.row}", name.text, str(why)))
        for measure, numbers in taken.items():
            if measure in refused:
                continue
            if problems := _contradictions(measure, numbers):
                found.left += [Left(self.sheet, f"row {name.row}", name.text, why) for why in problems]
            else:
                yield from numbers

    def _complete_base(self, numbers: list[Number], row: Row) -> None:
        """Upheld and not upheld make the investigations: the base where none is stated, else a check on it."""
        cell = row.get(self.column(Kind.NOT_UPHELD))
        upheld = next((each.number for each in numbers if each.figure.field == "numerator"), None)
        if cell is None or upheld is None:
            return
        try:
            not_upheld = count_of(cell)
        except NoNumber as why:
            raise NoNumber(f"{Kind.NOT_UPHELD}: {why}") from why
        if not_upheld is None:
            return
        total = upheld + not_upheld
        base = next((each.number for each in numbers if each.figure.field == "denominator"), None)
        if base is None:
            numbers.append(Number(Figure("upheld", "denominator"), total, cell))
        elif base != total:
            raise NoNumber(f"{upheld} upheld and {not_upheld} not upheld are not {base} investigations")


def _below(heading: Cell, body: dict[int, Row]) -> list[Cell]:
    return [row[heading.column] for row in body.values() if heading.column in row]


def _years_of(cell: Cell) -> list[int]:
    return years_in(cell.text.casefold())


def _number(cell: Cell, figure: Figure, how: str) -> Decimal | None:
    if _is_rate(figure):
        return rate_of(cell, how)
    per_100000 = figure.measure == "upheld-per-100000"
    return plain_of(cell) if per_100000 else count_of(cell)


def _is_rate(figure: Figure) -> bool:
    known = find(figure.measure)
    is_rate = known is not None and known.form == "rate"
    return figure.field == "percent" or (figure.field == "average" and is_rate)


def _in_words(figure: Figure) -> str:
    return f"{name_of(figure.measure)}: {FIELDS[figure.field]}"


def _contradictions(measure: str, numbers: list[Number]) -> list[str]:
    """What cannot be true of one figure at once: most often a column has slipped."""
    stated = Stated(measure)
    for each in numbers:
        is_count = each.figure.field in {"numerator", "denominator"} and each.number is not None
        stated = replace(stated, **{each.figure.field: int(each.number) if is_count else each.number})
    return [problem.message for problem in contradictions([stated])]
