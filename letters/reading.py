"""What the worker does with one letter: claim it, read it in a child process, write the outcome."""

from letters import matching
from letters.extraction.prose import Page
from letters.extraction.reader import Reader
from letters.extraction.types import Unreadable
from letters.models import Letter
from letters.workflow import claim_for_reading, finish_reading, finish_unreadable, keep_pages

_reader = Reader()
_GONE = (
    "The file of this letter is no longer in the storage. Ask whoever runs the site to restore it; or withdraw this "
    "letter, then upload the file again."
)


def read(letter_id: str) -> None:
    """Read one letter that waits; whatever is in the file, the letter ends as read or as unreadable."""
    claim = claim_for_reading(letter_id)
    if claim is None:
        return
    letter, token = claim
    try:
        content = _content(letter)
    except Unreadable as outcome:
        finish_unreadable(letter, token, outcome.reason)
        return
    pages = _told(content)
    try:
        reading = _reader.read(content)
    except Unreadable as outcome:
        finish_unreadable(letter, token, outcome.reason, pages)
        return
    council, problems = matching.match(reading)
    finish_reading(letter, token, reading, council, [*reading.problems, *problems], pages=pages)


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
