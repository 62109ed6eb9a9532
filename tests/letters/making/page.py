"""A letter ready to be printed, whichever program prints it: texts, tables of texts, and where a page ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Rules = Literal["all", "rows", "none"]


@dataclass(frozen=True)
class Text:
    """A paragraph or line. In its text, ** turns bold on and off and ^^ raises what follows, as a footnote's sign.

    `size`, `after` and `tracking`, the space added between letters, are in points.
    """

    text: str
    size: float = 11
    bold: bool = False
    align: Literal["left", "center", "right"] = "left"
    colour: str = "#141414"
    after: float = 6
    tracking: float = 0
    small_caps: bool = False


@dataclass(frozen=True)
class Cells:
    """Rows of cells, each with what stands in it from top to bottom; `widths` are shares of the page's width."""

    rows: tuple[tuple[tuple["Node", ...], ...], ...]
    widths: tuple[float, ...]
    rules: Rules = "none"


@dataclass(frozen=True)
class Break:
    """Here a new page begins."""


Node = Text | Cells | Break


@dataclass(frozen=True)
class Page:
    """All that is printed, and how: `font` is one of "sans", "serif" and "odd"; `margin` is in millimetres."""

    nodes: tuple[Node, ...]
    header: str
    footer: str
    font: str = "sans"
    margin: int = 24
    landscape: bool = False


def runs(text: str, bold: bool = False) -> Iterator[tuple[str, bool, bool]]:
    """The parts of a text, each with whether it is bold, and whether it is raised."""
    for number, part in enumerate(text.split("**")):
        for turn, piece in enumerate(part.split("^^")):
            if piece:
                yield piece, bold ^ (number % 2 == 1), turn % 2 == 1


def plain(text: str) -> str:
    return text.replace("**", "").replace("^^", "")
