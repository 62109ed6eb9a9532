"""Correcting a figure of a public letter: choose it, see it beside the page, and say why; a second person confirms."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from letters import clock, published, workflow
from letters.admin.access import APPROVE, READ, address, find, page, staff_only
from letters.forms.correcting import CorrectForm
from letters.forms.reviewing import FigureForm
from letters.measures import find as find_measure
from letters.measures import in_full, stated_in
from letters.models import Correction, Letter
from letters.wording import in_short


@staff_only(READ, APPROVE)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk) -> HttpResponse:
    """Choose the figure; then give its numbers, the reason, and the note for everyone."""
    letter = find(pk)
    measure = find_measure(request.GET.get("figure", ""))
    if measure is None:
        if "figure" in request.GET:
            raise Http404
        return _choose(request, letter)
    sent = request.POST if request.method == "POST" else None
    statistic = letter.statistics.filter(measure=measure.slug).first()
    figure = FigureForm(measure, statistic, sent)
    form = CorrectForm(sent, initial={"revision": letter.revision})
    contradictions: list[str] = []
    if form.is_valid() & figure.is_valid():
        contradictions = workflow.new_contradictions(letter, measure.slug, figure.numbers())
        try:
            done = _do(request, letter, measure.slug, figure, form)
        except workflow.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _said(done))
            return redirect(address(letter))
    context: dict[str, Any] = {
        "letter": letter,
        "measure": measure,
        "figure": figure,
        "form": form,
        "shown": in_short(statistic) if statistic else "",
        "contradictions": contradictions,
        "two_people": settings.TWO_PEOPLE,
    }
    return page(request, "letter/correct.html", f"Correct “{in_full(measure.slug)}”", **context)


def _do(
    request: HttpRequest, letter: Letter, measure: str, figure: FigureForm, form: CorrectForm
) -> Correction:
    said = form.cleaned_data
    letter.revision = said["revision"]
    return workflow.correct(
        letter,
        request.user,
        measure,
        figure.numbers(),
        reason=said["reason"],
        note=said["note"],
        seen=request.POST.getlist("seen"),
    )


def _said(correction: Correction) -> str:
    if correction.confirmed_at:
        return f"Corrected: {correction.figure} is now {correction.now}. Everyone sees what it was."
    return (
        f"Proposed: {correction.figure} {correction.was} → {correction.now}. It stays as it was until another "
        "person confirms it."
    )


def _choose(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The letter's figures as they are shown, each to be chosen."""
    figures = [
        (in_full(each.measure), in_short(each), f"?figure={each.measure}") for each in letter.statistics.all()
    ]
    public = published.letters(clock.now()).filter(pk=letter.pk).exists()
    return page(
        request,
        "letter/correct_which.html",
        "Which figure is wrong?",
        letter=letter,
        figures=figures,
        missing=_not_stated(letter),
        public=public,
    )


def _not_stated(letter: Letter) -> list[tuple[str, str]]:
    """The figures that letters of the year state and that this one is shown not to."""
    shown = set(letter.statistics.values_list("measure", flat=True))
    year = letter.review.year_ending if letter.review else 0
    return [(each.name, f"?figure={each.slug}") for each in stated_in(year) if each.slug not in shown]


@staff_only(READ, APPROVE)
@require_POST
def decide(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Confirm a correction that somebody else proposed, or drop it."""
    known = Correction.objects.select_related("letter__council", "letter__review")
    correction = get_object_or_404(known, pk=pk)
    if deed not in {"confirm", "drop"}:
        raise Http404
    try:
        if deed == "confirm":
            workflow.confirm_correction(correction, request.user, request.POST.getlist("seen"))
        else:
            workflow.drop_correction(correction, request.user)
    except workflow.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done = "Corrected" if deed == "confirm" else "Dropped, the figure stays as it was"
        messages.success(request, f"{done}: {correction}.")
    return redirect(address(correction.letter))


def of_letter(letter: Letter, user: Any) -> list[dict[str, Any]]:
    """The letter's corrections for its page, the newest first, and what `user` may do with those that wait."""
    rows = letter.corrections.select_related("proposed_by", "confirmed_by", "dropped_by")
    return [{"row": row, "deeds": _deeds(row, user)} for row in rows]


def _to_look_at(correction: Correction, deed: str) -> list[str]:
    return workflow.contradictions_of(correction) if deed == "confirm" else []


def _deeds(correction: Correction, user: Any) -> list[tuple[str, str, list[str]]]:
    if correction.confirmed_at or correction.dropped_at or not user.has_perm(APPROVE):
        return []
    names = [("drop", "Drop")]
    if workflow.may_confirm(correction, user):
        names.insert(0, ("confirm", "Confirm"))
    return [
        (
            reverse("admin:letters_correction_decide", args=[correction.pk, name]),
            label,
            _to_look_at(correction, name),
        )
        for name, label in names
    ]
