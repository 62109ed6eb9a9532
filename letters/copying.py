"""Makes the clean copy of a letter's file: asks the virus scanner, if there is one, then a child process."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from letters import scanning
from letters.extraction.reader import Reader
from letters.extraction.types import Unreadable
from letters.models import CleanCopy, Letter, State
from letters.workflow import Copied, keep_copy

GONE = (
    "The file of this letter is no longer in the storage. Ask whoever runs the site to restore it; or withdraw this "
    "letter, then upload the file again."
)
# Of a file that brought its reader down, which is not asked of another one.
BROKE_DOWN = Copied(
    refusal="No clean copy of this PDF can be made for publication: its reading was broken off. Print the letter to a"
    " new PDF and upload that."
)


def content_of(letter: Letter) -> bytes:
    """The letter's file as it was uploaded. Raises Unreadable where it is gone."""
    try:
        with letter.file.open("rb") as file:
            return file.read()
    except FileNotFoundError as error:
        raise Unreadable("file-missing", GONE) from error


def scanned(content: bytes) -> Copied | None:
    """Why there can be no copy after the virus scanner was asked, if so; None if nothing speaks against one."""
    try:
        scanning.require_clean(content)
    except scanning.Infected as found:
        return Copied(refusal=str(found), virus=found.virus)
    except scanning.NotScanned as failed:
        return Copied(refusal=str(failed), awaits_scan=True)
    return None


def cleaned(content: bytes, reader: Reader) -> Copied:
    """The clean copy, or why it cannot be made. The file has been scanned."""
    try:
        return Copied(reader.clean(content))
    except Unreadable as outcome:
        return Copied(refusal=outcome.reason)


def make_copy(letter: Letter, reader: Reader) -> Copied:
    """Make and keep the copy of a letter that was received before, and say what came of it."""
    try:
        content = content_of(letter)
        made = scanned(content) or cleaned(content, reader)
    except Unreadable as outcome:
        made = Copied(refusal=outcome.reason)
    keep_copy(letter, made)
    return made


def copy_what_waits(reader: Reader) -> int:
    """Make the copies that wait for the virus scanner, once it answers; returns how many were made."""
    waiting = awaiting_scan()
    if not (waiting.exists() and scanning.answers()):
        return 0
    return sum(bool(make_copy(letter, reader).content) for letter in waiting)


def without_copy() -> QuerySet[Letter]:
    """The letters that have been read, and have no clean copy: none was made, or none could be."""
    made = CleanCopy.objects.filter(letter=OuterRef("pk"), refusal="")
    return Letter.objects.filter(~Exists(made), Q(state__in=[State.READ, State.UNREADABLE, State.APPROVED]))


def awaiting_scan() -> QuerySet[Letter]:
    """Those whose copy waits until the virus scanner can be asked."""
    return without_copy().filter(clean_copy__awaits_scan=True)
