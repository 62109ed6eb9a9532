"""Asks the virus scanner about a file, where the operator has named one: clamd's INSTREAM, over a socket.

Whatever goes wrong in asking counts as not scanned, never as clean.
"""

import socket
import struct
from collections.abc import Iterator

from django.conf import settings

_CHUNK = 65536
_SECONDS = 30
# clamd's answers are a line.
_LONGEST_ANSWER = 4096


class Infected(Exception):
    """The scanner found something. `virus` is its name for it."""

    def __init__(self, virus: str) -> None:
        super().__init__(
            f"The virus scanner found “{virus}” in this file. It is kept under lock and is neither read, shown nor"
            " published. Withdraw the letter, and ask for it again from where it came."
        )
        self.virus = virus


class NotScanned(Exception):
    """The scanner could not be asked. `why` is the reason, and the message says it."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The file has not been scanned for viruses ({why}), so the letter cannot be published. It is scanned as"
            " soon as the scanner answers; if this goes on, tell whoever runs the site."
        )
        self.why = why


def is_on() -> bool:
    """Whether the operator has named a scanner."""
    return bool(settings.CLAMD_ADDRESS)


def require_clean(content: bytes) -> None:
    """Return if the scanner finds nothing, or there is none. Raises Infected or NotScanned."""
    if not is_on():
        return
    answer = _asked(_in_pieces(content))
    if answer == "stream: OK":
        return
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        raise Infected(answer[len("stream: ") : -len(" FOUND")])
    raise NotScanned(f"it answered “{answer[:200]}”")


def answers() -> bool:
    """Whether the scanner answers now."""
    try:
        return _asked(iter([b"zPING\0"])) == "PONG"
    except NotScanned:
        return False


def _in_pieces(content: bytes) -> Iterator[bytes]:
    yield b"zINSTREAM\0"
    for start in range(0, len(content), _CHUNK):
        piece = content[start : start + _CHUNK]
        yield struct.pack("!L", len(piece)) + piece
    yield struct.pack("!L", 0)


def _asked(pieces: Iterator[bytes]) -> str:
    """The scanner's answer. Raises NotScanned."""
    try:
        with _connected(settings.CLAMD_ADDRESS) as connection:
            _send(connection, pieces)
            return _answer(connection)
    except (OSError, ValueError) as error:
        raise NotScanned(f"the scanner cannot be asked: {error}") from error


def _connected(address: str) -> socket.socket:
    """A connection to a local socket, given by its path, or to a host and port."""
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(_SECONDS)
        try:
            connection.connect(address)
        except BaseException:
            connection.close()
            raise
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS)


def _send(connection: socket.socket, pieces: Iterator[bytes]) -> None:
    """Send until the scanner has heard enough: of a file too large for it, it answers before the end."""
    try:
        for piece in pieces:
            connection.sendall(piece)
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(connection: socket.socket) -> str:
    heard = b""
    while not heard.endswith(b"\0") and len(heard) < _LONGEST_ANSWER:
        more = connection.recv(_LONGEST_ANSWER)
        if not more:
            break
        heard += more
    return heard.rstrip(b"\0\n").decode("utf-8", "replace")
