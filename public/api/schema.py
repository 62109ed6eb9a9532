"""The API described as OpenAPI 3.1, made of the tables that answer; drf-spectacular finds their addresses."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.renderers import OpenApiYamlRenderer
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response

from public.api import filters
from public.api.answering import ReadOnly
from public.api.formats import Json
from public.api.operations import Schema
from public.api.tables import COMPONENTS


class Described(AutoSchema):
    """What a view says of itself; one that says nothing is left out."""

    def get_operation(self, path: str, *others: Any) -> Schema | None:
        described = getattr(self.view, "described", None)
        return described() if described and "." not in path else None


_PROBLEM: Schema = {
    "type": "object",
    "description": "What went wrong and what to do, as RFC 9457 has it.",
    "properties": {
        "type": {
            "type": "string",
            "format": "uri",
            "description": "Names the kind of problem, and tells of it.",
        },
        "title": {"type": "string", "description": "The kind of problem in words."},
        "status": {"type": "integer", "description": "The status of the answer."},
        "detail": {"type": "string", "description": "What happened and what to do."},
        "errors": {
            "type": "array",
            "description": "What is wrong with which parameter.",
            "items": {
                "type": "object",
                "properties": {"parameter": {"type": "string"}, "message": {"type": "string"}},
                "required": ["parameter", "message"],
            },
        },
        "allowed": {
            "type": "array",
            "items": {"type": "string"},
            "description": "The parameters that there are.",
        },
        "formats": {
            "type": "array",
            "items": {"type": "string"},
            "description": "The formats that there are.",
        },
        "note": {"type": "string", "description": "Why a letter was withdrawn."},
        "reference": {"type": "string", "description": "What to name when you report it."},
    },
    "required": ["type", "title", "status", "detail"],
}
_ABOUT = """What the Local Government and Social Care Ombudsman tells councils each year, and what it decides, as data:
for reading only, without a key, for scripts of every site.

* **Formats.** JSON and CSV come from the same addresses: by a suffix (`/api/v1/statistics.csv`) or the Accept
  header. JSON comes in pages, CSV whole unless `limit` is given. In CSV, text that a spreadsheet might run has an
  apostrophe before it.
* **Pages.** Follow `next` as it is given. A page begins after the last row of the one before, so nothing is told
  twice or left out when rows come and go.
* **Not stated is null,** never 0.
* **Caching.** Send the `ETag` of an answer as `If-None-Match`; where it still stands, the answer is 304.
* **Errors** are `application/problem+json` (RFC 9457) and say what to do.
* **Terms.** The letters and their figures, decisions and reports are the Ombudsman's: free to re-use if words and
  figures stay as they are, are not used in a misleading way, and it is named as the source. Codes and regions are from
  the Office for National Statistics under the Open Government Licence v3.0."""


# Where the site is in the examples of the tables.
_IN_EXAMPLES = "http://localhost:8000"


@cache
def openapi() -> Schema:
    """The whole description."""
    told = SchemaGenerator(urlconf="public.api.addresses").get_schema(request=None, public=True)
    told["info"]["description"] = _ABOUT
    told["components"] = {"schemas": {"Problem": _PROBLEM, **COMPONENTS}}
    return json.loads(json.dumps(told).replace(_IN_EXAMPLES, settings.SITE_ADDRESS))


@cache
def _in_yaml() -> bytes:
    return OpenApiYamlRenderer().render(openapi())


class Yaml(BaseRenderer):
    media_type, format, charset = "application/yaml", "yaml", "utf-8"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:
        return _in_yaml()


class Description(ReadOnly):
    """The description itself, as JSON or YAML."""

    renderer_classes = (Json, Yaml)

    def get(self, request, **parts: Any) -> Response:
        filters.asked(filters.Filters, request.GET, paged=False)
        return Response(openapi())
