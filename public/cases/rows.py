"""Rows of decisions, public reports and service improvements, of what came through the one door.

    page = list(decisions(published.decisions(now)[:1000]))

Each row is a dict of what JSON can hold, with the names of `columns` in their order. However many rows there are, they
cost one query, and one more for each 2,000 of them for their councils.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from cases.published import State
from councils import codes
from councils.years import year_ending
from public.addresses import full
from public.cases import addresses
from public.decisions.tracker import told
from public.figures import years

Row = dict[str, Any]
_AT_ONCE = 2000


def decisions(found: QuerySet) -> Iterator[Row]:
    """A row for each of these decisions, in their order."""
    rows = found.defer(None).defer("text").prefetch_related("bodies")
    return map(of_decision, rows.iterator(chunk_size=_AT_ONCE))


def of_decision(row: Any) -> Row:
    """A decision without its text; what is empty is null."""
    return {
        "reference": row.reference,
        **_councils(row.bodies.all()),
        **_service(row),
        "outcome": row.outcome,
        "kind": row.kind,
        "decided_on": row.decided_on.isoformat(),
        "year_ending": row.year_ending,
        "year": years(row.year_ending),
        "public_on": row.public_on.isoformat(),
        "summary": row.summary or None,
        "remedy": row.remedy or None,
        "page": _page_of(row),
    }


def reports(found: QuerySet) -> Iterator[Row]:
    """A row for each of these reports, in their order. The door says which of them have a PDF."""
    rows = found.annotate(pdf_sha256=F("file__sha256"), pdf_bytes=F("file__size"))
    return map(of_report, rows.iterator(chunk_size=_AT_ONCE))


def of_report(row: Any) -> Row:
    """A report; what is said of its PDF is null where none is published."""
    page = full("public-report", row.reference_in_address)
    return {
        "reference": row.reference,
        "references": row.references,
        **_councils(row.bodies.all()),
        "title": row.title,
        "published_on": row.published_on.isoformat(),
        "summary": row.summary or None,
        "response": row.response or None,
        "satisfied": row.satisfied,
        "pdf": f"{page}.pdf" if row.has_pdf else None,
        "pdf_sha256": row.pdf_sha256 if row.has_pdf else None,
        "pdf_bytes": row.pdf_bytes if row.has_pdf else None,
        "page": page,
    }


def improvements(found: QuerySet, on: date) -> Iterator[Row]:
    """A row for each of these improvements, in their order, as they stand on a day in London."""
    rows = found.defer(*(f"decision__{words}" for words in ("summary", "text", "remedy")))
    return (of_improvement(row, on) for row in rows.iterator(chunk_size=_AT_ONCE))


def of_improvement(row: Any, on: date) -> Row:
    """An improvement as it stands on a day in London: no later evidence is told, and days are counted up to it."""
    now, decision = told(row, on), row.decision
    done = now.state in (State.DONE, State.DONE_LATE)
    return {
        "reference": decision.reference,
        "number": row.number,
        **_council(row.council),
        "improvement": row.category_slug,
        "improvement_name": row.category,
        **_service(decision),
        "text": row.text,
        "agreed_on": row.agreed_on.isoformat(),
        "year_ending": year_ending(row.agreed_on),
        "year": years(year_ending(row.agreed_on)),
        "due_on": row.due_on.isoformat(),
        "evidence_on": row.evidence_on.isoformat() if done else None,
        "state": now.state.value,
        "days_taken": now.took,
        "days_late": now.days_late,
        "page": f"{_page_of(decision)}#improvement-{decision.reference_in_address}-{row.number}",
    }


def _page_of(decision: Any) -> str:
    """The permanent address of a decision's page."""
    return addresses.of_decision(
        decision.category.slug, decision.subcategory.slug, decision.reference_in_address
    )


def _service(decision: Any) -> Row:
    return {
        "category": decision.category.slug,
        "category_name": decision.category.name,
        "subcategory": decision.subcategory.slug,
        "subcategory_name": decision.subcategory.name,
    }


def _council(council: Any) -> Row:
    return {
        "council": council.slug,
        "council_name": council.name,
        "gss_code_now": codes.code_now(council.gss, council.newer_gss),
        "council_kind": council.kind,
        "region": council.region or None,
    }


def _councils(bodies: Iterable[Any]) -> Row:
    """Their columns as lists, in the order of the characters of their addresses."""
    each = [_council(body) for body in sorted(bodies, key=lambda body: body.slug)]
    return {several: [body[one] or "" for body in each] for several, one in _OF_SEVERAL.items()}


_OF_SEVERAL = {
    "councils": "council",
    "council_names": "council_name",
    "gss_codes_now": "gss_code_now",
    "council_kinds": "council_kind",
    "regions": "region",
}
