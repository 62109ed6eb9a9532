"""The sections of a pack on what was decided, and on what the council agreed to make better."""

from collections import Counter
from typing import Any

from django.utils.text import Truncator

from cases.days import days_of
from cases.published import Outcome, State
from public.addresses import full
from public.decisions.beside import UPHELD, Beside
from public.decisions.of_year import OfSubject
from public.decisions.tracker import Told
from public.figures import counted, full_day, number
from public.pack.blocks import Block, Cell, Link, Paragraph, Section, Table
from public.pack.facts import Facts, WithoutLetter

# Of what was agreed, as much as a line of a committee's papers needs; the page has all of it.
_MOST_WORDS = 300


def decisions(facts: Facts | WithoutLetter) -> Section | None:
    """The year's decisions beside the letter's count, and its public reports."""
    decided = facts.decided
    blocks: list[Block] = []
    if decided.beside:
        page = full("council-decisions", facts.council.slug, query=f"?year={facts.year}")
        blocks += [
            Paragraph(_upheld(facts, decided.beside), ours=True),
            _by_subject(facts),
            Link("These decisions", page),
        ]
    if decided.reports:
        blocks += [_reports(facts), Link("The public reports", full("council-reports", facts.council.slug))]
    return Section("decided", "What the Ombudsman decided", tuple(blocks)) if blocks else None


def _upheld(facts: Facts | WithoutLetter, beside: Beside) -> str:
    return beside.words if isinstance(facts, Facts) else f"{beside.words_without_letter}{_unfinished(facts)}"


def _unfinished(facts: WithoutLetter) -> str:
    """That the year's numbers will grow, while it runs."""
    last_day = days_of(facts.year)[1]
    if facts.decided.on > last_day:
        return ""
    return (
        f" The year is not over: it runs to {full_day(last_day)}, and decisions are published three months after they"
        " are made."
    )


def _by_subject(facts: Facts | WithoutLetter) -> Table:
    subjects = facts.decided.subjects
    rows = [_counts(each) for each in subjects]
    if len(subjects) > 1:
        rows.append(_counts(OfSubject("All", sum((each.outcomes for each in subjects), Counter()))))
    return Table(
        f"Decisions of {facts.years} published here, by subject",
        ("Subject", "Upheld", "Not upheld", "Closed after initial enquiries"),
        tuple(rows),
        (40, 20, 20, 20),
    )


def _counts(subject: OfSubject) -> tuple[Cell, ...]:
    upheld = sum(subject.outcomes[each] for each in UPHELD)
    rest = [subject.outcomes[each] for each in (Outcome.NOT_UPHELD, Outcome.CLOSED)]
    return (Cell(subject.name), *(Cell(number(each)) for each in (upheld, *rest)))


def _reports(facts: Facts | WithoutLetter) -> Table:
    return Table(
        f"Public reports of {facts.years}",
        ("Report", "Published", "The council’s response"),
        tuple(
            (Cell(each.title), Cell(full_day(each.published_on)), Cell(each.get_satisfied_display()))
            for each in facts.decided.reports
        ),
        (40, 20, 40),
    )


def improvements(facts: Facts | WithoutLetter) -> Section | None:
    """What the council agreed to make better in the year, and whatever is still open."""
    decided = facts.decided
    if not decided.improvements:
        return None
    ours = (
        f"Agreed in {facts.years}, or still open on {full_day(decided.on)}. How each stands is ours: it is late from "
        "the day after it was due, until evidence that it was done is published here."
    )
    if decided.unlisted:
        ours += f" {counted(decided.unlisted, 'more is', 'more are')} left out here."
    page = Link("All improvements, and how they stand", full("council-improvements", facts.council.slug))
    return Section(
        "improvements",
        "What the council agreed to make better",
        (_agreed(facts), Paragraph(ours, ours=True), page),
    )


def _agreed(facts: Facts | WithoutLetter) -> Table:
    return Table(
        "What the council agreed to make better",
        ("Agreed", "Decision", "Due", "How it stands"),
        tuple(_improvement(each) for each in facts.decided.listed),
        (46, 18, 18, 18),
    )


def _improvement(told: Told) -> tuple[Cell, ...]:
    row: Any = told.improvement
    evidence = f"evidence of {full_day(row.evidence_on)}" if told.took is not None else ""
    late = f"by {counted(told.days_late, 'day', 'days')}" if told.days_late else ""
    return (
        Cell(Truncator(row.text).chars(_MOST_WORDS)),
        Cell(row.decision.reference, f"agreed on {full_day(row.agreed_on)}"),
        Cell(full_day(row.due_on)),
        Cell(State(told.state).label, ", ".join(filter(None, [late, evidence]))),
    )
