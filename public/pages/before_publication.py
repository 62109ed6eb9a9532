"""Letters before their hour, for named people alone: each by a link of their own, for a set time."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from letters import clock, prerelease
from letters.measures import in_full
from letters.wording import in_short
from public.pages.errors import not_found
from public.pages.files import POLICY

LONGEST_QUERY = 2000
HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def _for_the_bearer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For whoever has a link that opens something; to all others the same page, whatever is wrong with theirs."""

    @wraps(view)
    def answer(request, token, **parts):
        now = clock.now()
        try:
            access = prerelease.access(token, now)
            if access is None:
                raise Http404
            response = view(request, access, token, now, **parts)
        except Http404:
            response = not_found(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return answer


@require_safe
@_for_the_bearer
def before_publication(request, access, token, now):
    """The letters that the person was given, until their time is over."""
    prerelease.saw(access, "list", None, now)
    page = {"access": access, "token": token, "letters": prerelease.letters(access)}
    return render(request, "public/before/list.html", page)


@require_safe
@_for_the_bearer
def letter_before(request, access, token, now, slug):
    """One of these letters, with its figures and what was asked about it."""
    letter = _letter(access, slug)
    prerelease.saw(access, "letter", letter, now)
    return _shown(request, access, token, letter)


@require_safe
@_for_the_bearer
def pdf_before(request, access, token, now, slug):
    """The clean copy of one of these letters."""
    letter = _letter(access, slug)
    try:
        file = prerelease.pdf(letter)
    except prerelease.NoPdf as none:
        raise Http404 from none
    prerelease.saw(access, "pdf", letter, now)
    name = f"before-publication-{slug}-{letter.review.year_ending}.pdf"
    headers = {"Content-Security-Policy": POLICY}
    return FileResponse(file, filename=name, content_type="application/pdf", headers=headers)


# The link itself is the secret that another site would need, and these pages set no cookie to hold a second one.
@csrf_exempt
@require_POST
@_for_the_bearer
def ask_before(request, access, token, now, slug):
    """Keep what the person asks about a letter; what is refused comes back with what was typed."""
    letter = _letter(access, slug)
    text = request.POST.get("text", "")
    try:
        if len(text) > LONGEST_QUERY:
            raise prerelease.NotKept(
                f"Your query was not sent: it is longer than {LONGEST_QUERY} characters."
            )
        prerelease.ask(access, letter, text)
    except prerelease.NotKept as refusal:
        return _shown(request, access, token, letter, refused=str(refusal), text=text, status=400)
    return redirect("letter-before", token=token, slug=slug)


def _letter(access: Any, slug: str) -> Any:
    letter = prerelease.letters(access).filter(council__slug=slug).first()
    if letter is None:
        raise Http404
    return letter


def _shown(request, access, token, letter, status: int = 200, **said: str) -> HttpResponse:
    page = {
        "access": access,
        "token": token,
        "letter": letter,
        "figures": [(in_full(each.measure), in_short(each)) for each in prerelease.statistics(letter)],
        "queries": prerelease.queries(access, letter),
        "longest": LONGEST_QUERY,
    }
    return render(request, "public/before/letter.html", page | said, status=status)
