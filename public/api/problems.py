"""What went wrong, for programs: RFC 9457, with what to do next. None depends on what is not public."""

from dataclasses import dataclass
from math import ceil
from typing import Any

import orjson
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions

PREFIX = "/api/v1/"
CONTENT_TYPE = "application/problem+json"
# What scripts of other sites may read of an answer.
EXPOSED = "ETag, Link, Retry-After"


@dataclass(frozen=True)
class Kind:
    """A kind of problem: the anchor that names it on the page about the API, its status, and what to do."""

    anchor: str
    status: int
    title: str
    advice: str


BAD_REQUEST = Kind(
    "bad-request",
    400,
    "The request cannot be understood",
    "Look at the address: its host is none of this site, or it has more in it than any answer needs.",
)
BAD_PARAMETER = Kind(
    "bad-parameter", 400, "A parameter of the address is wrong", "Change or leave out what `errors` names."
)
# No page begins there: nothing that a cursor looks like tells which are ours, so none is malformed.
BAD_CURSOR = Kind(
    "bad-cursor",
    404,
    "The cursor is not one of this address",
    "Leave `cursor` out to begin anew, and then follow `next` as it is given, with nothing changed but `limit`.",
)
NOT_FOUND = Kind(
    "not-found",
    404,
    "There is nothing at this address",
    f"Addresses are in small letters, without a slash at their end: {PREFIX} lists them.",
)
NOT_ALLOWED = Kind("not-allowed", 405, "This is for reading only", "Use GET, HEAD or OPTIONS.")
NOT_ACCEPTABLE = Kind(
    "not-acceptable",
    406,
    "There is no such format here",
    "Ask for what `formats` names in the Accept header, or by a suffix of the address.",
)
GONE = Kind("withdrawn", 410, "The letter was withdrawn", "`note` says why; its figures are shown no more.")
TOO_MANY = Kind(
    "too-many-requests",
    429,
    "Too many requests from your network",
    "Wait for as many seconds as the Retry-After header says. For whole tables fetch the CSV: it is one request.",
)
FAULT = Kind(
    "fault",
    500,
    "Something went wrong here",
    "It is not your doing. Try again; if it stays, report it with `reference`.",
)
AWAY = Kind("away", 503, "The figures cannot be reached right now", "Try again in half a minute.")
KINDS = (
    BAD_REQUEST, BAD_PARAMETER, BAD_CURSOR, NOT_FOUND, NOT_ALLOWED, NOT_ACCEPTABLE, GONE, TOO_MANY, FAULT, AWAY
)  # fmt: skip
_BY_STATUS = {kind.status: kind for kind in KINDS if kind not in (BAD_PARAMETER, BAD_CURSOR)}


class Refused(exceptions.APIException):
    """The request cannot be answered: the kind of problem, and what there is to say of this one."""

    def __init__(self, kind: Kind, **more: Any):
        super().__init__(kind.title)
        self.status_code = kind.status
        self.kind, self.more = kind, more


def handled(failure: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The answer to what a view of the API raised; None for a fault of ours."""
    if isinstance(failure, Http404):
        return answer(NOT_FOUND)
    if isinstance(failure, Refused):
        return answer(failure.kind, **failure.more)
    if not isinstance(failure, exceptions.APIException):
        return None
    response = of_status(failure.status_code)
    if isinstance(failure, exceptions.MethodNotAllowed):
        response.headers["Allow"] = "GET, HEAD, OPTIONS"
    if isinstance(failure, exceptions.Throttled):
        response.headers["Retry-After"] = str(ceil(failure.wait or 1))
    return response


def concerns(request: HttpRequest) -> bool:
    """Whether whoever asks is a program that expects a problem and no page."""
    return request.path.startswith(PREFIX) and request.path != PREFIX


def of_status(status: int, **more: Any) -> HttpResponse:
    """The problem that a status says."""
    return answer(_BY_STATUS.get(status, BAD_REQUEST), **more)


def said(kind: Kind) -> dict[str, Any]:
    """What every problem of this kind says."""
    return {
        "type": f"{settings.SITE_ADDRESS}{PREFIX}#{kind.anchor}",
        "title": kind.title,
        "status": kind.status,
        "detail": f"{kind.title}. {kind.advice}",
    }


def answer(kind: Kind, **more: Any) -> HttpResponse:
    """The problem as an answer that scripts of any site may read."""
    body = orjson.dumps(said(kind) | more)
    response = HttpResponse(body, status=kind.status, content_type=CONTENT_TYPE)
    if kind.status >= 429:
        response.headers["Cache-Control"] = "no-store"
    return opened(response)


def opened(response: HttpResponse) -> HttpResponse:
    """The same answer, for scripts of any site to read: it says nothing that the pages do not say, and knows no one."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    return response
