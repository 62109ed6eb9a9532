"""A letter's page: its pages beside its figures; a form for whoever has taken it to review."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from history.admin import lines_of
from history.recording import writing
from letters import across, clock, workflow
from letters.admin.access import APPROVE, PUBLISH, READ, address, find, page, staff_only
from letters.admin.correcting import of_letter as corrections_of
from letters.admin.deeds import deeds_for, may_have_an_hour, proposal_in_words
from letters.admin.marks import figures_of, pages_of, restated_in, tables_of, with_places
from letters.admin.queue import PASSED_OVER, onward
from letters.extraction.types import Problem
from letters.forms.reviewing import ReviewForm
from letters.models import Letter, State
from letters.standing import Standing, in_words, with_standing

LAST_DEEDS = 10


def letter_page(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Show the letter, or keep what a reviewer entered."""
    if request.method == "POST":
        return _save(request, letter)
    problems = workflow.open_problems(letter)
    form = ReviewForm(letter, seen=_keys(problems)) if _has_it(request.user, letter) else None
    return _shown(request, letter, form, problems)


def _keys(problems: list[Problem]) -> str:
    """What names these problems when the page comes back, so that none is approved unseen."""
    return " ".join(map(across.key, problems))


def _has_it(user, letter: Letter) -> bool:
    """Whether `user` has taken the letter to review, and still has it."""
    mine = letter.claimed_by == user and letter.claimed_until > clock.now()
    return mine and _reviewable(letter) and user.has_perm(APPROVE)


def _reviewable(letter: Letter) -> bool:
    return letter.state in {State.READ, State.UNREADABLE}


@staff_only(READ, APPROVE)
def _save(request: HttpRequest, letter: Letter) -> HttpResponse:
    """All that was entered, and the approval if it was asked for; or nothing, with what stands in the way."""
    form = ReviewForm(letter, request.POST)
    problems = workflow.open_problems(letter)
    if form.is_valid():
        try:
            with writing():
                _write(request, letter, form)
                # As the entered figures leave them, even if nothing of it is kept.
                problems = workflow.open_problems(letter)
                _approve_if_asked(request, letter, form)
        except workflow.Refused as refusal:
            form.letter.add_error(None, str(refusal))
        else:
            return _onward(request, letter, _raised(problems, form))
    return _shown(request, find(letter.pk), form, problems)


def _write(request: HttpRequest, letter: Letter, form: ReviewForm) -> None:
    if not workflow.claim(letter, request.user):
        raise workflow.Refused(_not_yours(find(letter.pk)))
    entered = form.letter.cleaned_data
    letter.revision = entered["revision"]
    workflow.save_review(letter, request.user, form.letter.details(), form.numbers())


def _approve_if_asked(request: HttpRequest, letter: Letter, form: ReviewForm) -> None:
    # Where another person approves it, what was entered is kept and the letter left to that one.
    if "approve" in request.POST and not workflow.has_entered(letter, request.user):
        entered = form.letter.cleaned_data
        reasons = entered["reason"], entered["replacement_reason"]
        workflow.approve(letter, request.user, *reasons, seen=entered["seen"].split())


def _not_yours(letter: Letter) -> str:
    if not _reviewable(letter):
        return "This letter is no longer to be reviewed. Nothing of yours was saved: look at it again."
    return f"{letter.claimed_by} is looking at this letter. Nothing of yours was saved."


def _raised(problems: list[Problem], form: ReviewForm) -> list[Problem]:
    """The problems that were not on the page when it was sent: what was entered raises them."""
    seen = form.letter.cleaned_data["seen"].split()
    return [problem for problem in problems if across.key(problem) not in seen]


def _onward(request: HttpRequest, letter: Letter, raised: list[Problem]) -> HttpResponse:
    if "approve" in request.POST:
        if raised and workflow.has_entered(letter, request.user):
            messages.warning(request, f"Saved, but what you entered raises a question. {raised[0].message}")
            return redirect(address(letter))
        if workflow.has_entered(letter, request.user):
            workflow.let_go(letter, request.user)
            messages.info(
                request, f"Saved: {letter}. You entered figures of it, so another person approves it."
            )
        else:
            messages.success(request, f"Approved: {letter}.")
        return onward(request, letter)
    messages.success(request, "Saved.")
    return redirect(address(letter))


@staff_only(READ, APPROVE)
@require_POST
def take(request: HttpRequest, pk) -> HttpResponse:
    """Take a letter to review it."""
    letter = find(pk)
    if not workflow.claim(letter, request.user):
        messages.error(request, _not_yours(find(pk)))
    return redirect(address(letter))


@staff_only(READ, APPROVE)
@require_POST
def pass_over(request: HttpRequest, pk) -> HttpResponse:
    """Leave a letter as it is, to others or for later, and go to the next."""
    letter = find(pk)
    workflow.let_go(letter, request.user)
    request.session[PASSED_OVER] = [*request.session.get(PASSED_OVER, []), str(letter.pk)]
    return onward(request, letter)


def _shown(
    request: HttpRequest, letter: Letter, form: ReviewForm | None, problems: list[Problem]
) -> HttpResponse:
    now = clock.now()
    doubted = [letter.pk] if problems else []
    stood = with_standing(Letter.objects.select_related("council", "review"), now, doubted).get(pk=letter.pk)
    figures = figures_of(letter, form)
    proposal = workflow.waiting_of(letter) if letter.state == State.APPROVED else None
    context: dict[str, Any] = {
        "is_nav_sidebar_enabled": False,
        "letter": letter,
        "standing": in_words(stood),
        "form": form,
        "problems": with_places(problems, figures),
        "seen": _keys(problems),
        "errors": across.errors(problems),
        "figures": figures,
        "singles": [figure for figure in figures if not figure.family],
        "tables": tables_of(figures, form),
        "restated": restated_in(letter),
        "pages": pages_of(letter, figures),
        "earlier": workflow.earlier_letter(letter),
        "no_copy": workflow.why_no_copy(letter),
        "reviewable": _reviewable(letter) and request.user.has_perm(APPROVE),
        "taken_by": letter.claimed_by if letter.claimed_by and letter.claimed_until > now else None,
        "deeds": deeds_for(request.user, letter, Standing(stood.standing), proposal),
        "proposal": proposal,
        "proposed": proposal_in_words(proposal) if proposal else "",
        "may_publish_later": may_have_an_hour(request.user, letter, Standing(stood.standing)),
        "corrections": corrections_of(letter, request.user),
        "may_correct": request.user.has_perm(APPROVE) and stood.standing == Standing.PUBLIC,
        "left_to_another": workflow.has_entered(letter, request.user),
        "may_withdraw": request.user.has_perm(PUBLISH) and letter.state != State.WITHDRAWN,
        "previous": _previous(request),
        "history": lines_of(letter)[:LAST_DEEDS],
    }
    return page(request, "letter/change_form.html", str(letter), **context)


def _previous(request: HttpRequest) -> str:
    """The address of the letter that was left for this one."""
    try:
        pk = uuid.UUID(request.GET.get("previous", ""))
    except ValueError:
        return ""
    return reverse("admin:letters_letter_change", args=[pk])
