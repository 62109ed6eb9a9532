"""What stands here of the rows of a file: by what they are known, and in which values they would change."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from cases.importing.cells import slug
from cases.importing.records import Draft, Fault
from cases.models import Decision, Holds, PublicReport, ServiceImprovement
from councils.models import Council

if TYPE_CHECKING:
    from cases.importing.comparing import Ready

_NAMES_SHOWN = 8


@dataclass(frozen=True)
class Standing:
    """A row that is here already (`pk`), with the digest of what the last import said of it.

    Of a decision, also the councils whose improvements came of it. Of a report, who has which reference, this one or
    another. Of an improvement, which is here only with its decision, that decision and the bodies it is about.
    """

    pk: int | None = None
    digest: str = ""
    kept_out: bool = False
    decision: int | None = None
    bodies: frozenset[int] = field(default_factory=frozenset)
    improving: frozenset[int] = field(default_factory=frozenset, repr=False)
    holders: Mapping[str, str] = field(default_factory=dict, repr=False)


def of(holds: str, keys: list[str]) -> dict[str, Standing]:
    """What stands here under these keys."""
    if holds == Holds.DECISIONS:
        return _decisions(keys)
    if holds == Holds.REPORTS:
        return _reports(keys)
    return _improvements(keys)


def _decisions(keys: list[str]) -> dict[str, Standing]:
    improving: dict[str, set[int]] = defaultdict(set)
    agreed = ServiceImprovement.objects.filter(decision__reference__in=keys)
    for reference, council in agreed.values_list("decision__reference", "council"):
        improving[reference].add(council)
    rows = Decision.objects.filter(reference__in=keys)
    return {
        key: Standing(pk, digest, kept_out, improving=frozenset(improving[key]))
        for key, pk, digest, kept_out in rows.values_list("reference", "pk", "digest", "kept_out")
    }


def _reports(keys: list[str]) -> dict[str, Standing]:
    there, holders = {}, dict[str, str]()
    for row in PublicReport.objects.only("reference", "other_references", "digest"):
        there[row.reference] = row
        holders |= dict.fromkeys(row.references, row.reference)
    found = ((key, there.get(key)) for key in keys)
    return {
        key: Standing(row.pk, row.digest, holders=holders) if row else Standing(holders=holders)
        for key, row in found
    }


def _improvements(keys: list[str]) -> dict[str, Standing]:
    references = {key.partition("/")[0] for key in keys}
    decisions = {
        each.reference: each for each in Decision.objects.filter(reference__in=references).defer("text")
    }
    bodies: dict[int, set[int]] = defaultdict(set)
    parties = Decision.bodies.through.objects.filter(decision__reference__in=references)
    for decision, council in parties.values_list("decision", "council"):
        bodies[decision].add(council)
    rows = ServiceImprovement.objects.filter(decision__reference__in=references)
    there = {
        f"{reference}/{number}": (pk, digest)
        for reference, number, pk, digest in rows.values_list("decision__reference", "number", "pk", "digest")
    }
    return {
        key: Standing(*there.get(key, (None, "")), row.kept_out, row.pk, frozenset(bodies[row.pk]))
        for key in keys
        if (row := decisions.get(key.partition("/")[0]))
    }


def refused(holds: str, draft: Draft, bodies: list[Council], before: Standing | None) -> Fault | None:
    """Why a row does not fit to what stands here, if it does not."""
    if holds == Holds.DECISIONS:
        return _leaves_behind(draft, bodies, before)
    return (
        _homeless(draft, bodies, before) if holds == Holds.IMPROVEMENTS else _known_otherwise(draft, before)
    )


def _leaves_behind(draft: Draft, bodies: list[Council], before: Standing | None) -> Fault | None:
    """Whether improvements would stay with a council that the decision is not about any more."""
    if before is None or before.improving <= {each.pk for each in bodies}:
        return None
    why = "A council that it is not about any more has agreed an improvement by this decision"
    remedy = (
        "Bring the decision in for both councils, then the improvement for the right one, then the decision as it is"
        " here."
    )
    return Fault(draft.row, "councils", "; ".join(draft["councils"])[:120], why, remedy)


def _known_otherwise(draft: Draft, before: Standing | None) -> Fault | None:
    """Whether another report has one of its references."""
    holders = before.holders if before else {}
    key, *_ = draft["references"]
    for reference in draft["references"]:
        if (holder := holders.get(reference, key)) != key:
            why = f"The report known as {holder} has this reference"
            remedy = f"If it is the same report, write {holder} first; else leave the reference out."
            return Fault(draft.row, "references", reference, why, remedy)
    return None


def _homeless(draft: Draft, bodies: list[Council], before: Standing | None) -> Fault | None:
    """Whether there is no decision about this council that an improvement could have come of."""
    reference, council = draft["reference"], bodies[0]
    if before is None:
        why, remedy = "No decision of this reference is known here", "Import the decisions first."
        return Fault(draft.row, "reference", reference, why, remedy)
    if before.kept_out:
        why = "Its decision was taken down here, since somebody could be recognised"
        return Fault(draft.row, "reference", reference, why, "Leave the row out.")
    if council.pk not in before.bodies:
        why = "The decision is not about this council"
        return Fault(draft.row, "councils", council.name, why, "Look at the reference and at the council.")
    return None


def with_differences(holds: str, changed: Iterable["Ready"]) -> list[tuple["Ready", str]]:
    """Rows that would change, each with the names of the columns in which they differ."""
    changed = list(changed)
    stored = values(holds, [each.before.pk for each in changed if each.before])
    told = []
    for each in changed:
        now, then = _values_of(each), stored[each.before.pk]
        names = [name for name, value in then.items() if now[name] != value]
        told.append((each, ", ".join(names[:_NAMES_SHOWN])))
    return told


def values(holds: str, keys: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What stands here in these rows, by their columns; bodies and categories as they are compared."""
    rows = _ROWS[holds]().in_bulk(list(keys))
    return {pk: _VALUES[holds](row) for pk, row in rows.items()}


