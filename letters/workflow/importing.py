"""Importing yearly tables: a file is kept, looked at, and confirmed; nothing that was imported is overwritten."""

import hashlib

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from history.recording import recorded, writing
from letters import clock
from letters.models import AnnualReview
from letters.tables.cells import NoTable
from letters.tables.models import TableFigure, TableImport
from letters.tables.opening import opened
from letters.tables.preview import Preview, preview
from letters.workflow.changing import Refused, lock
from letters.workflow.receiving import cleaned_name


def receive_table(review: AnnualReview, content: bytes, name: str, by: User) -> TableImport:
    """Keep an uploaded table for an edition, to be looked at; the same bytes are one table.

    Raises Refused for what is no table.
    """
    try:
        opened(content)
    except NoTable as why:
        raise Refused(f"{why} Nothing was kept.") from why
    digest = hashlib.sha256(content).hexdigest()
    same = TableImport.objects.filter(review=review, sha256=digest)
    if known := same.first():
        return known
    table = TableImport(
        review=review,
        original_name=cleaned_name(name),
        sha256=digest,
        size=len(content),
        uploaded_at=clock.now(),
        uploaded_by=by,
    )
    table.file.save("table", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            table.save(force_insert=True)
    except IntegrityError:  # the same bytes came at the same instant: the database has decided
        table.file.delete(save=False)
        return same.get()
    return table


def preview_table(table: TableImport) -> Preview:
    """What confirming this table would do, as the edition is now. Raises Refused if it cannot be opened any more."""
    try:
        with table.file.open("rb") as file:
            return preview(file.read(), table.review)
    except FileNotFoundError as error:
        raise Refused(
            "The file of this table is missing. Nothing was imported: upload it again, or ask whoever runs the site to "
            "restore it."
        ) from error
    except OSError as error:
        raise Refused(
            "The file of this table cannot be read just now. Nothing was imported: try again; if it stays so, tell "
            "whoever runs the site."
        ) from error
    except NoTable as why:
        raise Refused(f"This table cannot be opened any more. Nothing was imported. {why}") from why


def confirm_table(table: TableImport, by: User, seen: str) -> Preview:
    """Import what the table says, all or nothing. `seen` is the digest of the preview that was looked at.

    Raises Refused where importing it would by now do something else, or nothing.
    """
    with writing():
        lock(table.review)
        shown = preview_table(table)
        if shown.digest != seen:
            raise Refused(
                "Something has changed since this was shown. Nothing was imported: look at it again."
            )
        if not shown.changes:
            raise Refused("There is nothing to import: all that this table says is known already.")
        numbers = f"{len(shown.new)} new and {len(shown.changed)} changed numbers"
        deed = f"Imported the table “{table.original_name}”: {numbers}. SHA-256 {table.sha256}."
        with recorded(by, table.review, deed):
            _write(table, shown, by)
    return shown


def _write(table: TableImport, shown: Preview, by: User) -> None:
    now = clock.now()
    replaced = [change.before.pk for change in shown.changed if change.before]
    TableFigure.objects.filter(pk__in=replaced).update(superseded_at=now)
    TableFigure.objects.bulk_create(_figures(table, shown))
    TableImport.objects.filter(pk=table.pk).update(confirmed_at=now, confirmed_by=by)
    table.refresh_from_db()


def _figures(table: TableImport, shown: Preview) -> list[TableFigure]:
    return [
        TableFigure(
            source=table,
            review=table.review,
            council=change.council,
            measure=change.number.figure.measure,
            field=change.number.figure.field,
            number=change.number.number,
            sheet=change.sheet[:100],
            row=change.number.cell.row,
            column=change.number.cell.column,
        )
        for change in shown.changes
    ]
