"""Reviewing: a person looks at what was read, corrects it, and approves; never two people the same letter."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Case, IntegerField, Max, Q, QuerySet, Value, When

from councils.models import Council
from letters import clock, published
from letters.extraction.checks import contradictions
from letters.extraction.types import Problem
from letters.measures import MEASURES
from letters.models import AnnualReview, Letter, State, Statistic
from letters.wording import in_short
from letters.workflow.changing import Refused, at_one_instant, change

REVIEWABLE = Q(state__in=[State.READ, State.UNREADABLE])
NEEDS_A_PERSON = Q(state=State.UNREADABLE) | Q(state=State.READ) & (
    ~Q(problems=[]) | Q(council__isnull=True) | Q(review__isnull=True)
)
# The problems that a reviewer settles by filling in a field anew, and those settled by entering any figure.
SETTLED_BY = {
    "council": {"authority-missing", "unknown-council", "council-not-open"},
    "review": {"year-missing", "title-missing", "year-differs", "year-differs-from-upload"},
    "recipient_name": {"recipient-missing"},
    "recipient_post": {"recipient-missing"},
    "letter_date": {"letter-date-missing"},
    "promised_date": {"publication-date-missing"},
}
SETTLED_BY_FIGURES = {"no-statistics", "unknown-layout"}
CLAIM_FOR = timedelta(minutes=15)
NUMBERS = ("percent", "value", "numerator", "denominator", "average")


@dataclass(frozen=True)
class Numbers:
    """The numbers of one figure as a person leaves them; None is "not stated in the letter".

    `none_due` stands for the letter's own words that no recommendations were due.
    """

    percent: Decimal | None = None
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    average: Decimal | None = None
    none_due: bool = False

    @property
    def stated(self) -> bool:
        """Whether the letter says anything of this figure."""
        return self.none_due or any(getattr(self, name) is not None for name in NUMBERS)


@dataclass(frozen=True)
class Details:
    """What a reviewer leaves in the fields that are about the letter itself."""

    council: Council | None
    review: AnnualReview | None
    recipient_name: str
    recipient_post: str
    letter_date: date | None
    promised_date: date | None


def queue() -> QuerySet[Letter]:
    """What needs a person: unreadable letters first, then those with problems, then those that only need approval."""
    urgency = Case(
        When(state=State.UNREADABLE, then=Value(0)),
        When(NEEDS_A_PERSON, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    letters = Letter.objects.filter(REVIEWABLE).select_related("council", "review", "claimed_by")
    return letters.annotate(urgency=urgency).order_by("urgency", "received_at", "pk")


def claim(letter: Letter, by: User) -> bool:
    """Take a letter to review for a quarter of an hour; False if somebody else is looking at it."""
    now = clock.now()
    free = Q(claimed_by__isnull=True) | Q(claimed_until__lt=now) | Q(claimed_by=by)
    won = Letter.objects.filter(REVIEWABLE, free, pk=letter.pk).update(
        claimed_by=by, claimed_until=now + CLAIM_FOR
    )
    return bool(won)


def claim_next(by: User, passed_over: Collection[uuid.UUID] = ()) -> Letter | None:
    """The next letter of the queue that nobody else has, taken for `by`, who has passed over these."""
    for letter in queue().exclude(pk__in=passed_over).iterator(chunk_size=20):
        if claim(letter, by):
            return letter
    return None


def let_go(letter: Letter, by: User) -> None:
    """Leave a letter to the others; does nothing if `by` does not have it."""
    Letter.objects.filter(pk=letter.pk, claimed_by=by).update(claimed_by=None, claimed_until=None)


def open_problems(letter: Letter) -> list[Problem]:
    """What stands between the letter and its approval: what its reading left open, and what the register says."""
    problems = [Problem(**problem) for problem in letter.problems]
    if letter.state == State.UNREADABLE:
        problems.insert(0, Problem("unreadable", None, letter.unreadable_reason))
    codes = {problem.code for problem in problems}
    if letter.council is None and not codes & SETTLED_BY["council"]:
        problems.append(
            Problem("unknown-council", None, "No council is chosen: choose it from the register.")
        )
    if letter.review is None and "year-missing" not in codes:
        problems.append(
            Problem("year-missing", None, "No year is chosen: choose the edition this letter belongs to.")
        )
    return problems


def earlier_letter(letter: Letter) -> Letter | None:
    """The letter of the same council and year, approved or once approved, that this one would replace."""
    if letter.council is None or letter.review is None:
        return None
    same = Letter.objects.filter(council=letter.council, review=letter.review, approved_at__isnull=False)
    return same.exclude(pk=letter.pk).order_by("-number").first()


def save_review(letter: Letter, by: User, details: Details, figures: Mapping[str, Numbers]) -> None:
    """Keep what a reviewer entered. Figures that differ from the reading count as entered by staff."""
    before = {figure.measure: figure for figure in letter.statistics.all()}
    contradicted_before = contradictions(before.values(), _year(letter.review))
    with transaction.atomic():
        settled = _settled_by(letter, details)
        change(letter, by, _told(letter, details, figures, before), REVIEWABLE, **vars(details))
        edited = {measure: _enter(letter, measure, numbers, before) for measure, numbers in figures.items()}
        after = list(letter.statistics.all())
        settled_by_figures = _settled_by_figures(after)
        left = [Problem(**problem) for problem in letter.problems]
        left = [
            problem
            for problem in left
            if problem not in contradicted_before
            and not _settled_by_entering(problem, edited)
            and problem.code not in settled
            and not (problem.measure is None and problem.code in settled_by_figures)
        ]
        left += contradictions(after, _year(letter.review))
        problems = [asdict(problem) for problem in left]
        Letter.objects.filter(pk=letter.pk).update(problems=problems)
        letter.problems = problems


def _year(review: AnnualReview | None) -> int | None:
    return review.year_ending if review else None


def _told(
    letter: Letter, details: Details, figures: Mapping[str, Numbers], before: Mapping[str, Statistic]
) -> str:
    """The review as a line of the letter's history: what was, and what is now."""
    labels = {field.name: field.verbose_name for field in letter._meta.fields}
    changes = [
        f"{labels[name]}: {getattr(letter, name) or 'none'} → {now or 'none'}"
        for name, now in vars(details).items()
        if getattr(letter, name) != now
    ]
    for measure, numbers in figures.items():
        known = before.get(measure, Numbers())
        if not _same(known, numbers):
            changes.append(f"{MEASURES[measure].name}: {in_short(known)} → {in_short(numbers)}")
    return f"Reviewed. {'; '.join(changes)}." if changes else "Reviewed; nothing was changed."


