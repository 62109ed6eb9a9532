"""Withdrawing a whole edition at once, when something has leaked."""

import logging
from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from caches.purging import purge_after_commit
from history.recording import recorded, writing
from letters import clock, published, storage
from letters.models import AnnualReview, CleanCopy, Letter, State
from letters.workflow import two_people
from letters.workflow.changing import Refused, change, lock
from letters.workflow.prerelease import withdraw_access
from letters.workflow.publishing import drop, take_away

_log = logging.getLogger(__name__)


def withdraw_edition(review: AnnualReview, by: User, note: str, as_public: bool | None = None) -> int:
    """Withdraw every public letter of an edition, whose addresses then say so with `note`; how many that were.

    If its hour has not come, it is taken away. Letters that are not public stay approved and lose hours of their own;
    what is proposed is dropped, and nobody has access before publication any more. Then the PDFs of all its letters
    get new names, in case the old ones are known; what goes wrong there undoes nothing.

    Refused to whoever was told that letters are public (`as_public`), or that none is, where that is not so now.
    """
    if not note.strip():
        raise Refused("Say why the edition is withdrawn. Where letters are public, everyone will read this.")
    with writing():
        lock(review)
        review.refresh_from_db()
        now = clock.now()
        _refuse_unless(as_public, published.has_begun(review, now))
        _end_what_waits(review, by)
        with recorded(by, review, f"Withdrawn as a whole. {note.strip()}"):
            count = _take_all_away(review, by, note, now)
        purge_after_commit()
    _log.critical("%s was withdrawn as a whole by %s: %s letters were public.", review, by.pk, count)
    _rename_files(review, by)
    return count


def _refuse_unless(as_public: bool | None, public: bool) -> None:
    if as_public is not None and as_public != public:
        raise Refused(
            "Nothing was withdrawn, since letters of this edition have become public after you opened the page. "
            "Read what withdrawing it means now, and that everyone will read what you wrote; then send it again."
            if public
            else "Nothing was withdrawn, since no letter of this edition is public now. "
            "Read what withdrawing it means now, then send it again."
        )


def _end_what_waits(review: AnnualReview, by: User) -> None:
    """Access before publication, and proposals that another person could still confirm; each has a line of its own."""
    for access in review.pre_releases.filter(withdrawn_at=None):
        withdraw_access(access, by)
    for proposal in two_people.all_waiting(review):
        drop(proposal, by)


def _take_all_away(review: AnnualReview, by: User, note: str, now: datetime) -> int:
    if not published.has_begun(review, now):
        AnnualReview.objects.filter(pk=review.pk).update(
            publish_at=None, scheduled_at=now, scheduled_by=by, proposed_by=None
        )
        review.refresh_from_db()
    approved = Letter.objects.filter(review=review, state=State.APPROVED).select_related("council", "review")
    # Locked, so that nobody's change of a letter can stand in the way.
    public = approved.filter(published.hour_has_come(now)).select_for_update(of=("self",), no_key=True)
    count = sum(take_away(letter, by, note, now) for letter in public)
    for letter in approved.exclude(publish_at=None).select_for_update(of=("self",), no_key=True):
        deed = "Its own hour was taken away, since the edition was withdrawn as a whole."
        change(letter, by, deed, Q(state=State.APPROVED), held_back=True, publish_at=None)
    return count


def _rename_files(review: AnnualReview, by: User) -> None:
    """Give each PDF and its clean copy other random names, but for those that a worker may have open."""
    at_rest = review.letters.exclude(state__in=[State.RECEIVED, State.READING])
    for letter in at_rest.select_related("clean_copy"):
        try:
            _rename_files_of(letter, by)
        except OSError as error:
            _log.error("The PDF of letter %s keeps its name: %s.", letter.pk, error)


def _rename_files_of(letter: Letter, by: User) -> None:
    """The files are whole under their new names before any row points to them, and the old ones go last."""
    renamed = [(row, str(row.file.name), _kept_again(row)) for row in _rows_with_files(letter)]
    with recorded(by, letter, "Its PDF has a new name."):
        for row, old, new in renamed:
            type(row)._default_manager.filter(pk=str(row.pk), file=old).update(file=new)
            transaction.on_commit(partial(row.file.storage.delete, old))


def _rows_with_files(letter: Letter) -> list[Letter | CleanCopy]:
    copy = getattr(letter, "clean_copy", None)
    return [letter, copy] if copy and copy.file else [letter]


def _kept_again(row: Letter | CleanCopy) -> str:
    """The new name of a row's file, whose bytes are kept under it too."""
    name_of = storage.letter_name if isinstance(row, Letter) else storage.copy_name
    with row.file.open("rb") as file:
        return str(row.file.storage.save(name_of(row, row.file.name), file))
