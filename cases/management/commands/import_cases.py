"""`manage.py import_cases KIND FILE`: what importing it would do; `--apply --by USER` does it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.days import today
from cases.importing import deeds
from cases.importing.comparing import Preview, preview
from cases.importing.opening import MAX_BYTES, NoTable, opened
from cases.models import Holds
from history.by_command import person


class Command(BaseCommand):
    help = (
        "Show what importing a CSV or JSON of decisions, reports or improvements would do: what is new, what changes, "
        "what is refused and why. With --apply it is done, all but the rows that are refused, in the name of the user "
        "given by --by. Whatever the file says twice, or was imported before, is imported once."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("kind", metavar="KIND", choices=Holds.values, help=", ".join(Holds.values))
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--apply", action="store_true", help="import it")
        parser.add_argument("--by", metavar="USER", help="who imports it, for the history")
        parser.add_argument(
            "--whole", action="store_true", help="import nothing if any row of the file is refused"
        )

    def handle(self, *, kind, file, apply, by, whole, **options) -> None:
        content = _content(file)
        try:
            shown = preview(opened(content), kind, today(timezone.now()), self._progress(options, "Read"))
        except NoTable as why:
            raise CommandError(f"{why} Nothing was imported.") from why
        for line in in_words(shown):
            self.stdout.write(line)
        if not apply:
            self.stdout.write("Nothing was imported. To import it: --apply --by USER.")
            return
        if whole and shown.refused:
            raise CommandError("Nothing was imported, since rows are refused: see above.")
        if shown.all_refused:
            raise CommandError(shown.why_nothing)
        if not shown.does_something:
            self.stdout.write(shown.why_nothing)
            return
        by, now = person(by), timezone.now()
        try:
            row = deeds.receive(content, file.name, kind, by, now)
            done = deeds.confirm(row, by, shown.digest, now, self._progress(options, "Written"))
        except deeds.Refused as why:
            raise CommandError(str(why)) from why
        self.stdout.write(f"Imported: {done.new} new, {done.changed} changed.")

    def _progress(self, options: Any, done: str) -> Any:
        if options["verbosity"] < 1:
            return lambda rows: None
        return lambda rows: self.stderr.write(f"{done}: {rows:,} rows")


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as found:
            return found.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}") from error


def in_words(shown: Preview) -> Iterator[str]:
    """The preview, line by line; every fault with its row, its column and what to do."""
    yield from shown.notes
    for name in shown.unknown_columns:
        yield f"unknown column “{name}”: left out"
    for name in shown.new_categories:
        yield f"new category: {name}"
    for ready, names in shown.changed_ones:
        yield f"changes: {ready.key}: {names}"
    if shown.changed > len(shown.changed_ones):
        yield f"changes: and {shown.changed - len(shown.changed_ones)} more"
    for key in shown.kept_out:
        yield f"left as it is: {key} was taken down here"
    for fault in shown.faults:
        place = f", column {fault.column}" if fault.column else ""
        says = f" “{fault.says}”" if fault.says else ""
        yield f"refused: row {fault.row}{place}{says}: {fault.why}. {fault.remedy}"
    yield (
        f"{shown.new} new, {shown.changed} changed, {shown.same} known already, {len(shown.kept_out)} left, "
        f"{shown.refused} refused."
    )
