"""Brings the database to what the register's files say, and tells what it changed.

What staff entered or changed stays as they left it, and no body is ever deleted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.formats import date_format

from caches.purging import purge_after_commit
from history.recording import all_recorded

from . import register
from .fields import restate
from .models import Alias, Council, Origin, Succession


@dataclass
class Tally:
    """What became of the rows of one sort, in lines to be read by staff."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)
    unchanged: int = 0


@dataclass
class Changes:
    councils: Tally = field(default_factory=Tally)
    aliases: Tally = field(default_factory=Tally)
    successions: Tally = field(default_factory=Tally)


def load_register() -> Changes:
    """Bring all of it up to date, or nothing; the history has a line for each body that was changed."""
    with all_recorded(None, "Brought to what the register's files say.", Council, Alias, Succession):
        return _load()


def _load() -> Changes:
    changes = Changes()
    for model in (Council, Alias):
        restate(model)
    entries = list(register.councils())
    councils = _load_councils(entries, changes.councils)
    _load_aliases([(councils[entry.slug], entry.aliases) for entry in entries], changes.aliases)
    _load_successions(councils, changes.successions)
    purge_after_commit()
    return changes


def _load_councils(entries: list[register.CouncilEntry], tally: Tally) -> dict[str, Council]:
    """Every council of the files as it is in the database now, by the slug it has in the files."""
    held = list(Council.objects.select_related("county"))
    by_slug = {council.slug: council for council in held}
    by_gss = {council.gss: council for council in held if council.gss}
    loaded: dict[str, Council] = {}
    # Those without a county first: among them are the counties that districts refer to.
    for batch in ([e for e in entries if not e.county], [e for e in entries if e.county]):
        new = []
        for entry in batch:
            wanted = entry.fields | {"county": loaded.get(entry.county)}
            council = by_slug.get(entry.slug) or by_gss.get(str(entry.fields["gss"]))
            if council:
                _bring_to(council, wanted, tally)
            else:
                new.append(council := Council(origin=Origin.REGISTER, **wanted))
            loaded[entry.slug] = council
        _add(new, tally)
    listed = {council.pk for council in loaded.values()}
    tally.unlisted += [str(c) for c in held if c.pk not in listed and not c.kept_by_staff]
    return loaded


def _load_aliases(wanted: Iterable[tuple[Council, frozenset[str]]], tally: Tally) -> None:
    held = {(alias.council_id, alias.text): alias for alias in Alias.objects.select_related("council")}
    new, listed = [], set()
    for council, texts in wanted:
        for text in sorted(texts):
            listed.add((council.pk, text))
            if (council.pk, text) in held:
                tally.unchanged += 1
            elif not council.kept_by_staff:
                new.append(Alias(council=council, text=text, origin=Origin.REGISTER))
    _add(new, tally)
    _remove((alias for key, alias in held.items() if key not in listed), tally)


def _load_successions(councils: dict[str, Council], tally: Tally) -> None:
    held = list(Succession.objects.select_related("predecessor", "successor"))
    by_successor = {(row.predecessor_id, row.successor_id): row for row in held if row.successor_id}
    by_code = {(row.predecessor_id, row.successor_gss): row for row in held if row.successor_gss}
    by_gss = {council.gss: council for council in Council.objects.exclude(gss="")}
    new, listed = [], set()
    for entry in register.successions():
        predecessor = councils[entry.predecessor]
        code = str(entry.fields["successor_gss"])
        successor = councils[entry.successor] if entry.successor else by_gss.get(code)
        wanted = entry.fields | {"predecessor": predecessor, "successor": successor}
        row = by_successor.get((predecessor.pk, successor and successor.pk)) or by_code.get(
            (predecessor.pk, code)
        )
        if row:
            listed.add(row.pk)
            _bring_to(row, wanted, tally)
        elif not predecessor.kept_by_staff:
            new.append(Succession(origin=Origin.REGISTER, **wanted))
    _add(new, tally)
    _remove((row for row in held if row.pk not in listed), tally)


def _bring_to(row: Council | Succession, wanted: dict[str, object], tally: Tally) -> None:
    """Save what differs from the files; of a row that staff keep, only say that it differs."""
    differing = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    if not differing:
        tally.unchanged += 1
        return
    lines = [
        f"{row}: {row._meta.get_field(name).verbose_name}: {_shown(getattr(row, name))} → {_shown(value)}"
        for name, value in differing.items()
    ]
    if row.kept_by_staff:
        tally.kept += lines
        return
    tally.changed += lines
    for name, value in differing.items():
        setattr(row, name, value)
    row.save()


def _shown(value: object) -> str:
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return "empty" if value in ("", None) else str(value)


def _add(rows: list[models.Model], tally: Tally) -> None:
    if rows:
        type(rows[0])._default_manager.bulk_create(rows)
    tally.added += map(str, rows)


def _remove(rows: Iterable[models.Model], tally: Tally) -> None:
    for row in rows:
        if not row.kept_by_staff:
            tally.removed.append(str(row))
            row.delete()
