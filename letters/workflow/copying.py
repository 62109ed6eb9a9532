"""The clean copy of a letter's file: kept beside the original, and asked for before a letter is approved."""

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from caches.purging import purge_after_commit
from history.recording import recorded
from letters import clock, published
from letters.models import CleanCopy, Letter
from letters.workflow.changing import Refused, lock


@dataclass(frozen=True)
class Copied:
    """The clean copy's bytes; or why there is none, and what to do.

    `virus` is what the virus scanner found; `awaits_scan` says that it could not be asked.
    """

    content: bytes = b""
    refusal: str = ""
    virus: str = ""
    awaits_scan: bool = False


def keep_copy(letter: Letter, copied: Copied) -> None:
    """Keep the clean copy of a letter's file, or why there is none, in place of what was known before.

    A copy depends on the file alone, which never changes: whoever made it, and when, makes no difference.
    """
    row = CleanCopy(
        letter=letter,
        made_at=clock.now(),
        refusal=copied.refusal,
        virus=copied.virus[:100],
        awaits_scan=copied.awaits_scan,
    )
    if copied.content:
        row.sha256, row.size = hashlib.sha256(copied.content).hexdigest(), len(copied.content)
        if CleanCopy.objects.filter(letter=letter, sha256=row.sha256).exists():
            return
        row.file.save("copy.pdf", ContentFile(copied.content), save=False)
    try:
        _put_in_place(letter, row)
    except BaseException:
        if row.file and not CleanCopy.objects.filter(file=row.file.name).exists():
            row.file.delete(save=False)
        raise


def _put_in_place(letter: Letter, row: CleanCopy) -> None:
    with recorded(None, letter, _told(row)):
        lock(letter)
        earlier = CleanCopy.objects.filter(letter=letter).first()
        if earlier:
            row.pk = earlier.pk
            transaction.on_commit(lambda: _remove(earlier.file))
        row.save()
        if published.is_public(letter, clock.now()):
            purge_after_commit()
    # What was looked up before is no longer true.
    letter.refresh_from_db()


def _told(row: CleanCopy) -> str:
    if row.refusal:
        return f"No clean copy of its file was made for publication. {row.refusal}"
    return f"A clean copy of its file was made for publication. SHA-256 {row.sha256}."


def _remove(file: FieldFile) -> None:
    if file.name:
        file.storage.delete(file.name)


def why_no_copy(letter: Letter) -> str:
    """Why there is no clean copy of the letter's file to be published, and what to do; empty if there is one."""
    return _why(getattr(letter, "clean_copy", None))


def require_copy(letter: Letter) -> None:
    """Raise Refused, with what to do, unless there is a clean copy of the letter's file to be published now."""
    if why := _why(CleanCopy.objects.filter(letter=letter).first()):
        raise Refused(why, letter)


def _why(copy: CleanCopy | None) -> str:
    if copy is None:
        return (
            "No clean copy of this letter's PDF has been made yet, and nothing else of the file is published. Ask for a"
            " new reading, which makes one."
        )
    return copy.refusal
