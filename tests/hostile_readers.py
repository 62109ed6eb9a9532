"""Readers whose children have been taken over, what to give the others to read for long, and how a reading failed."""

import sys
import zlib

import pytest

from letters.extraction.reader import Reader
from letters.extraction.types import Unreadable
from tests import odd_pdfs


class HostileReader(Reader):
    """Its children have been taken over."""

    more: tuple[str, ...] = ()

    def _command(self, descriptor: int) -> list[str]:
        return [sys.executable, "-m", "tests.hostile_children", str(descriptor), *self.more]


class Unconfined(HostileReader):
    """As on a kernel that cannot confine: only the limits hold."""

    more = ("unconfined",)


def why(reader: Reader, content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        reader.read(content)
    assert refused.value.reason
    return refused.value.code


def hanging() -> bytes:
    """A small PDF that takes minutes to draw."""
    return odd_pdfs.with_content(zlib.compress(b"0 0 595 842 re f\n" * 300_000), "/Filter /FlateDecode")
