"""`manage.py import_tables YEAR FILE`: what importing a yearly table would do; `--apply --by USER` does it."""

from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from history.by_command import person
from letters import workflow
from letters.models import AnnualReview
from letters.tables.cells import NoTable
from letters.tables.opening import MAX_BYTES
from letters.tables.preview import Preview, preview
from letters.tables.reading import Left


class Command(BaseCommand):
    help = (
        "Show what importing a CSV or XLSX of the Ombudsman's yearly tables would do: what is new, what changes, what "
        "is refused and why, and which letters differ. YEAR is that in which the period ends: 2020 for 2019–20. With "
        "--apply it is done, in the name of the user given by --by."
    )

    def add_arguments(self, parser):
        parser.add_argument("year", metavar="YEAR", type=int)
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--apply", action="store_true", help="import it")
        parser.add_argument("--by", metavar="USER", help="who imports it, for the history")

    def handle(self, *, year, file, apply, by, **options):
        review = AnnualReview.objects.filter(year_ending=year).first()
        if review is None:
            raise CommandError(
                f"There is no edition of the year ending March {year}: add it in the admin first."
            )
        content = _content(file)
        try:
            shown = (
                self._imported(review, content, file.name, person(by)) if apply else preview(content, review)
            )
        except (NoTable, workflow.Refused) as why:
            raise CommandError(str(why)) from why
        for line in in_words(shown):
            self.stdout.write(line)
        done = "Imported." if apply else "Nothing was imported. To import it: --apply --by USER."
        self.stdout.write(done)

    def _imported(self, review: AnnualReview, content: bytes, name: str, by: User) -> Preview:
        table = workflow.receive_table(review, content, name, by)
        return workflow.confirm_table(table, by, workflow.preview_table(table).digest)


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}") from error


def in_words(shown: Preview) -> Iterator[str]:
    """The preview, line by line."""
    yield from shown.read.notes
    for sheet, cell, meaning in shown.read.columns:
        yield f"column {_at(sheet, cell.place)} “{cell.text}”: {meaning}"
    for sheet, cell in shown.read.unknown:
        yield f"unknown column {_at(sheet, cell.place)} “{cell.text}”: left out"
    for change in shown.new:
        yield f"new: {change.council}: {change.figure} {change.now}"
    for change in shown.changed:
        yield f"changes: {change.council}: {change.figure} {change.then} → {change.now}"
    for left in shown.left_out:
        yield f"left out: {_left(left)}"
    for left in shown.refused:
        yield f"refused: {_left(left)}"
    for letter, messages in shown.differing:
        yield from (f"differs: {letter.council}: {message}" for message in messages)
    yield (
        f"{shown.councils} councils: {len(shown.new)} new numbers, {len(shown.changed)} changed, {shown.same} known "
        f"already; {len(shown.refused)} refused; {len(shown.differing)} letters differ."
    )


def _at(sheet: str, place: str) -> str:
    return "!".join(part for part in (sheet, place) if part)


def _left(left: Left) -> str:
    meant = f" Did you mean {' or '.join(left.suggestions)}?" if left.suggestions else ""
    said = f" “{left.says}”" if left.says else ""
    return f"{_at(left.sheet, left.place)}{said}: {left.why}.{meant}"
