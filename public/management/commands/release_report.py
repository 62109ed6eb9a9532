"""`manage.py release_report`: after a publication, whether anything of it was handed out before its hour."""

import gzip
import zlib
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from letters import clock
from public import handed_out


class Command(BaseCommand):
    help = (
        "Tell of each letter of an edition that is or was public when its first byte left the proxy, and fail if one "
        "left before its hour. The report is printed and kept in DATA_DIR/releases."
    )

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, help="the year in which the edition's period ends")
        parser.add_argument(
            "log", type=Path, nargs="+", help="nginx's log as deploy/nginx has it written; .gz too"
        )

    def handle(self, *, year, log, **options):
        now = clock.now()
        served = self._served(year, log, now)
        if not served:
            raise CommandError(f"No letter of {year} is or was public: there is nothing to report.")
        early = [each for each in served if each.early]
        asked_for = sum(each.first is not None for each in served)
        report = [
            f"Edition of {year}, looked at {now:%Y-%m-%d %H:%M:%S} UTC",
            f"{len(served)} letters are or were public, {asked_for} were asked for, {len(early)} before their hour.",
            *map(str, served),
        ]
        kept = self._keep(year, now, "\n".join(report))
        self.stdout.write("\n".join(report))
        self.stdout.write(f"Kept as {kept}.")
        if early:
            raise CommandError(f"{len(early)} letters were handed out before their hour.")

    def _served(self, year, log, now) -> list[handed_out.Served]:
        try:
            return handed_out.served(year, (line for path in log for line in _open(path)), now)
        except (OSError, EOFError, zlib.error) as error:
            raise CommandError(f"The log cannot be read: {error}.") from error
        except handed_out.NoLog as error:
            raise CommandError(str(error)) from error

    def _keep(self, year, now, report: str) -> Path:
        folder = Path(settings.DATA_DIR) / "releases"
        folder.mkdir(mode=0o700, exist_ok=True)
        path = folder / f"{year}-{now:%Y%m%dT%H%M%S}.txt"
        path.write_text(report + "\n")
        return path


def _open(path: Path) -> IO[str]:
    """The log as text: anybody may ask for an address of bytes that are none, such as /%FF, and no letter has one."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", errors="replace")
    return path.open(encoding="utf-8", errors="replace")
