"""Statements that are put together once and asked many times.

Django takes some milliseconds to put together the condition of what is public, many times what the database takes to
answer it for a few letters. Where that matters, a queryset is made once with stand-ins for what differs, and its
statement is kept. PostgreSQL plans it once for each connection, too: that takes as long again. Elsewhere the queryset
is kept for the instant of a page, which asks several times.
"""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache, wraps
from typing import Any, TypeVar

from django.db import connection
from django.db.models import BigIntegerField, Model, QuerySet
from django.db.models.expressions import RawSQL

NOW = datetime(1999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
KIND = "stands for a kind"
_KEYS = "stands for keys"
Row = TypeVar("Row", bound=Model)


def keys() -> RawSQL:
    """Stands for a list of whole numbers, for a lookup of `in`."""
    one_a_row = (
        "SELECT value FROM json_each(%s)" if connection.vendor == "sqlite" else "SELECT unnest(%s::bigint[])"
    )
    return RawSQL(one_a_row, [_KEYS], output_field=BigIntegerField())


def once_for_an_instant(make: Callable[[datetime], QuerySet[Row]]) -> Callable[[datetime], QuerySet[Row]]:
    """Put the query together once for an instant: who asks for it again has a copy that was not asked yet."""
    kept = lru_cache(maxsize=16)(make)

    @wraps(make)
    def copied(now: datetime) -> QuerySet[Row]:
        return kept(now).all()

    return copied


class Prepared:
    """The statement of a queryset of `values_list`, which `make` makes with `NOW`, `KIND` and `keys()` in it."""

    def __init__(self, make: Callable[[], QuerySet]) -> None:
        self._make = make
        self._statement: tuple[str, tuple, dict] | None = None

    def rows(self, now: datetime, kind: str = "", of: Sequence[int] = ()) -> Sequence[Sequence[Any]]:
        """What it finds at that instant, and of that kind and these keys, as far as it asks for them."""
        sql, params, converters = self._statement = self._statement or self._put_together()
        given = {_as_stored(NOW): _as_stored(now), KIND: kind, _KEYS: _as_list(of)}
        with _cursor() as cursor:
            cursor.execute(sql, [given.get(each, each) for each in params])
            found = cursor.fetchall()
        return _converted(found, converters) if converters else found

    def _put_together(self) -> tuple[str, tuple, dict]:
        compiler = self._make().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        columns = [column for column, _, _ in compiler.select[: compiler.col_count]]
        return sql, params, compiler.get_converters(columns)


def _cursor() -> Any:
    """On PostgreSQL one that has the server prepare what it executes; Django's usual ones do not."""
    if connection.vendor == "sqlite":
        return connection.cursor()
    from django.db.backends.postgresql.base import ServerBindingCursor

    connection.ensure_connection()
    return connection._prepare_cursor(ServerBindingCursor(connection.connection))


def _as_stored(instant: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(instant)


def _as_list(keys: Sequence[int]) -> Any:
    return json.dumps(list(keys)) if connection.vendor == "sqlite" else list(keys)


def _converted(found: Sequence[tuple], converters: dict) -> list[list[Any]]:
    """The rows as Django would give them; a value that many rows have is converted once."""
    rows = [list(row) for row in found]
    for place, (convert, expression) in converters.items():
        known: dict[Any, Any] = {}
        for row in rows:
            if row[place] not in known:
                known[row[place]] = _value(row[place], convert, expression)
            row[place] = known[row[place]]
    return rows


def _value(value: Any, convert: Sequence[Callable], expression: Any) -> Any:
    for each in convert:
        value = each(value, expression, connection)
    return value
