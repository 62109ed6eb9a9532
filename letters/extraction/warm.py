"""The warm parent of the processes that open PDFs: `python -m letters.extraction.warm DESCRIPTOR`.

Started by reader.py with an empty environment and one socket, it loads the PDF libraries once and then forks a child
for each request. It never opens a PDF itself, and never loads Django, the settings or a database. A child has limits on
memory, processor time, files and processes, and is killed when its time is up; whatever it does, the parent goes on.
When the other end of the socket closes, it ends with all its children.

A request is one packet: JSON, and three descriptors: the file to read, where to write the answer, and where to write
how the child ended (one byte: limits.Ending).
"""

import contextlib
import gc
import importlib
import json
import os
import resource
import selectors
import signal
import socket
import sys
import time
from dataclasses import dataclass, field
from typing import Any, NoReturn

from .cleaning import clean
from .confining import confine
from .limits import Ending
from .picture import picture
from .prose import tell
from .prose.schema import dumps as dumps_pages
from .reading import read
from .schema import dumps
from .types import Unreadable

MOST_REQUEST_BYTES = 4096
_OUT_OF_MEMORY = 3
_OPEN_FILES = 16
# What the libraries load only when a PDF asks for it, as a confined child cannot.
_LOADED_LATE = (
    "encodings.utf_16",
    "encodings.utf_16_be",
    "encodings.utf_16_le",
    "cryptography.hazmat.backends.openssl.backend",
    "pdfminer._saslprep",
    "PIL.ImageFile",
    "PIL.WebPImagePlugin",
)
# A child outlives its warm parent by no more than this many seconds.
_GRACE = 2


@dataclass
class _Child:
    """A running child: what to tell when it ends, and when its time is up."""

    pid: int
    status: int
    deadline: float
    is_late: bool = False


@dataclass
class _Warm:
    control: socket.socket
    children: dict[int, _Child] = field(default_factory=dict)

    def serve(self) -> None:
        """Take requests until the other end closes, and see to the children in between."""
        woken, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        with selectors.DefaultSelector() as selector:
            selector.register(self.control, selectors.EVENT_READ)
            selector.register(woken, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in selector.select(self._time_left())}
                if woken in ready:
                    os.read(woken, 4096)
                if self.control in ready and not self._take_request():
                    break
                self._see_to_children()
        self._kill_all()

    def _time_left(self) -> float | None:
        waiting = [child.deadline for child in self.children.values() if not child.is_late]
        return max(0.0, min(waiting) - time.monotonic()) if waiting else None

    def _take_request(self) -> bool:
        """Start a child for the next request; False when there will be no more."""
        packet, descriptors, _, _ = socket.recv_fds(self.control, MOST_REQUEST_BYTES, 3)
        if not packet:
            return False
        request = json.loads(packet)
        file, answer, status = descriptors
        pid = os.fork()
        if pid == 0:
            _run_child(request, file, answer)
        with contextlib.suppress(PermissionError, ProcessLookupError):
            os.setpgid(pid, pid)
        os.close(file)
        os.close(answer)
        self.children[pid] = _Child(pid, status, time.monotonic() + request["seconds"])
        return True

    def _see_to_children(self) -> None:
        now = time.monotonic()
        for child in list(self.children.values()):
            if child.deadline <= now and not child.is_late:
                child.is_late = True
                _kill_group(child.pid)
            if os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                self._bury(child)

    def _bury(self, child: _Child) -> None:
        """Tell how a child ended, after killing whatever it started itself."""
        _kill_group(child.pid)
        _, ended = os.waitpid(child.pid, 0)
        del self.children[child.pid]
        # Whoever asked may have gone.
        with contextlib.suppress(BrokenPipeError):
            os.write(child.status, _ending(ended, child.is_late).value)
        os.close(child.status)

    def _kill_all(self) -> None:
        for child in self.children.values():
            _kill_group(child.pid)


def _ending(ended: int, is_late: bool) -> Ending:
    if os.WIFEXITED(ended):
        return {0: Ending.ANSWERED, _OUT_OF_MEMORY: Ending.MEMORY}.get(os.WEXITSTATUS(ended), Ending.CRASH)
    if is_late or os.WTERMSIG(ended) in {signal.SIGXCPU, signal.SIGALRM}:
        return Ending.TIME
    # pdfium aborts where memory runs out.
    return Ending.MEMORY if os.WTERMSIG(ended) == signal.SIGABRT else Ending.CRASH


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _run_child(request: dict[str, Any], file: int, answer: int) -> NoReturn:
    """In the child: shed what is the parent's, answer, and end without any of the parent's clean-up."""
    # A child ends before garbage matters, and looking for it among all the characters of a page takes time.
    gc.disable()
    try:
        _shed(file, answer)
        _limit(request)
        content = _content_of(file)
        confine()
        _write_all(answer, _answer(request, content))
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except BaseException:
        os._exit(1)
    os._exit(0)


def _shed(file: int, answer: int) -> None:
    os.setpgid(0, 0)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    kept = sorted({0, 1, 2, file, answer})
    for last, following in zip(kept, [*kept[1:], os.sysconf("SC_OPEN_MAX")], strict=True):
        os.closerange(last + 1, following)
    os.dup2(0, 2)  # the libraries' warnings about hostile files are nobody's business; 0 is /dev/null


def _limit(request: dict[str, Any]) -> None:
    memory = request["memory_mb"] * 1024 * 1024
    signal.alarm(request["seconds"] + _GRACE)
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_AS, memory),
    ):
        resource.setrlimit(limit, (value, value))
    # At the first of the two the kernel says why it ends the child, at the second it only kills.
    resource.setrlimit(resource.RLIMIT_CPU, (request["cpu_seconds"], request["cpu_seconds"] + 1))


def _content_of(file: int) -> bytes:
    size = os.fstat(file).st_size
    content = os.pread(file, size, 0)
    os.close(file)
    return content


def _answer(request: dict[str, Any], content: bytes) -> bytes:
    """What the request asks for; the reason why it cannot be had is an answer too."""
    try:
        if request["kind"] == "picture":
            return picture(content, request["pages"], request["page"], request["width"])
        if request["kind"] == "clean":
            return clean(content, request["pages"])
        if request["kind"] == "tell":
            return dumps_pages(tell(content, request["pages"]))
        return dumps(read(content, request["pages"]))
    except Unreadable as outcome:
        return dumps(outcome)


def _write_all(descriptor: int, content: bytes) -> None:
    with open(descriptor, "wb") as file:
        file.write(content)


def main() -> None:
    """Serve the socket whose descriptor is the only argument."""
    for module in _LOADED_LATE:
        importlib.import_module(module)
    # What exists now is shared with every child: keep the garbage collector from touching it.
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as control:
        _Warm(control).serve()


if __name__ == "__main__":
    main()
