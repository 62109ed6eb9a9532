"""How every change is made: on the revision that was seen, with a line in the history, or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, Model, Q

from history.recording import recorded, writing
from letters import clock
from letters.models import Letter
from letters.workflow.indexing import index


class Refused(Exception):
    """A deed that was not done, with what to do instead; nothing was changed.

    `letter` is the letter that stands in the way, where there is one.
    """

    def __init__(self, message: str, letter: Letter | None = None) -> None:
        super().__init__(message)
        self.letter = letter


def lock(row: Model) -> None:
    """Wait until nobody else is changing this row, and keep others from it until the transaction ends."""
    type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)


@contextmanager
def at_one_instant(letter: Letter) -> Iterator[datetime]:
    """The instant at which to judge what the hour allows: until the deed is done, nobody moves the edition's hour.

    It is taken after waiting for others, since the hour may have come meanwhile.
    """
    with writing():
        if letter.review:
            lock(letter.review)
            letter.review.refresh_from_db()
        lock(letter)
        yield clock.now()


def change(letter: Letter, by: User, deed: str, still: Q, **values: Any) -> None:
    """Write `values`, and the deed into the history, as `write` does."""
    with recorded(by, letter, deed):
        write(letter, still, **values)


def write(letter: Letter, still: Q, **values: Any) -> None:
    """Write `values` if the letter is the revision that was shown and `still` in the state the deed needs.

    Raises Refused, with nothing changed, if somebody was quicker. To be called where the deed is recorded.
    """
    # Locked first: PostgreSQL does not look again at what a condition joins when it had to wait for the row.
    lock(letter)
    unchanged = Letter.objects.filter(still, pk=letter.pk, revision=letter.revision)
    if not unchanged.update(revision=F("revision") + 1, **values):
        raise changed_meanwhile(letter)
    letter.refresh_from_db()
    if "state" in values:
        index(letter)


def changed_meanwhile(letter: Letter) -> Refused:
    """The refusal to whoever looked at another revision of the letter."""
    return Refused(
        "This letter has been changed since you opened it. Nothing of yours was saved: look at it again.",
        letter,
    )
