"""Withdrawing a whole edition at once, when something has leaked."""

import logging
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction

from caches.purging import purge_after_commit
from history.recording import recorded
from letters import clock, published, storage
from letters.models import AnnualReview, CleanCopy, Letter, State
from letters.workflow.changing import Refused, lock
from letters.workflow.prerelease import withdraw_access
from letters.workflow.publishing import take_away

_log = logging.getLogger(__name__)


def withdraw_edition(review: AnnualReview, by: User, note: str) -> int:
    """Withdraw every public letter of an edition, whose addresses then say so with `note`; how many that were.

    If its hour has not come, it is taken away; letters that are not public stay as they are, but nobody has access to
    them before publication any more. Then the PDFs of all its
    letters get new names, in case the old ones are known; what goes wrong there undoes nothing.
    """
    if not note.strip():
        raise Refused("Say why the edition is withdrawn. Where letters are public, everyone will read this.")
    with recorded(by, review, f"Withdrawn as a whole. {note.strip()}"):
        lock(review)
        review.refresh_from_db()
        for access in review.pre_releases.filter(withdrawn_at=None):
            withdraw_access(access, by)
        count = _take_all_away(review, by, note)
        purge_after_commit()
    _log.critical("%s was withdrawn as a whole by %s: %s letters were public.", review, by.pk, count)
    _rename_files(review, by)
    return count


def _take_all_away(review: AnnualReview, by: User, note: str) -> int:
    now = clock.now()
    if not published.has_begun(review, now):
        AnnualReview.objects.filter(pk=review.pk).update(
            publish_at=None, scheduled_at=now, scheduled_by=by, proposed_by=None
        )
        review.refresh_from_db()
    approved = Letter.objects.filter(review=review, state=State.APPROVED).select_related("council", "review")
    # Locked, so that nobody's change of a letter can stand in the way.
    public = approved.filter(published.hour_has_come(now)).select_for_update(of=("self",), no_key=True)
    return sum(take_away(letter, by, note, now) for letter in public)


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
