"""Publishing: an edition's hour, and what is done with one letter before and after it."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime

from caches.purging import purge_after_commit
from history.recording import recorded, writing
from letters import across, clock, published
from letters.models import AnnualReview, Letter, Proposal, State
from letters.moments import in_words
from letters.workflow import two_people
from letters.workflow.changing import Refused, at_one_instant, change, lock, write
from letters.workflow.checking import obstacles, of_another_time
from letters.workflow.correcting import drop_corrections_of
from letters.workflow.late import confirm_letter, edition_hour_has_come
from letters.workflow.prerelease import open_queries


def promised_dates(review: AnnualReview) -> list[tuple[date, int]]:
    """The publication dates that the edition's letters promise, the most frequent first, with how many say so."""
    letters = review.letters.exclude(state=State.WITHDRAWN).exclude(promised_date=None)
    counted = (
        letters.values_list("promised_date").annotate(count=Count("pk")).order_by("-count", "promised_date")
    )
    return [(promised, count) for promised, count in counted if promised]


def schedule_warnings(review: AnnualReview, publish_at: datetime) -> list[str]:
    """What a publisher must have seen before this hour is set for the edition."""
    warnings = []
    local = localtime(publish_at)
    standing = review.letters.exclude(state=State.WITHDRAWN)
    approved = standing.filter(state=State.APPROVED, held_back=False).count()
    if publish_at <= clock.now():
        warnings.append(f"This time has passed: the {_letters(approved)} approved will be public at once.")
    if local.weekday() >= 5:
        warnings.append(f"{date_format(local, 'j F Y')} is a {date_format(local, 'l')}.")
    for promised, count in promised_dates(review):
        if promised != local.date():
            warnings.append(f"{_letters(count)} promised another date: {date_format(promised, 'j F Y')}.")
    if waiting := standing.exclude(state=State.APPROVED).count():
        warnings.append(
            f"{_letters(waiting)} of this edition {'is' if waiting == 1 else 'are'} not approved yet; "
            "what is approved after this hour is not published at it."
        )
    warnings += of_another_time(review)
    if queries := open_queries(review).count():
        asked = "1 query about a figure is" if queries == 1 else f"{queries} queries about figures are"
        warnings.append(f"{asked} not answered yet: the edition's page leads to them.")
    if doubted := _approved_without_reason(standing):
        warnings.append(
            f"{_letters(doubted)} approved without a reason since found to contradict other letters:"
            " the edition's page lists them."
        )
    return warnings


def _approved_without_reason(letters: QuerySet[Letter]) -> int:
    """How many approved letters other letters now contradict, though nobody has said why they are right."""
    doubts = across.doubts(letters.filter(state=State.APPROVED, held_back=False, approval_reason=""))
    return sum(bool(across.errors(problems)) for problems in doubts.values())


def _letters(count: int) -> str:
    return "1 letter" if count == 1 else f"{count} letters"


def schedule(
    review: AnnualReview, publish_at: datetime, by: User, acknowledged: bool = False
) -> Proposal | None:
    """Set the hour, or move it while it has not come; what is approved by then becomes public at that instant.

    Where two people are asked for, propose it to the second; but whoever moves an hour to a later one only holds back
    what two have agreed to, and does that alone. Raises Refused where something would be wrong in public
    (`obstacles`), where warnings were not acknowledged, or letters of the edition are public already.
    """
    _refuse_unseen(review, publish_at, acknowledged)
    with writing():
        _not_begun(review)
        if takes_two(review, publish_at):
            with recorded(by, review, f"Proposed for {in_words(publish_at)}."):
                return two_people.propose_hour(review, publish_at, by)
        if _postpones(review, publish_at):
            _set_hour(review, by, f"Postponed to {in_words(publish_at)}.", publish_at=publish_at)
        else:
            values = _hour(publish_at, by, proposed_by=None, by_one_person=True)
            _set_hour(review, by, f"Scheduled for {in_words(publish_at)}.", **values)
    return None


def takes_two(review: AnnualReview, publish_at: datetime) -> bool:
    """Whether setting this hour takes a second person."""
    return two_people.asked_for() and not _postpones(review, publish_at)


def _postpones(review: AnnualReview, publish_at: datetime) -> bool:
    return review.publish_at is not None and publish_at > review.publish_at


def confirm(proposal: Proposal, by: User, acknowledged: bool = False) -> None:
    """The second person agrees: the hour of the edition, or of a late letter, is set, or the letter is public at once.

    Raises Refused for whoever proposed it, for warnings that were not acknowledged, and for what has changed since.
    """
    if proposal.letter is None:
        _confirm_hour(proposal, by, acknowledged)
        return
    confirm_letter(proposal, proposal.letter, by)


def _confirm_hour(proposal: Proposal, by: User, acknowledged: bool) -> None:
    review, publish_at = proposal.review, proposal.publish_at
    if publish_at is None:
        raise Refused("No hour is proposed.")
    with writing(), recorded(by, review, f"Scheduled for {in_words(publish_at)}."):
        now = _not_begun(review)
        two_people.confirmed(proposal, by, now)
        _refuse_unseen(review, publish_at, acknowledged)
        values = _hour(publish_at, by, proposed_by=proposal.proposed_by, by_one_person=False)
        AnnualReview.objects.filter(pk=review.pk).update(**values)
        purge_after_commit()