def _values_of(ready: "Ready") -> dict[str, Any]:
    values = dict(ready.draft.values)
    values["councils"] = {council.pk for council in ready.bodies}
    for name in ("category", "sub-category"):
        if name in values:
            values[name] = slug(values[name])
    return values


def _of_decision(row: Decision) -> dict[str, Any]:
    return {
        "councils": {council.pk for council in row.bodies.all()},
        "category": row.category.slug,
        "sub-category": row.subcategory.slug,
        "outcome": row.outcome,
        "decided on": row.decided_on,
        "kind": row.kind,
        "summary": row.summary,
        "text": row.text,
        "remedy": row.remedy,
        "withheld": "yes" if row.withheld else "no",
    }


def _of_report(row: PublicReport) -> dict[str, Any]:
    return {
        "references": row.references,
        "councils": {council.pk for council in row.bodies.all()},
        "title": row.title,
        "published on": row.published_on,
        "summary": row.summary,
        "response": row.response,
        "satisfied": row.satisfied,
    }


def _of_improvement(row: ServiceImprovement) -> dict[str, Any]:
    return {
        "councils": {row.council_id},
        "category": row.category_slug,
        "text": row.text,
        "agreed on": row.agreed_on,
        "due on": row.due_on,
        "evidence on": row.evidence_on,
    }


_ROWS: dict[str, Callable[[], QuerySet[Any]]] = {
    Holds.DECISIONS: lambda: Decision.objects.select_related("category", "subcategory").prefetch_related(
        "bodies"
    ),
    Holds.REPORTS: lambda: PublicReport.objects.prefetch_related("bodies"),
    Holds.IMPROVEMENTS: ServiceImprovement.objects.all,
}
_VALUES = {
    Holds.DECISIONS: _of_decision,
    Holds.REPORTS: _of_report,
    Holds.IMPROVEMENTS: _of_improvement,
}
