"""Where a letter's blocks stand on their page: one under another, beside each other, in tables, in tiles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from .page import Break, Cells, Node, Rules, Text
from .words import Block

_BLUE = "#184868"


@dataclass(frozen=True)
class Type:
    """The sizes in which a letter's blocks are set, and whether their rates are in large type too, or only there."""

    text: float
    heading: float
    large: float
    small: float
    rate: str
    rules: Rules
    tracking: float
    small_caps: bool

    @classmethod
    def drawn(cls, dice: Random) -> "Type":
        return cls(
            text=dice.choice([8, 9.5, 10.5, 11.5]),
            heading=dice.choice([10, 11.5, 13]),
            large=dice.choice([16, 26, 36]),
            small=dice.choice([6.5, 7.5, 8.5]),
            rate=dice.choice(["both", "both", "sentence", "large"]),
            rules=dice.choice(["none", "all", "rows"]),
            tracking=dice.choice([0, 0, 0, 0.6, 1.4]),
            small_caps=dice.random() < 0.1,
        )

    def headed(self, block: Block, align="left") -> Text:
        return Text(
            block.heading,
            self.heading,
            True,
            align,
            _BLUE,
            tracking=self.tracking,
            small_caps=self.small_caps,
        )

    def rated(self, block: Block, align="left") -> tuple[Node, ...]:
        """The rate and its sentence: in large type and in words, or in one of them."""
        if not block.rate or self.rate == "sentence":
            return (Text(block.about, self.text),)
        large = Text(block.rate, self.large, True, align, _BLUE)
        return large, Text(block.alone if self.rate == "large" else block.about, self.text)

    def others(self, block: Block) -> tuple[Node, ...]:
        return tuple(Text(each, self.text) for each in block.others)

    def counted(self, block: Block, align="center") -> tuple[Node, ...]:
        if block.count is None:
            return ()
        number, label = block.count
        return Text(number, self.large * 0.7, True, align, after=1), Text(label, self.text, align=align)

    def based(self, block: Block) -> tuple[Node, ...]:
        return (Text(block.base, self.small, colour="#555555"),) if block.base else ()


def _whole(block: Block, type: Type) -> tuple[Node, ...]:
    return (
        type.headed(block), *type.rated(block), *type.others(block), *type.counted(block), *type.based(block)
    )  # fmt: skip


def stacked(blocks: Sequence[Block], type: Type) -> list[Node]:
    return [node for block in blocks for node in _whole(block, type)]


def base_first(blocks: Sequence[Block], type: Type) -> list[Node]:
    """One under another, with the count before the sentences and the base right under the heading's rate."""
    return [
        node
        for block in blocks
        for node in (
            type.headed(block), *type.rated(block), *type.based(block), *type.counted(block, "left"),
            *type.others(block),
        )
    ]  # fmt: skip


def inline(blocks: Sequence[Block], type: Type) -> list[Node]:
    """All of a block in one paragraph, the count in a line of its own."""
    nodes: list[Node] = []
    for block in blocks:
        nodes += [type.headed(block), Text(" ".join((block.about, *block.others)), type.text)]
        nodes += [Text(" ".join(block.count), type.text)] if block.count else []
        nodes += type.based(block)
    return nodes


def columns(blocks: Sequence[Block], type: Type) -> list[Node]:
    cells = tuple(_whole(block, type) for block in blocks)
    return [Cells((cells,), (1,) * len(cells), type.rules)]


def crossed(blocks: Sequence[Block], type: Type) -> list[Node]:
    """A table with a column for each block: headings in one row, rates in the next, and so on."""
    parts = (
        lambda block: (type.headed(block),), type.rated, type.others, type.counted, type.based
    )  # fmt: skip
    rows = tuple(tuple(tuple(part(block)) or (Text(" "),) for block in blocks) for part in parts)
    return [Cells(rows, (1,) * len(blocks), type.rules)]


def labelled_rows(blocks: Sequence[Block], type: Type) -> list[Node]:
    """A table with a row for each block: heading, sentences, count and base."""
    rows = tuple(
        (
            (type.headed(block),),
            (*type.rated(block), *type.others(block)),
            (*type.counted(block), *type.based(block)) or (Text(" "),),
        )
        for block in blocks
    )
    return [Cells(rows, (1, 2, 1.3), type.rules)]


def tiles(blocks: Sequence[Block], type: Type) -> list[Node]:
    """For each block a heading over two tiles: the rate with its sentences, and the count with its base."""
    nodes: list[Node] = []
    for block in blocks:
        left = (*type.rated(block, "center"), *type.others(block))
        right = (*type.counted(block), *type.based(block)) or (Text(" "),)
        nodes += [type.headed(block), Cells(((left, right),), (1.4, 1), "all")]
    return nodes


def beside_numbers(blocks: Sequence[Block], type: Type) -> list[Node]:
    """The rate in large type in a cell, its sentences in the next, the count in the one under it."""
    nodes: list[Node] = []
    for block in blocks:
        rate = (Text(block.rate or " ", type.large, True, "center", _BLUE),)
        words = Text(block.alone if type.rate == "large" else block.about, type.text), *type.others(block)
        rows: list[tuple[tuple[Node, ...], ...]] = [(rate, words)]
        if block.count:
            number, label = block.count
            rows.append(
                ((Text(number, type.large, True, "center"),), (Text(label, type.text), *type.based(block)))
            )
        nodes += [type.headed(block), Cells(tuple(rows), (1, 3), type.rules)]
        nodes += [] if block.count else type.based(block)
    return nodes


def torn(blocks: Sequence[Block], type: Type) -> list[Node]:
    """One under another, with a new page in the middle of the second block."""
    nodes = stacked(blocks, type)
    return [*nodes[: len(nodes) // 2], Break(), *nodes[len(nodes) // 2 :]]


ARRANGEMENTS: dict[str, Callable[[Sequence[Block], Type], list[Node]]] = {
    "stacked": stacked,
    "base-first": base_first,
    "inline": inline,
    "columns": columns,
    "crossed": crossed,
    "rows": labelled_rows,
    "tiles": tiles,
    "beside": beside_numbers,
    "torn": torn,
}
