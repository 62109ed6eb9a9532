"""How a council's improvement stands: told by the clock, never stored."""

from datetime import date

from django.db.models import Case, CharField, F, Q, TextChoices, Value, When

from cases.models import ServiceImprovement


class State(TextChoices):
    DUE = "due", "Due"
    LATE = "late", "Late"
    DONE = "done", "Done in time"
    DONE_LATE = "done-late", "Done late"


def state_of(improvement: ServiceImprovement, today: date) -> State:
    """How it stands on a day: late from the day after the one it was due on, until evidence was received."""
    due, evidence = improvement.due_on, improvement.evidence_on
    if evidence is not None and evidence <= today:
        return State.DONE if evidence <= due else State.DONE_LATE
    return State.DUE if today <= due else State.LATE


def in_state(state: State, today: date) -> Q:
    """The condition on improvements that says the same as `state_of`."""
    done = Q(evidence_on__lte=today)
    open_yet = Q(evidence_on=None) | Q(evidence_on__gt=today)
    return {
        State.DUE: open_yet & Q(due_on__gte=today),
        State.LATE: open_yet & Q(due_on__lt=today),
        State.DONE: done & Q(evidence_on__lte=F("due_on")),
        State.DONE_LATE: done & Q(evidence_on__gt=F("due_on")),
    }[state]


def state_on(today: date) -> Case:
    """The same as a column of improvements."""
    whens = (When(in_state(each, today), then=Value(each.value)) for each in State)
    return Case(*whens, output_field=CharField())
