"""Puts a file of postcodes into the database, without ever leaving it with half a file in use."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from caches.purging import purge_after_commit
from councils.models import Council, Postcode, PostcodeList

from .file import Line, PostcodeFile

_AT_ONCE = 20_000
_A_STATEMENT = 5_000  # rows: four parameters each, of the 32,766 that SQLite takes

# Through the ORM, or row by row, it takes many times as long. SQLite and PostgreSQL both know this statement.
_INSERT = """
    INSERT INTO councils_postcode (list_id, code, council_id, ended) VALUES {rows}
    ON CONFLICT DO NOTHING
"""

Row = tuple[int, str, int, date | None]


class NothingOfEngland(Exception):
    """The file has no postcode of any council of the register."""


@dataclass
class Tally:
    """What became of the lines of a file."""

    lines: int = 0
    loaded: int = 0
    ended: int = 0
    elsewhere: int = 0
    without_district: int = 0
    malformed: int = 0
    unknown: Counter = field(default_factory=Counter)


def load(path: Path, say: Callable[[Tally, float], None]) -> Tally:
    """Load a file whole, then use it instead of the one before; `say` is told how far that is.

    Each batch is a transaction of its own, so that nobody waits long for the database. A load that fails leaves
    what was in use as it was.
    """
    with PostcodeFile(path) as file:
        file.find_columns()
        new = PostcodeList.objects.create(file_name=path.name[-200:])
        try:
            tally = _load(file, new, say)
        except BaseException:
            _remove(new)
            raise
    with transaction.atomic():
        new.loaded_at = timezone.now()
        new.save()
        purge_after_commit()
    for old in PostcodeList.objects.exclude(pk=new.pk):
        _remove(old)
    return tally


def _load(file: PostcodeFile, new: PostcodeList, say: Callable[[Tally, float], None]) -> Tally:
    tally = Tally()
    rows = _rows(file.lines(), new.pk, _by_code(), tally)
    while batch := list(islice(rows, _AT_ONCE)):
        _insert(batch)
        say(tally, file.read)
    if not tally.loaded:
        raise NothingOfEngland
    return tally


def _insert(batch: list[Row]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for start in range(0, len(batch), _A_STATEMENT):
            rows = batch[start : start + _A_STATEMENT]
            statement = _INSERT.format(rows=", ".join(["(%s, %s, %s, %s)"] * len(rows)))
            cursor.execute(statement, [value for row in rows for value in row])


def _by_code() -> dict[str, int]:
    """The key of each body by every GSS code that it has or had; today's codes go before former ones."""
    councils = Council.objects.values_list("pk", "former_gss", "newer_gss", "gss")
    codes = [(code, key) for key, *codes in councils for code in codes]
    by_rank = [codes[rank::3] for rank in range(3)]
    return {code: key for rank in by_rank for code, key in rank if code}


def _rows(lines: Iterable[Line], new: int, by_code: dict[str, int], tally: Tally) -> Iterator[Row]:
    """The rows of England's postcodes, with every line counted."""
    for line in lines:
        tally.lines += 1
        if not line.code:
            tally.malformed += 1
        elif key := by_code.get(line.gss):
            tally.loaded += 1
            tally.ended += line.ended is not None
            yield new, line.code, key, line.ended
        elif not line.gss:
            tally.without_district += 1
        elif line.gss.startswith("E"):
            tally.unknown[line.gss[:9]] += 1
        else:
            tally.elsewhere += 1


def _remove(postcodes: PostcodeList) -> None:
    """Row by row in batches: one statement for two million rows would hold the database too long."""
    rows = Postcode.objects.filter(list=postcodes).order_by().values("pk")
    while Postcode.objects.filter(pk__in=rows[:_AT_ONCE])._raw_delete(connection.alias):
        pass
    postcodes.delete()
