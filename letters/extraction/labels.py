"""Where the label of a row of numbers stands: on its line, or on lines above and below it too."""

from collections.abc import Iterator
from dataclasses import dataclass

from .cells import Word
from .layout import surrounding
from .types import Box

# How far above and below its numbers a label may go on, in heights of a line, and over how many lines.
_LABEL_REACHES = (1.5, 2.8, 4.0)
_LABEL_LINES = 3


@dataclass(frozen=True)
class Row:
    """A line that ends in numbers, after the words of its label."""

    label: tuple[Word, ...]
    numbers: tuple[Word, ...]

    @property
    def box(self) -> Box:
        return surrounding([word.box for word in self.label + self.numbers])


def _label_below(lines: list[list[Word]], rows: dict[int, Row], index: int, edge: float) -> Iterator[Word]:
    """The words left of the numbers on the lines from a row to the next, if nothing else stands there."""
    for other in range(index + 1, len(lines)):
        if other in rows or any(word.box[2] > edge for word in lines[other]):
            return
        yield from lines[other]


def _words_around(
    lines: list[list[Word]], rows: dict[int, Row], index: int, edge: float, reach: float
) -> list[Word]:
    """The words left of the numbers on lines above and below a row, so many of its heights away at most."""
    top, height = rows[index].box[1], rows[index].box[3] - rows[index].box[1]
    return [
        word
        for other in range(max(0, index - _LABEL_LINES), min(len(lines), index + _LABEL_LINES + 1))
        if other not in rows
        for word in lines[other]
        if word.box[2] < edge and abs(word.box[1] - top) < reach * height
    ]


def label_places(lines: list[list[Word]], rows: dict[int, Row], block: list[int]) -> list[list[Box]]:
    """Where each row's label may be: on its line, or with the words left of the numbers on the lines around it."""
    edge = min(rows[index].numbers[0].box[0] for index in block)
    places = []
    for index in block:
        row = rows[index]
        own = list(row.label)
        around = [own + _words_around(lines, rows, index, edge, reach) for reach in _LABEL_REACHES]
        below = own + list(_label_below(lines, rows, index, edge))
        parts = [part for part in (own, *around, below) if len(part) > len(own) or part is own]
        places.append([surrounding([word.box for word in part]) for part in parts if part])
    return places
