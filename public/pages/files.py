"""Files, to everyone: whole or the part asked for, and nothing to whoever has them already."""

import io
from collections.abc import Callable
from typing import IO

from django.http import FileResponse, HttpResponse
from django.utils.cache import get_conditional_response

from public.pages.answering import FRESHNESS
from public.ranges import Part, Unsatisfiable, asked_part

PDF = "application/pdf"
# A file needs nothing from anywhere; browsers' own viewers show it under this policy.
POLICY = "default-src 'none'; frame-ancestors 'none'"


def answer_with_file(
    request, tag: str, size: int, opened: Callable[[], IO[bytes]], *, name: str, content_type: str
) -> HttpResponse:
    """A public file called `name`, whole or the part asked for; `tag` is another for other bytes."""
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
    shown = {"filename": name, "content_type": content_type, "as_attachment": content_type != PDF}
    if request.method == "HEAD":
        return _head(size, shown, headers)
    return _file(opened(), part, size, shown, headers)


def not_now(words: str, retry_after: int) -> HttpResponse:
    """What there is instead of a file that cannot be had at the moment; in some seconds it may be."""
    headers = {"Retry-After": str(retry_after), "Cache-Control": "no-store"}
    return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8", headers=headers)


def _head(size: int, shown, headers) -> HttpResponse:
    """What would be said of the file, which is not opened: servers read to the end what they then do not send."""
    response = FileResponse(io.BytesIO(), **shown, headers=headers)
    response.headers["Content-Length"] = str(size)
    return response


def _file(file: IO[bytes], part: tuple[int, int] | None, size: int, shown, headers) -> HttpResponse:
    if part is None:
        return FileResponse(file, **shown, headers=headers)
    first, length = part
    file.seek(first)
    headers |= {
        "Content-Range": f"bytes {first}-{first + length - 1}/{size}",
        "Content-Length": str(length),
    }
    return FileResponse(Part(file, length), **shown, status=206, headers=headers)


def _wanted(request, etag: str) -> str:
    """The Range header, unless it is about another version of the file."""
    if request.method != "GET" or request.headers.get("If-Range", etag) != etag:
        return ""
    return request.headers.get("Range", "")
