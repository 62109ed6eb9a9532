"""What the worker does with one letter: claim it, read it in a child process, write the outcome."""

import uuid
from collections.abc import Callable
from functools import wraps

from letters import copying, matching, storage
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
    keep_copy,
    keep_pages,
)

_reader = Reader()
# What a file did to its reader, which makes it no use to ask another child process about the file.
_BROKE_DOWN = {"too-slow", "too-large", "crashed", "bad-answer", "reader-lost"}


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


def _begun(claim: tuple[Letter, uuid.UUID] | None) -> tuple[Letter, uuid.UUID, bytes] | None:
    """What was claimed, with its file. None where nothing was, or where its file is gone, with which it ends."""
    global _in_hand  # noqa: PLW0603
    _in_hand = claim
    if claim is None:
        return None
    letter, token = claim
    try:
        return letter, token, copying.content_of(letter)
    except Unreadable as outcome:
        finish_unreadable(letter, token, outcome.reason)
        return None


@_gives_back
def read(letter_id: str) -> None:
    """Read one letter that waits; whatever is in the file, it ends as read or as unreadable, or waits for OCR."""
    begun = _begun(claim_for_reading(letter_id))
    if begun is None:
        return
    letter, token, content = begun
    found = copying.scanned(content)
    if found and found.virus:
        keep_copy(letter, found)
        finish_unreadable(letter, token, found.refusal)
        return
    outcome = _outcome(content)
    if isinstance(outcome, Unreadable) and outcome.code in _BROKE_DOWN:
        keep_copy(letter, found or copying.BROKE_DOWN)
        finish_unreadable(letter, token, outcome.reason)
        return
    keep_copy(letter, found or copying.cleaned(content, _reader))
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
    begun = _begun(claim_for_ocr(letter_id))
    if begun is None:
        return
    letter, token, content = begun
    outcome = by_ocr(content, _outcome(content), _outcome, storage.room_for_ocr())
    _finish(letter, token, outcome, _told(content))


def _finish(letter: Letter, token: uuid.UUID, outcome: Reading | Unreadable, pages: tuple[Page, ...]) -> None:
    if isinstance(outcome, Unreadable):
        finish_unreadable(letter, token, outcome.reason, pages)
        return
    council, problems = matching.match(outcome, letter.review.year_ending if letter.review else None)
    finish_reading(letter, token, outcome, council, [*outcome.problems, *problems], pages=pages)


def _outcome(content: bytes) -> Reading | Unreadable:
    try:
        return _reader.read(content)
    except Unreadable as outcome:
        return outcome


def copy_what_waits() -> int:
    """Make the clean copies that wait for the virus scanner, if it answers now; returns how many were made."""
    return copying.copy_what_waits(_reader)


def tell_again(letter: Letter) -> None:
    """Take the words of a letter that was read before out of its file anew. Raises Unreadable, and changes nothing."""
    keep_pages(letter, _reader.tell(copying.content_of(letter)))


def _told(content: bytes) -> tuple[Page, ...]:
    """The letter's pages; none where its words cannot be told, which the figures do not depend on."""
    try:
        return _reader.tell(content)
    except Unreadable:
        return ()
