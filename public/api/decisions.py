"""What the Ombudsman decided: every decision that anyone may read, and the words of each."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework.response import Response

from cases import published, references
from cases.days import today
from cases.published import Chosen, Outcome
from councils.models import Council
from public.api import filters, operations
from public.api.answering import ReadOnly
from public.api.formats import Json
from public.api.listing import Key, Listing, Row
from public.api.service_improvements import ServiceImprovements
from public.cases import columns, rows
from public.cases.addresses import of_decision_in_api
from public.tidy.columns import text


class DecisionFilters(filters.Filters):
    """Read by `_found`: conditions on a council's decisions have to be asked for together."""

    q = filters.words(
        "",
        "Decisions with all of these words, in any of their forms and any order, as the search on this site's pages"
        " finds them. Signs are left out; of more than twelve words the first twelve are looked for.",
        "apology",
    )
    reference = filters.reference("", "The decision of this reference.")
    council = filters.council("")
    council_kind = filters.kind("")
    region = filters.region("")
    category = filters.slug("", "One category, by its part of the decision's address.", "housing")
    subcategory = filters.slug("", "One sub-category, by its part of the decision's address.", "allocations")
    outcome = filters.one_of("", "Decisions of one outcome.", "upheld", Outcome.values)
    year_ending = filters.year_ending("")
    decided_from = filters.day("", "Decisions of that day and later.", "2019-04-01")
    decided_to = filters.day("", "Decisions of that day and earlier.", "2020-03-31")


class Decisions(Listing):
    table, one = "decisions", "Decision"
    about = (
        "The Ombudsman's decisions, each public three months after it was made. Newest first. A decision on several"
        " councils is one row. One that is withheld, since somebody could be recognised, is not among them: counts on"
        " this site's pages have it, and say how many they are. The whole text of a decision stands at its own address."
    )
    filterset = DecisionFilters
    columns = (
        *columns.DECISIONS,
        text("details", "Details", "The address of the decision in this API, with its text."),
    )
    example = {
        "reference": "19 012 345",
        "councils": ["wellingborough-borough-council"],
        "council_names": ["Wellingborough Borough Council"],
        "gss_codes_now": ["E07000156"],
        "council_kinds": ["district"],
        "regions": ["East Midlands"],
        "category": "housing",
        "category_name": "Housing",
        "subcategory": "allocations",
        "subcategory_name": "Allocations",
        "outcome": "upheld",
        "kind": "statement",
        "decided_on": "2020-01-14",
        "year_ending": 2020,
        "year": "2019–20",
        "public_on": "2020-04-14",
        "summary": "The Council took too long to look at an application.",
        "remedy": "An apology.",
        "page": "http://localhost:8000/decisions/housing/allocations/19-012-345",
        "details": "http://localhost:8000/api/v1/decisions/19-012-345",
    }

    def key_of(self, row: Row) -> Key:
        return (references.place(date.fromisoformat(row["decided_on"]), row["reference"]),)

    def rows_after(self, place: Key | None, given: dict[str, str], most: int) -> Iterable[Row]:
        asked = filters.values(self.filterset, given, published.decisions(self.shown))
        found = _found(asked, self.shown, place and place[0], most)
        return map(with_details, rows.decisions(found[:most]))


def _found(asked: dict[str, Any], now: Any, before: int | None, most: int) -> QuerySet:
    """The decisions that are asked for, of places below one; none where no council or category has the name.

    The newest `most` are among them, and as many more as were found on the way.
    """
    council = asked["council"] and Council.objects.filter(slug=asked["council"]).first()
    chosen = Chosen(council, outcome=asked["outcome"] or "", year=asked["year_ending"])
    bounds = [before, asked["decided_to"] and references.place_after(asked["decided_to"])]
    before = min((each for each in bounds if each is not None), default=None)
    since = references.first_place(asked["decided_from"]) if asked["decided_from"] else 0
    found = published.listed(chosen, now, before, since)
    if asked["reference"]:
        found = found.filter(reference=asked["reference"])
    if asked["q"]:
        # The search is told of some choices only: of those with the words all that the others leave have to be there.
        at_most = _ALL if any(map(asked.get, _NOT_TOLD)) else most
        found = found.filter(place__in=published.found(asked["q"], chosen, now, before, at_most))
    if asked["council"] and not council:
        return found.none()
    return _of_a_category(_on_such_councils(found, asked, council), asked)


_NOT_TOLD = ("reference", "council_kind", "region", "category", "subcategory")
_ALL = 2**31 - 1


def _on_such_councils(found: QuerySet, asked: dict[str, Any], council: Council | None) -> QuerySet:
    """Those on a council of the kind and region, which is the council itself where one is asked for."""
    wanted = {"kind": asked["council_kind"], "region": asked["region"]}
    wanted = {name: value for name, value in wanted.items() if value}
    if not wanted:
        return found
    if council:
        return (
            found if all(getattr(council, name) == value for name, value in wanted.items()) else found.none()
        )
    return found.filter(published.on_one_of(Council.objects.filter(**wanted)))


def _of_a_category(found: QuerySet, asked: dict[str, Any]) -> QuerySet:
    category, part = asked["category"], asked["subcategory"]
    if not (category or part):
        return found
    named = {each.pk: each for each in published.categories()}
    tops = [key for key, each in named.items() if each.within_id is None and category in (None, each.slug)]
    if not part:
        return found.filter(category__in=tops)
    parts = [key for key, each in named.items() if each.within_id in tops and each.slug == part]
    return found.filter(subcategory__in=parts)


def with_details(row: Row) -> Row:
    return row | {"details": of_decision_in_api(references.address(row["reference"]))}


class OneDecision(ReadOnly):
    """A decision with its text, and what was agreed with it."""

    renderer_classes = (Json,)

    @classmethod
    def described(cls) -> operations.Schema:
        summary = "One decision, with its text and the service improvements that were agreed with it"
        return operations.of_one("decision", summary, [_REFERENCE], "DecisionWithText", _EXAMPLE)

    def get(self, request, reference: str, **parts: Any) -> Response:
        filters.asked(filters.Filters, request.GET, paged=False)
        row = get_object_or_404(published.decisions(self.shown), reference=references.read(reference))
        agreed = published.improvements(self.shown).filter(decision=row).order_by("number")
        told = {"text": row.text, "improvements": list(rows.improvements(agreed, today(self.shown)))}
        return Response(with_details(rows.of_decision(row)) | told)


_REFERENCE = operations.in_path(
    "reference",
    "The Ombudsman's reference, its parts joined by hyphens.",
    {"type": "string", "pattern": "^[0-9]{2}-[0-9]{3}-[0-9]{3}[a-z]?$"},
    "19-012-345",
)
_EXAMPLE = Decisions.example | {
    "text": "The Ombudsman's final decision …",
    "improvements": [ServiceImprovements.example],
}


def with_text() -> operations.Schema:
    """The schema of a decision at its own address."""
    row = operations.of_columns(Decisions.columns, "A decision with its text and improvements.")
    row["properties"]["text"] = {"type": "string", "description": "The whole statement or report."}
    row["properties"]["improvements"] = {
        "type": "array",
        "description": "What a council agreed to make better, by number.",
        "items": operations.ref("ServiceImprovement"),
    }
    row["required"] += ["text", "improvements"]
    return row