def _settled_by(letter: Letter, details: Details) -> set[str]:
    """The codes of problems that the reviewer has settled by filling in a field anew."""
    anew = [name for name, now in vars(details).items() if now and now != getattr(letter, name)]
    return {code for name in anew for code in SETTLED_BY[name]}


def _settled_by_figures(figures: Iterable[Statistic]) -> set[str]:
    """The codes of problems with the whole letter that are settled by the figures which a person has entered."""
    entered = [figure for figure in figures if figure.origin == Statistic.Origin.ENTERED]
    codes = SETTLED_BY_FIGURES if entered else set()
    return codes | ({"no-average"} if any(figure.average is not None for figure in entered) else set())


def _settled_by_entering(problem: Problem, edited: Mapping[str, set[str]]) -> bool:
    """Whether a person has entered the number that the problem is about, or any number of the figure it is about."""
    entered = edited.get(problem.measure or "", set())
    return bool(entered) if problem.field not in NUMBERS else problem.field in entered


def _enter(letter: Letter, measure: str, numbers: Numbers, before: Mapping[str, Statistic]) -> set[str]:
    """Write one figure if it is not what stands there already; the names of the numbers that were changed."""
    known = before.get(measure)
    if known and _same(known, numbers):
        return set()
    if not numbers.stated:
        return set(NUMBERS) if known and known.delete() else set()
    statistic = known or Statistic(letter=letter, measure=measure)
    changed = {name for name in NUMBERS if getattr(statistic, name) != getattr(numbers, name)}
    for name in changed:
        setattr(statistic, name, getattr(numbers, name))
    statistic.sources = [source for source in statistic.sources if source["field"] not in changed]
    statistic.origin = Statistic.Origin.ENTERED
    statistic.readers_agree = False
    statistic.save()
    return changed or {"none_due"}


def _same(known: Statistic | Numbers, numbers: Numbers) -> bool:
    same = all(getattr(known, name) == getattr(numbers, name) for name in NUMBERS)
    return same and known.none_due == numbers.none_due


def approve(letter: Letter, by: User, reason: str = "", replacement_reason: str = "") -> None:
    """Approve a letter and its figures as they stand.

    `reason` says why, where problems are open; `replacement_reason` where the council has a letter for the year.
    Raises Refused where one of them, the council or the year is missing.
    """
    if letter.council is None or letter.review is None:
        raise Refused("A letter without a council and a year cannot be approved: choose both.", letter)
    if open_problems(letter) and not reason.strip():
        raise Refused(
            "Some problems of this letter are open. Correct them, or say why it is right all the same.",
            letter,
        )
    number = _next_number(letter)
    if number > 1 and not replacement_reason.strip():
        raise Refused(
            f"{letter.council} has a letter for {letter.review.years} already. "
            "Say why this one replaces it, or withdraw the one that was uploaded by mistake.",
            letter,
        )
    values: dict[str, Any] = {
        "state": State.APPROVED,
        "approved_at": clock.now(),
        "approved_by": by,
        "approval_reason": reason.strip(),
        "number": number,
        "replacement_reason": replacement_reason.strip() if number > 1 else "",
        "claimed_by": None,
        "claimed_until": None,
    }
    try:
        change(letter, by, f"Approved. {reason}".strip(), REVIEWABLE, **values)
    except IntegrityError as error:
        raise Refused(
            "Another letter has just been approved for this council and year. Look at it first."
        ) from error


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
    for letter in letters:
        letter.revision = revisions[str(letter.pk)]
        try:
            if open_problems(letter):
                raise Refused(f"{letter} has a problem and is reviewed by itself.", letter)
            approve(letter, by)
            approved.append(letter)
        except Refused as error:
            refused.append(error)
    return approved, refused


def take_back(letter: Letter, by: User) -> None:
    """Take an approval back so that the letter can be reviewed again; not once it is public."""
    with at_one_instant(letter) as now:
        if published.is_public(letter, now):
            raise Refused("This letter is public. Replace it by a corrected letter, or withdraw it.", letter)
        change(
            letter,
            by,
            "Approval taken back.",
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
