"""Reviewing: a person looks at what was read, and corrects it; never two people the same letter."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.contrib.auth.models import User
from django.db.models import Case, IntegerChoices, IntegerField, Q, QuerySet, Value, When

from councils.models import Council
from history.recording import recorded
from letters import across, clock
from letters.extraction.checks import contradictions
from letters.extraction.types import NOT_COMPARED, NUMBERS, SCAN, Problem
from letters.measures import in_full
from letters.models import AnnualReview, Letter, State, Statistic
from letters.wording import in_short
from letters.workflow import two_people
from letters.workflow.changing import write

REVIEWABLE = Q(state__in=[State.READ, State.UNREADABLE])
# The problems that a reviewer settles by filling in a field anew, and those settled by entering any figure.
SETTLED_BY = {
    "council": {"authority-missing", "unknown-council", "council-not-open"},
    "review": {"year-missing", "title-missing", "year-differs", "year-differs-from-upload"},
    "recipient_name": {"recipient-missing"},
    "recipient_post": {"recipient-missing"},
    "letter_date": {"letter-date-missing"},
    "promised_date": {"publication-date-missing"},
}
SETTLED_BY_FIGURES = {"no-statistics", "new-layout", SCAN}
CLAIM_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Numbers:
    """The numbers of one figure as a person leaves them; None is "not stated in the letter".

    `none_due` stands for the letter's own words that no recommendations were due; `compared` for the person's word that
    the numbers which OCR read are those on the page.
    """

    percent: Decimal | None = None
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    average: Decimal | None = None
    none_due: bool = False
    compared: bool = False

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


class Urgency(IntegerChoices):
    """What comes first in the queue."""

    UNREADABLE = 0
    PROBLEMS = 1
    AGREES = 2


def needs_a_person(doubted: Collection[uuid.UUID]) -> Q:
    """A letter that its reading left something open of, or that is among those that others speak against."""
    left_open = ~Q(problems=[]) | Q(council__isnull=True) | Q(review__isnull=True)
    return Q(state=State.UNREADABLE) | Q(state=State.READ) & (left_open | Q(pk__in=doubted))


def queue(doubted: Collection[uuid.UUID] | None = None) -> QuerySet[Letter]:
    """What needs a person: unreadable letters first, then those with problems, then those that only need approval.

    Each letter has its `urgency`. `doubted` are those that others speak against, found here unless they are given.
    """
    if doubted is None:
        doubted = across.doubted(Letter.objects.all())
    urgency = Case(
        When(state=State.UNREADABLE, then=Value(Urgency.UNREADABLE.value)),
        When(needs_a_person(doubted), then=Value(Urgency.PROBLEMS.value)),
        default=Value(Urgency.AGREES.value),
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
    """The next letter of the queue that nobody else has, taken for `by`, who has passed over these.

    Where two people are asked for, what `by` entered figures of is left to others.
    """
    left_to_others = two_people.entered_by(by)
    for letter in queue().exclude(pk__in=passed_over).exclude(left_to_others).iterator(chunk_size=20):
        if claim(letter, by):
            return letter
    return None


def let_go(letter: Letter, by: User) -> None:
    """Leave a letter to the others; does nothing if `by` does not have it."""
    Letter.objects.filter(pk=letter.pk, claimed_by=by).update(claimed_by=None, claimed_until=None)


def open_problems(letter: Letter) -> list[Problem]:
    """What a reviewer has to look at: what the reading left open, what the register says, and what other letters do.

    All of it stands between the letter and its approval, but for the questions among it (`across.QUESTIONS`).
    """
    return [*left_open(letter), *across.of_one(letter)]


def left_open(letter: Letter) -> list[Problem]:
    """What the letter by itself leaves open."""
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


def save_review(letter: Letter, by: User, details: Details, figures: Mapping[str, Numbers]) -> None:
    """Keep what a reviewer entered. Figures that differ from the reading count as entered by staff."""
    before = {figure.measure: figure for figure in letter.statistics.all()}
    contradicted_before = contradictions(before.values(), _year(letter.review))
    with recorded(by, letter, _told(letter, details, figures, before)):
        settled = _settled_by(letter, details)
        about = letter.council, letter.review
        write(letter, REVIEWABLE, **vars(details))
        edited = {measure: enter(letter, measure, numbers, before) for measure, numbers in figures.items()}
        if any(edited.values()) or about != (details.council, details.review):
            two_people.note_entered(letter, by)
        after = list(letter.statistics.all())
        settled_by_figures = _settled_by_figures(after)
        to_compare = {each.measure for each in after if not figures.get(each.measure, Numbers()).compared}
        left = [Problem(**problem) for problem in letter.problems]
        left = [
            problem
            for problem in left
            if problem not in contradicted_before
            and not _settled_by_entering(problem, edited)
            and not (problem.code == NOT_COMPARED and problem.measure not in to_compare)
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
        if not same(known, numbers):
            changes.append(f"{in_full(measure)}: {in_short(known)} → {in_short(numbers)}")
        if numbers.compared:
            changes.append(f"{in_full(measure)}: compared with the page")
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
    """Whether a person has entered the number that the problem is about, or any number of the figure it is about.

    One number of a figure that was entered says nothing of the others that OCR read.
    """
    if problem.code == NOT_COMPARED:
        return False
    entered = edited.get(problem.measure or "", set())
    return bool(entered) if problem.field not in NUMBERS else problem.field in entered


def enter(letter: Letter, measure: str, numbers: Numbers, before: Mapping[str, Statistic]) -> set[str]:
    """Write one figure if it is not what stands there already; the names of the numbers that were changed."""
    known = before.get(measure)
    if known and same(known, numbers):
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


def same(known: Statistic | Numbers, numbers: Numbers) -> bool:
    """Whether a figure states these numbers already."""
    equal = all(getattr(known, name) == getattr(numbers, name) for name in NUMBERS)
    return equal and known.none_due == numbers.none_due
