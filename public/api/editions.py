"""The years of which letters are public."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from letters import published
from public.addresses import full
from public.api import filters
from public.api.listing import InOneQuery, Key, Row
from public.tidy.columns import as_of_figures, text


class EditionFilters(filters.Filters):
    from_year = filters.from_year("year_ending")
    to_year = filters.to_year("year_ending")


class Editions(InOneQuery):
    table, one = "editions", "Edition"
    about = "The years of which letters are public. Ordered by year."
    filterset = EditionFilters
    columns = (
        *as_of_figures("year_ending", "year"),
        text("page", "Page", "The permanent address of the year's national picture."),
        text(
            "report",
            "National report",
            "The address of the Ombudsman's own review of the year, if it is here.",
            True,
        ),
    )

    example = {
        "year_ending": 2020,
        "year": "2019–20",
        "page": "http://localhost:8000/national-picture?year=2020",
        "report": None,
    }

    def select(self) -> QuerySet:
        return published.editions(self.now).order_by("year_ending")

    def after(self, place: Key) -> Q:
        return Q(year_ending__gt=place[0])

    def key_of(self, row: Row) -> Key:
        return (row["year_ending"],)

    def rows(self, found: Iterable[Any]) -> Iterable[Row]:
        return map(self._row, found)

    def _row(self, found: Any) -> Row:
        report = reverse("national-report", args=[found.year_ending]) if found.has_clean_report else ""
        return {
            "year_ending": found.year_ending,
            "year": found.years,
            "page": full("national-picture", query=f"?year={found.year_ending}"),
            "report": f"{settings.SITE_ADDRESS}{report}" if report else None,
        }
