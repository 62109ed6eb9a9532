from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from operating.backup.databases import CannotCopy
from operating.backup.manifest import NotWhole
from operating.backup.restoring import restore


class Command(BaseCommand):
    help = (
        "Put a backup in place, after reading all of it. Everybody is signed out, and nothing becomes public that was "
        "not when the backup was made, until manage.py resume_publishing. Stop web servers and workers first."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="the folder that manage.py backup wrote")
        parser.add_argument("--replace", action="store_true", help="in place of the letters that are here")

    def handle(self, *, folder, replace, **options):
        try:
            manifest = restore(folder, replace)
        except NotWhole as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        except (CannotCopy, OSError) as error:
            raise CommandError(
                f"The backup was not restored: the database is as it was. {error}\n"
                "Files that were put back already stay. Run it again once that is mended."
            ) from error
        self.stdout.write(
            f"Restored as of {manifest.made_at:%d %B %Y, %H:%M} UTC: the database and {len(manifest.files)} files. Run "
            "manage.py migrate if the site is newer, then manage.py check_integrity. Nothing becomes public by itself "
            "until manage.py resume_publishing."
        )
