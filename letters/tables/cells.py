"""What a table is made of once its file is open: sheets of cells, each of which knows its place."""

from dataclasses import dataclass, field
from decimal import Decimal


class NoTable(Exception):
    """The file, or a sheet of it, cannot be taken as a table; the message says why, and what to do.

    `refused` tells a table that will not do from what is no table of figures, such as a sheet of notes.
    """

    def __init__(self, message: str, refused: bool = True) -> None:
        super().__init__(message)
        self.refused = refused


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with something in it. `fault` says why what it holds cannot be believed.

    A number is what the cell holds, and `percent` whether the cell shows it as per cent: 0.45 for 45%.
    """

    row: int
    column: int
    value: Decimal | str
    percent: bool = False
    fault: str = ""

    @property
    def text(self) -> str:
        """What the cell says, on one line and not longer than anybody would read."""
        words = " ".join(str(self.value).split()) if isinstance(self.value, str) else f"{self.value:f}"
        return "".join(filter(str.isprintable, words))[:200]

    @property
    def place(self) -> str:
        """As spreadsheets call it: "D12"."""
        return f"{letters(self.column)}{self.row}"


Row = dict[int, Cell]


@dataclass(frozen=True)
class Sheet:
    """A sheet by its name, with its rows by number from 1, and in each its cells by column from 1; none is empty."""

    name: str
    rows: dict[int, Row]
    formulas: int = 0


@dataclass(frozen=True)
class Opened:
    """An opened file: its sheets, and what whoever uploaded it should know of how it was opened."""

    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)


def letters(column: int) -> str:
    """The column's name: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
