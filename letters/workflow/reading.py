"""Reading, as the database sees it: a lease for one worker, then the whole outcome or none of it."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q, QuerySet

from caches.purging import purge_after_commit
from councils.models import Council
from history.recording import recorded, writing
from letters import clock, published
from letters.extraction.prose import Page
from letters.extraction.prose.schema import blocks_as_json
from letters.extraction.types import Figure, Problem, Reading, Recipient
from letters.models import FIRST_YEAR, AnnualReview, Letter, LetterPage, State, Statistic
from letters.tasks import read_letter, read_scan
from letters.wording import as_printed
from letters.workflow import two_people
from letters.workflow.changing import lock, write
from letters.workflow.explaining import edition
from letters.workflow.indexing import index

MAX_ATTEMPTS = 2
# A task that was enqueued so long ago and has not begun is asked for again; a second task for one letter does nothing.
QUEUED_TOO_LONG = timedelta(minutes=10)
# A year of scans keeps two workers busy for as long.
SCANS_QUEUED_TOO_LONG = timedelta(hours=3)
_BROKEN_OFF = (
    "Reading this letter was broken off twice. The file is kept: look at it, enter the figures by hand, or ask for "
    "another reading."
)


def claim_for_reading(letter_id: str) -> tuple[Letter, uuid.UUID] | None:
    """Take a waiting letter to read it, for a lease; None if it is not waiting. The token proves the claim."""
    return _claim(letter_id, timedelta(seconds=settings.READING_LEASE_SECONDS), awaits_ocr=False)


def claim_for_ocr(letter_id: str) -> tuple[Letter, uuid.UUID] | None:
    """Take a scan that waits for OCR, for a longer lease; None if it does not wait."""
    return _claim(letter_id, timedelta(seconds=settings.OCR_LEASE_SECONDS), awaits_ocr=True)


def _claim(letter_id: str, lease: timedelta, awaits_ocr: bool) -> tuple[Letter, uuid.UUID] | None:
    token = uuid.uuid4()
    waiting = Letter.objects.filter(pk=letter_id, state=State.RECEIVED, awaits_ocr=awaits_ocr)
    won = waiting.update(
        state=State.READING, attempts=F("attempts") + 1, lease_token=token, lease_until=clock.now() + lease
    )
    return (Letter.objects.get(pk=letter_id), token) if won else None


def give_back(letter: Letter, token: uuid.UUID) -> bool:
    """Let a letter wait again whose worker must end; the attempt does not count. False if the lease has passed."""
    with transaction.atomic():
        held = Letter.objects.filter(pk=letter.pk, state=State.READING, lease_token=token)
        won = held.update(
            state=State.RECEIVED,
            attempts=F("attempts") - 1,
            queued_at=clock.now(),
            lease_token=None,
            lease_until=None,
        )
        if won:
            (read_scan if letter.awaits_ocr else read_letter).enqueue(str(letter.pk))
    return bool(won)


def hand_to_ocr(letter: Letter, token: uuid.UUID) -> bool:
    """Let a letter that was found to be a scan wait for OCR; False, and nothing done, if the lease has passed."""
    with writing():
        if not _holds(letter, token):
            return False
        with recorded(None, letter, "Found to be a scan; waits for OCR."):
            _end_lease(letter, state=State.RECEIVED, awaits_ocr=True, attempts=0, queued_at=clock.now())
            read_scan.enqueue(str(letter.pk))
    return True


def finish_reading(
    letter: Letter,
    token: uuid.UUID,
    reading: Reading,
    council: Council | None,
    problems: Sequence[Problem],
    *,
    pages: Sequence[Page] = (),
) -> bool:
    """Write what was read, and the letter's pages in its own words where they could be told.

    False, and nothing written, if the lease has passed to somebody else.
    """
    problems = [*problems, *_year_problems(letter, reading)]
    with writing():
        if not _holds(letter, token):
            return False
        with recorded(None, letter, f"Read: {_count(len(reading.statistics), 'figure')} found."):
            _end_lease(letter, **_as_read(letter, reading, council, problems))
            Statistic.objects.filter(letter=letter).delete()
            Statistic.objects.bulk_create(_proposal(letter, figure) for figure in reading.statistics)
            _write_pages(letter, pages)
    return True


def _as_read(
    letter: Letter, reading: Reading, council: Council | None, problems: Sequence[Problem]
) -> dict[str, Any]:
    recipient = reading.recipient or Recipient(None, None)
    return {
        "state": State.READ,
        "council": council,
        "review": letter.review or _edition_of(reading),
        "page_count": reading.page_count,
        "authority_as_printed": (reading.authority or "")[:200],
        "recipient_name": (recipient.name or "")[:200],
        "recipient_post": (recipient.post or "")[:200],
        "letter_date": reading.letter_date,
        "promised_date": reading.publication_date,
        "problems": [asdict(problem) for problem in problems],
        "restated": [asdict(check) | {"value": as_printed(check.value)} for check in reading.restated],
    }


def finish_unreadable(letter: Letter, token: uuid.UUID, reason: str, pages: Sequence[Page] = ()) -> bool:
    """Write why the letter cannot be read, and what pages it has where that is known, as of a scan.

    False, and nothing written, if the lease has passed to somebody else.
    """
    known = {"page_count": len(pages)} if pages else {}
    with writing():
        if not _holds(letter, token):
            return False
        with recorded(None, letter, f"Could not be read. {reason}"):
            _end_lease(letter, state=State.UNREADABLE, unreadable_reason=reason, **known)
            _write_pages(letter, pages)
    return True


def keep_pages(letter: Letter, pages: Sequence[Page]) -> None:
    """Write the pages of a letter that was read before; its figures and its approval stay as they are."""
    with recorded(None, letter, "Its words were taken out of its file anew."):
        lock(letter)
        _write_pages(letter, pages)
        Letter.objects.filter(pk=letter.pk).update(page_count=len(pages))
        index(letter)
        if published.is_public(letter, clock.now()):
            purge_after_commit()


def _write_pages(letter: Letter, pages: Sequence[Page]) -> None:
    LetterPage.objects.filter(letter=letter).delete()
    LetterPage.objects.bulk_create(
        LetterPage(
            letter=letter,
            number=page.number,
            width=page.width,
            height=page.height,
            blocks=blocks_as_json(page.blocks),
        )
        for page in pages
    )


def _holds(letter: Letter, token: uuid.UUID) -> bool:
    """Whether the lease is still that of this token; nobody takes it away until the transaction ends."""
    lock(letter)
    return Letter.objects.filter(pk=letter.pk, state=State.READING, lease_token=token).exists()


def _end_lease(letter: Letter, **values: Any) -> None:
    ended = {"lease_token": None, "lease_until": None, "awaits_ocr": False, "read_at": clock.now()}
    Letter.objects.filter(pk=letter.pk).update(**(ended | values), revision=F("revision") + 1)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _edition_of(reading: Reading) -> AnnualReview | None:
    year = reading.year_ending
    if year is None or not FIRST_YEAR <= year <= clock.now().year + 1:
        return None
    return edition(year)


def _year_problems(letter: Letter, reading: Reading) -> list[Problem]:
    chosen, stated = letter.review, reading.year_ending
    if chosen and stated and chosen.year_ending != stated:
        return [
            Problem(
                code="year-differs-from-upload",
                measure=None,
                message=f"It was uploaded for the year ending March {chosen.year_ending}, "
                f"but the letter is about the year ending March {stated}.",
            )
        ]
    if stated is None and not any(problem.code == "year-missing" for problem in reading.problems):
        return [
            Problem(
                "year-missing", None, "The letter does not say plainly which year it is about: choose it."
            )
        ]
    return []


def _proposal(letter: Letter, figure: Figure) -> Statistic:
    fields = asdict(figure)
    fields["base_label"] = (figure.base_label or "")[:100]
    return Statistic(letter=letter, origin=Statistic.Origin.READ, **fields)


def read_again(letter: Letter, by: User) -> None:
    """Ask for a new reading, which replaces what was read and what was entered; only while nobody has approved it."""
    with recorded(by, letter, "Asked for a new reading."):
        write(
            letter,
            Q(state__in=[State.READ, State.UNREADABLE]),
            state=State.RECEIVED,
            attempts=0,
            awaits_ocr=False,
            queued_at=clock.now(),
            unreadable_reason="",
            problems=[],
            restated=[],
            **_nothing_about(letter),
        )
        Statistic.objects.filter(letter=letter).delete()
        two_people.forget_all(letter)
        read_letter.enqueue(str(letter.pk))


def _nothing_about(letter: Letter) -> dict[str, Any]:
    """The fields about the letter itself, empty, so that nothing of what was entered outlives who is known for it.

    A year that was chosen at the upload stays; but not once somebody has entered anything: it may have been the year.
    """
    fields = {"council": None, "recipient_name": "", "recipient_post": "", "letter_date": None}
    year = {"review": None} if two_people.anybody_entered(letter) else {}
    return {**fields, "promised_date": None, **year}


def sweep() -> int:
    """Bring back letters whose worker is gone, and those whose task was lost; returns how many were taken up.

    A letter that has had its attempts is unreadable: its reader was killed each time.
    """
    now = clock.now()
    lapsed = Letter.objects.filter(state=State.READING, lease_until__lt=now)
    given_up = sum(_give_up(letter, lapsed) for letter in lapsed.filter(attempts__gte=MAX_ATTEMPTS))
    again = 0
    received = Letter.objects.filter(state=State.RECEIVED)
    lost = received.filter(awaits_ocr=False, queued_at__lt=now - QUEUED_TOO_LONG)
    lost_scans = received.filter(awaits_ocr=True, queued_at__lt=now - SCANS_QUEUED_TOO_LONG)
    for waiting in (lapsed, lost, lost_scans):
        for pk, awaits_ocr in waiting.values_list("pk", "awaits_ocr"):
            again += _queue_again(waiting, pk, read_scan if awaits_ocr else read_letter)
    return given_up + again


def _give_up(letter: Letter, lapsed: QuerySet[Letter]) -> int:
    with writing():
        lock(letter)
        if not lapsed.filter(pk=letter.pk).exists():
            return 0
        with recorded(None, letter, "Could not be read: its reading was broken off twice."):
            _end_lease(letter, state=State.UNREADABLE, read_at=None, unreadable_reason=_BROKEN_OFF)
    return 1


def _queue_again(waiting: Any, pk: uuid.UUID, task: Any) -> int:
    with transaction.atomic():
        won: int = waiting.filter(pk=pk).update(
            state=State.RECEIVED, queued_at=clock.now(), lease_token=None, lease_until=None
        )
        if won:
            task.enqueue(str(pk))
    return won
