"""What the worker does with one letter: claim it, read it in a child process, write the outcome."""

import uuid
from collections.abc import Callable
from functools import wraps

from letters import matching, storage
from letters.extraction.prose import Page
from letters.extraction.reader import Reader
from letters.extraction.types import Reading, Unreadable
from letters.models import Letter
from letters.scans import by_ocr, not_installed, wants_ocr, without_ocr
from letters.workflow import (
    claim_for_ocr,
    claim_for_reading,
    finish_reading,
    finish_unreadable,
    give_back,
    hand_to_ocr,
    keep_pages,
)

_reader = Reader()
_GONE = (
    "The file of this letter is no longer in the storage. Ask whoever runs the site to restore it; or withdraw this "
    "letter, then upload the file again."
)


class Stopped(BaseException):
    """The worker must end and cannot wait for the letter in hand. No Exception, so that nothing on the way keeps it."""


# What this process reads just now, with the token of its claim: a worker has one letter at a time.
_in_hand: tuple[Letter, uuid.UUID] | None = None


def stop() -> None:
    """Break off the reading in hand, if there is one. For a signal's handler in the thread that reads."""
    if _in_hand:
        raise Stopped


def _gives_back(read_one: Callable[[str], None]) -> Callable[[str], None]:
    """A letter whose reading is stopped waits again, for another worker or for the next start of this one."""

    @wraps(read_one)
    def read_or_give_back(letter_id: str) -> None:
        global _in_hand  # noqa: PLW0603
        try:
            read_one(letter_id)
        except Stopped:
            if _in_hand:
                give_back(*_in_hand)
        finally:
            _in_hand = None

    return read_or_give_back


def _taken(claim: tuple[Letter, uuid.UUID] | None) -> tuple[Letter, uuid.UUID] | None:
    global _in_hand  # noqa: PLW0603
    _in_hand = claim
    return claim


@_gives_back
def read(letter_id: str) -> None:
    """Read one letter that waits; whatever is in the file, it ends as read or as unreadable, or waits for OCR."""
    claim = _taken(claim_for_reading(letter_id))
    if claim is None:
        return
    letter, token = claim
    try:
        content = _content(letter)
    except Unreadable as outcome:
        finish_unreadable(letter, token, outcome.reason)
        return
    outcome = _outcome(content)
    if not wants_ocr(outcome):
        _finish(letter, token, outcome, _told(content))
    elif why := not_installed():
        reason = f"{why} Then ask for another reading; or enter the figures by hand."
        _finish(letter, token, without_ocr(outcome, reason), _told(content))
    else:
        hand_to_ocr(letter, token)


@_gives_back
def read_scan(letter_id: str) -> None:
    """Read one scan that waits for OCR; where OCR fails, the letter ends as it would without, with the reason."""
    claim = _taken(claim_for_ocr(letter_id))
    if claim is None:
        return
    letter, token = claim
    try:
        content = _content(letter)
    except Unreadable as outcome:
        finish_unreadable(letter, token, outcome.reason)
        return
    outcome = by_ocr(content, _outcome(content), _outcome, storage.room_for_ocr())
    _finish(letter, token, outcome, _told(content))


def _finish(letter: Letter, token: uuid.UUID, outcome: Reading | Unreadable, pages: tuple[Page, ...]) -> None:
    if isinstance(outcome, Unreadable):
        finish_unreadable(letter, token, outcome.reason, pages)
        return
    council, problems = matching.match(outcome)
    finish_reading(letter, token, outcome, council, [*outcome.problems, *problems], pages=pages)


def _outcome(content: bytes) -> Reading | Unreadable:
    try:
        return _reader.read(content)
    except Unreadable as outcome:
        return outcome


def tell_again(letter: Letter) -> None:
    """Take the words of a letter that was read before out of its file anew. Raises Unreadable, and changes nothing."""
    keep_pages(letter, _reader.tell(_content(letter)))


def _told(content: bytes) -> tuple[Page, ...]:
    """The letter's pages; none where its words cannot be told, which the figures do not depend on."""
    try:
        return _reader.tell(content)
    except Unreadable:
        return ()


def _content(letter: Letter) -> bytes:
    try:
        with letter.file.open("rb") as file:
            return file.read()
    except FileNotFoundError as error:
        raise Unreadable("file-missing", _GONE) from error
