"""What exactly an edition's hour will change on the public site, as things stand."""

from dataclasses import dataclass

from django.db.models import Count, Q

from councils.models import Council
from letters import dashboard
from letters.models import AnnualReview, Letter, NoLetter, State, Statistic


@dataclass(frozen=True)
class Change:
    """The letters that appear and their figures, those never seen since a newer one counts, and what is not there."""

    letters: list[Letter]
    figures: int
    unseen: list[Letter]
    held_back: int
    not_approved: int
    missing: list[Council]
    reasons: list[NoLetter]
    report: bool


def what_changes(review: AnnualReview) -> Change:
    """What would become public if the edition's hour came now. Five queries, however many letters."""
    appear, unseen = _going(review)
    left = review.letters.exclude(state=State.WITHDRAWN).aggregate(
        held_back=Count("pk", filter=Q(state=State.APPROVED, held_back=True)),
        not_approved=Count("pk", filter=~Q(state=State.APPROVED)),
    )
    return Change(
        letters=appear,
        figures=Statistic.objects.filter(letter__in=appear).count(),
        unseen=unseen,
        **left,
        missing=list(dashboard.missing(review)),
        reasons=list(dashboard.reasons(review)),
        report=bool(review.has_clean_report or review.national_report_link),
    )


def _going(review: AnnualReview) -> tuple[list[Letter], list[Letter]]:
    """The approved letters that the hour publishes: the newest to each council, and those that it replaces unseen."""
    approved = review.letters.filter(state=State.APPROVED, held_back=False, publish_at=None)
    newest: dict[int | None, Letter] = {}
    unseen = []
    for letter in approved.select_related("council", "review").order_by("council__name", "-number"):
        if newest.setdefault(letter.council_id, letter) is not letter:
            unseen.append(letter)
    return list(newest.values()), unseen
