"""Writing what a file brings; called inside the one transaction of its import."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cases import references, subjects, words
from cases.importing.cells import slug
from cases.importing.comparing import Ready
from cases.models import CaseImport, Category, Decision, Holds, Party, PublicReport, ServiceImprovement
from councils.years import year_ending

AT_ONCE = 500
_DECISION_FIELDS = [
    *("category", "subcategory", "outcome", "kind", "decided_on", "year_ending", "place"),
    *("remedy", "summary", "text", "withheld", "digest", "written_at"),
]


class Categories:
    """The categories and their parts, made as files name them."""

    def __init__(self, came_with: CaseImport) -> None:
        self._came_with = came_with
        self._known = {(each.within_id, each.slug): each for each in Category.objects.all()}

    def of(self, name: str, within: Category | None = None) -> Category:
        key = (within.pk if within else None, slug(name))
        if key not in self._known:
            position, short = subjects.known_as(key[1]) if within is None else (500, "")
            self._known[key] = Category.objects.create(
                within=within,
                name=name,
                short_name=short,
                slug=key[1],
                position=position,
                came_with=self._came_with,
            )
        return self._known[key]


def write(holds: str, rows: list[Ready], categories: Categories, now: datetime) -> set[int]:
    """Write rows that are new or changed; the reporting years whose decisions have to be counted anew."""
    if holds == Holds.DECISIONS:
        return _write_decisions(rows, categories, now)
    if holds == Holds.REPORTS:
        _write_reports(rows, now)
    else:
        _write_improvements(rows, now)
    return set()


def _write_decisions(rows: list[Ready], categories: Categories, now: datetime) -> set[int]:
    before = Decision.objects.filter(pk__in=[each.before.pk for each in rows if each.before])
    gone = list(before.values_list("place", "year_ending"))
    words.take_out([place for place, _ in gone])
    decisions = _upserted(
        Decision, [_decision(each, categories, now) for each in rows], ["reference"], _DECISION_FIELDS
    )
    Party.objects.filter(decision__in=before.values("pk")).delete()
    bodies = {each.key: each.bodies for each in rows}
    parties = [_party(each, body.pk) for each in decisions for body in bodies[each.reference]]
    Party.objects.bulk_create(parties, batch_size=AT_ONCE)
    words.put(
        [entry(each, [body.pk for body in bodies[each.reference]]) for each in decisions if not each.withheld]
    )
    return {year for _, year in gone} | {each.year_ending for each in decisions}


def _upserted(model: Any, rows: list[Any], key: list[str], fields: list[str]) -> list[Any]:
    made: list[Any] = model.objects.bulk_create(
        rows, batch_size=AT_ONCE, update_conflicts=True, unique_fields=key, update_fields=fields
    )
    return made


def _decision(ready: Ready, categories: Categories, now: datetime) -> Decision:
    draft = ready.draft
    category = categories.of(draft["category"])
    return Decision(
        reference=draft["reference"],
        category=category,
        subcategory=categories.of(draft["sub-category"], category),
        outcome=draft["outcome"],
        kind=draft["kind"],
        decided_on=draft["decided on"],
        year_ending=year_ending(draft["decided on"]),
        place=references.place(draft["decided on"], draft["reference"]),
        remedy=draft["remedy"],
        summary=draft["summary"],
        text=draft["text"],
        withheld=draft["withheld"] == "yes",
        digest=ready.digest,
        written_at=now,
    )


def _party(decision: Decision, council: int) -> Party:
    return Party(
        decision_id=decision.pk,
        council_id=council,
        place=decision.place,
        category_id=decision.category_id,
        subcategory_id=decision.subcategory_id,
        outcome=decision.outcome,
        year_ending=decision.year_ending,
        withheld=decision.withheld,
    )


def entry(decision: Decision, bodies: Iterable[int]) -> words.Entry:
    """A decision as the search knows it."""
    marks = [
        words.mark("c", decision.category_id),
        words.mark("p", decision.subcategory_id),
        words.mark("o", decision.outcome),
        words.mark("y", decision.year_ending),
        *(words.mark("b", body) for body in bodies),
    ]
    told = (decision.reference.replace(" ", ""), decision.summary, decision.text, decision.remedy)
    return words.Entry(decision.place, tuple(marks), "\n".join(told))


def _write_reports(rows: list[Ready], now: datetime) -> None:
    fields = [
        "other_references",
        "title",
        "published_on",
        "place",
        "summary",
        "response",
        "satisfied",
        "digest",
        "written_at",
    ]
    reports = _upserted(PublicReport, [_report(each, now) for each in rows], ["reference"], fields)
    through = PublicReport.bodies.through.objects
    through.filter(publicreport__in=reports).delete()
    bodies = {each.key: each.bodies for each in rows}
    links = [(report.pk, body.pk) for report in reports for body in bodies[report.reference]]
    through.bulk_create([through.model(publicreport_id=report, council_id=body) for report, body in links])


def _report(ready: Ready, now: datetime) -> PublicReport:
    draft = ready.draft
    first, *others = draft["references"]
    return PublicReport(
        reference=first,
        other_references="; ".join(others),
        title=draft["title"],
        published_on=draft["published on"],
        place=references.place(draft["published on"], first),
        summary=draft["summary"],
        response=draft["response"],
        satisfied=draft["satisfied"],
        digest=ready.digest,
        written_at=now,
    )


def _write_improvements(rows: list[Ready], now: datetime) -> None:
    fields = [
        "council",
        "category",
        "category_slug",
        "text",
        "agreed_on",
        "due_on",
        "evidence_on",
        "place",
        "digest",
    ]
    _upserted(ServiceImprovement, [_improvement(each) for each in rows], ["decision", "number"], fields)
    # They stand on the pages of their decisions.
    Decision.objects.filter(pk__in={each.decision for each in rows}).update(written_at=now)


def _improvement(ready: Ready) -> ServiceImprovement:
    draft = ready.draft
    return ServiceImprovement(
        decision_id=ready.decision,
        number=draft["number"],
        council=ready.bodies[0],
        category=draft["category"],
        category_slug=slug(draft["category"]),
        text=draft["text"],
        agreed_on=draft["agreed on"],
        due_on=draft["due on"],
        evidence_on=draft["evidence on"],
        place=references.place_of_improvement(draft["agreed on"], draft["reference"], draft["number"]),
        digest=ready.digest,
    )
