"""Pictures of letters' pages for the public: each is drawn once, in the reader's child process, and kept.

They lie in the private storage under the hash of the letter's clean copy, and may be deleted there at any time. However
many ask, only a few are drawn at once on a machine, and a page that could not be drawn is left alone for a while.
"""

import fcntl
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from django.conf import settings

from letters import clock
from letters.extraction.limits import Limits
from letters.extraction.reader import Reader
from letters.extraction.types import Unreadable
from letters.models import Letter

WIDTH = 1000  # pixels: a phone's whole width in its own fine pixels, and small print still legible
# How many pages are drawn at once on one machine, and for how many seconds a request waits for its turn.
TURNS = 2
PATIENCE = 4.0
# For how many seconds a page that could not be drawn is not tried again.
LEFT_ALONE = 600

_reader = Reader(Limits(seconds=8))
_log = logging.getLogger(__name__)


class NoPicture(Exception):
    """The picture cannot be had now; it may be after `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Try again in {retry_after} seconds.")
        self.retry_after = retry_after


def picture(letter: Letter, number: int) -> bytes:
    """One page (from 1) of the clean copy of a letter as WebP, `WIDTH` pixels wide. Raises NoPicture."""
    path = _folder() / letter.clean_copy.sha256 / f"{number}-{WIDTH}.webp"
    try:
        return _kept(path) or _drawn_in_turn(letter, number, path)
    except OSError as error:
        _log.exception("The picture of page %s of letter %s could not be kept or drawn.", number, letter.pk)
        raise NoPicture(LEFT_ALONE) from error


def _folder() -> Path:
    return Path(settings.PRIVATE_FILES) / "pictures"


def _kept(path: Path) -> bytes | None:
    """What has been drawn before. Raises NoPicture where that failed a short while ago."""
    with suppress(FileNotFoundError):
        return path.read_bytes()
    with suppress(FileNotFoundError):
        left = LEFT_ALONE - (clock.now().timestamp() - _failed(path).stat().st_mtime)
        if left > 0:
            raise NoPicture(int(left) + 1)
    return None


def _failed(path: Path) -> Path:
    return path.with_suffix(".failed")


def _drawn_in_turn(letter: Letter, number: int, path: Path) -> bytes:
    for folder in (_folder(), path.parent):
        folder.mkdir(mode=0o700, exist_ok=True)
    with _turn():
        # Whoever waited for the same page finds it drawn.
        return _kept(path) or _drawn(letter, number, path)


def _drawn(letter: Letter, number: int, path: Path) -> bytes:
    with letter.clean_copy.file.open("rb") as file:
        content = file.read()
    try:
        drawn = _reader.picture(content, number, WIDTH)
    except Unreadable as outcome:
        _log.warning("Page %s of letter %s cannot be drawn: %s", number, letter.pk, outcome.reason)
        _failed(path).touch(mode=0o600)
        now = clock.now().timestamp()
        os.utime(_failed(path), (now, now))
        raise NoPicture(LEFT_ALONE) from outcome
    _keep(drawn, path)
    return drawn


def _keep(drawn: bytes, path: Path) -> None:
    """Whole or not at all: another request may look at the same instant."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(drawn)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


@contextmanager
def _turn() -> Iterator[None]:
    """One of the few turns to draw on this machine. Raises NoPicture when none gets free in time."""
    deadline = time.monotonic() + PATIENCE
    with ExitStack() as stack:
        places = [stack.enter_context(open(_folder() / f"turn-{turn}", "wb")) for turn in range(TURNS)]
        while not any(_is_taken(place.fileno()) for place in places):
            if time.monotonic() > deadline:
                raise NoPicture(5)
            time.sleep(0.05)
        yield


def _is_taken(place: int) -> bool:
    """Take a turn if nobody has it; it ends when the file is closed, whatever becomes of this process."""
    with suppress(BlockingIOError):
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
