"""A letter that was replaced: it counts no more, and stays on record with what replaced it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import render

from letters import clock, published
from letters.measures import in_full
from letters.wording import in_short
from public.addresses import full
from public.pages.answering import public_page
from public.pages.pdf import answer_with_letter

NOT_STATED = "not stated"


@dataclass(frozen=True)
class Both:
    """One figure as the replaced letter states it, and as the letter does that counts."""

    name: str
    then: str
    now: str

    @property
    def differs(self) -> bool:
        return self.then != self.now


@public_page
def replaced_letter(request, slug, year, number):
    """A replaced letter: why and by which, and its figures beside those that count now."""
    now = clock.now()
    letter = _replaced(now, slug, year, number)
    counts = published.letters(now).filter(council=letter.council, review=letter.review).first()
    page = {
        "letter": letter,
        "council": letter.council,
        "year": year,
        "number": number,
        "address": full("replaced-letter", slug, year, number),
        "counts": counts,
        "figures": _both(
            published.replaced_statistics(now).filter(letter=letter),
            published.statistics(now).filter(letter=counts) if counts else (),
        ),
    }
    return render(request, "public/replaced_letter.html", page)


@public_page
def replaced_pdf(request, slug, year, number):
    """The clean copy of a replaced letter."""
    letter = _replaced(clock.now(), slug, year, number)
    response = answer_with_letter(request, letter, f"{slug}-annual-letter-{year}-replaced-{number}.pdf")
    # Whoever comes from a search engine would not see that it was replaced.
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _replaced(now, slug: str, year: int, number: int) -> Any:
    known = published.replaced(now).filter(council__slug=slug, review__year_ending=year, number=number)
    letter = known.first()
    if letter is None:
        raise Http404
    return letter


def _both(then: Iterable[Any], now: Iterable[Any]) -> list[Both]:
    """Every figure that one of the two states, in the order of the replaced letter."""
    was = {each.measure: in_short(each) for each in then}
    is_now = {each.measure: in_short(each) for each in now}
    return [
        Both(in_full(measure), was.get(measure, NOT_STATED), is_now.get(measure, NOT_STATED))
        for measure in was | is_now
    ]
