"""A letter's PDF, to everyone from its hour on."""

from collections.abc import Callable
from typing import IO

from django.http import FileResponse, HttpResponse
from django.utils.cache import get_conditional_response

from letters import clock, published
from public.pages.answering import FRESHNESS, public_page
from public.pages.missing import withdrawn_or_not_found
from public.ranges import Part, Unsatisfiable, asked_part

# A PDF needs nothing from anywhere; browsers' own viewers show it under this policy.
_NOT_NOW = "The PDF of this letter cannot be shown right now. Its figures are on the council's page."
POLICY = "default-src 'none'; frame-ancestors 'none'"


@public_page
def letter_pdf(request, slug, year):
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
        later = {"Retry-After": "3600", "Cache-Control": "no-store"}
        return HttpResponse(_NOT_NOW, status=503, content_type="text/plain; charset=utf-8", headers=later)
    return answer_with_pdf(
        request, tag=copy.sha256, size=copy.size, name=name, opened=lambda: published.pdf(letter)
    )


def answer_with_pdf(request, tag: str, size: int, name: str, opened: Callable[[], IO[bytes]]) -> HttpResponse:
    """A public PDF called `name`, whole or the part asked for; `tag` is another for other bytes."""
    etag = f'"{tag}"'
    headers = {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": FRESHNESS,
        "Content-Security-Policy": POLICY,
    }
    unchanged = get_conditional_response(request, etag=etag, response=HttpResponse(headers=headers))
    if unchanged.status_code != 200:
        return unchanged
    try:
        part = asked_part(_wanted(request, etag), size)
    except Unsatisfiable:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    return _file(opened(), part, size, name, headers)


def _file(file: IO[bytes], part: tuple[int, int] | None, size: int, name: str, headers) -> HttpResponse:
    if part is None:
        return FileResponse(file, filename=name, content_type="application/pdf", headers=headers)
    first, length = part
    file.seek(first)
    headers |= {
        "Content-Range": f"bytes {first}-{first + length - 1}/{size}",
        "Content-Length": str(length),
    }
    return FileResponse(
        Part(file, length), filename=name, content_type="application/pdf", status=206, headers=headers
    )


def _wanted(request, etag: str) -> str:
    """The Range header, unless it is about another version of the file."""
    if request.method != "GET" or request.headers.get("If-Range", etag) != etag:
        return ""
    return request.headers.get("Range", "")
