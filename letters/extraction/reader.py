"""Reads letters in child processes: what worker and web use. Nothing that a PDF does reaches the calling process.

The warm parent of the children (warm.py) is started when first needed, and again when it is lost. A `Reader` may be
used from several threads: each request has a child and pipes of its own. For Linux: descriptors are passed by packets.
"""

import contextlib
import json
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .limits import Ending, Limits
from .prose.schema import loads as loads_pages
from .prose.types import Page
from .schema import Malformed, loads
from .types import Reading, Unreadable

_ROOT = Path(__file__).resolve().parents[2]
_RIFF, _WEBP, _PDF = b"RIFF", b"WEBP", b"%PDF-"
_CHUNK = 65536
# How much longer than a child the warm parent may take to say how it ended, in seconds.
_PATIENCE = 10

_REASONS = {
    Ending.TIME: (
        "too-slow",
        "Reading the file took too long and was stopped. Print the letter to a new PDF and upload that.",
    ),
    Ending.MEMORY: (
        "too-large",
        "The file unpacks to an enormous size, and its reading was stopped. Print the letter to a new PDF and upload"
        " that.",
    ),
    Ending.CRASH: (
        "crashed",
        "The file brought its reader down, as damaged files do, and ones that unpack to an enormous size. Print the"
        " letter to a new PDF and upload that.",
    ),
}


class _Lost(Exception):
    """The warm parent is gone, or does not answer."""


@dataclass(frozen=True)
class _Warm:
    process: subprocess.Popen[bytes]
    control: socket.socket
    owner: int

    def close(self) -> None:
        """End the warm parent, and with it all its children."""
        self.control.close()
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()


