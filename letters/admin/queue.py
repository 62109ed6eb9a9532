"""The queue: what needs a person, and what may be approved together once its figures were seen."""

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from letters import across, clock, workflow
from letters.admin.access import APPROVE, READ, address, page, staff_only, tell_refusal
from letters.measures import HEADLINE, MEASURES, in_full
from letters.models import Letter, Part, State, Statistic
from letters.wording import in_short
from letters.workflow.reviewing import REVIEWABLE, Urgency, left_open

PER_PAGE = 50
PASSED_OVER = "letters-passed-over"


@staff_only(READ, APPROVE)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Problems first, each with its reason; below, the letters that agree on everything."""
    now = clock.now()
    doubts = across.doubts(Letter.objects.filter(REVIEWABLE))
    letters = workflow.queue(doubts)
    problems = Paginator(letters.exclude(urgency=Urgency.AGREES), PER_PAGE)
    agreeing = Paginator(_agreeing(letters, request.user), PER_PAGE)
    shown = problems.get_page(request.GET.get("problems"))
    for letter in shown:
        letter.open = left_open(letter) + doubts.get(letter.pk, [])
        letter.taken_by = letter.claimed_by if letter.claimed_by and letter.claimed_until > now else None
    together = agreeing.get_page(request.GET.get("together"))
    for letter in together:
        letter.headline, letter.others = _figures(letter)
    return page(
        request,
        "queue.html",
        "Letters to review",
        is_nav_sidebar_enabled=False,
        problems=shown,
        together=together,
        unreadable=_untouched(request.user).count(),
        headline=[MEASURES[slug] for slug in HEADLINE],
    )


def _agreeing(letters: QuerySet[Letter], user: User) -> QuerySet[Letter]:
    earlier = Letter.objects.filter(
        council=OuterRef("council"), review=OuterRef("review"), approved_at__isnull=False
    ).exclude(pk=OuterRef("pk"))
    agreeing = letters.filter(urgency=Urgency.AGREES).prefetch_related("statistics")
    own = Letter.objects.filter(workflow.entered_by(user), pk=OuterRef("pk"))
    return agreeing.annotate(replaces=Exists(earlier), own=Exists(own)).order_by(
        "council__name", "received_at", "pk"
    )


def _figures(letter: Letter) -> tuple[list[str], list[str]]:
    """The letter's figures for the table: the headline ones, a column each, and all others."""
    by_measure = {statistic.measure: statistic for statistic in letter.statistics.all()}
    headline = [in_short(by_measure[slug]) if slug in by_measure else "not stated" for slug in HEADLINE]
    others = [f"{in_full(slug)}: {in_short(by_measure[slug])}" for slug in by_measure if slug not in HEADLINE]
    return headline, others


@staff_only(READ, APPROVE)
@require_POST
def together(request: HttpRequest) -> HttpResponse:
    """Approve the letters that were ticked, as they stood on the page; those that cannot be are named."""
    seen = [pair for pair in map(_seen, request.POST.getlist("seen")) if pair]
    if not seen:
        messages.warning(request, "No letter was ticked, so none was approved.")
        return redirect("admin:letters_letter_queue")
    approved, refused = workflow.approve_together(seen, request.user)
    if approved:
        messages.success(request, f"Approved: {_counted(approved)}.")
    for refusal in refused:
        tell_refusal(request, refusal)
    return redirect("admin:letters_letter_queue")


def _counted(letters: Sequence[Letter]) -> str:
    return f"{len(letters)} {'letter' if len(letters) == 1 else 'letters'}"


def _seen(text: str) -> tuple[str, int] | None:
    """ "id:revision" as the page posted it; None for anything else."""
    pk, _, revision = text.partition(":")
    try:
        return str(uuid.UUID(pk)), int(revision)
    except ValueError:
        return None


@staff_only(READ, APPROVE)
@require_POST
def read_again(request: HttpRequest) -> HttpResponse:
    """Have all unreadable letters read again: when the reason lay with the reader, they are many at once."""
    asked = []
    for letter in _untouched(request.user):
        try:
            workflow.read_again(letter, request.user)
            asked.append(letter)
        except workflow.Refused as refusal:
            tell_refusal(request, refusal)
    messages.success(request, f"To be read again: {_counted(asked)}.")
    return redirect("admin:letters_letter_queue")


def _untouched(user: User) -> QuerySet[Letter]:
    """Unreadable letters on which nobody else is working; a new reading would replace what was typed in from them."""
    entered = Exists(Part.objects.filter(letter=OuterRef("pk"), of=Part.Of.ENTERED))
    figures = Exists(Statistic.objects.filter(letter=OuterRef("pk")))
    taken = Q(claimed_by__isnull=False, claimed_until__gte=clock.now()) & ~Q(claimed_by=user)
    return Letter.objects.filter(~entered, ~figures, ~taken, state=State.UNREADABLE)


@staff_only(READ, APPROVE)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin with the first letter of the queue that nobody else has."""
    request.session.pop(PASSED_OVER, None)
    return onward(request)


def onward(request: HttpRequest, left: Letter | None = None) -> HttpResponse:
    """Go to the next letter, or back to the queue where none is left; `left` is the one just dealt with."""
    passed_over = request.session.get(PASSED_OVER, [])
    letter = workflow.claim_next(request.user, passed_over)
    if letter is None:
        messages.info(request, _nothing_left(passed_over))
        return redirect("admin:letters_letter_queue")
    before = f"?{urlencode({'previous': left.pk})}" if left else ""
    return redirect(address(letter) + before)


def _nothing_left(passed_over: list[str]) -> str:
    if passed_over:
        return "You have been through the whole queue. What you passed over is still below."
    if workflow.queue().exists():
        return "All that is left is being looked at by others."
    return "Nothing is left to review."
