from collections.abc import Iterable

from django.core.management.base import BaseCommand
from django.utils.formats import date_format

from councils.loading import Tally, load_register
from councils.models import Council
from councils.shared_names import empty_aliases, shared_names


class Command(BaseCommand):
    help = (
        "Brings the register of councils to what councils/register/*.csv say. What staff entered or changed "
        "stays as it is, and no body is deleted. Run it as often as you like; -v 2 names each row added."
    )

    def handle(self, **options):
        changes = load_register()
        if not options["verbosity"]:
            return
        for rows, tally in (
            ("Bodies", changes.councils),
            ("Other names", changes.aliases),
            ("Successions", changes.successions),
        ):
            self._write_tally(rows, tally, options["verbosity"])
        self._write_names()

    def _write_tally(self, rows: str, tally: Tally, verbosity: int) -> None:
        self.stdout.write(f"{rows}: {len(tally.added)} added, {tally.unchanged} unchanged.")
        if verbosity > 1:
            self._write_list("Added", tally.added)
        self._write_list("Changed", tally.changed)
        self._write_list("Removed", tally.removed)
        self._write_list("Left as staff keep it (here → in the files)", tally.kept)
        self._write_list("No longer in the files, and left as it is", tally.unlisted)

    def _write_names(self) -> None:
        self._write_list(
            "Other names of general words only, which match nothing but themselves",
            (f"{alias} ({alias.council})" for alias in empty_aliases()),
        )
        shared = list(shared_names())
        self._write_list(
            "Names that several bodies bear in the same year, which match none without a word that tells",
            (_bearers(name, councils) for name, councils, at_once in shared if at_once),
        )
        self._write_list(
            "Names that several bodies bear, told apart by the year",
            (_bearers(name, councils) for name, councils, at_once in shared if not at_once),
        )

    def _write_list(self, heading: str, lines: Iterable[str]) -> None:
        if lines := list(lines):
            self.stdout.write(f"{heading}:")
            for line in lines:
                self.stdout.write(f"  {line}")


def _bearers(name: str, councils: list[Council]) -> str:
    return f"{name}: " + ", ".join(
        f"{council} (to {date_format(council.last_day, 'j F Y')})" if council.last_day else str(council)
        for council in councils
    )
