"""`manage.py worker`: the background work, until it is told to stop."""

import logging
import signal
import time

from django.core.management.base import BaseCommand
from django.db import OperationalError
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.utils import is_locked_database_exception

from caches import purging
from letters import leftovers, reading, scanning, workflow
from letters.extraction import ocr
from letters.tasks import read_scan

logger = logging.getLogger(__name__)

SWEEP_EVERY = 5  # seconds
SCAN_EVERY = 30
TIDY_EVERY = 3600  # seconds
# How long a worker that is told to stop goes on with the letter in hand. What stops it waits for 30 seconds.
FINISH_WITHIN = 20.0  # seconds


class SweepingWorker(Worker):
    """Runs the waiting tasks, and between them mends what others left: lost letters, proxies that were not told."""

    _swept_at = _scanned_at = _tidied_at = float("-inf")
    finish_within = FINISH_WITHIN

    def shutdown(self, signum, frame) -> None:
        """Finish the letter in hand if that is soon done, else give it back; a second signal ends at once."""
        super().shutdown(signum, frame)
        signal.signal(signal.SIGALRM, lambda *_: reading.stop())
        signal.setitimer(signal.ITIMER_REAL, self.finish_within)

    def sweep_if_due(self) -> None:
        if time.monotonic() - self._swept_at >= SWEEP_EVERY:
            workflow.sweep()
            purging.catch_up()
            self._swept_at = time.monotonic()
        if scanning.is_on() and time.monotonic() - self._scanned_at >= SCAN_EVERY:
            reading.copy_what_waits()
            self._scanned_at = time.monotonic()
        if time.monotonic() - self._tidied_at >= TIDY_EVERY:
            leftovers.remove_leftovers()
            self._tidied_at = time.monotonic()

    def run_task(self, db_task_result) -> None:
        super().run_task(db_task_result)
        self.sweep_if_due()


class Command(BaseCommand):
    help = (
        "Read the letters that wait, and bring back those whose worker was lost. Start one for each core; "
        "Ctrl-C or SIGTERM lets the letter in hand be finished, or given back if that takes long."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--interval", type=float, default=0.5, help="seconds between looks at an empty queue"
        )
        parser.add_argument(
            "--no-scans", action="store_true", help="leave OCR, which takes long, to other workers"
        )
        parser.add_argument(
            "--finish-within",
            type=float,
            default=FINISH_WITHIN,
            help="seconds for the letter in hand when told to stop; then another worker reads it",
        )
        parser.add_argument("--until-empty", action="store_true", help="stop when nothing is waiting")

    def handle(self, *, interval, until_empty, no_scans, finish_within, **options):
        worker = a_worker(no_scans)
        worker.finish_within = finish_within
        worker.configure_signals()
        for wanted in ocr.missing():
            self.stdout.write(f"Scans cannot be read: install {wanted}.")
        self.stdout.write("Reading letters as they come. Ctrl-C stops after the one in hand.")
        work(worker, interval, until_empty)


def a_worker(no_scans: bool = False) -> SweepingWorker:
    """One that runs what waits now, and then looks up."""
    return SweepingWorker(
        queue_names=["*"],
        excluded_queue_names=[read_scan.queue_name] if no_scans else [],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    )


def work(worker: SweepingWorker, interval: float, until_empty: bool) -> None:
    """Run what waits, look again after so many seconds, and so on until the worker is told to stop."""
    while worker.running:
        try:
            worker.sweep_if_due()
            worker.run()
        except OperationalError as error:
            # SQLite lets one write at a time, and whoever imports thousands of decisions writes for long.
            if not is_locked_database_exception(error):
                raise
            logger.warning("The database is locked by another who writes for long. The worker looks again.")
        else:
            if until_empty:
                return
        time.sleep(interval)
