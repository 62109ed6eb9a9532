"""A warm parent whose children have been taken over: each does what the "PDF" it is given says.

`python -m tests.hostile_children DESCRIPTOR` takes the place of letters.extraction.warm.
"""

import json
import os
import signal
import socket
import sys
import time

from letters.extraction import warm


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
    raise TypeError("bare, as pdfplumber raises them")


def report() -> bytes:
    """What a child can see of the world, in place of a reason."""
    seen = {
        "environment": sorted(os.environ),
        "django": "django" in sys.modules,
        "descriptors": len(os.listdir("/proc/self/fd")) - 1,
        "threads": len(os.listdir("/proc/self/task")),
    }
    return _unreadable(json.dumps(seen))


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
    with socket.socket(fileno=int(sys.argv[1])) as control:
        warm._Warm(control).serve()
