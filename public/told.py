"""A letter's own words for its page: the parts as they were told, with links where a figure was read from them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

# How many words of a page without headings tell what it is about.
_BEGINNING = 25
_FEW_COLUMNS = 4
_FIGURE = re.compile(r"[£+-]?\d[\d,. ]*%?|[-–—]|n/?a|nil", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """Words of the letter; `measure` is the slug of the figure that was read from them, if one was."""

    text: str
    measure: str = ""


Cell = tuple[Words, ...]
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Part:
    """A block of a page. A table's first row is its `head`, and its first column holds `names`, where they do not hold
    figures and the others do."""

    kind: str
    rows: tuple[Row, ...]
    head: Row = ()
    names: bool = False


@dataclass(frozen=True)
class ToldPage:
    """A page of the letter. `in_order` is False where its lines are given as the file stores them."""

    number: int
    parts: tuple[Part, ...]

    @property
    def in_order(self) -> bool:
        return all(part.kind != "line" for part in self.parts)


def told(pages: Iterable[Any], statistics: Iterable[Any]) -> list[ToldPage]:
    """The pages with their words, and links in them to the figures' marks."""
    quoted = dict(_quotations(statistics))
    return [ToldPage(page.number, tuple(_parts(page.blocks, quoted.get(page.number, {})))) for page in pages]


def summary(blocks: Iterable[Mapping[str, Any]]) -> str:
    """What a page is about, in a line: its headings, or else how it begins."""
    blocks = list(blocks)
    headings = [block["rows"][0][0] for block in blocks if block["kind"] == "heading"]
    if headings:
        return "; ".join(headings)
    words = " ".join(" ".join(row) for block in blocks[:3] for row in block["rows"]).split()
    return " ".join(words[:_BEGINNING]) + (" …" if len(words) > _BEGINNING else "")


def _quotations(statistics: Iterable[Any]) -> Iterator[tuple[int, dict[str, str]]]:
    """By page, the words quoted for figures, each with the first figure that they were read for."""
    sources = [
        (source["page"], source["quotation"], each.measure) for each in statistics for source in each.sources
    ]
    for page, group in groupby(sorted(sources, key=lambda source: source[0]), key=lambda source: source[0]):
        quoted: dict[str, str] = {}
        for _, quotation, measure in group:
            quoted.setdefault(quotation, measure)
        yield page, quoted


def _parts(blocks: Iterable[Mapping[str, Any]], quoted: Mapping[str, str]) -> Iterator[Part]:
    blocks = list(blocks)
    cells = [cell for block in blocks for row in block["rows"] for cell in row]
    linked = iter(_linked(cells, quoted))
    for block in blocks:
        rows = tuple(tuple(next(linked) for _ in row) for row in block["rows"])
        yield _table(block["rows"], rows) if block["kind"] == "table" else Part(block["kind"], rows)


def _table(written: Sequence[Sequence[str]], rows: Sequence[Row]) -> Part:
    """A table as a phone can show it: one of few rows and many columns is turned."""
    if _FEW_COLUMNS < len(rows[0]) > len(rows):
        written, rows = list(zip(*written, strict=True)), list(zip(*rows, strict=True))
    has_head = _holds_names(written)
    names = _holds_names(list(zip(*written, strict=True)))
    return Part("table", tuple(rows[1:] if has_head else rows), rows[0] if has_head else (), names)


def _holds_names(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of these rows, or columns, has no figures and the others have."""
    first, *others = rows
    return not any(map(_FIGURE.fullmatch, first)) and any(
        _FIGURE.fullmatch(cell) for row in others for cell in row
    )


def _linked(cells: list[str], quoted: Mapping[str, str]) -> list[Cell]:
    """Each cell's words, parted where a quotation begins and ends. The letter's words themselves stay as they are."""
    owners = [[""] * len(cell) for cell in cells]
    places = [
        (row, column)
        for row, cell in enumerate(cells)
        for column, char in enumerate(cell)
        if not char.isspace()
    ]
    squeezed = "".join(cells[row][column] for row, column in places)
    for quotation, measure in quoted.items():
        for row, column in _places_of("".join(quotation.split()), squeezed, places, cells):
            owners[row][column] = owners[row][column] or measure
    return [_worded(cell, owner) for cell, owner in zip(cells, owners, strict=True)]


def _places_of(
    quotation: str, squeezed: str, places: list[tuple[int, int]], cells: list[str]
) -> list[tuple[int, int]]:
    """Where the only occurrence of a quotation stands; nowhere if there are several, or it begins within a word."""
    begin = squeezed.find(quotation)
    if begin < 0 or not quotation or squeezed.find(quotation, begin + 1) >= 0:
        return []
    row, column = places[begin]
    if column and cells[row][column - 1].isalnum():
        return []
    return places[begin : begin + len(quotation)]


def _worded(cell: str, owners: list[str]) -> Cell:
    """A cell's words by owner; the spaces between the words of one owner are its own too."""
    for index in range(1, len(cell) - 1):
        if cell[index].isspace() and owners[index - 1] == owners[index + 1]:
            owners[index] = owners[index - 1]
    runs = groupby(range(len(cell)), key=lambda index: owners[index])
    return tuple(Words("".join(cell[index] for index in run), owner) for owner, run in runs)
