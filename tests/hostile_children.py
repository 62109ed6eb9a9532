"""A warm parent whose children have been taken over: each does what the "PDF" it is given says.

`python -m tests.hostile_children DESCRIPTOR` takes the place of letters.extraction.warm; with a second argument its
children are not confined, so that the limits are all that holds them.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from letters.extraction import warm

_SETTINGS = Path(__file__).resolve().parent.parent / "ombudsman" / "settings.py"


def sleep() -> None:
    time.sleep(3600)


def sleep_through_alarms() -> None:
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    time.sleep(3600)


def spin() -> None:
    while True:
        pass


def allocate() -> None:
    bytearray(4 * 1024**3)


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def write_a_file() -> None:
    with open("/tmp/taken-over", "wb") as file:
        file.write(b"x")


def start_a_process() -> None:
    """A grandchild that lives on with the answer's pipe open."""
    if os.fork() == 0:
        time.sleep(3600)


def raise_an_error() -> None:
    raise TypeError("bare, as pdfminer raises them")


def report() -> bytes:
    """What a child can see of the world, in place of a reason."""
    seen = {
        "environment": sorted(os.environ),
        "django": "django" in sys.modules,
        "descriptors": sum(map(_is_open, range(256))),
    }
    return _unreadable(json.dumps(seen))


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def break_out() -> bytes:
    """Which of these a child can do, in place of a reason."""
    attempts = {
        "open a socket": socket.socket,
        "open a local socket": socket.socketpair,
        "read the settings": _SETTINGS.read_bytes,
        "look for files": lambda: os.stat("/"),
        "list a folder": lambda: os.listdir("/"),
        "write a file": lambda: Path("/tmp/taken-over").write_bytes(b"x"),
        "write a file in memory": lambda: os.memfd_create("x"),
        "remove a file": lambda: os.unlink("/tmp/taken-over"),
        "start a process": os.fork,
        "run a program": lambda: os.execv("/bin/true", ["true"]),
        "run a command": lambda: subprocess.run("true", check=False),
        "signal its parent": lambda: os.kill(os.getppid(), 0),
        "raise its limits": lambda: os.nice(1),
        "make a pipe": os.pipe,
        "copy a descriptor": lambda: os.dup(1),
    }
    return _unreadable(json.dumps([name for name, attempt in attempts.items() if _succeeds(attempt)]))


def _succeeds(attempt) -> bool:
    with contextlib.suppress(PermissionError):
        attempt()
        return True
    return False


def abort() -> None:
    os.abort()


def flood() -> bytes:
    return b"[" * 50_000_000


def babble() -> bytes:
    return b"\x00\xff not JSON"


def half() -> bytes:
    return b'{"reading": {"authority": null'


def _unreadable(reason: str) -> bytes:
    return json.dumps({"unreadable": {"code": "said", "reason": reason}}).encode()


def _answer(request: dict, content: bytes) -> bytes:
    return globals()[content.decode()]() or _unreadable("still here")


if __name__ == "__main__":
    warm._answer = _answer
    if len(sys.argv) > 2:
        warm.confine = lambda: None
    with socket.socket(fileno=int(sys.argv[1])) as control:
        warm._Warm(control).serve()
