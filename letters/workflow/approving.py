"""Approving: what is shown to the public later, and what stands in the way of it."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError
from django.db.models import Max, Q

from caches.purging import purge_after_commit
from history.recording import recorded
from letters import across, published
from letters.extraction.types import NOT_COMPARED, Problem
from letters.models import Letter, State
from letters.workflow import two_people
from letters.workflow.changing import Refused, at_one_instant, write
from letters.workflow.copying import require_copy
from letters.workflow.reviewing import REVIEWABLE, left_open, open_problems

# An approval that is written before the edition's hour is committed within this time, which may be after it.
_COMMITTED_WITHIN = timedelta(minutes=1)


def earlier_letter(letter: Letter) -> Letter | None:
    """The letter of the same council and year, approved or once approved, that this one would replace."""
    if letter.council is None or letter.review is None:
        return None
    same = Letter.objects.filter(council=letter.council, review=letter.review, approved_at__isnull=False)
    return same.exclude(pk=letter.pk).order_by("-number").first()


def approve(
    letter: Letter,
    by: User,
    reason: str = "",
    replacement_reason: str = "",
    seen: Collection[str] | None = None,
) -> None:
    """Approve a letter and its figures as they stand.

    `reason` says why, where errors are open; `replacement_reason` where the council has a letter for the year. `seen`
    are the problems that were on the page, by `across.key`: what has come up since is looked at first. Raises Refused
    where one of them, the council or the year is missing.
    """
    _refuse_open(letter, open_problems(letter), reason, seen)
    _approve(letter, by, reason, replacement_reason)


def _refuse_open(letter: Letter, problems: list[Problem], reason: str, seen: Collection[str] | None) -> None:
    if letter.council is None or letter.review is None:
        raise Refused("A letter without a council and a year cannot be approved: choose both.", letter)
    if across.errors(problems) and not reason.strip():
        raise Refused(
            "Some problems of this letter are open. Correct them, or say why it is right all the same.",
            letter,
        )
    if any(problem.code == NOT_COMPARED for problem in problems):
        raise Refused("Compare each figure that OCR read with its page, and tick that you did.", letter)
    if seen is not None and any(across.key(problem) not in seen for problem in problems):
        raise Refused(
            "Something has come up that was not on the page. Look at what is open, then approve the letter again.",
            letter,
        )


def _approve(letter: Letter, by: User, reason: str = "", replacement_reason: str = "") -> None:
    """The instant of an approval is taken after waiting for others: what they have published by then is without it."""
    try:
        with at_one_instant(letter) as now:
            two_people.refuse_own(letter, by)
            require_copy(letter)
            values = _approved(by, now, reason) | _number(letter, replacement_reason)
            with recorded(by, letter, f"Approved. {reason}".strip()):
                write(letter, REVIEWABLE, **values)
                two_people.note_approved(letter, by)
            if published.is_public(letter, now + _COMMITTED_WITHIN):
                purge_after_commit()
    except IntegrityError as error:
        raise Refused(
            "Another letter has just been approved for this council and year. Look at it first."
        ) from error


def _approved(by: User, now: datetime, reason: str) -> dict[str, Any]:
    return {
        "state": State.APPROVED,
        "approved_at": now,
        "approved_by": by,
        "approval_reason": reason.strip(),
        "claimed_by": None,
        "claimed_until": None,
    }


def _number(letter: Letter, replacement_reason: str) -> dict[str, Any]:
    number = _next_number(letter)
    if number > 1 and not replacement_reason.strip():
        years = letter.review.years if letter.review else "this year"
        raise Refused(
            f"{letter.council} has a letter for {years} already. "
            "Say why this one replaces it, or withdraw the one that was uploaded by mistake.",
            letter,
        )
    return {"number": number, "replacement_reason": replacement_reason.strip() if number > 1 else ""}


def _next_number(letter: Letter) -> int:
    same = Letter.objects.filter(council=letter.council, review=letter.review, approved_at__isnull=False)
    highest: int | None = same.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def approve_together(seen: Iterable[tuple[str, int]], by: User) -> tuple[list[Letter], list[Refused]]:
    """Approve letters without any problem whose figures were shown: pairs of id and the revision that was seen.

    A letter that has a problem, replaces another one or was changed since is left as it is, with the reason.
    """
    approved, refused = [], []
    revisions = dict(seen)
    letters = Letter.objects.select_related("council", "review").filter(pk__in=revisions)
    doubts = across.doubts(letters)
    for letter in letters:
        letter.revision = revisions[str(letter.pk)]
        try:
            if problems := left_open(letter) + doubts.get(letter.pk, []):
                raise Refused(f"{letter} {_why_not_together(problems)} and is reviewed by itself.", letter)
            _approve(letter, by)
            approved.append(letter)
        except Refused as error:
            refused.append(error)
    return approved, refused


def _why_not_together(problems: list[Problem]) -> str:
    return "has a problem" if across.errors(problems) else "raises a question"


def take_back(letter: Letter, by: User) -> None:
    """Take an approval back so that the letter can be reviewed again; not once it is public."""
    with at_one_instant(letter) as now:
        if published.is_public(letter, now):
            raise Refused("This letter is public. Replace it by a corrected letter, or withdraw it.", letter)
        with recorded(by, letter, "Approval taken back."):
            two_people.forget_approved(letter)
            write(
                letter,
                Q(state=State.APPROVED),
                state=State.UNREADABLE if letter.unreadable_reason else State.READ,
                approved_at=None,
                approved_by=None,
                approval_reason="",
                number=1,
                replacement_reason="",
                held_back=False,
                publish_at=None,
            )
