"""Layouts that no letter is known to have, to mislead a reader on purpose. What is asked of them is that nothing is
wrong and given as sure; what can be found in them is a bonus."""

from collections.abc import Callable, Sequence
from random import Random

from demonstration.facts import LetterFacts, RateFacts

from . import paragraphs
from .arrangements import Type, columns, crossed, labelled_rows, stacked
from .facts import letter
from .page import Break, Cells, Node, Text
from .words import Block, Manner
from .words import blocks as in_words

Arranged = Callable[[Sequence[Block], Type, LetterFacts, Random], list[Node]]


def _table(rows: Sequence[Sequence[str]], size: float, rules="all") -> Cells:
    cells = tuple(tuple((Text(cell or " ", size, after=0),) for cell in row) for row in rows)
    return Cells(cells, (2, *(1,) * (len(rows[0]) - 1)), rules)


def plain_table(blocks, type, facts, dice) -> list[Node]:
    """Heading, rate, average and base in a table, with no sentence."""
    rates = {"upheld": facts.upheld, "compliance": facts.compliance, "satisfactory-remedies": facts.remedies}
    rows = [("", "Rate", "Average of similar authorities", "Number")]
    for block in blocks:
        rate = rates[block.measure]
        if isinstance(rate, RateFacts):
            rows.append((block.heading, block.rate, f"{rate.average}%", str(rate.denominator)))
    return [_table(rows, type.text)]


def without_headings(blocks, type, facts, dice) -> list[Node]:
    """The headings are pictures; paragraphs before and after speak of other years in the same sentences."""
    nodes = [node for node in stacked(blocks, type) if node not in {type.headed(block) for block in blocks}]
    other = [Text(text, type.text) for text in paragraphs.cruel(dice, facts.year_ending)]
    return [*other, *nodes] if dice.random() < 0.5 else [*nodes, *other]


def other_year_first(blocks, type, facts, dice) -> list[Node]:
    """The sentences of the statistics, said of other years and places, right before them."""
    other = [Text(text, type.text) for text in paragraphs.cruel(dice, facts.year_ending)]
    return [*other, *dice.choice([stacked, columns, crossed])(blocks, type)]


def headed_paragraphs(blocks, type, facts, dice) -> list[Node]:
    """The statistics' headings over paragraphs about other years, and the statistics without any."""
    other = []
    for block in blocks:
        other += [
            type.headed(block),
            *(Text(t, type.text) for t in paragraphs.cruel(dice, facts.year_ending)),
        ]
    return [*other, *without_headings(blocks, type, facts, dice)]


def numbers_first(blocks, type, facts, dice) -> list[Node]:
    """A row of rates in rings, a row of counts, and the sentences without numbers in columns under them."""
    rates = tuple((Text(block.rate or " ", 40, True, "center"),) for block in blocks)
    counts = tuple(tuple(type.counted(block)) or (Text(" "),) for block in blocks)
    rest = tuple((Text(block.alone, type.text), *type.others(block), *type.based(block)) for block in blocks)
    heads = tuple((type.headed(block),) for block in blocks)
    rows = [rates, counts, heads, rest]
    dice.shuffle(rows)
    return [Cells(tuple(rows), (1,) * len(blocks), "none")]


def shuffled_cells(blocks, type, facts, dice) -> list[Node]:
    """The rates of all blocks in one list, their sentences without numbers in another."""
    rates = tuple(Text(block.rate or " ", type.large, True) for block in blocks)
    rest = tuple(node for block in blocks for node in (type.headed(block), Text(block.alone, type.text)))
    bases = tuple(Text(block.base or " ", type.small) for block in blocks)
    cells = [rates, rest, bases]
    dice.shuffle(cells)
    return [Cells((tuple(cells),), (1, 2, 1), type.rules)]


def two_letters(blocks, type, facts, dice) -> list[Node]:
    """The statistics of another council or year behind the letter's own, or before them."""
    other = in_words(letter(dice, max(2019, facts.year_ending - 1)), Manner.drawn(dice))
    ways = dice.choice([stacked, labelled_rows, columns])
    both = [ways(blocks, type), ways(other, type) if other else []]
    dice.shuffle(both)
    return [*both[0], *([Break()] if dice.random() < 0.5 else []), *both[1]]


def series(blocks, type, facts, dice) -> list[Node]:
    """A table of other years' figures among the statistics."""
    years = range(facts.year_ending - 3, facts.year_ending + 1)
    rows = [("", *map(str, years))]
    rows += [(label, *(f"{dice.randint(0, 100)}{sign}" for _ in years)) for label, sign in (
        ("Complaints upheld", "%"), ("upheld decisions", ""), ("satisfactory remedy decisions", ""),
        ("Compliance with Ombudsman recommendations", "%"),
    )]  # fmt: skip
    both = [
        [_table(rows, type.text, type.rules)],
        dice.choice([stacked, columns, labelled_rows])(blocks, type),
    ]
    dice.shuffle(both)
    return [*both[0], *both[1]]


def wrong_cells(blocks, type, facts, dice) -> list[Node]:
    """A count in large type beside the rate's sentence, and the rate beside the count's label, far from each other."""
    nodes: list[Node] = []
    for block in blocks:
        count, label = block.count or (" ", " ")
        row = (Text(count, type.large, True),), (Text(block.alone, type.text), *type.others(block))
        other = (Text(block.rate or " ", type.large, True),), (Text(label, type.text), *type.based(block))
        nodes += [type.headed(block), Cells((row, other), (1, 3), type.rules)]
    return nodes


STRANGE: dict[str, Arranged] = {
    "plain-table": plain_table,
    "without-headings": without_headings,
    "other-year-first": other_year_first,
    "headed-paragraphs": headed_paragraphs,
    "numbers-first": numbers_first,
    "shuffled-cells": shuffled_cells,
    "two-letters": two_letters,
    "series": series,
    "wrong-cells": wrong_cells,
}
