"""Writing the history: in the transaction of the deed itself, one deed after another."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from history.chain import digest_of
from history.models import Line
from history.states import Changes, Row, State, canonical, differences, rows_of, state_of

# Any number, as long as nobody else takes it for a lock of his own in this database.
_LOCK = 4_715_209_316


@contextmanager
def writing() -> Iterator[None]:
    """A transaction in which deeds are recorded. Whoever writes what is watched opens it, before he locks anything.

    Only one at a time is open: the chain has one end. Readers wait for none of them. Since each waits here, and not
    with rows locked already, no two wait for one another; so it cannot be opened inside of a transaction of another
    kind (Django says RuntimeError).
    """
    if _is_open():
        with transaction.atomic():
            yield
        return
    with transaction.atomic(durable=True):
        _wait_for_the_end_of_the_chain()
        connection.writes_history = True
        try:
            yield
        finally:
            connection.writes_history = False


def in_writing(deed: Callable[..., Any]) -> Callable[..., Any]:
    """A function that runs in a transaction of `writing`."""

    @wraps(deed)
    def done(*args: Any, **options: Any) -> Any:
        with writing():
            return deed(*args, **options)

    return done


def _is_open() -> bool:
    return getattr(connection, "writes_history", False)


def _wait_for_the_end_of_the_chain() -> None:
    """SQLite has one writer anyway (transactions are IMMEDIATE); PostgreSQL is asked for a lock until the commit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@contextmanager
def recorded(by: User | None, subject: Model, deed: str) -> Iterator[None]:
    """Do something to `subject` and its parts, and write who did what, with every value before and after."""
    with writing():
        before = state_of(subject)
        yield
        tell(by, subject, deed, before, state_of(subject))


@contextmanager
def all_recorded(by: User | None, deed: str, *models: type[Model]) -> Iterator[None]:
    """Do something to any rows of these models, and write one line for each subject whose rows were changed."""
    with writing():
        before = list(rows_of(*models))
        yield
        add(lines_between(before, rows_of(*models), by, deed))


def lines_between(before: Iterable[Row], after: Iterable[Row], by: User | None, deed: str) -> list[Line]:
    """A line for each subject whose rows are not the same before and after, with what differs."""
    gone = {row.key: row for row in before}
    changes: dict[tuple[str, str], Changes] = defaultdict(dict)
    for row in after:
        was = gone.pop(row.key, None)
        known = {was.key: was.values} if was else {}
        changes[row.subject, row.subject_id] |= differences(known, {row.key: row.values})
    for row in gone.values():
        changes[row.subject, row.subject_id] |= differences({row.key: row.values}, {})
    return [
        Line(by=by, subject=label, subject_id=pk, deed=deed, changes=canonical(changed))
        for (label, pk), changed in changes.items()
        if changed
    ]


def tell(by: User | None, subject: Model, deed: str, before: State, after: State) -> None:
    """Write one line of a deed whose states are known. To be called within `writing`."""
    add([line(by, subject, deed, before, after)])


def line(by: User | None, subject: Model, deed: str, before: State, after: State) -> Line:
    """A line that is still to be added."""
    return Line(
        by=by,
        subject=subject._meta.label_lower,
        subject_id=str(subject.pk),
        deed=deed,
        changes=canonical(differences(before, after)),
    )


def add(lines: Sequence[Line]) -> None:
    """Write lines at the end of the chain, in this order. To be called within `writing`."""
    if not _is_open():
        raise RuntimeError("The history is written within history.recording.writing() only.")
    end = Line.objects.order_by("-number").first()
    now = timezone.now()
    for each in lines:
        each.at = now
        each.number, each.previous = (end.number + 1, end.digest) if end else (1, "")
        each.digest = digest_of(each)
        end = each
    Line.objects.bulk_create(lines, batch_size=100)
