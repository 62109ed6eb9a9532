"""What a row is, as plain values that are the same however often and from whichever database they are read."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q
from django.db.models.fields.files import FieldFile
from django.db.models.query import RawQuerySet

from history.watched import WATCHED, Watched, parts_of

# For each row, by its key: the values of its fields.
State = dict[str, dict[str, Any]]
# For each row, for each field: what was, and what is now.
Changes = dict[str, dict[str, tuple[Any, Any]]]


class Row(NamedTuple):
    """A watched row: its key, its values, and whose history tells it."""

    key: str
    values: dict[str, Any]
    subject: str
    subject_id: str


# What is longer is told by its digest: that it was changed is proven all the same, and the history stays readable.
LONGEST = 2000


def state_of(subject: Model) -> State:
    """The row as the database has it now, with all its parts; nothing if it is not there."""
    return {
        row.key: row.values
        for watched in _parts_that_exist(subject)
        for row in _told(watched, _rows_belonging(watched, subject))
    }


def _parts_that_exist(subject: Model) -> list[Watched]:
    """Most parts of most subjects have no rows: one question for all costs less than one for each."""
    parts = parts_of(type(subject))
    sql, places = _existence(type(subject), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [_key_in_database(subject)] * places)
        return [parts[place] for place in sorted(place for (place,) in cursor.fetchall())]


def _rows_belonging(watched: Watched, subject: Model) -> RawQuerySet:
    sql, places = _question(watched.label, type(subject), connection.vendor)
    rows = watched.model._default_manager.raw(sql, [_key_in_database(subject)] * places)
    return rows.prefetch_related(*_to_fetch(watched))


def _key_in_database(subject: Model) -> Any:
    return subject._meta.pk.get_db_prep_value(subject.pk, connection)


@cache
def _existence(owner: type[Model], vendor: str) -> tuple[str, int]:
    """The SQL that asks which parts of a subject have rows, by their places, and how often its key stands in it."""
    questions = [_question(each.label, owner, vendor) for each in parts_of(owner)]
    asked = (f"SELECT {place} WHERE EXISTS ({sql})" for place, (sql, _) in enumerate(questions))
    return " UNION ALL ".join(asked), sum(places for _, places in questions)


@cache
def _question(label: str, owner: type[Model], vendor: str) -> tuple[str, int]:
    """The SQL that asks for a subject's rows of one model, and how often its key stands in it.

    Every deed asks each of these twice, so Django composes it once only, for each `vendor` of database: each has an
    SQL of its own.
    """
    watched, any_key = WATCHED[label], owner._meta.pk.to_python(1)
    names = ["pk"] if watched.model is owner else watched.fields_to(owner)
    belonging = reduce(or_, (Q(**{name: any_key}) for name in names))
    sql, keys = watched.model._default_manager.order_by().filter(belonging).query.sql_with_params()
    return sql, len(keys)


def rows_of(*models: type[Model]) -> Iterator[Row]:
    """Every row of these models; of all that are watched, if none is named."""
    for watched in WATCHED.values():
        if not models or watched.model in models:
            rows = watched.model._default_manager.order_by("pk").prefetch_related(*_to_fetch(watched))
            yield from _told(watched, rows.iterator(chunk_size=500))


def _lists(watched: Watched) -> list[str]:
    return [each.name for each in watched.model._meta.many_to_many if each.name not in watched.without]


def _to_fetch(watched: Watched) -> list[str]:
    return [f"{name}__content_type" if name.endswith("permissions") else name for name in _lists(watched)]


def _told(watched: Watched, rows: Iterable[Any]) -> Iterator[Row]:
    lists = _lists(watched)
    fields = [each for each in watched.model._meta.concrete_fields if each.name not in watched.without]
    if watched.key != ("pk",):
        fields = [each for each in fields if not each.primary_key]
    for row in rows:
        values = {each.name: each.value_from_object(row) for each in fields}
        values |= {name: _names(getattr(row, name).all()) for name in lists}
        for name, tell in watched.told_as.items():
            values[name] = tell(values[name])
        bounded = {name: _bounded(plain(value)) for name, value in values.items()}
        yield Row(_key(watched, row), bounded, *_subject(watched, row))


def _key(watched: Watched, row: Model) -> str:
    return "|".join([watched.label, *(str(getattr(row, name)) for name in watched.key)])


def _subject(watched: Watched, row: Model) -> tuple[str, str]:
    if not watched.of:
        return watched.label, str(row.pk)
    owner = watched.model._meta.get_field(watched.of[0])
    return owner.related_model._meta.label_lower, str(owner.value_from_object(row))


def _names(rows: Iterable[Any]) -> list[str]:
    return sorted(".".join(map(str, _name(row))) for row in rows)


def _name(row: Any) -> tuple[Any, ...]:
    """Permissions and groups by their names, since ids differ from one database to the next; all else by its id."""
    return row.natural_key() if hasattr(row, "natural_key") else (row.pk,)


def plain(value: Any) -> Any:
    """A value as JSON can hold it, in one way only."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case FieldFile():
            return value.name or ""
        case _:
            return value


def canonical(value: Any) -> str:
    """JSON that is the same for the same values."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=plain)


def _bounded(value: Any) -> Any:
    if isinstance(value, str | list | dict) and len(text := canonical(value)) > LONGEST:
        return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    return value


def differences(before: State, after: State) -> Changes:
    """What was changed; a row that was not there before, or is not there any more, has no values there (null)."""
    changes = {}
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key, {}), after.get(key, {})
        names = sorted(was.keys() | now.keys())
        changed = {n: (was.get(n), now.get(n)) for n in names if _differ(was, now, n)}
        if changed:
            changes[key] = changed
    return changes


def _differ(was: dict[str, Any], now: dict[str, Any], name: str) -> bool:
    """Whether a value was changed; of a row that came or went, all are told."""
    return not was or not now or was.get(name) != now.get(name)