def drop(proposal: Proposal, by: User) -> None:
    """Leave a proposed publication: nothing is public by it."""
    with recorded(by, proposal.letter or proposal.review, "The proposed publication was dropped."):
        two_people.dropped(proposal, by)


def _refuse_unseen(review: AnnualReview, publish_at: datetime, acknowledged: bool) -> None:
    if found := obstacles(review):
        listed = " ".join(f"{each.letter}: {each.message}" for each in found)
        raise Refused(f"Nothing was scheduled. Mend this first. {listed}")
    warnings = schedule_warnings(review, publish_at)
    if warnings and not acknowledged:
        raise Refused("Nothing was scheduled. Confirm that you have seen: " + " ".join(warnings))


def unschedule(review: AnnualReview, by: User) -> None:
    """Take the edition's hour away, while it has not come: without one it is never public. One person is enough."""
    with writing():
        now = _not_begun(review)
        _set_hour(
            review,
            by,
            "Taken off the schedule.",
            publish_at=None,
            scheduled_at=now,
            scheduled_by=by,
            proposed_by=None,
        )


def _not_begun(review: AnnualReview) -> datetime:
    """The instant at which the edition was looked at, and nothing of it was public; nobody moves its hour meanwhile."""
    # The row is locked first, so that no second publisher moves the hour between the look and the change.
    lock(review)
    review.refresh_from_db()
    now = clock.now()
    if published.has_begun(review, now):
        raise Refused(
            "Letters of this edition are public already: its hour stays. Withdraw single letters instead."
        )
    if letter := review.letters.filter(state=State.APPROVED, publish_at__gt=now).first():
        raise Refused(
            "This letter waits for a publication of its own after the edition's hour: hold it back first.",
            letter,
        )
    return now


def _hour(publish_at: datetime, by: User, **people: Any) -> dict[str, Any]:
    return {"publish_at": publish_at, "scheduled_at": clock.now(), "scheduled_by": by, **people}


def _set_hour(review: AnnualReview, by: User, deed: str, **values: Any) -> None:
    with recorded(by, review, deed):
        AnnualReview.objects.filter(pk=review.pk).update(**values)
    # Also of an hour to come: what a proxy keeps, it keeps until the hour that it knows of.
    purge_after_commit()
    review.refresh_from_db()


def hold_back(letter: Letter, by: User) -> None:
    """Leave this letter out when the edition's hour comes; it stays approved."""
    with at_one_instant(letter) as now:
        if published.is_public(letter, now):
            raise Refused("This letter is public already. Withdraw it if it must not be.", letter)
        change(letter, by, "Held back.", Q(state=State.APPROVED), held_back=True, publish_at=None)


def release(letter: Letter, by: User) -> None:
    """Let a letter that was held back go with its edition; once the hour has passed it takes `publish_now`."""
    with at_one_instant(letter) as now:
        if edition_hour_has_come(letter, now):
            raise Refused("The edition's hour has passed. Publish this letter by itself instead.", letter)
        change(letter, by, "No longer held back.", Q(state=State.APPROVED, held_back=True), held_back=False)


def withdraw(letter: Letter, by: User, note: str, as_public: bool | None = None) -> None:
    """Take a letter away at once. If it was public, its address says so with `note`; if not, it never was.

    Refused to whoever was told that it is public (`as_public`), or that it is not, where that is not so now.
    """
    if not note.strip():
        raise Refused("Say why the letter is withdrawn. If it is public, everyone will read this.", letter)
    with at_one_instant(letter) as now:
        if Letter.objects.filter(pk=letter.pk, state=State.WITHDRAWN).exists():
            raise Refused("This letter was withdrawn already. Nothing was changed.", letter)
        _refuse_unless(as_public, letter, published.is_public(letter, now))
        if take_away(letter, by, note, now):
            purge_after_commit()


def _refuse_unless(as_public: bool | None, letter: Letter, public: bool) -> None:
    if as_public is not None and as_public != public:
        raise Refused(
            "Nothing was withdrawn, since this letter has become public after you opened the page. "
            "Everyone will read what you wrote: read it again, then send it again."
            if public
            else "Nothing was withdrawn, since this letter is not public now. "
            "Read what withdrawing it means now, then send it again.",
            letter,
        )


def take_away(letter: Letter, by: User, note: str, now: datetime) -> bool:
    """Write the withdrawal; whether the letter was public."""
    was_public = published.is_public(letter, now)
    # What was never public takes no number: the council's next letter of the year replaces nothing.
    forgotten: dict[str, Any] = {
        "approved_at": None,
        "approved_by": None,
        "number": 1,
        "replacement_reason": "",
    }
    with recorded(by, letter, f"Withdrawn: {note}"):
        write(
            letter,
            ~Q(state=State.WITHDRAWN),
            withdrawn_when_public=was_public,
            **({} if was_public else forgotten),
            state=State.WITHDRAWN,
            withdrawn_at=now,
            withdrawn_by=by,
            withdrawal_note=note.strip(),
            claimed_by=None,
            lease_token=None,
            lease_until=None,
        )
        drop_corrections_of(letter, by, now)
    return was_public
