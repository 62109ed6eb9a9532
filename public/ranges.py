"""Parts of a file, as RFC 9110 (section 14) has them: what a PDF viewer asks for page by page."""

import re
from typing import IO

_ONE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)


class Unsatisfiable(Exception):
    """The asked part lies beyond the end of the file."""


def asked_part(header: str, size: int) -> tuple[int, int] | None:
    """First byte and number of bytes of the part of a file of `size` bytes that a Range header asks for.

    None for the whole file, which also answers several parts at once and what cannot be understood.
    Raises Unsatisfiable for a part beyond the end.
    """
    match = _ONE_RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last), size - 1) + 1 if last else size
        if last and int(last) < start:
            return None
    if start >= end:
        raise Unsatisfiable
    return start, end - start


class Part:
    """The next `length` bytes of an open file, which it closes."""

    def __init__(self, file: IO[bytes], length: int):
        self._file = file
        self._left = length
        self.close = file.close

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        content = self._file.read(wanted)
        self._left -= len(content)
        return content
