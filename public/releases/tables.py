"""The tables of a release: what each is called, its columns and its rows in an order that all databases agree on.

Whatever might have to be taken back is in none of them, since a release never changes: no words of a decision or of
what was agreed after it, for somebody may be recognised by them later. Nor is what the clock alone changes, so that the
same data give the same bytes.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import cases.published
from cases.days import today
from letters import published
from letters.published import shown_as_of
from public.cases import columns as of_cases
from public.cases import rows as rows_of_cases
from public.tidy.columns import COLUMNS, Column
from public.tidy.rows import key_of, rows

Row = dict[str, Any]

_WORDS = {"summary", "remedy", "text"}
_BY_THE_CLOCK = {"state", "days_late"}


@dataclass(frozen=True)
class Table:
    """A table; `key` are the columns that name a row for good and that the rows are ordered by."""

    name: str
    title: str
    nouns: tuple[str, str]
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    read: Callable[[datetime], Iterable[Row]]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def file(self, ending: str) -> str:
        return f"{self.name}.{ending}"

    def key_of(self, row: Row) -> tuple[Any, ...]:
        return tuple(row[name] for name in self.key)

    def rows(self, now: datetime) -> Iterator[Row]:
        """What is public at that instant, with these columns alone."""
        names = self.names
        return ({name: row[name] for name in names} for row in self.read(now))


def _figures(now: datetime) -> Iterator[Row]:
    """By the codes of the characters, which databases need not sort by."""
    for edition in reversed(published.editions(now)):
        of_year = published.statistics(now).filter(letter__review=edition)
        yield from sorted(rows(of_year, now), key=key_of)


# References are digits in fixed places: any database sorts them by the codes of their characters.
def _decisions(now: datetime) -> Iterator[Row]:
    return rows_of_cases.decisions(cases.published.decisions(shown_as_of(now)).order_by("reference"))


def _reports(now: datetime) -> Iterator[Row]:
    return rows_of_cases.reports(cases.published.reports(shown_as_of(now)).order_by("reference"))


def _improvements(now: datetime) -> Iterator[Row]:
    seen_at = shown_as_of(now)
    found = cases.published.improvements(seen_at).order_by("decision__reference", "number")
    return rows_of_cases.improvements(found, today(seen_at))


def _but(columns: Iterable[Column], left_out: set[str]) -> tuple[Column, ...]:
    return tuple(column for column in columns if column.name not in left_out)


FIGURES = Table(
    "figures",
    "Figures",
    ("figure", "figures"),
    "Every figure that the Local Government and Social Care Ombudsman's annual letters to councils state, of the"
    " letters published here. A row is one figure. What a letter does not state is empty, never 0. Rates are per cent,"
    " as printed and not rounded.",
    COLUMNS,
    ("year_ending", "council", "measure"),
    _figures,
)
DECISIONS = Table(
    "decisions",
    "Decisions",
    ("decision", "decisions"),
    "Every decision of the Ombudsman that is published here, three months after it was made; not those by which"
    " somebody could be recognised. A row is one decision, on one council or several. Its words are on its page and in"
    " the API, for they may have to be taken back, and a release never changes.",
    _but(of_cases.DECISIONS, _WORDS),
    of_cases.KEYS["decisions"],
    _decisions,
)
REPORTS = Table(
    "reports",
    "Public reports",
    ("public report", "public reports"),
    "Every report that the Ombudsman published in the public interest. A row is one report, on one council or several.",
    of_cases.REPORTS,
    of_cases.KEYS["reports"],
    _reports,
)
IMPROVEMENTS = Table(
    "improvements",
    "Service improvements",
    ("service improvement", "service improvements"),
    "Everything that councils agreed to make better after a decision that is published here. A row is one improvement:"
    " late if the day of due_on has passed and evidence_on is empty, done late if evidence_on comes after due_on. What"
    " was agreed is told on the decision's page and in the API, for its words may have to be taken back.",
    _but(of_cases.IMPROVEMENTS, _WORDS | _BY_THE_CLOCK),
    of_cases.KEYS["improvements"],
    _improvements,
)
OF_CASES = (DECISIONS, REPORTS, IMPROVEMENTS)
TABLES = (FIGURES, *OF_CASES)
BY_NAME = {table.name: table for table in TABLES}
