"""What the figures are: the registry of measures, and the usual headings of the tables to 2018."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.http import Http404
from rest_framework.response import Response

from letters import measures
from letters.measures import FAMILIES, MEASURES
from public.api import filters, operations
from public.api.answering import ReadOnly
from public.api.formats import Json
from public.api.listing import Key, Listing, Row
from public.tidy.columns import Several, as_of_figures, text, whole


class MeasureFilters(filters.Filters):
    """None: there are not many measures."""


class Measures(Listing):
    table, one = "measures", "Measure"
    about = (
        "What figures there are, from which year to which, and where their series break. The tables of letters to 2018"
        " are headed differently from council to council: their usual headings are here, and any other heading has its"
        " own address, such as /api/v1/measures/received:waste-management. Ordered by address."
    )
    filterset = MeasureFilters
    columns = (
        *as_of_figures("measure", "measure_name"),
        text("meaning", "Meaning", "What the figure says."),
        text("form", "Form", "rate: a percentage with counts behind it; number: a figure that stands alone."),
        *as_of_figures("unit"),
        text("count_label", "What the numerator counts", "In the letters' usual words.", True),
        text("base_label", "What the denominator counts", "In the letters' usual words.", True),
        whole("first_year", "First year", "The year ending in which letters first state it."),
        whole(
            "last_year",
            "Last year",
            "The year ending in which letters last state it. Null while they do.",
            True,
        ),
        Several(
            "breaks",
            "Breaks",
            description="From which years on figures do not compare with earlier ones, and why: 2019: …",
        ),
    )

    example = {
        "measure": "satisfactory-remedies",
        "measure_name": "Satisfactory remedies provided by the authority",
        "meaning": "Of the complaints upheld, how many the authority had put right before they reached the Ombudsman.",
        "form": "rate",
        "unit": "%",
        "count_label": "satisfactory remedy decisions",
        "base_label": "upheld decisions",
        "first_year": 2019,
        "last_year": None,
        "breaks": ["2021: In 2020–21 the Ombudsman took no new complaints for three months."],
    }

    def rows_after(self, place: Key | None, given: dict[str, str], most: int) -> Iterable[Row]:
        slugs = [slug for slug in _usual() if place is None or slug > place[0]]
        return map(row_of, slugs[:most])

    def key_of(self, row: Row) -> Key:
        return (row["measure"],)


@cache
def _usual() -> list[str]:
    headed = {
        measure.slug
        for family in FAMILIES.values()
        for year in range(family.first_year, family.last_year + 1)
        for measure in family.usual(year)
    }
    return sorted({*MEASURES, *headed})


def row_of(slug: str) -> Row:
    """A measure of the registry, by its slug."""
    measure = measures.measure(slug)
    return {
        "measure": slug,
        "measure_name": measures.in_full(slug),
        "meaning": measure.meaning,
        "form": measure.form,
        "unit": measure.unit,
        "count_label": measure.count_label or None,
        "base_label": measure.base_label or None,
        "first_year": measure.first_year,
        "last_year": measure.last_year,
        "breaks": [f"{each.year}: {each.note}" for each in measure.breaks],
    }


class OneMeasure(ReadOnly):
    renderer_classes = (Json,)

    @classmethod
    def described(cls) -> operations.Schema:
        path = operations.in_path(
            "measure", "The measure's address.", filters.measure("").schema, "satisfactory-remedies"
        )
        return operations.of_one("measure", "One measure", [path], "Measure", Measures.example)

    def get(self, request, measure: str, **parts: Any) -> Response:
        filters.asked(filters.Filters, request.GET, paged=False)
        if measures.find(measure) is None:
            raise Http404
        return Response(row_of(measure))
