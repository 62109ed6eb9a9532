"""The Ombudsman's public reports, and what councils answered."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases import published, references
from cases.published import Response
from councils.models import Council
from public.api import filters
from public.api.listing import InOneQuery, Key, Row
from public.cases import columns, rows

# Read together: each by itself could be met by another of a report's councils.
_OF_COUNCILS = {"council": "slug", "council_kind": "kind", "region": "region"}


class ReportFilters(filters.Filters):
    reference = filters.reference("", "The report on the case of this reference.", method="on_case")
    council = filters.council("")
    council_kind = filters.kind("")
    region = filters.region("")
    satisfied = filters.one_of(
        "satisfied", "By whether the response satisfied.", "satisfied", Response.values
    )
    published_from = filters.day(
        "published_on", "Reports of that day and later.", "2019-04-01", lookup_expr="gte"
    )
    published_to = filters.day(
        "published_on", "Reports of that day and earlier.", "2020-03-31", lookup_expr="lte"
    )

    def filter_queryset(self, found: QuerySet) -> QuerySet:
        asked = self.form.cleaned_data
        wanted = {lookup: asked[name] for name, lookup in _OF_COUNCILS.items() if asked[name]}
        if wanted:
            found = found.filter(Exists(Council.objects.filter(public_reports=OuterRef("pk"), **wanted)))
        for name in [name for name in asked if name not in _OF_COUNCILS]:
            found = self.filters[name].filter(found, asked[name])
        return found

    def on_case(self, found: QuerySet, name: str, reference: str) -> QuerySet:
        return found.filter(Q(reference=reference) | Q(other_references__regex=f"(^|; ){reference}(;|$)"))


class PublicReports(InOneQuery):
    table, one = "public-reports", "PublicReport"
    about = (
        "The Ombudsman's public reports, each on one or more cases and councils, with the response and whether it"
        " satisfied. Newest first."
    )
    filterset = ReportFilters
    columns = columns.REPORTS
    example = {
        "reference": "19 012 345",
        "references": ["19 012 345", "19 012 346"],
        "councils": ["wellingborough-borough-council"],
        "council_names": ["Wellingborough Borough Council"],
        "gss_codes_now": ["E07000156"],
        "council_kinds": ["district"],
        "regions": ["East Midlands"],
        "title": "Council delays an application",
        "published_on": "2020-01-14",
        "summary": "Fault found causing injustice, and recommendations made.",
        "response": "The Council accepted the recommendations.",
        "satisfied": "satisfied",
        "pdf": "http://localhost:8000/public-reports/19-012-345.pdf",
        "pdf_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "pdf_bytes": 97012,
        "page": "http://localhost:8000/public-reports/19-012-345",
    }

    def select(self) -> QuerySet:
        return published.reports(self.shown)

    def after(self, place: Key) -> Q:
        return Q(place__lt=place[0])

    def key_of(self, row: Row) -> Key:
        return (references.place(date.fromisoformat(row["published_on"]), row["reference"]),)

    def rows(self, found: Any) -> Iterable[Row]:
        return rows.reports(found)
