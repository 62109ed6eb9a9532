"""Receiving: an uploaded file becomes a letter that waits to be read, or is refused with the reason."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import IntegrityError
from django.db.models import Count, Sum

from history.recording import recorded
from letters import clock
from letters.models import AnnualReview, Letter, State
from letters.tasks import read_letter
from letters.workflow.changing import Refused


def receive(content: bytes, name: str, by: User, review: AnnualReview | None = None) -> Letter:
    """Keep an uploaded PDF and ask for its reading.

    The same bytes are one letter, whoever sends them and when. `name` is what the uploader called the file; `review`
    the edition chosen for it, or None to go by the letter. Raises Refused for what cannot be a letter.
    """
    _refuse_what_is_no_letter(content)
    digest = hashlib.sha256(content).hexdigest()
    _refuse_known(digest)
    now = clock.now()
    _refuse_beyond_the_day(by, now)
    letter = Letter(
        review=review,
        original_name=cleaned_name(name),
        sha256=digest,
        size=len(content),
        received_at=now,
        queued_at=now,
        received_by=by,
    )
    letter.file.save("letter.pdf", ContentFile(content), save=False)
    try:
        _keep(letter, by)
    except BaseException as error:
        # The error may have come after the database had committed: then the letter is kept, and needs its file.
        if not Letter.objects.filter(pk=letter.pk).exists():
            letter.file.delete(save=False)
        # The same bytes came at the same instant: the database has decided.
        if isinstance(error, IntegrityError):
            _refuse_known(digest)
        raise
    return letter


def _keep(letter: Letter, by: User) -> None:
    with recorded(by, letter, f"Received as “{letter.original_name}”."):
        letter.save(force_insert=True)
        read_letter.enqueue(str(letter.pk))


def _refuse_what_is_no_letter(content: bytes) -> None:
    if not content:
        raise Refused("The file is empty. Nothing was kept: export the letter again and upload that.")
    if len(content) > settings.LETTER_MAX_BYTES:
        limit = settings.LETTER_MAX_BYTES // (1024 * 1024)
        raise Refused(f"The file is larger than {limit} MB, which no letter is. Nothing was kept of it.")
    if b"%PDF-" not in content[:1024]:
        raise Refused(
            "This is not a PDF, whatever its name says. Nothing was kept: upload the letter as a PDF."
        )


def _refuse_beyond_the_day(by: User, now: datetime) -> None:
    today = Letter.objects.filter(received_by=by, received_at__gt=now - timedelta(days=1))
    had = today.aggregate(files=Count("pk"), size=Sum("size"))
    if had["files"] >= settings.DAY_MAX_FILES or (had["size"] or 0) >= settings.DAY_MAX_BYTES:
        raise Refused(
            f"You have uploaded {had['files']} letters within 24 hours, which is the most for one person. Nothing was "
            "kept of this file: upload it tomorrow, or ask a colleague to."
        )


def _refuse_known(digest: str) -> None:
    known = Letter.objects.filter(sha256=digest).exclude(state=State.WITHDRAWN).first()
    if known:
        raise Refused(f"This file has been received already: {known}. Nothing was kept a second time.", known)


def cleaned_name(name: str) -> str:
    """The uploader's name for the file, as data: its last part, without control or direction characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[:200] or "letter.pdf"
