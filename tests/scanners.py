"""A virus scanner for tests: a server that speaks clamd's protocol and knows one signature of its own."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIGNATURE = b"a-virus-of-our-own"
NAME = "Test.Virus.Of-Our-Own"


class _Talk(socketserver.StreamRequestHandler):
    """One command of clamd: zPING, or zINSTREAM with its pieces."""

    def handle(self) -> None:
        command = self._until_null()
        self.server.heard.append(command)
        if self.server.answers is not None:
            self.wfile.write(self.server.answers)
        elif command == b"zPING":
            self.wfile.write(b"PONG\0")
        elif command == b"zINSTREAM":
            self.wfile.write(self._verdict() + b"\0")

    def _until_null(self) -> bytes:
        return b"".join(iter(lambda: self.rfile.read(1), b"\0"))

    def _verdict(self) -> bytes:
        content = bytearray()
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > self.server.largest:
                return b"INSTREAM size limit exceeded. ERROR"
        return f"stream: {NAME} FOUND".encode() if SIGNATURE in content else b"stream: OK"


class _Scanner:
    """What is common to both kinds of socket: `answers` stands in for any verdict."""

    daemon_threads = True
    answers: bytes | None = None
    largest = 25_000_000

    def __init__(self, *arguments) -> None:
        self.heard: list[bytes] = []
        super().__init__(*arguments)


class LocalScanner(_Scanner, socketserver.ThreadingUnixStreamServer):
    """Listens at a path."""


class NetworkScanner(_Scanner, socketserver.ThreadingTCPServer):
    """Listens at a port."""


@contextmanager
def serving(scanner: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=scanner.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        scanner.shutdown()
        scanner.server_close()
        thread.join()


@contextmanager
def local_scanner(folder: Path) -> Iterator[LocalScanner]:
    """A scanner at `folder`/clamd."""
    scanner = LocalScanner(str(folder / "clamd"), _Talk)
    with serving(scanner):
        yield scanner


@contextmanager
def network_scanner() -> Iterator[NetworkScanner]:
    scanner = NetworkScanner(("127.0.0.1", 0), _Talk)
    with serving(scanner):
        yield scanner
