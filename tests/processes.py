"""Real workers for tests: processes of their own on the test's database and files."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def environment(private_files: Path, **more: str) -> dict[str, str]:
    """What another process needs to stand on the same database and private files as the test."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        address = f"sqlite:///{name}"
    else:
        address = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    return os.environ | {"DATABASE_URL": address, "DATA_DIR": str(private_files.parent), **more}


def worker(private_files: Path, *arguments: str, **more: str) -> subprocess.Popen:
    """A worker that has begun."""
    command = [sys.executable, "manage.py", "worker", "--interval", "0.05", *arguments]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(private_files, **more),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def children_of(pid: int) -> list[int]:
    """The processes that this one has started and not yet buried."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_for(condition, seconds: float = 120, every: float = 0.005):
    """The first true answer of `condition`; fails the test if there is none in time, which a busy machine needs."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := condition():
            return answer
        time.sleep(every)
    raise AssertionError(f"nothing within {seconds} seconds")
