from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from councils.models import Council
from councils.postcodes.file import UnknownLayout
from councils.postcodes.loading import NothingOfEngland, Tally, load

_SAY_EVERY = 200_000  # lines
_CODES_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Loads England's postcodes from a CSV file of the ONS Postcode Directory (ONSPD) or the National Statistics "
        "Postcode Lookup (NSPL), instead of those loaded before, so that visitors find their councils by postcode. A "
        "load that fails or is broken off changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the large CSV file in the folder Data of the download")

    def handle(self, *, file, verbosity, **options):
        if not Council.objects.exists():
            raise CommandError("The register has no councils yet: run manage.py load_councils first.")
        self.verbosity, self.said = verbosity, 0
        try:
            tally = load(file, self._say_progress)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except UnknownLayout as error:
            raise CommandError(f"{file} was not loaded. {error}") from error
        except NothingOfEngland as error:
            raise CommandError(
                f"{file} was not loaded: it has no postcode of a council of the register."
            ) from error
        if verbosity:
            self._write(tally)

    def _say_progress(self, tally: Tally, read: float) -> None:
        if self.verbosity and tally.lines - self.said >= _SAY_EVERY:
            self.said = tally.lines
            self.stdout.write(f"{tally.lines:,} lines read ({read:.0%})")
            self.stdout.flush()

    def _write(self, tally: Tally) -> None:
        self.stdout.write(
            f"Loaded: {tally.loaded:,} postcodes of England, {tally.ended:,} of them no longer used."
        )
        for amount, what in (
            (tally.elsewhere, "outside England"),
            (tally.without_district, "without a district"),
            (tally.malformed, "lines that are no postcodes"),
        ):
            if amount:
                self.stdout.write(f"Left out: {amount:,} {what}.")
        if tally.unknown:
            self._write_unknown(tally)

    def _write_unknown(self, tally: Tally) -> None:
        self.stdout.write(
            f"Left out: {tally.unknown.total():,} of districts whose codes no council of the register has. Enter the "
            "codes in the admin and load the file again:"
        )
        for code, amount in tally.unknown.most_common(_CODES_SHOWN):
            self.stdout.write(f"  {code}: {amount:,}")
        if len(tally.unknown) > _CODES_SHOWN:
            self.stdout.write(f"  and {len(tally.unknown) - _CODES_SHOWN} more")
