"""A table's address: filters, pages, JSON and CSV."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from rest_framework.response import Response

from public.api import filters, operations
from public.api.answering import ReadOnly
from public.api.cursors import cursor, key
from public.api.formats import Csv
from public.tidy import as_csv
from public.tidy.columns import Column

Row = dict[str, Any]
Key = tuple[Any, ...]


class Listing(ReadOnly, ABC):
    """A table whose rows are told in an order that is made of what they show.

    A page begins after the last row of the one before, whatever has come or gone meanwhile: nothing is counted, and
    nothing skipped. Each table says its `columns`, its `filterset`, `key_of` a row, and `rows_after` a place.
    """

    table: ClassVar[str]
    one: ClassVar[str]
    about: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    filterset: ClassVar[type[filters.Filters]]
    example: ClassVar[Row]

    @abstractmethod
    def key_of(self, row: Row) -> Key:
        """What puts the row into its place in the order."""

    @abstractmethod
    def rows_after(self, place: Key | None, given: dict[str, str], most: int) -> Iterable[Row]:
        """At most so many rows of those that the filters leave, after a place or from the beginning."""

    def get(self, request, **parts: Any) -> HttpResponse:
        given = filters.asked(self.filterset, request.GET)
        most = filters.limit(self.filterset, given)
        told = given.pop(filters.CURSOR, None)
        given.pop(filters.LIMIT, None)
        place = None if told is None else key(self.table, given, told)
        in_csv = request.accepted_renderer.format == Csv.format
        if in_csv and most is None:
            return self._whole(place, given)
        rows = list(self.rows_after(place, given, (most or filters.USUAL) + 1))
        rows, more = rows[: most or filters.USUAL], len(rows) > (most or filters.USUAL)
        following = self._following(given, rows, most) if more else None
        headers = {"Link": f'<{following}>; rel="next"'} if following else {}
        data = (self.names(), rows) if in_csv else {"next": following, "results": rows}
        return Response(data, headers=headers)

    @classmethod
    def described(cls) -> operations.Schema:
        return operations.of_listing(cls.table, cls.one, cls.about, cls.filterset, cls.example)

    @classmethod
    def components(cls) -> dict[str, operations.Schema]:
        """The schemas of a row and of a page of them, by their names."""
        row = operations.of_columns(cls.columns, cls.about)
        return {cls.one: row, f"PageOf{cls.one}": operations.page_of(cls.one)}

    @classmethod
    def names(cls) -> list[str]:
        return [column.name for column in cls.columns]

    def _following(self, given: dict[str, str], rows: list[Row], most: int | None) -> str:
        """The address of the page after these rows."""
        limit = {} if most is None else {filters.LIMIT: most}
        after = {filters.CURSOR: cursor(self.table, given, self.key_of(rows[-1]))}
        return f"{settings.SITE_ADDRESS}{self.request.path}?{urlencode(given | limit | after)}"

    def _whole(self, place: Key | None, given: dict[str, str]) -> HttpResponse:
        """All rows as CSV, sent as they are fetched, page by page: memory does not grow with the table."""
        rows = self._pages(place, given)
        # The first row is fetched before anything is sent, so that what is refused is refused.
        rows = chain(list(islice(rows, 1)), rows)
        name = f'attachment; filename="{self.table}.csv"'
        return StreamingHttpResponse(
            as_csv.lines(rows, self.names()),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": name},
        )

    def _pages(self, place: Key | None, given: dict[str, str]) -> Iterator[Row]:
        while True:
            rows = list(self.rows_after(place, given, filters.MOST))
            yield from rows
            if len(rows) < filters.MOST:
                return
            place = self.key_of(rows[-1])


class InOneQuery(Listing):
    """A table whose rows are those of a query, in the order of the database."""

    @abstractmethod
    def select(self) -> Any:
        """The rows in their order, all of them."""

    @abstractmethod
    def after(self, place: Key) -> Any:
        """The condition of the rows after a place."""

    @abstractmethod
    def rows(self, found: Any) -> Iterable[Row]:
        """A row for each of what was found."""

    def rows_after(self, place: Key | None, given: dict[str, str], most: int) -> Iterable[Row]:
        rows = filters.filtered(self.filterset, given, self.select())
        if place is not None:
            rows = rows.filter(self.after(place))
        return self.rows(rows[:most])
