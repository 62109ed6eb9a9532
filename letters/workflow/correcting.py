"""Correcting: a figure of a public letter is put right, and what it was stays on record for everyone to see."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q

from caches.purging import purge_after_commit
from history.recording import recorded
from letters import published
from letters.extraction.checks import contradictions
from letters.extraction.types import NUMBERS
from letters.models import Correction, Letter, State, Statistic
from letters.wording import as_printed
from letters.workflow.changing import Refused, at_one_instant, lock, write
from letters.workflow.reviewing import Numbers, enter, same


def correct(
    letter: Letter,
    by: User,
    measure: str,
    numbers: Numbers,
    *,
    reason: str,
    note: str,
    seen: Iterable[str] = (),
) -> Correction:
    """Put one figure of a public letter right; where two people are asked for, propose that to the second.

    `reason` is for the record, `note` for everyone to read, and `seen` are those of `new_contradictions` that the
    person has looked at. Raises Refused for what is no correction, or leaves a contradiction that was not seen.
    """
    if not reason.strip() or not note.strip():
        raise Refused("Nothing was corrected. Give the reason, and a note for everyone to read.", letter)
    with at_one_instant(letter) as now:
        shown = _figure(letter, measure) or Numbers()
        _refuse_what_is_none(letter, now, shown, numbers)
        _refuse_unseen(letter, measure, numbers, seen)
        correction = Correction(
            letter=letter,
            measure=measure,
            old=_kept(shown),
            new=_kept(numbers),
            reason=reason.strip(),
            note=note.strip(),
            proposed_at=now,
            proposed_by=by,
        )
        _propose_or_apply(correction, letter, by, now)
    return correction


def _propose_or_apply(correction: Correction, letter: Letter, by: User, now: datetime) -> None:
    deed = "Correction proposed" if settings.TWO_PEOPLE else "Corrected"
    with recorded(by, letter, f"{deed}. {_said(correction)}"):
        _keep(correction)
        if settings.TWO_PEOPLE:
            # A page that was opened before this is stale: its reader has not seen what waits.
            write(letter, Q(state=State.APPROVED))
        else:
            _apply(correction, letter, by, now)


def _said(correction: Correction) -> str:
    return f"{correction.figure}: {correction.was} → {correction.now}. {correction.reason}"


def new_contradictions(letter: Letter, measure: str, numbers: Numbers) -> list[str]:
    """What could not all be true at once if the figure were this, and can now."""
    year = letter.review.year_ending if letter.review else None
    before = list(letter.statistics.all())
    others = [each for each in before if each.measure != measure]
    # Not saved: only to be held against the others.
    stated = {name: getattr(numbers, name) for name in NUMBERS}
    after = [*others, Statistic(letter=letter, measure=measure, **stated)] if numbers.stated else others
    known = {problem.message for problem in contradictions(before, year)}
    return [each.message for each in contradictions(after, year) if each.message not in known]


def contradictions_of(correction: Correction) -> list[str]:
    """What could not all be true at once if this were confirmed now, beside what has been corrected meanwhile."""
    return new_contradictions(correction.letter, correction.measure, _numbers(correction.new))


def _refuse_unseen(letter: Letter, measure: str, numbers: Numbers, seen: Iterable[str]) -> None:
    if unseen := [each for each in new_contradictions(letter, measure, numbers) if each not in set(seen)]:
        raise Refused("Nothing was corrected. Look at this first: " + " ".join(unseen), letter)


def _figure(letter: Letter, measure: str) -> Statistic | None:
    return letter.statistics.filter(measure=measure).first()


def _refuse_what_is_none(letter: Letter, now: datetime, shown: Statistic | Numbers, numbers: Numbers) -> None:
    if not published.letters(now).filter(pk=letter.pk).exists():
        raise Refused(
            "Only a figure that everyone sees is corrected, and this letter is not public, or was replaced. "
            "Before it is public, take the approval back and review it again.",
            letter,
        )
    if same(shown, numbers):
        raise Refused("Nothing was corrected: these are the numbers that are shown already.", letter)


def _keep(correction: Correction) -> None:
    try:
        with transaction.atomic():
            correction.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(
            f"Nothing was corrected: a correction of “{correction.figure}” waits to be confirmed already."
            " On the page of the letter it is confirmed or dropped.",
            correction.letter,
        ) from error


def _kept(figure: Statistic | Numbers) -> dict[str, Any]:
    numbers = {name: as_printed(getattr(figure, name)) or None for name in NUMBERS}
    return numbers | {"none_due": figure.none_due}


def _numbers(kept: dict[str, Any]) -> Numbers:
    """The numbers as `_kept` has written them."""
    fields = {field.name: field for field in Statistic._meta.concrete_fields}
    return Numbers(
        **{name: fields[name].to_python(kept[name]) for name in NUMBERS}, none_due=kept["none_due"]
    )


def may_confirm(correction: Correction, by: User) -> bool:
    """Whether `by` may be the one who confirms it: where two people are asked for, not who proposed it."""
    return not settings.TWO_PEOPLE or correction.proposed_by_id != by.pk


def confirm_correction(correction: Correction, by: User, seen: Iterable[str] = ()) -> None:
    """The second person agrees: from this instant the figure is shown corrected, and what it was beside it.

    `seen` are those of `contradictions_of` that this person has looked at. Raises Refused for whoever proposed it,
    where two people are asked for, when that one has left, and if the figure or what it contradicts has changed since.
    """
    with at_one_instant(correction.letter) as now:
        _still_waits(correction)
        letter = correction.letter
        _refuse_people(correction, by)
        _refuse_what_has_changed(correction, letter, now)
        _refuse_unseen(letter, correction.measure, _numbers(correction.new), seen)
        with recorded(by, letter, f"Corrected. {_said(correction)}"):
            _apply(correction, letter, by, now)


def _refuse_people(correction: Correction, by: User) -> None:
    if not may_confirm(correction, by):
        raise Refused(
            "You proposed this correction: another person confirms it. The figure stays as it was.",
            correction.letter,
        )
    if not correction.proposed_by.is_active:
        raise Refused(
            f"{correction.proposed_by}, who proposed this correction, works here no longer. The figure stays as it "
            "was: drop the correction and propose it anew, and another person confirms it.",
            correction.letter,
        )


def _refuse_what_has_changed(correction: Correction, letter: Letter, now: datetime) -> None:
    if _kept(_figure(letter, correction.measure) or Numbers()) != correction.old:
        raise Refused(
            "The figure has changed since this correction was proposed. Drop it and propose it anew.", letter
        )
    if not published.letters(now).filter(pk=letter.pk).exists():
        raise Refused("This letter is no longer shown: there is nothing to correct.", letter)


def _apply(correction: Correction, letter: Letter, by: User, now: datetime) -> None:
    statistic = _figure(letter, correction.measure)
    known = {correction.measure: statistic} if statistic else {}
    write(letter, Q(state=State.APPROVED))
    enter(letter, correction.measure, _numbers(correction.new), known)
    letter.statistics.filter(measure=correction.measure).update(corrected_at=now)
    alone = correction.proposed_by_id == by.pk
    Correction.objects.filter(pk=correction.pk).update(confirmed_at=now, confirmed_by=by, alone=alone)
    correction.refresh_from_db()
    purge_after_commit()


def drop_correction(correction: Correction, by: User) -> None:
    """Leave the figure as it is. What was proposed stays on record, for staff alone."""
    with at_one_instant(correction.letter) as now:
        _still_waits(correction)
        said = f"Correction dropped. {correction.figure} stays {correction.was}."
        with recorded(by, correction.letter, said):
            Correction.objects.filter(pk=correction.pk).update(dropped_at=now, dropped_by=by)


def drop_corrections_of(letter: Letter, by: User, now: datetime) -> None:
    """Drop whatever waits of a letter that is taken away. To be called where that is recorded."""
    letter.corrections.filter(confirmed_at=None, dropped_at=None).update(dropped_at=now, dropped_by=by)


def _still_waits(correction: Correction) -> None:
    lock(correction)
    correction.refresh_from_db()
    if correction.confirmed_at or correction.dropped_at:
        raise Refused(
            "This correction has been confirmed or dropped already. Nothing was changed.", correction.letter
        )


def waiting_corrections() -> Any:
    """Those that a second person has yet to look at, the oldest first."""
    waiting = Correction.objects.filter(confirmed_at=None, dropped_at=None)
    return waiting.select_related("letter__council", "letter__review", "proposed_by").order_by("proposed_at")
