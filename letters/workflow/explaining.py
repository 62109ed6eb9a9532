"""What an edition says besides its letters: the national report, and why a council has no letter."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q

from caches.purging import purge_after_commit
from councils.models import Council
from history.recording import recorded, tell, writing
from history.states import state_of
from letters import clock
from letters.models import AnnualReview, Letter, NoLetter, State
from letters.workflow.changing import Refused, lock


def edition(year_ending: int, by: User | None = None) -> AnnualReview:
    """The edition of a year; made, without an hour, if there is none. Without `by`, since a letter is about it."""
    known = AnnualReview.objects.filter(year_ending=year_ending).first()
    if known:
        return known
    with writing():
        made, new = AnnualReview.objects.get_or_create(year_ending=year_ending)
        if new:
            tell(by, made, "Made." if by else "Made, since a letter is about its year.", {}, state_of(made))
    return made


_CALLED = {
    "national_report_title": "title",
    "national_report_link": "address elsewhere",
    "national_report_date": "date",
}


def take_report(review: AnnualReview, copy: bytes) -> None:
    """Take the clean copy of a PDF for the national report, to be written by `save_report`."""
    review.national_report = ContentFile(copy, "report.pdf")
    review.national_report_sha256 = sha256(copy).hexdigest()


def save_report(review: AnnualReview, changed: Iterable[str], by: User | None) -> None:
    """Write what was `changed` of the national report: its PDF (see `take_report`), title, address or date.

    Nothing else of the edition is written, for meanwhile a publisher may have moved its hour.
    """
    fields = [name for name in changed if name.startswith("national_report")]
    if not fields:
        return
    with recorded(by, review, " ".join(_now(review, name) for name in fields)):
        if "national_report" in fields:
            fields.append("national_report_sha256")
            _forget_the_file_before(review)
        review.save(update_fields=fields)
        purge_after_commit()


def put_clean_report(review: AnnualReview, copy: bytes) -> None:
    """Put the clean copy in the place of a PDF that is kept as it was uploaded; nothing if that is not there now."""
    with writing():
        if AnnualReview.objects.filter(pk=review.pk, national_report=review.national_report.name).exists():
            take_report(review, copy)
            save_report(review, ["national_report"], None)


def _forget_the_file_before(review: AnnualReview) -> None:
    before = AnnualReview.objects.get(pk=review.pk).national_report
    if name := before.name:
        transaction.on_commit(lambda: before.storage.delete(name))


def _now(review: AnnualReview, name: str) -> str:
    """What was changed, and what it is now, for the history."""
    if name == "national_report":
        return "The national report has a new PDF."
    return f"The national report's {_CALLED[name]} is now: {getattr(review, name) or 'none'}."


def say_no_letter(review: AnnualReview, council: Council, reason: str, by: User) -> NoLetter:
    """Say why this council has no letter; said again, the new reason takes the place of the old.

    Raises Refused where it has a letter, or had one that was public: then there is that to tell.
    """
    if not reason.strip():
        raise Refused("Say why there is no letter: everyone will read it.")
    if not council.existed_in_year_of(date(review.year_ending, 3, 31)):
        raise Refused(f"{council} did not exist in {review.years}: it needs no reason.")
    with writing():
        lock(review)
        if letter := _letter_to(council, review):
            raise Refused(_told_instead(letter, council, review), letter)
        values = {"reason": reason.strip(), "said_at": clock.now(), "said_by": by}
        with recorded(by, review, f"No letter to {council}: {values['reason']}"):
            purge_after_commit()
            return NoLetter.objects.update_or_create(values, review=review, council=council)[0]


def _told_instead(letter: Letter, council: Council, review: AnnualReview) -> str:
    to = f"letter to {council} for {review.years}"
    if letter.state == State.WITHDRAWN:
        return f"The {to} was public and is withdrawn: everyone reads that, in the place of a reason."
    return f"There is a {to}: it is not without one."


def _letter_to(council: Council, review: AnnualReview) -> Letter | None:
    """A letter that stands, or that the public once had."""
    never_seen = Q(state=State.WITHDRAWN, withdrawn_when_public=False)
    return Letter.objects.filter(~never_seen, council=council, review=review).first()


def unsay_no_letter(said: NoLetter, by: User) -> None:
    """Take the reason away: the public reads again that no letter is published, if there is none."""
    with recorded(by, said.review, f"No longer said why {said.council} has no letter."):
        lock(said.review)
        said.delete()
        purge_after_commit()
