"""JSON or CSV: by the suffix of the address, else by the Accept header with its weights."""

import re
from typing import Any

import orjson
from django.http import HttpRequest
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer

from public.api.problems import NOT_ACCEPTABLE, Refused
from public.tidy import as_csv

# What a header says of a type besides its weight, such as a character set: ours have one form each.
_BESIDES_WEIGHT = re.compile(r';\s*(?!q\s*=)[^\s;,="]+\s*=\s*("[^"]*"|[^\s;,]*)', re.IGNORECASE)


class Json(BaseRenderer):
    media_type, format, charset = "application/json", "json", None
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:
        return orjson.dumps(data)


class Csv(BaseRenderer):
    """A page of rows, or pages of them one after another."""

    media_type, format, charset = "text/csv", "csv", "utf-8"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> str:
        names, rows = data
        return "".join(as_csv.lines(rows, names))


class Negotiation(BaseContentNegotiation):
    """What the address names goes before what the header names."""

    def select_parser(self, request: Any, parsers: Any) -> None:
        return None

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> Any:
        for renderer in renderers:
            if renderer.format == format_suffix:
                return renderer, renderer.media_type
        offered = [renderer.media_type for renderer in renderers]
        wanted = _preferred(request.META.get("HTTP_ACCEPT", "*/*"), offered)
        if wanted is None:
            raise Refused(NOT_ACCEPTABLE, formats=offered)
        return renderers[offered.index(wanted)], wanted


def _preferred(accept: str, offered: list[str]) -> str | None:
    asking = HttpRequest()
    asking.META["HTTP_ACCEPT"] = _BESIDES_WEIGHT.sub("", accept)
    return asking.get_preferred_type(offered)
