"""Measurements for Prometheus, worked out of the database when asked: the same from every process and host.

Sums over all letters only: nothing here tells of a council, a figure or an hour of publication.
"""

import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Min, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily as Gauge

from letters import clock
from letters.models import Letter, State
from operating import drift, readiness
from operating.models import LastRun

# What is to be done each night: never done is told as done in 1970, so that the alarm is heard.
REGULAR = ("backup", "check_integrity")
CONTENT_TYPE = CONTENT_TYPE_LATEST


def page() -> bytes:
    """All measurements in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(_Site())
    return generate_latest(registry)


class _Site:
    def describe(self) -> list[Gauge]:
        """Registering this collector measures nothing."""
        return []

    def collect(self) -> Iterator[Gauge]:
        yield from _letters()
        yield from _waiting()
        yield from _broken_off()
        yield from _machine()
        yield from _parts()
        yield from _last_runs()


def _letters() -> Iterator[Gauge]:
    by_state = dict(Letter.objects.order_by().values_list("state").annotate(Count("pk")))
    gauge = Gauge("ombudsman_letters", "Letters by stored state.", labels=["state"])
    for state in State.values:
        gauge.add_metric([state], by_state.get(state, 0))
    yield gauge


def _waiting() -> Iterator[Gauge]:
    now = clock.now()
    waiting = Letter.objects.filter(state=State.RECEIVED).order_by().values_list("awaits_ocr")
    found = {scans: rest for scans, *rest in waiting.annotate(Count("pk"), Min("queued_at"))}
    count = Gauge("ombudsman_letters_waiting", "Letters that wait for a worker.", labels=["for"])
    age = Gauge("ombudsman_oldest_waiting_seconds", "How long the oldest of them has waited.", labels=["for"])
    for scans, name in [(False, "reading"), (True, "ocr")]:
        number, since = found.get(scans, (0, now))
        count.add_metric([name], number)
        age.add_metric([name], max(0.0, (now - since).total_seconds()))
    yield from (count, age)


def _broken_off() -> Iterator[Gauge]:
    found = Letter.objects.aggregate(
        lapsed=Count("pk", filter=Q(state=State.READING, lease_until__lt=clock.now())),
        again=Count("pk", filter=Q(attempts__gt=1)),
    )
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()
    yield Gauge(
        "ombudsman_leases_expired", "Letters whose worker is gone, until the next sweep.", found["lapsed"]
    )
    yield Gauge("ombudsman_letters_begun_again", "Letters whose reading was broken off.", found["again"])
    yield Gauge("ombudsman_tasks_failed", "Background tasks that failed, until they are pruned.", failed)


def _machine() -> Iterator[Gauge]:
    disk = shutil.disk_usage(settings.DATA_DIR)
    yield Gauge("ombudsman_disk_free_bytes", "Room left where DATA_DIR is.", disk.free)
    yield Gauge("ombudsman_disk_size_bytes", "Size of the file system that DATA_DIR is on.", disk.total)
    ahead = drift.drift().total_seconds()
    yield Gauge("ombudsman_clock_drift_seconds", "This host's clock minus the database's.", ahead)


def _parts() -> Iterator[Gauge]:
    gauge = Gauge(
        "ombudsman_part_up", "Whether a part of the site answers, as /readyz has it.", labels=["part"]
    )
    for name, state in readiness.look().items():
        gauge.add_metric([name], state == readiness.OK)
    yield gauge


def _last_runs() -> Iterator[Gauge]:
    at = Gauge(
        "ombudsman_last_run_timestamp_seconds", "When a regular command last ended.", labels=["command"]
    )
    well = Gauge("ombudsman_last_run_succeeded", "Whether it succeeded.", labels=["command"])
    runs = LastRun.objects.all()
    for name in set(REGULAR) - {run.name for run in runs}:
        at.add_metric([name], 0)
    for run in runs:
        at.add_metric([run.name], run.ended_at.timestamp())
        well.add_metric([run.name], run.succeeded)
    yield from (at, well)
