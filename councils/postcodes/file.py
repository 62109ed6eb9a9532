"""Reads the ONS Postcode Directory, the National Statistics Postcode Lookup, and files like them."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .typed import whole

# What the columns are called, the best first. The ONS puts the year of the districts into the heading.
_POSTCODE = ("pcds", "pcd8", "pcd7", "pcd2", "pcd", "postcode")
_DISTRICT = re.compile(r"lad(\d\d)cd|oslaua|laua|ladcd")
_ENDED = "doterm"
_MONTH = re.compile(r"(\d{4})-?(0[1-9]|1[0-2])")
_SHOWN = 400  # letters of headings in a message


class UnknownLayout(Exception):
    """The file is not one of postcodes, or of a layout that is not known here."""


@dataclass(frozen=True)
class Line:
    """A line of the file. `code` is empty where it holds no postcode, `ended` None while the postcode is used."""

    code: str
    gss: str
    ended: date | None


class PostcodeFile:
    """The lines of a file, one after another: however long it is, little of it is in memory."""

    def __init__(self, path: Path):
        self._file = path.open(encoding="utf-8-sig", errors="replace", newline="")
        self._size = max(path.stat().st_size, 1)
        self._rows = csv.reader(self._file)

    def __enter__(self) -> "PostcodeFile":
        return self

    def __exit__(self, *_) -> None:
        self._file.close()

    @property
    def read(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        return self._file.buffer.tell() / self._size

    def find_columns(self) -> None:
        """Read the headings. Raises UnknownLayout where they are not those of a known layout."""
        self._columns = Columns.of(next(self._cells(), []))

    def lines(self) -> Iterator[Line]:
        """Each line below the headings."""
        return (self._columns.line(row) for row in self._cells() if row)

    def _cells(self) -> Iterator[list[str]]:
        try:
            yield from self._rows
        except csv.Error as error:
            raise UnknownLayout(f"Line {self._rows.line_num} is not CSV: {error}.") from error


@dataclass(frozen=True)
class Columns:
    """Where in a row the parts stand."""

    postcode: int
    district: int
    ended: int | None

    @classmethod
    def of(cls, headings: list[str]) -> "Columns":
        places = {heading.strip().lower(): place for place, heading in enumerate(headings)}
        postcode = [name for name in _POSTCODE if name in places]
        # The latest year's districts, where there are several.
        district = sorted(filter(_DISTRICT.fullmatch, places), key=lambda name: re.sub(r"\D", "", name))
        if not postcode or not district:
            raise UnknownLayout(_not_found(headings, postcode, district))
        return cls(places[postcode[0]], places[district[-1]], places.get(_ENDED))

    def line(self, row: list[str]) -> Line:
        if len(row) <= max(self.postcode, self.district, self.ended or 0):
            return Line("", "", None)
        code = whole(re.sub(r"\s", "", row[self.postcode]).upper())
        ended = "" if self.ended is None else row[self.ended].strip()
        if not ended:
            return Line(code, row[self.district].strip(), None)
        month = _MONTH.fullmatch(ended)
        return Line(
            code if month else "", row[self.district].strip(), month and date(int(month[1]), int(month[2]), 1)
        )


def _not_found(headings: list[str], postcode: list[str], district: list[str]) -> str:
    missing = []
    if not postcode:
        missing.append(f"the postcode ({', '.join(_POSTCODE)})")
    if not district:
        missing.append("the district’s code (oslaua, laua, or lad and a year and cd, such as lad25cd)")
    shown = "".join(filter(str.isprintable, ", ".join(headings)))[:_SHOWN]
    return f"No column has {' and none '.join(missing)}. The file's headings are: {shown or 'none'}."
