"""The changes of a line, as a person reads them."""

import json
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey, Model
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import ngettext

from history.models import Line
from history.watched import WATCHED

_EMPTY = (None, "", [], {}, False)
_LONGEST = 200


# What rows are called, by model and id: looked up once for all lines of a page.
Names = dict[tuple[type[Model], Any], str]


def in_words(line: Line, names: Names) -> list[str]:
    """What was changed, one sentence for each value: "state: read → approved"."""
    told = []
    for key, values in json.loads(line.changes).items():
        label, *named = key.split("|")
        model = _model(label)
        part = "" if label == line.subject else f"{_called(model, label)} {named[-1]}, "
        for name, (before, after) in values.items():
            if (before in _EMPTY and after in _EMPTY) or name in _naming(label):
                continue
            told.append(f"{part}{_change(model, name, before, after, names)}")
    return told


def _naming(label: str) -> set[str]:
    """The fields by which a part is named: the line says them already."""
    watched = WATCHED.get(label)
    return (
        {name.removesuffix("_id") for name in (*watched.of, *watched.key)}
        if watched and watched.of
        else set()
    )


def _model(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except LookupError:  # of a version that knew more than this one
        return None


def _called(model: type[Model] | None, label: str) -> str:
    return str(model._meta.verbose_name) if model else label


def _change(model: type[Model] | None, name: str, before: Any, after: Any, names: Names) -> str:
    field = _field(model, name)
    called = str(getattr(field, "verbose_name", name.replace("_", " ")))
    was, now = _value(field, before, names), _value(field, after, names)
    return f"{called} changed" if was == now else f"{called}: {was} → {now}"


def _field(model: type[Model] | None, name: str) -> Field | None:
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _value(field: Field | None, value: Any, names: Names) -> str:
    if value in _EMPTY and value is not False:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(field, ForeignKey):
        return _name(field.related_model, value, names)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _text(field, value)


def _name(model: type[Model], pk: Any, names: Names) -> str:
    if (model, pk) not in names:
        names[model, pk] = str(model._default_manager.filter(pk=pk).first() or pk)
    return names[model, pk]


def _text(field: Field | None, value: Any) -> str:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    if isinstance(value, list | dict):
        return ngettext("%d entry", "%d entries", len(value)) % len(value)
    if (
        field is not None
        and field.get_internal_type() == "DateTimeField"
        and (moment := parse_datetime(value))
    ):
        return date_format(localtime(moment), "j F Y, H:i:s")
    text = str(value)
    if text.startswith("sha256:"):
        return f"a longer text ({text[:15]}…)"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
