"""The life of a file of decisions, reports or improvements: received, looked at, imported or thrown away."""

import hashlib
import zlib
from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.models import User

from caches.purging import purge_after_commit
from cases import words
from cases.counting import recount
from cases.days import today
from cases.importing.comparing import Preview, Progress, looking, steps
from cases.importing.opening import NoTable, opened
from cases.importing.reading import layout
from cases.importing.writing import Categories, write
from cases.models import CaseImport, ImportedFile
from history.recording import add, line, recorded, writing
from history.states import state_of


class Refused(Exception):
    """It was not done; the message says why, what was kept, and what to do."""


def receive(content: bytes, name: str, holds: str, by: User | None, now: datetime) -> CaseImport:
    """Keep a file, to be looked at. Raises Refused for what is no table of that kind."""
    try:
        layout(opened(content), holds)
    except NoTable as why:
        raise Refused(f"{why} Nothing was kept.") from why
    row = CaseImport(
        holds=holds,
        original_name="".join(filter(str.isprintable, name))[-200:] or "file",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        uploaded_at=now,
        uploaded_by=by,
    )
    with writing():
        row.save(force_insert=True)
        ImportedFile.objects.create(of=row, content=zlib.compress(content, 1))
        deed = f"Received a file of {row.get_holds_display().lower()}, to be looked at."
        add([line(by, row, deed, {}, state_of(row))])
    return row


def content_of(row: CaseImport) -> bytes:
    """The bytes of a file that waits. Raises Refused where they are gone."""
    file = ImportedFile.objects.filter(of=row).first()
    if file is None:
        raise Refused("This file was imported or thrown away already; its rows are not kept.")
    return zlib.decompress(file.content)


def look_at(row: CaseImport, now: datetime) -> Preview:
    """What importing this file would do now. Raises Refused where it waits no more."""
    shown = Preview(row.holds)
    for _ in looking_at(row, now, shown):
        pass
    return shown


def looking_at(row: CaseImport, now: datetime, shown: Preview) -> Iterator[int]:
    """The same, told step by step: how many rows were looked at. `shown` takes in what was found."""
    return looking(opened(content_of(row)), today(now), shown)


def confirm(
    row: CaseImport, by: User | None, seen: str, now: datetime, progress: Progress = lambda done: None
) -> Preview:
    """Import what a file says but for the rows that are refused: all of it, or nothing. Raises Refused."""
    shown = Preview(row.holds)
    for done in confirming(row, by, seen, now, shown):
        progress(done)
    return shown


def confirming(row: CaseImport, by: User | None, seen: str, now: datetime, shown: Preview) -> Iterator[int]:
    """The same, told step by step: how many rows are done. Whoever stops listening before the end undoes all of it.

    `seen` is the digest of the preview that was looked at, `shown` takes in what is done. Raises Refused where
    importing would by now do something else, or nothing.
    """
    with writing():
        content = content_of(row)
        with recorded(by, row, f"Imported the file “{row.original_name}”. SHA-256 {row.sha256}."):
            yield from _write(row, content, shown, now)
            if shown.digest != seen:
                raise Refused(
                    "Something has changed since this was shown. Nothing was imported: look at it again."
                )
            if not shown.does_something:
                raise Refused(shown.why_nothing)
            _close(row, by, shown, now)
        purge_after_commit()


def _write(row: CaseImport, content: bytes, shown: Preview, now: datetime) -> Iterator[int]:
    categories, years, done = Categories(row), set(), 0
    for step in steps(opened(content), row.holds, today(now)):
        years |= write(row.holds, [*step.new, *step.changed], categories, now)
        shown.add(step)
        done += step.rows
        yield done
    words.tidy()
    recount(years)


def _close(row: CaseImport, by: User | None, shown: Preview, now: datetime) -> None:
    row.confirmed_at, row.confirmed_by = now, by
    row.new, row.changed, row.refused = shown.new, shown.changed, shown.refused
    row.save()
    ImportedFile.objects.filter(of=row).delete()


def throw_away(row: CaseImport, by: User) -> None:
    """Forget the bytes of a file that is not to be imported. Raises Refused where it was."""
    with writing():
        row.refresh_from_db()
        if row.confirmed_at:
            raise Refused("This file has been imported.")
        with recorded(by, row, "Threw the file away without importing it."):
            ImportedFile.objects.filter(of=row).delete()
