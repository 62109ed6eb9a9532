"""What is told of a letter's pages."""

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["heading", "paragraph", "list", "table", "line"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Block:
    """A part of a page: its rows of cells, in the letter's own words.

    A table has rows of as many cells each. Elsewhere a row is one cell: a list's item, or a line that was ended on
    purpose, such as one of an address. A "line" stands for itself, since what it belongs to could not be told.
    """

    kind: Kind
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Page:
    """One page, counted from 1: its width and height as displayed, in points, and its parts in reading order."""

    number: int
    width: float
    height: float
    blocks: tuple[Block, ...] = ()
