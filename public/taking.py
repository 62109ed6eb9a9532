"""Figures to take along as text: sentences and a table that keep their counts, bases, period and source together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from councils.models import Council
from letters.measures import Measure
from public import citing, figures
from public.pack.blocks import Cell, Table
from public.panels import Fact, Panel


@dataclass(frozen=True)
class Taken:
    """One figure as text: `sentence` is ours, `quoted` the letter's own words; empty where it was entered by staff."""

    measure: Measure
    sentence: str
    quoted: str


def sentences(council: Council, letter: Any, panels: Iterable[Panel]) -> list[Taken]:
    """The headline figures that the letter states, each as a text that can stand alone."""
    return [
        Taken(panel.measure, _sentence(council, letter, panel), _quoted(council, letter, panel))
        for panel in panels
        if panel.stated
    ]


def _sentence(council: Council, letter: Any, panel: Panel) -> str:
    if panel.none_due:
        said = f"The letter says that no recommendations to {council} were due for compliance."
    else:
        said = f"{panel.summary} {_numbers(panel)}".strip()
    return _with_source(f"{letter.review.years}: {said}", council, letter, panel)


def _numbers(panel: Panel) -> str:
    """The figure's numbers as the letter prints them, with what each of them is."""
    count = "" if panel.count_is_ours else panel.count
    beside = f" ({count})" if " of " in count else ""
    # Without a count, what stands in its place is the base.
    alone = count if beside or panel.base == figures.NOT_STATED else ""
    rate = f"rate {panel.rate}{beside}" if panel.rate != figures.NOT_STATED else alone and f"count {alone}"
    base = "" if panel.base == figures.NOT_STATED else f"based on {panel.base}"
    average = "" if panel.average == figures.NOT_STATED else f"average of similar authorities {panel.average}"
    stated = ", ".join(part for part in (rate, base, average) if part)
    return f"As printed in the letter: {stated}." if stated else ""


def _quoted(council: Council, letter: Any, panel: Panel) -> str:
    if not panel.quotations:
        return ""
    words = " ".join(f"“{each.words}” (page {each.page})" for each in panel.quotations)
    return _with_source(words, council, letter, panel)


def _with_source(said: str, council: Council, letter: Any, panel: Panel) -> str:
    period = "" if panel.period == figures.NOT_STATED else f"Period: {panel.period}."
    corrected = f"Corrected on {figures.full_day(panel.corrected)}." if panel.corrected else ""
    address = citing.address(council, letter.review.year_ending, panel.measure.slug)
    return " ".join(
        part for part in (said, period, corrected, _source(council, letter) + ",", address, _notice()) if part
    )


def _notice() -> str:
    return f"({citing.notice()})" if citing.notice() else ""


def _source(council: Council, letter: Any) -> str:
    dated = f" of {figures.full_day(letter.letter_date)}" if letter.letter_date else ""
    return f"Source: {citing.author(letter.review.year_ending)}, annual letter to {council}{dated}"


_HEAD = ("Figure", "Count", "Rate or number", "Average of similar authorities", "Based on", "Period")


def table(council: Council, letter: Any, panels: Iterable[Panel], others: Iterable[Fact]) -> Table:
    """Every figure that the letter states, with council, year and source above it."""
    rows = [_of_panel(panel) for panel in panels if panel.stated]
    rows += [(each.name, "", each.value, each.average, "", "") for each in others]
    year = letter.review.year_ending
    above = f"{council}, {letter.review.years}. {_source(council, letter)}, {citing.address(council, year)} {_notice()}"
    return Table(above.strip(), _HEAD, tuple(tuple(map(Cell, row)) for row in rows))


def _of_panel(panel: Panel) -> tuple[str, ...]:
    if panel.none_due:
        return (panel.measure.name, "", "No recommendations were due", "", "", panel.period)
    count = f"{panel.count} {panel.of_what}" if panel.count else figures.NOT_STATED
    ours = " (count ours, worked out from the rate)" if panel.count_is_ours else ""
    return (panel.measure.name, count + ours, panel.rate, panel.average, panel.base, panel.period)


def with_tabs(table: Table) -> str:
    """The table as lines of text with tabs, as spreadsheets paste them."""
    lines = [table.head, *([cell.text for cell in row] for row in table.rows), (table.caption,)]
    return "\n".join("\t".join(line) for line in lines)
