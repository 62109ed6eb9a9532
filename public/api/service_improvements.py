"""What councils agreed to make better, and how it stands today."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from cases import published, references
from cases.days import days_of, today
from cases.published import State
from public.api import filters
from public.api.listing import InOneQuery, Key, Row
from public.cases import columns, rows


class ImprovementFilters(filters.Filters):
    reference = filters.reference("decision__reference", "Those agreed with the decision of this reference.")
    council = filters.council("council__slug")
    council_kind = filters.kind("council__kind")
    region = filters.region("council__region")
    improvement = filters.slug(
        "category_slug", "One kind of improvement, by its address.", "policy-or-procedure"
    )
    category = filters.slug(
        "decision__category__slug", "Those of one category, by its part of the decision's address.", "housing"
    )
    state = filters.one_of("state", "How they stand today.", "late", State.values)
    year_ending = filters.year_ending("", method="agreed_in")
    agreed_from = filters.day("agreed_on", "Agreed on that day or later.", "2019-04-01", lookup_expr="gte")
    agreed_to = filters.day("agreed_on", "Agreed on that day or earlier.", "2020-03-31", lookup_expr="lte")
    due_from = filters.day("due_on", "Due on that day or later.", "2019-04-01", lookup_expr="gte")
    due_to = filters.day("due_on", "Due on that day or earlier.", "2020-03-31", lookup_expr="lte")

    def agreed_in(self, found: QuerySet, name: str, year: int) -> QuerySet:
        return found.filter(agreed_on__range=days_of(year))


class ServiceImprovements(InOneQuery):
    table, one = "service-improvements", "ServiceImprovement"
    about = (
        "What councils agreed to make better, with decisions that anyone may read: what is due, late, done or done late"
        " today, in London. Newest first."
    )
    filterset = ImprovementFilters
    columns = columns.IMPROVEMENTS
    example = {
        "reference": "19 012 345",
        "number": 1,
        "council": "wellingborough-borough-council",
        "council_name": "Wellingborough Borough Council",
        "gss_code_now": "E07000156",
        "council_kind": "district",
        "region": "East Midlands",
        "improvement": "policy-or-procedure",
        "improvement_name": "Policy or procedure",
        "category": "housing",
        "category_name": "Housing",
        "subcategory": "allocations",
        "subcategory_name": "Allocations",
        "text": "Review how applications are looked at within eight weeks.",
        "agreed_on": "2020-01-14",
        "year_ending": 2020,
        "year": "2019–20",
        "due_on": "2020-03-10",
        "evidence_on": "2020-03-13",
        "state": "done-late",
        "days_taken": 59,
        "days_late": 3,
        "page": "http://localhost:8000/decisions/housing/allocations/19-012-345#improvement-19-012-345-1",
    }

    def select(self) -> QuerySet:
        state = published.state_on(today(self.shown))
        return published.improvements(self.shown).annotate(state=state)

    def after(self, place: Key) -> Q:
        return Q(place__lt=place[0])

    def key_of(self, row: Row) -> Key:
        agreed = date.fromisoformat(row["agreed_on"])
        return (references.place_of_improvement(agreed, row["reference"], row["number"]),)

    def rows(self, found: Any) -> Iterable[Row]:
        return rows.improvements(found, today(self.shown))