class Reader:
    """Opens PDFs in child processes within limits. Use as a context manager, or keep one for good."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._lock = threading.Lock()
        self._warm: _Warm | None = None

    def read(self, pdf: bytes) -> Reading:
        """What a letter says. Raises Unreadable, with a reason for staff, whatever else happens."""
        answer = self._ask({"kind": "read"}, pdf, self.limits.reading_bytes)
        outcome = _outcome(answer)
        if isinstance(outcome, Unreadable):
            raise outcome
        return outcome

    def picture(self, pdf: bytes, page: int, width: int) -> bytes:
        """One page (from 1) as WebP, `width` pixels wide. Raises Unreadable."""
        request = {"kind": "picture", "page": page, "width": width}
        answer = self._ask(request, pdf, self.limits.picture_bytes)
        if answer[:4] == _RIFF and answer[8:12] == _WEBP:
            return answer
        outcome = _outcome(answer)
        raise outcome if isinstance(outcome, Unreadable) else _bad_answer()

    def clean(self, pdf: bytes) -> bytes:
        """The clean copy of a letter's file (cleaning.py). Raises Unreadable."""
        answer = self._ask({"kind": "clean"}, pdf, self.limits.copy_bytes)
        if answer.startswith(_PDF):
            return answer
        outcome = _outcome(answer)
        raise outcome if isinstance(outcome, Unreadable) else _bad_answer()

    def tell(self, pdf: bytes) -> tuple[Page, ...]:
        """A letter's pages in its own words. Raises Unreadable."""
        answer = self._ask({"kind": "tell"}, pdf, self.limits.reading_bytes)
        try:
            return loads_pages(answer)
        except Malformed:
            outcome = _outcome(answer)
            raise outcome if isinstance(outcome, Unreadable) else _bad_answer() from None

    def close(self) -> None:
        """End the warm parent; the next request starts another."""
        with self._lock:
            if self._warm:
                self._warm.close()
                self._warm = None

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, request: dict[str, Any], pdf: bytes, most: int) -> bytes:
        limits = {
            "seconds": self.limits.seconds,
            "cpu_seconds": self.limits.cpu_seconds,
            "memory_mb": self.limits.memory_mb,
            "pages": self.limits.pages,
        }
        packet = json.dumps({**request, **limits}).encode()
        for _ in range(2):
            with contextlib.suppress(_Lost):
                return self._ask_once(packet, pdf, most)
        raise Unreadable(
            "reader-lost",
            "The reader of PDFs stopped twice. Ask for another reading; if that fails, tell the operator.",
        )

    def _ask_once(self, packet: bytes, pdf: bytes, most: int) -> bytes:
        with contextlib.ExitStack() as stack:
            answer, answer_end = _pipe(stack)
            status, status_end = _pipe(stack)
            with open(os.memfd_create("letter"), "wb", buffering=0) as file:
                file.write(pdf)
                warm = self._send(packet, [file.fileno(), answer_end.fileno(), status_end.fileno()])
            answer_end.close()
            status_end.close()
            try:
                return _collected(answer, status, most, time.monotonic() + self.limits.seconds + _PATIENCE)
            except _Lost:
                self._discard(warm)
                raise

    def _send(self, packet: bytes, descriptors: list[int]) -> _Warm:
        with self._lock:
            if self._warm is None or self._warm.owner != os.getpid():
                self._warm = self._start()
            warm = self._warm
            try:
                socket.send_fds(warm.control, [packet], descriptors)
            except OSError:
                self._warm = None
                warm.close()
                raise _Lost from None
            return warm

    def _discard(self, warm: _Warm) -> None:
        with self._lock:
            if self._warm is warm:
                self._warm = None
                warm.close()

    def _start(self) -> _Warm:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            process = subprocess.Popen(
                self._command(theirs.fileno()),
                env={"PATH": os.defpath, "LANG": "C.UTF-8"},
                cwd=_ROOT,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        return _Warm(process, ours, os.getpid())

    def _command(self, descriptor: int) -> list[str]:
        return [sys.executable, "-E", "-s", "-m", "letters.extraction.warm", str(descriptor)]


def _pipe(stack: contextlib.ExitStack) -> tuple[Any, Any]:
    """A pipe's two ends, to read without waiting and to write."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    return stack.enter_context(open(reading, "rb", buffering=0)), stack.enter_context(
        open(writing, "wb", buffering=0)
    )


def _collected(answer: Any, status: Any, most: int, deadline: float) -> bytes:
    """All that a child answers, once its warm parent has said that it ended well. Raises Unreadable, or _Lost."""
    collected = bytearray()
    for chunk in _chunks(answer, status, deadline):
        collected += chunk
        if len(collected) > most:
            raise _bad_answer()
    return bytes(collected)


def _chunks(answer: Any, status: Any, deadline: float) -> Iterator[bytes]:
    """Pieces of the answer while they come; the last of them when the child has ended."""
    poll = select.poll()
    poll.register(answer, select.POLLIN)
    poll.register(status, select.POLLIN)
    while (left := deadline - time.monotonic()) > 0:
        ready = {descriptor for descriptor, _ in poll.poll(1000 * left)}
        if answer.fileno() in ready and not (yield from _next_chunk(answer)):
            poll.unregister(answer)
        if status.fileno() in ready:
            _require_answered(status.read(1))
            while (yield from _next_chunk(answer)):
                continue
            return
    raise _Lost


def _next_chunk(answer: Any) -> Generator[bytes, None, bool]:
    """Yield what there is; return whether there was something."""
    chunk = answer.read(_CHUNK)
    if chunk:
        yield chunk
    return bool(chunk)


def _require_answered(ended: bytes) -> None:
    if not ended:
        raise _Lost
    ending = Ending(ended)
    if ending is not Ending.ANSWERED:
        raise Unreadable(*_REASONS[ending])


def _outcome(answer: bytes) -> Reading | Unreadable:
    try:
        return loads(answer)
    except Malformed as error:
        raise _bad_answer() from error


def _bad_answer() -> Unreadable:
    return Unreadable(
        "bad-answer",
        "The file made its reader answer nonsense, so nothing of it was taken over. Look where the file comes from;"
        " print the letter to a new PDF and upload that.",
    )
