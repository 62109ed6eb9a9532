from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from operating.backup.databases import CannotCopy
from operating.backup.making import make
from operating.backup.manifest import NotWhole


class Command(BaseCommand):
    help = (
        "Write the database and every file it names into a new folder, with a list of their digests, and read all of "
        "it again. The site may be in use. PostgreSQL's pg_dump must be installed where that is the database."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "folder", metavar="DIR", type=Path, help="a new folder, on another disk or machine"
        )

    def handle(self, *, folder, **options):
        try:
            manifest = make(folder)
        except (NotWhole, CannotCopy, OSError) as error:
            raise CommandError(f"There is no backup. {error}") from error
        self.stdout.write(
            f"Backed up: the database and {len(manifest.files)} files, read again and found the same."
        )
        self.stdout.write(f"Its history ends with {manifest.end_of_history or 'nothing yet'}")
