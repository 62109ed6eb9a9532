"""Keeps a command within limits: `python -m letters.extraction.ocr_guard LIMITS COMMAND…`.

It leads a group of processes of its own, takes itself off the network where the kernel lets it, and limits what it and
whatever it starts may use. It writes how the command ended, then kills the whole group, itself too; so it does when the
time is up, or when its input closes because whoever started it is gone.
"""

import contextlib
import ctypes
import json
import os
import resource
import select
import signal
import subprocess
import sys
from typing import Any

from .ocr import TOO_LONG

# Of <linux/sched.h>: user and network namespaces.
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


def main() -> None:
    limits, command = json.loads(sys.argv[1]), sys.argv[2:]
    _leave_network()
    _limit(limits)
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        with contextlib.suppress(BrokenPipeError):
            os.write(1, _ending(child, limits["seconds"]).encode())
    finally:
        os.killpg(0, signal.SIGKILL)


def _ending(child: "subprocess.Popen[bytes]", seconds: int) -> str:
    """The command's exit code, once it has ended; or that its time was up, or nobody waits for it any more."""
    ended = os.pidfd_open(child.pid)
    ready, _, _ = select.select([ended, 0], [], [], seconds)
    return str(child.wait()) if ended in ready else TOO_LONG


def _leave_network() -> None:
    """Without effect where the kernel does not let a process do so: what is started here asks for no network anyway."""
    ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)


def _limit(limits: dict[str, Any]) -> None:
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_AS, limits["memory_mb"] * 1024**2),
        (resource.RLIMIT_FSIZE, limits["file_mb"] * 1024**2),
    ):
        resource.setrlimit(limit, (value, value))


if __name__ == "__main__":
    main()
