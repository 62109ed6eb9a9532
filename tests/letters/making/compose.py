"""From a seed to a letter: what it states, and the pages that state it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from demonstration import report_wording
from demonstration.era import in_full
from demonstration.era import title as title_of
from demonstration.facts import LetterFacts
from demonstration.report_wording import PrintedTable
from demonstration.reports import ReportFacts

from . import paragraphs, words
from .arrangements import ARRANGEMENTS, Type
from .facts import ERAS, letter
from .page import Break, Cells, Node, Page, Text
from .strange import STRANGE


@dataclass(frozen=True)
class Composed:
    """One letter: its name, what a faultless reader finds in it, and what is printed."""

    name: str
    expected: dict[str, Any]
    page: Page


def compose(seed: str, number: int, strange: bool = False) -> Composed:
    """Letter `number` of a set; its era goes round, all else is drawn by chance."""
    dice = Random(f"{seed} {number}{' strange' if strange else ''}")
    eras = list(ERAS)[-3:] if strange else list(ERAS)
    era = eras[number % len(eras)]
    facts = letter(dice, dice.choice(ERAS[era]))
    way, page = _page(facts, dice, strange)
    return Composed(f"{era}-{number:04}-{way}", facts.expected(), page)


def _page(facts: LetterFacts | ReportFacts, dice: Random, strange: bool) -> tuple[str, Page]:
    if isinstance(facts, LetterFacts):
        way, statistics = _blocks(facts, dice, strange)
    else:
        way, statistics = _tables(facts, dice)
    return way, Page(
        (*_letter(facts, dice), *statistics),
        header=dice.choice(
            ["", "Local Government and Social Care Ombudsman", "Private and confidential 20 15"]
        ),
        footer=dice.choice(["", "Page", "www.example.org 0300 061 0614 -"]),
        font=dice.choice(["sans", "sans", "serif", "odd"]),
        margin=dice.choice([18, 22, 26]),
        landscape=isinstance(facts, ReportFacts) and dice.random() < 0.6,
    )


def _letter(facts: LetterFacts | ReportFacts, dice: Random) -> Iterator[Node]:
    is_new = isinstance(facts, LetterFacts)
    title = title_of(facts.year_ending) if is_new else report_wording.title(facts.year_ending)
    size = dice.choice([10, 11, 12])
    yield Text("Local Government & Social Care OMBUDSMAN", 15, True, tracking=dice.choice([0, 1.5]))
    yield Text(in_full(facts.letter_date), size)
    yield Text("By email", size)
    yield from _addressee(facts, size, dice)
    yield Text(f"Dear {facts.recipient_name}", size)
    yield Text(title, 13, True)
    yield Text(
        f"I write to you with our annual summary of statistics on the complaints made to us about your authority for"
        f" the year ending 31 March {facts.year_ending}. I hope that you will find it of use.",
        size,
    )
    if is_new:
        yield Text(
            "These data will be uploaded to our interactive map, Your council's performance, along with a copy of this"
            f" letter on {in_full(facts.publication_date)}.",
            size,
        )
    for text in paragraphs.plain(dice, facts.year_ending):
        yield Text(text.removeprefix("# "), size + 2 if text.startswith("#") else size, text.startswith("#"))
    for text in ("Yours sincerely,", "Pat Pretend", "Local Government and Social Care Ombudsman"):
        yield Text(text, size)


def _addressee(facts: LetterFacts | ReportFacts, size: float, dice: Random) -> Iterator[Node]:
    lines = facts.recipient_name, facts.recipient_post, facts.council
    for line in lines if dice.random() < 0.7 else (" ".join(lines),):
        yield Text(line, size, after=1)


def _blocks(facts: LetterFacts, dice: Random, strange: bool) -> tuple[str, list[Node]]:
    manner, look = words.Manner.drawn(dice), Type.drawn(dice)
    stated = words.blocks(facts, manner)
    overview = words.overview(facts, manner)
    if not stated:
        return "no-statistics", [Text(overview)] if overview else []
    if strange:
        name = dice.choice(list(STRANGE))
        nodes = STRANGE[name](stated, look, facts, dice)
    else:
        name = dice.choice(list(ARRANGEMENTS))
        nodes = ARRANGEMENTS[name](stated, look)
    begin: list[Node] = [Break()] if dice.random() < 0.8 else []
    footnote = [Text("^^1^^ Complaints that were withdrawn are not counted.", 7)] if manner.footnote else []
    return name, [*begin, *([Text(overview, look.text)] if overview else []), *nodes, *footnote]


def _tables(facts: ReportFacts, dice: Random) -> tuple[str, list[Node]]:
    report = report_wording.report(facts)
    down = dice.random() < 0.4
    rules = dice.choice(["all", "all", "rows", "none"])
    size = dice.choice([6.5, 7.5, 8.5])
    align = dice.choice(["left", "center", "right"])
    nodes: list[Node] = [Break(), Text(report.heading, size + 3, True), Text(report.period, size)]
    for table in report.tables:
        nodes += [Text(table.title, size + 1, True)] if table.title else []
        nodes.append(_cells(_respelt(table, dice), down, Text("", size, align=align, after=0), rules))
        nodes += [Text(table.note, size)] if table.note else []
    return f"{'down' if down else 'across'}-{rules}", nodes


def _respelt(table: PrintedTable, dice: Random) -> PrintedTable:
    """With "&" for "and" in some letters."""
    if dice.random() < 0.7:
        return table
    return replace(table, headings=tuple(heading.replace(" and ", " & ") for heading in table.headings))


def _cells(table: PrintedTable, down: bool, like: Text, rules) -> Cells:
    rows = [(table.corner, *table.headings), *((label, *cells) for label, cells in table.rows)]
    if down:
        rows = list(zip(*rows, strict=True))
    return Cells(
        tuple(
            tuple(
                (replace(like, text=cell, align=like.align if at else "left"),) for at, cell in enumerate(row)
            )
            for row in rows
        ),
        (2.2 if down else 1.5, *(1,) * (len(rows[0]) - 1)),
        rules,
    )
