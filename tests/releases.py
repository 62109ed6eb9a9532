"""Data releases for tests: made by the command at an instant, or a small one kept as it would be."""

from datetime import datetime
from io import StringIO
from pathlib import Path

import time_machine
from django.core.management import call_command

from letters import clock, published, releasing
from letters.models import DataRelease, ReleaseFile


def make_release(now: datetime, **options) -> str:
    """What the command says, at an instant."""
    said = StringIO()
    with time_machine.travel(now, tick=False):
        call_command("make_release", stdout=said, **options)
    return said.getvalue()


def content(number: int, name: str) -> bytes:
    with published.release_file(ReleaseFile.objects.get(release=number, name=name)) as file:
        return file.read()


def kept(folder: Path, number: int = 1, names=("figures.csv",)) -> DataRelease:
    """A release of files that say their own names."""
    for name in names:
        (folder / name).write_text(name)
    files = [releasing.Made(folder / name, "text/csv; charset=utf-8") for name in names]
    return releasing.keep(number, clock.now(), 1, "This is the first release: it holds 1 figure.", files)
