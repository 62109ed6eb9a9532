"""A letter's PDF, to everyone from its hour on."""

from collections.abc import Callable
from typing import IO

from django.http import HttpResponse

from letters import clock, published
from public.pages.answering import public_page
from public.pages.files import PDF, answer_with_file, not_now
from public.pages.missing import withdrawn_or_not_found

_NOT_NOW = "The PDF of this letter cannot be shown right now. Its figures are on the council's page."


@public_page
def letter_pdf(request, slug, year):
    """The letter's clean copy, at the Ombudsman's own address for it."""
    now = clock.now()
    letter = published.letters(now).filter(council__slug=slug, review__year_ending=year).first()
    if letter is None:
        return withdrawn_or_not_found(request, now, slug, year)
    return answer_with_letter(
        request, letter, f"{letter.council.slug}-annual-letter-{letter.review.year_ending}.pdf"
    )


def answer_with_letter(request, letter, name: str) -> HttpResponse:
    """The PDF of a public letter: the clean copy of its file, or that there is none now."""
    copy = published.clean_copy(letter)
    if copy is None:
        return not_now(_NOT_NOW, retry_after=3600)
    return answer_with_pdf(
        request, tag=copy.sha256, size=copy.size, name=name, opened=lambda: published.pdf(letter)
    )


def answer_with_pdf(request, tag: str, size: int, name: str, opened: Callable[[], IO[bytes]]) -> HttpResponse:
    """A public PDF called `name`; `tag` is another for other bytes."""
    return answer_with_file(request, tag, size, opened, name=name, content_type=PDF)
