"""What importing a file would do: what is new, what changes, what is the same, what is refused and why."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from cases.importing import standing
from cases.importing.cells import Wrong, slug
from cases.importing.naming import Register
from cases.importing.opening import Opened
from cases.importing.reading import layout, read
from cases.importing.records import DAY, Draft, Fault, contradictions, key_of
from cases.importing.standing import Standing
from cases.models import Category, Holds
from councils.models import Council

AT_ONCE = 2000  # rows that are compared, and written, together
MOST_SHOWN = 500
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Ready:
    """A row that can be imported: its bodies, its digest, and what stands here of it so far."""

    draft: Draft
    key: str
    bodies: list[Council]
    digest: str
    before: Standing | None
    decision: int | None = None

    @property
    def day(self) -> date:
        return next(self.draft[name] for name in DAY.values() if name in self.draft.values)


@dataclass
class Step:
    """What was made of some rows of a file."""

    new: list[Ready] = field(default_factory=list)
    changed: list[Ready] = field(default_factory=list)
    same: int = 0
    kept_out: list[str] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    rows_refused: int = 0

    @property
    def rows(self) -> int:
        return len(self.new) + len(self.changed) + self.same + len(self.kept_out) + self.rows_refused


@dataclass
class Preview:
    """All that a person should see before confirming. Lists are cut; the numbers beside them are of all."""

    holds: str
    notes: list[str] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    new_ones: list[Ready] = field(default_factory=list)
    changed_ones: list[tuple[Ready, str]] = field(default_factory=list)
    kept_out: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    new_categories: list[str] = field(default_factory=list)
    digest: str = ""

    @property
    def does_something(self) -> bool:
        return bool(self.new or self.changed)

    @property
    def all_refused(self) -> bool:
        return bool(self.refused) and not (self.does_something or self.same or self.kept_out)

    @property
    def why_nothing(self) -> str:
        """Why there is nothing that importing the file would do."""
        if self.all_refused:
            return "Nothing of this file can be imported: every row is refused."
        return "There is nothing to import: all that can be taken of this file is known already."

    def add(self, step: Step) -> None:
        """Take in what was made of some more rows."""
        self.new += len(step.new)
        self.changed += len(step.changed)
        self.same += step.same
        self.refused += step.rows_refused
        self.kept_out += step.kept_out
        self.faults += step.refused
        told = "".join(f"{each.key}{each.digest}{each.before}\n" for each in [*step.new, *step.changed])
        self.digest = hashlib.sha256((self.digest + told).encode()).hexdigest()


def steps(opened: Opened, holds: str, today: date) -> Iterator[Step]:
    """The rows of a file some at a time, compared with what stands here now."""
    register, rows, absent = Register(), read(opened, holds, today), layout(opened, holds).absent
    while some := list(islice(rows, AT_ONCE)):
        yield _compared(some, holds, register, absent, today)


def preview(opened: Opened, holds: str, today: date, progress: Progress = lambda done: None) -> Preview:
    """What importing an opened file would do now. Raises NoTable for one of another kind."""
    shown = Preview(holds)
    for done in looking(opened, today, shown):
        progress(done)
    return shown


def looking(opened: Opened, today: date, shown: Preview) -> Iterator[int]:
    """The same, told step by step: how many rows were looked at. `shown` takes in what was found."""
    holds = shown.holds
    columns = layout(opened, holds)
    shown.notes, shown.unknown_columns = [*opened.notes, *_lacking(columns.absent)], columns.unknown
    named: set[tuple[str, str]] = set()
    done = 0
    for step in steps(opened, holds, today):
        shown.add(step)
        _show(step, shown)
        named |= {
            (each.draft["category"], each.draft["sub-category"])
            for each in [*step.new, *step.changed]
            if holds == Holds.DECISIONS
        }
        done += step.rows
        yield done
    shown.new_categories = _new_categories(named)


def _lacking(absent: list[str]) -> Iterator[str]:
    if absent:
        named = ", ".join(f"“{name}”" for name in absent)
        yield (
            f"The file has no column {named}. Rows that stand here keep what they have there; of new rows, nothing is"
            " stated."
        )


def _show(step: Step, shown: Preview) -> None:
    room = MOST_SHOWN - len(shown.changed_ones)
    shown.changed_ones += standing.with_differences(shown.holds, step.changed[: max(room, 0)])
    shown.new_ones += step.new[: max(MOST_SHOWN - len(shown.new_ones), 0)]


def _new_categories(named: set[tuple[str, str]]) -> list[str]:
    """Categories and parts that would be made, so that a misspelt one is seen before."""
    known = {
        (slug(parent or ""), slug(name))
        for parent, name in Category.objects.values_list("within__name", "name")
    }
    wanted = {("", name) for name, _ in named} | named
    missing = [pair for pair in wanted if (slug(pair[0]), slug(pair[1])) not in known]
    return sorted(f"{parent}: {name}" if parent else name for parent, name in missing)


def _compared(
    rows: list[Draft | list[Fault]], holds: str, register: Register, absent: list[str], today: date
) -> Step:
    step = Step()
    drafts = []
    for row in rows:
        if isinstance(row, Draft):
            drafts.append(row)
        else:
            _refuse(step, row)
    register.learn((name, draft[DAY[holds]]) for draft in drafts for name in draft["councils"])
    there = standing.of(holds, [key_of(holds, draft.values) for draft in drafts])
    for draft in _completed(drafts, holds, there, absent):
        # What stands here was not looked at when the file was read.
        if absent and (faults := list(contradictions(holds, draft.row, draft.values, today))):
            _refuse(step, faults)
        else:
            _place(draft, holds, register, there, step)
    step.refused.sort(key=lambda fault: fault.row)
    return step


def _completed(drafts: list[Draft], holds: str, there: dict[str, Standing], absent: list[str]) -> list[Draft]:
    """The same rows, with what stands here where the file has no column for it; but for what was taken down."""
    if not absent:
        return drafts
    before = [there.get(key_of(holds, draft.values), Standing()) for draft in drafts]
    stored = standing.values(holds, [each.pk for each in before if each.pk and not each.kept_out])
    kept = [{name: stored[each.pk][name] for name in absent} if each.pk in stored else {} for each in before]
    return [Draft(draft.row, draft.values | own) for draft, own in zip(drafts, kept, strict=True)]


def _refuse(step: Step, faults: Iterable[Fault]) -> None:
    step.refused += faults
    step.rows_refused += 1


def _place(draft: Draft, holds: str, register: Register, there: dict[str, Standing], step: Step) -> None:
    """Put a row among the new, the changed, the same or the refused."""
    key = key_of(holds, draft.values)
    try:
        bodies = register.bodies(draft["councils"], draft[DAY[holds]])
    except Wrong as wrong:
        said = "; ".join(draft["councils"])
        return _refuse(step, [Fault(draft.row, "councils", said[:120], wrong.why, wrong.remedy)])
    before = there.get(key)
    if fault := standing.refused(holds, draft, bodies, before):
        return _refuse(step, [fault])
    ready = Ready(
        draft,
        key,
        bodies,
        _digest(draft.values, bodies),
        before if before and before.pk else None,
        before and before.decision,
    )
    if ready.before is None:
        step.new.append(ready)
    elif ready.before.kept_out:
        step.kept_out.append(key)
    elif ready.before.digest == ready.digest:
        step.same += 1
    else:
        step.changed.append(ready)
    return None


def _digest(values: dict[str, Any], bodies: list[Council]) -> str:
    told = values | {"councils": sorted(council.pk for council in bodies)}
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()
