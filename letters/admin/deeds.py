"""What is done with one letter besides reviewing it: each a POST of its own, on the revision that was shown."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from letters import clock, published, workflow
from letters.admin.access import APPROVE, PUBLISH, READ, address, find, page, staff_only
from letters.forms.deeds import SeenForm, WithdrawForm
from letters.forms.scheduling import LaterForm
from letters.models import Letter, Proposal, State
from letters.moments import in_words
from letters.standing import Standing

Deed = Callable[..., Any]


def _confirm(letter: Letter, by: User, shown: int | None) -> str:
    proposal = _as_shown(letter, shown)
    # With the revision that was on the page.
    proposal.letter = letter
    workflow.confirm(proposal, by)
    letter.refresh_from_db()
    return _said(letter.publish_at)


def _said(publish_at: datetime) -> str:
    return "Published." if publish_at <= clock.now() else f"It will be public at {in_words(publish_at)}."


def _publish_now(letter: Letter, by: User) -> None:
    workflow.publish_now(letter, by)


def _drop(letter: Letter, by: User, shown: int | None) -> None:
    workflow.drop(_as_shown(letter, shown), by)


def _as_shown(letter: Letter, shown: int | None) -> Proposal:
    """The proposal that waits, if it is the one that was on the page."""
    proposal = workflow.waiting_of(letter)
    if proposal is None:
        raise workflow.Refused("The publication of this letter was confirmed or dropped already.", letter)
    if proposal.pk != shown:
        raise workflow.Refused(
            "Another publication of this letter has been proposed since you opened the page. "
            "Nothing was confirmed or dropped: look at what waits now.",
            letter,
        )
    return proposal


def proposal_in_words(proposal: Proposal) -> str:
    """The publication that waits for a second person, in a sentence."""
    when = f"at {in_words(proposal.publish_at)}" if proposal.publish_at else "at once"
    follows = "Another person confirms it."
    if proposal.publish_at and proposal.publish_at <= clock.now():
        follows = "That time has passed: it is public as soon as another person confirms it."
    return f"{proposal.proposed_by} proposes that it be public {when}. {follows}"


PUBLISHING: dict[str, tuple[Deed, str, str]] = {
    "hold-back": (workflow.hold_back, "Hold back", "Held back: it will not go with its edition."),
    "release": (workflow.release, "No longer hold back", "No longer held back: it goes with its edition."),
    "publish-now": (_publish_now, "Publish now", "Published."),
    "propose": (
        _publish_now,
        "Propose to publish",
        "Proposed: it is public once another person confirms it.",
    ),
    "confirm": (_confirm, "Confirm and publish", ""),
    "drop": (_drop, "Drop the proposal to publish", "Dropped: the letter stays unpublished."),
}
# What is done with the proposal that waits, and not with another one that has come since.
OF_A_PROPOSAL = {"confirm", "drop"}
REVIEWING: dict[str, tuple[Deed, str, str]] = {
    "take-back": (workflow.take_back, "Take the approval back", "The approval was taken back."),
    "read-again": (workflow.read_again, "Read the letter again", "The letter waits to be read again."),
}


def deeds_for(
    user: User, letter: Letter, standing: Standing, proposal: Proposal | None
) -> list[dict[str, str]]:
    """What `user` may do with the letter as it stands: for each deed the address to post to, and its button's words.

    `proposal` is the one to publish it that waits.
    """
    deeds = []
    if user.has_perm(PUBLISH):
        deeds += [
            ("publishing", name, PUBLISHING[name][1])
            for name in _publishing(letter, standing, user, proposal)
        ]
    if user.has_perm(APPROVE):
        deeds += [("reviewing", name, REVIEWING[name][1]) for name in _reviewing(letter, standing)]
    return [
        {
            "address": reverse(f"admin:letters_letter_{kind}", args=[letter.pk, name]),
            "label": label,
            "asks": _what_is_lost(letter) if name == "read-again" else "",
        }
        for kind, name, label in deeds
    ]


def _what_is_lost(letter: Letter) -> str:
    """What to say before the letter is read again; nothing where nobody has entered anything of it."""
    if not workflow.anybody_entered(letter):
        return ""
    return (
        "What was entered by hand goes: council, year, addressee, days and figures. The history keeps them."
    )


def _publishing(letter: Letter, standing: Standing, user: User, proposal: Proposal | None) -> list[str]:
    if standing in {Standing.UNSCHEDULED, Standing.SCHEDULED}:
        return ["hold-back"]
    if standing == Standing.COMING:
        return [*_publishing_late(user, proposal), "hold-back"]
    if standing == Standing.LATE:
        return _publishing_late(user, proposal)
    if standing == Standing.HELD_BACK:
        hour = letter.review.publish_at
        return _publishing_late(user, proposal) if hour and hour <= clock.now() else ["release"]
    return []


def _publishing_late(user: User, proposal: Proposal | None) -> list[str]:
    if not settings.TWO_PEOPLE:
        return ["publish-now"]
    if proposal is None:
        return ["propose"]
    return ["drop"] if proposal.proposed_by == user else ["confirm", "drop"]


def _reviewing(letter: Letter, standing: Standing) -> list[str]:
    if letter.state in {State.READ, State.UNREADABLE}:
        return ["read-again"]
    seen_by_all = {Standing.PUBLIC, Standing.REPLACED}
    return ["take-back"] if letter.state == State.APPROVED and standing not in seen_by_all else []


@staff_only(READ, PUBLISH)
@require_POST
def publishing(request: HttpRequest, pk, deed: str) -> HttpResponse:
    """Hold back, release or publish one letter."""
    return _do(request, find(pk), PUBLISHING, deed)


@staff_only(READ, APPROVE)
@require_POST
def reviewing(request: HttpRequest, pk, deed: str) -> HttpResponse:
    """Take an approval back, or have the letter read again."""
    return _do(request, find(pk), REVIEWING, deed)


def _do(
    request: HttpRequest, letter: Letter, deeds: dict[str, tuple[Deed, str, str]], name: str
) -> HttpResponse:
    if name not in deeds:
        raise Http404
    form = SeenForm(request.POST)
    do, _, done = deeds[name]
    try:
        if not form.is_valid():
            raise workflow.Refused("The page was incomplete, so nothing was done. Open the letter again.")
        letter.revision = form.cleaned_data["revision"]
        shown = [form.cleaned_data["proposal"]] if name in OF_A_PROPOSAL else []
        messages.success(request, do(letter, request.user, *shown) or done)
    except workflow.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(address(letter))


def may_have_an_hour(user: User, letter: Letter, standing: Standing) -> bool:
    """Whether `user` may give the letter an hour of its own, or propose one."""
    hour = letter.review.publish_at if letter.review else None
    late = standing in {Standing.LATE, Standing.COMING} or (
        standing == Standing.HELD_BACK and hour is not None
    )
    return late and hour <= clock.now() and user.has_perm(PUBLISH)


@staff_only(READ, PUBLISH)
@require_http_methods(["GET", "POST"])
def publish_later(request: HttpRequest, pk) -> HttpResponse:
    """Ask for the hour at which a letter that is late for its edition is to be public; set it, or propose it."""
    letter = find(pk)
    sent = request.POST if request.method == "POST" else None
    form = LaterForm(sent, initial={"revision": letter.revision, "day": letter.promised_date})
    if form.is_valid():
        letter.revision = form.cleaned_data["revision"]
        publish_at = form.cleaned_data["publish_at"]
        try:
            proposal = workflow.publish_later(letter, request.user, publish_at)
        except workflow.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _proposed(publish_at) if proposal else _said(publish_at))
            return redirect(address(letter))
    title = f"Publish {letter} at an hour of its own"
    return page(request, "letter/later.html", title, letter=letter, form=form, proposing=settings.TWO_PEOPLE)


def _proposed(publish_at: datetime) -> str:
    return f"Proposed: it will be public at {in_words(publish_at)}, once another person confirms it."


@staff_only(READ, PUBLISH)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk) -> HttpResponse:
    """Ask why and make sure, then take the letter away."""
    letter = find(pk)
    if letter.state == State.WITHDRAWN:
        messages.warning(
            request, f"{letter} was withdrawn already, by {letter.withdrawn_by}. Nothing was changed."
        )
        return redirect(address(letter))
    sent = request.POST if request.method == "POST" else None
    form = WithdrawForm(sent, initial={"revision": letter.revision})
    if form.is_valid():
        letter.revision = form.cleaned_data["revision"]
        try:
            told = form.cleaned_data
            workflow.withdraw(letter, request.user, told["note"], as_public=told["public"])
        except workflow.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Withdrawn: {letter}.")
            return redirect(address(letter))
    public = published.is_public(letter, clock.now())
    return page(
        request, "letter/withdraw.html", f"Withdraw {letter}?", letter=letter, form=form, public=public
    )
