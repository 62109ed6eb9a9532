"""What a pack is made of: each block knows its words, and neither how a page nor how a PDF shows them."""

from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Paragraph:
    """`ours` where the words are this site's and not the letter's."""

    text: str
    ours: bool = False
    kind: str = "paragraph"


@dataclass(frozen=True)
class Points:
    """A list; `numbered` where one may want to name its points."""

    points: tuple["Point", ...]
    numbered: bool = False
    kind: str = "points"


@dataclass(frozen=True)
class Point:
    """One point, what it is about standing before it or its reason after it."""

    text: str
    lead: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Cell:
    """What stands in a table, and below it in small print a remark of ours. `seen` marks the year of the pack."""

    text: str
    note: str = ""
    seen: bool = False


@dataclass(frozen=True)
class Table:
    """Its first column names the rows. `widths` are the shares of its columns in the whole."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    kind: str = "table"

    @property
    def labelled(self) -> list[list[tuple[str, Cell]]]:
        """Each cell with the head of its column, for screens too narrow for columns."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Drawing:
    """An SVG of our own making, and the words for those who do not see it."""

    svg: SafeString
    words: str


@dataclass(frozen=True)
class Trend:
    """A figure over the years: the drawing, the table that says the same, and the breaks explained."""

    name: str
    drawing: Drawing
    table: Table
    breaks: tuple[Point, ...]
    kind: str = "trend"


@dataclass(frozen=True)
class Link:
    """An address in full, for it has to work on paper too."""

    words: str
    address: str
    kind: str = "link"


Block = Paragraph | Points | Table | Trend | Link


@dataclass(frozen=True)
class Section:
    """A heading, the anchor that leads to it, and what stands below it."""

    anchor: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Pack:
    """The whole of it: `notice` is empty but in a demonstration."""

    council: str
    title: str
    kind: str
    made: str
    day: tuple[int, int, int]
    notice: str
    sections: tuple[Section, ...]
