"""`manage.py make_release`: all published figures as files that never change."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management.base import BaseCommand, CommandError

from letters import clock
from letters.releasing import NotKept, keep
from public.figures import counted
from public.releases.as_json import Changing
from public.releases.as_parquet import NoPyarrow
from public.releases.making import Release, make


class Command(BaseCommand):
    help = (
        "Make the next data release of all figures that are public now: CSV, JSON, XLSX, Parquet and SQLite, with a "
        "description, checksums and what changed. It is kept whole or not at all, and never changes. Where nothing has "
        "changed since the last one, none is made."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--to",
            type=Path,
            metavar="FOLDER",
            help="only write the files into this new folder; no release is kept",
        )
        parser.add_argument(
            "--even-if-unchanged", action="store_true", help="make it though nothing has changed"
        )

    def handle(self, *, to, even_if_unchanged, **options):
        try:
            self._write(to) if to else self._keep(even_if_unchanged)
        except (NoPyarrow, Changing, NotKept) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"No release was made: its files could not be written ({error}).") from error

    def _write(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True)
        except FileExistsError as error:
            raise CommandError(
                f"{folder} is there already. Name a new folder: nothing is written over."
            ) from error
        self._tell(make(folder, clock.now()), f"was written to {folder}; no release was kept")

    def _keep(self, even_if_unchanged: bool) -> None:
        with TemporaryDirectory(prefix="release-") as folder:
            made = make(Path(folder), clock.now())
            if not (made.differs or even_if_unchanged):
                self.stdout.write(f"{made.changes[0]} No release was made.")
                return
            keep(made.number, made.made_at, made.figures, "\n".join(made.changes), made.files)
        self._tell(made, f"was made: /data/{made.number}")

    def _tell(self, made: Release, what: str) -> None:
        self.stdout.write(f"Release {made.number} of {counted(made.figures, 'figure', 'figures')} {what}.")
        self.stdout.write("\n".join(made.changes))
