"""Who: every body of the register, and who took over from whom."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from rest_framework.response import Response

from councils import codes
from councils.models import Council, Succession
from public.addresses import full
from public.api import filters, operations
from public.api.answering import ReadOnly
from public.api.formats import Json
from public.api.listing import InOneQuery, Key, Row
from public.tidy.columns import Column, Several, Type, as_of_figures, text


class CouncilFilters(filters.Filters):
    kind = filters.kind("kind")
    region = filters.region("region")
    open_on = filters.day("", "Authorities that existed on that day.", "2020-03-31", method="existing")
    gss_code = filters.worded(
        "",
        "The authority that bears this code of the Office for National Statistics, or once bore it.",
        "E07000156",
        "E[0-9]{8}",
        9,
        method="coded",
    )

    def existing(self, rows: Any, name: str, day: Any) -> QuerySet:
        return rows.open_on(day)

    def coded(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        return rows.filter(Q(gss=code) | Q(newer_gss=code) | Q(former_gss=code))


class Councils(InOneQuery):
    table, one = "councils", "Council"
    about = (
        "Every authority that the Ombudsman writes to, or has written to, with its codes, its days, and what became of"
        " it. Ordered by its address."
    )
    filterset = CouncilFilters
    columns = (
        *as_of_figures("council", "council_name"),
        text("short_name", "Short name", "As in lists and charts, such as Wellingborough."),
        Several("other_names", "Other names", description="Other names that it is known by."),
        *as_of_figures("council_kind", "region", "gss_code_now"),
        Several(
            "gss_codes",
            "All its codes",
            description="Every code of the Office for National Statistics that it bears or has borne.",
        ),
        text(
            "county", "County council", "For a district: the address of the county council of the area.", True
        ),
        Column(
            "first_day", "First day", Type.DATE, "The first day it existed. Null where that is not known."
        ),
        Column(
            "last_day", "Last day", Type.DATE, "The last day it existed, or will. Null while no end is known."
        ),
        Several("predecessors", "Predecessors", description="Addresses of those it took over from, or will."),
        Several(
            "successors",
            "Successors",
            description="Addresses of those that took over from it, or will; of one not in the register, its code.",
        ),
        text("page", "Page", "The permanent address of its page."),
    )

    example = {
        "council": "wellingborough-borough-council",
        "council_name": "Wellingborough Borough Council",
        "short_name": "Wellingborough",
        "other_names": ["Wellingborough"],
        "council_kind": "district",
        "region": "East Midlands",
        "gss_code_now": "E07000156",
        "gss_codes": ["E07000156"],
        "county": "northamptonshire-county-council",
        "first_day": None,
        "last_day": "2021-03-31",
        "predecessors": [],
        "successors": ["north-northamptonshire-council"],
        "page": "http://localhost:8000/your-councils-performance/wellingborough-borough-council",
    }

    def select(self) -> QuerySet:
        return councils().order_by("slug")

    def after(self, place: Key) -> Q:
        return Q(slug__gt=place[0])

    def key_of(self, row: Row) -> Key:
        return (row["council"],)

    def rows(self, found: Iterable[Council]) -> Iterable[Row]:
        return map(row_of, found)


def councils() -> QuerySet:
    return Council.objects.select_related("county").prefetch_related(
        "aliases", "successions__successor", "predecessions__predecessor"
    )


def row_of(council: Council) -> Row:
    """What there is to say of a council that was fetched by `councils`."""
    borne = (council.newer_gss, council.gss, council.former_gss)
    return {
        "council": council.slug,
        "council_name": council.name,
        "short_name": council.short_name,
        "other_names": [each.text for each in council.aliases.all()],
        "council_kind": council.kind,
        "region": council.region or None,
        "gss_code_now": codes.code_now(council.gss, council.newer_gss),
        "gss_codes": [code for code in borne if code],
        "county": council.county and council.county.slug,
        "first_day": council.first_day,
        "last_day": council.last_day,
        "predecessors": [each.predecessor.slug for each in council.predecessions.all()],
        "successors": [
            each.successor.slug if each.successor else each.successor_gss
            for each in council.successions.all()
        ],
        "page": full("council", council.slug),
    }


class OneCouncil(ReadOnly):
    renderer_classes = (Json,)

    @classmethod
    def described(cls) -> operations.Schema:
        return operations.of_one(
            "council", "One authority of the register", [operations.COUNCIL], "Council", Councils.example
        )

    def get(self, request, council: str, **parts: Any) -> Response:
        filters.asked(filters.Filters, request.GET, paged=False)
        return Response(row_of(get_object_or_404(councils(), slug=council)))


class SuccessionFilters(filters.Filters):
    predecessor = filters.council("predecessor__slug")
    successor = filters.council("successor__slug")


class Successions(InOneQuery):
    table, one = "successions", "Succession"
    about = "Which authority took over from which, when and how. Ordered by predecessor and successor."
    filterset = SuccessionFilters
    columns = (
        text("predecessor", "Predecessor", "The address of the authority that ended."),
        text("predecessor_name", "Its name", "Its official name."),
        text(
            "successor",
            "Successor",
            "The address of who took over. Null if that is not in the register.",
            True,
        ),
        text("successor_name", "Its name", "Its official name, as far as it is known.", True),
        text(
            "successor_gss_code",
            "Its code",
            "Its code of the Office for National Statistics, if known.",
            True,
        ),
        Column("day", "From", Type.DATE, "The successor's first day of responsibility.", may_be_null=False),
        text("how", "How", "merged with others into one; split among several; or renamed."),
    )

    example = {
        "predecessor": "wellingborough-borough-council",
        "predecessor_name": "Wellingborough Borough Council",
        "successor": "north-northamptonshire-council",
        "successor_name": "North Northamptonshire Council",
        "successor_gss_code": "E06000061",
        "day": "2021-04-01",
        "how": "merged",
    }

    def select(self) -> QuerySet:
        rows = Succession.objects.select_related("predecessor", "successor")
        code = Case(When(successor=None, then=F("successor_gss")), default=Value(""))
        rows = rows.annotate(to=Coalesce("successor__slug", Value("")), code=code)
        return rows.order_by("predecessor__slug", "to", "code")

    def after(self, place: Key) -> Q:
        predecessor, to, code = place
        later = Q(to__gt=to) | Q(to=to, code__gt=code)
        return Q(predecessor__slug__gt=predecessor) | Q(predecessor__slug=predecessor) & later

    def key_of(self, row: Row) -> Key:
        code = "" if row["successor"] else row["successor_gss_code"]
        return (row["predecessor"], row["successor"] or "", code)

    def rows(self, found: Iterable[Succession]) -> Iterable[Row]:
        return map(self._row, found)

    def _row(self, found: Succession) -> Row:
        to = found.successor
        return {
            "predecessor": found.predecessor.slug,
            "predecessor_name": found.predecessor.name,
            "successor": to.slug if to else None,
            "successor_name": (to.name if to else found.successor_name) or None,
            "successor_gss_code": (codes.code_now(to.gss, to.newer_gss) if to else found.successor_gss)
            or None,
            "day": found.day,
            "how": found.how,
        }
