"""What the three kinds of file hold: their columns, and what must agree between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cases.importing.cells import (
    Column,
    category,
    day,
    line,
    names,
    number,
    one_of,
    reference,
    references_of,
    words,
    yes_or_no,
)
from cases.models import Holds, Kind, Outcome, Response

_COUNCILS = (
    "councils",
    "council",
    "bodies",
    "body",
    "authority",
    "authorities",
    "organisation",
    "organisations",
)

COLUMNS: dict[str, tuple[Column, ...]] = {
    Holds.DECISIONS: (
        Column(("reference", "case reference", "case number", "ref"), reference),
        Column(_COUNCILS, names, several=True),
        Column(("category", "subject"), category),
        Column(("sub-category", "subcategory", "sub category"), category),
        Column(("outcome", "decision", "decision outcome"), one_of(dict(Outcome.choices))),
        Column(("decided on", "decision date", "date decided", "date"), day),
        Column(("kind", "type"), one_of(dict(Kind.choices)), required=False, default=Kind.STATEMENT),
        Column(("summary",), words(5_000), required=False),
        Column(("text", "statement", "decision text"), words(200_000), required=False),
        Column(("remedy", "remedies"), words(20_000), required=False),
        Column(("withheld",), yes_or_no, required=False, default="no", yes_or_no=True),
    ),
    Holds.REPORTS: (
        Column(("references", "reference", "case references"), references_of, several=True),
        Column(_COUNCILS, names, several=True),
        Column(("title",), line(300)),
        Column(("published on", "date published", "publication date"), day),
        Column(("summary",), words(5_000), required=False),
        Column(("response", "council response", "councils response"), words(20_000), required=False),
        Column(
            ("satisfied", "response satisfied"),
            one_of(dict(Response.choices), yes="satisfied", no="not-satisfied", not_yet="waiting"),
            required=False,
            default=Response.NOT_STATED,
            yes_or_no=True,
        ),
    ),
    Holds.IMPROVEMENTS: (
        Column(("reference", "decision", "decision reference", "case reference"), reference),
        Column(("number", "no"), number),
        Column(_COUNCILS, names, several=True),
        Column(("category", "kind", "type"), category),
        Column(("text", "improvement", "service improvement", "agreed action"), words(20_000)),
        Column(("agreed on", "date agreed"), day),
        Column(("due on", "due date", "due"), day),
        Column(("evidence on", "evidence received on", "evidence received", "done on"), day, False, None),
    ),
}
# A column that a whole file may lack where each row must have it would be a file of another kind.
DAY = {Holds.DECISIONS: "decided on", Holds.REPORTS: "published on", Holds.IMPROVEMENTS: "agreed on"}

# What lies further ahead is a slip in the year: a report announced, an improvement promised.
_MOST_ANNOUNCED = timedelta(days=366)
_MOST_PROMISED = timedelta(days=3653)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row, and in which column; what it says there; what to do."""

    row: int
    column: str
    says: str
    why: str
    remedy: str


@dataclass(frozen=True)
class Draft:
    """A row that can be taken, as far as the file alone can say."""

    row: int
    values: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def key_of(holds: str, values: dict[str, Any]) -> str:
    """What a row is known by, so that the same is not brought in twice."""
    if holds == Holds.REPORTS:
        return values["references"][0]
    return f"{values['reference']}/{values['number']}" if holds == Holds.IMPROVEMENTS else values["reference"]


def names_of(holds: str, values: dict[str, Any]) -> list[str]:
    """All that a row could be known by: a report has several references, and comes with them in any order."""
    return list(values["references"]) if holds == Holds.REPORTS else [key_of(holds, values)]


def contradictions(holds: str, row: int, values: dict[str, Any], today: date) -> Iterator[Fault]:
    """What cannot be true of a row whose cells are each right."""
    its_day = DAY[holds]
    if values[its_day] > today and holds != Holds.REPORTS:
        yield Fault(row, its_day, str(values[its_day]), "The day has not come yet", "Look at the year.")
    yield from _OF[holds](row, values, today)


def _of_a_decision(row: int, values: dict[str, Any], today: date) -> Iterator[Fault]:
    told = [name for name in ("summary", "text", "remedy") if values[name]]
    if values["withheld"] == "yes" and told:
        why = "The decision is withheld and yet has words"
        yield Fault(
            row, told[0], values[told[0]][:60], why, "Leave summary, text and remedy empty, or say “no”."
        )
    if values["withheld"] == "no" and not values["text"]:
        yield Fault(row, "text", "", "It is empty", "Give the text, or say “yes” under withheld.")


def _of_a_report(row: int, values: dict[str, Any], today: date) -> Iterator[Fault]:
    if len(set(values["references"])) < len(values["references"]):
        yield Fault(
            row, "references", "; ".join(values["references"]), "It has a reference twice", "Leave one."
        )
    if values["published on"] - today > _MOST_ANNOUNCED:
        said = str(values["published on"])
        yield Fault(row, "published on", said, "It lies more than a year ahead", "Look at the year.")


def _of_an_improvement(row: int, values: dict[str, Any], today: date) -> Iterator[Fault]:
    agreed, due, evidence = values["agreed on"], values["due on"], values["evidence on"]
    if due < agreed:
        yield Fault(
            row, "due on", str(due), f"It lies before the day of the agreement, {agreed}", "Look at both."
        )
    if due - agreed > _MOST_PROMISED:
        why = f"It lies more than ten years after the agreement, {agreed}"
        yield Fault(row, "due on", str(due), why, "Look at the years of both.")
    if evidence and evidence < agreed:
        why = f"It lies before the day of the agreement, {agreed}"
        yield Fault(row, "evidence on", str(evidence), why, "Look at both.")
    if evidence and evidence > today:
        yield Fault(
            row, "evidence on", str(evidence), "The day has not come yet", "Leave it empty until it has."
        )
    if len(values["councils"]) > 1:
        told = "; ".join(values["councils"])
        yield Fault(row, "councils", told, "An improvement is one council's", "Write a row for each council.")


_OF = {
    Holds.DECISIONS: _of_a_decision,
    Holds.REPORTS: _of_a_report,
    Holds.IMPROVEMENTS: _of_an_improvement,
}
