"""`scripts/bench workflow`: letters through the whole workflow, from upload to proposals, in letters a second.

Two workers run, as on a machine of two cores; beside it, as many plain readings of the same letters by two processes.
"""

import argparse
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench import machine
from tests.bench.reading import plain
from tests.bench.site import letters, site

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
# Workers that have begun look at an empty queue by now, in seconds.
WARM = 5


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--letters", type=int, default=400)
    chosen = arguments.parse_args()
    with site():
        pdfs = letters(chosen.letters)
        plainly = plain_readings(pdfs)
        with workers():
            received, proposed = through_workflow(pdfs)
        outcome = states()
    count = len(pdfs)
    print(f"{machine.description()}\n{count} letters, {WORKERS} processes; letters a second by the clock\n")
    print(f"{'plain readings (pypdfium2)':40}{count / plainly:8.1f}")
    print(f"{'upload, until all are received':40}{count / received:8.1f}")
    print(f"{'upload to proposals':40}{count / proposed:8.1f}")
    print(f"\nOne in {proposed / plainly:.0f} of the plain readings. {outcome}")


def plain_readings(pdfs: Sequence[bytes]) -> float:
    """Seconds until processes that have begun have read all letters' plain text."""
    with multiprocessing.Pool(WORKERS) as pool:
        pool.map(plain, pdfs[:WORKERS])
        begun = time.monotonic()
        pool.map(plain, pdfs, chunksize=4)
        return time.monotonic() - begun


@contextmanager
def workers() -> Iterator[None]:
    """Workers that wait for letters."""
    command = [sys.executable, "manage.py", "worker"]
    started = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) for _ in range(WORKERS)]
    time.sleep(WARM)
    try:
        yield
    finally:
        for worker in started:
            worker.terminate()
        for worker in started:
            worker.wait()


def through_workflow(pdfs: Sequence[bytes]) -> tuple[float, float]:
    """Seconds until all letters of one upload are received, and until each has its proposals or is unreadable."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from letters.models import Letter, State
    from letters.uploads import take_in
    from tests import factories

    files = [SimpleUploadedFile(f"{number}.pdf", pdf) for number, pdf in enumerate(pdfs)]
    by = factories.staff("uploader")
    begun = time.monotonic()
    take_in(files, by)
    received = time.monotonic() - begun
    while Letter.objects.filter(state__in=[State.RECEIVED, State.READING]).exists():
        time.sleep(0.1)
    return received, time.monotonic() - begun


def states() -> str:
    """How many letters ended in which state."""
    from django.db.models import Count

    from letters.models import Letter

    counted = Letter.objects.values_list("state").annotate(Count("pk")).order_by("state")
    return ", ".join(f"{count} {state}" for state, count in counted)


if __name__ == "__main__":
    main()
