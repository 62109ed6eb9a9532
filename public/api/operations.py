"""Addresses described as operations of OpenAPI 3.1, made of the tables that answer there."""

from typing import Any

from public.api import cursors, filters, problems
from public.tidy.columns import Column, Several, Type

Schema = dict[str, Any]

_FORMATS = {Type.DATE: ("string", "date"), Type.INSTANT: ("string", "date-time")}
_CSV = "A head of the columns' names, then a line for each row; null is empty. Without `limit` all rows."
_CURSOR = (
    "Where the page begins: part of `next`, which is followed as it is. It holds for this table with these parameters"
    " alone, but for `limit`; what is made up leads nowhere (404)."
)
_ETAG = "Names this answer: send it as If-None-Match to ask whether it stands."


def of_columns(columns: tuple[Column, ...], about: str) -> Schema:
    """The schema of a row: every column is always there, and null where there is nothing to say."""
    return {
        "type": "object",
        "description": about,
        "properties": {column.name: _of_column(column) for column in columns},
        "required": [column.name for column in columns],
        "additionalProperties": False,
    }


def _of_column(column: Column) -> Schema:
    kind, form = _FORMATS.get(column.type, (column.type.value, ""))
    told: Schema = {"title": column.title, "description": _about(column)}
    if isinstance(column, Several):
        return told | {"type": "array", "items": {"type": kind}}
    return (
        told | {"type": [kind, "null"] if column.may_be_null else kind} | ({"format": form} if form else {})
    )


def _about(column: Column) -> str:
    unit = f" In {column.unit}." if column.unit else ""
    ours = " Worked out or added by this site; the Ombudsman does not state it." if column.ours else ""
    return f"{column.description}{unit}{ours}"


def of_listing(table: str, one: str, about: str, filterset: type[filters.Filters], example: Schema) -> Schema:
    """The operation of a table's address."""
    page = {"next": None, "results": [example]}
    return {
        "operationId": f"list_{table.replace('-', '_')}",
        "tags": [table],
        "summary": about.split(". ", maxsplit=1)[0],
        "description": f"{about} JSON comes in pages: follow `next` until it is null.",
        "parameters": parameters(filterset),
        "responses": {
            "200": {
                "description": "The rows that the parameters leave.",
                "headers": {"ETag": _header(_ETAG), "Link": _header("The next page, as `next` in JSON.")},
                "content": {
                    "application/json": {"schema": ref(f"PageOf{one}"), "example": page},
                    "text/csv": {"schema": {"type": "string", "description": _CSV}},
                },
            },
            **refusals(problems.BAD_CURSOR),
        },
    }


def of_one(
    name: str, summary: str, path: list[Schema], component: str, example: Schema, *refused: problems.Kind
) -> Schema:
    """The operation of one row's own address."""
    content = {"application/json": {"schema": ref(component), "example": example}}
    return {
        "operationId": f"get_{name}",
        "tags": [f"{name}s"],
        "summary": summary,
        "parameters": path,
        "responses": {
            "200": {"description": summary, "content": content},
            **refusals(problems.NOT_FOUND, *refused),
        },
    }


def in_path(name: str, about: str, schema: Schema, example: Any) -> Schema:
    return {
        "name": name, "in": "path", "required": True, "description": about, "schema": schema, "example": example
    }  # fmt: skip


COUNCIL = in_path(
    "council",
    "The authority, by its part of its page's address.",
    filters.council("").schema,
    "wellingborough-borough-council",
)
YEAR_ENDING = in_path(
    "year_ending",
    "The reporting year, by the year in which it ends.",
    {"type": "integer", "minimum": 1000, "maximum": 2999},
    2020,
)


def parameters(filterset: type[filters.Filters]) -> list[Schema]:
    """The query of a table."""
    asked = {**filterset.base_filters, filters.LIMIT: filters.LIMIT_ASKED}
    return [
        *(
            _in_query(name, each.about, each.schema) | {"example": each.example}
            for name, each in asked.items()
        ),
        _in_query(
            filters.CURSOR,
            _CURSOR,
            {"type": "string", "pattern": f"^({cursors.PATTERN})$", "maxLength": cursors.LONGEST},
        ),
    ]


def _in_query(name: str, about: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": about, "schema": schema}


def ref(component: str) -> Schema:
    return {"$ref": f"#/components/schemas/{component}"}


def _header(about: str) -> Schema:
    return {"description": about, "schema": {"type": "string"}}


# What any address may answer, whatever it has.
_ANY = (problems.BAD_REQUEST, problems.BAD_PARAMETER, problems.NOT_ACCEPTABLE, problems.TOO_MANY)


def refusals(*own: problems.Kind) -> Schema:
    """The problems that an operation may answer: those of its own, and those of all."""
    statuses = sorted({kind.status for kind in (*_ANY, *own)})
    return {
        str(status): _refusal([kind for kind in (*_ANY, *own) if kind.status == status])
        for status in statuses
    }


def _refusal(kinds: list[problems.Kind]) -> Schema:
    """The problems of one status, each with an example."""
    examples = {kind.anchor: {"summary": kind.title, "value": problems.said(kind)} for kind in kinds}
    return {
        "description": " Or: ".join(f"{kind.title}. {kind.advice}" for kind in kinds),
        "content": {problems.CONTENT_TYPE: {"schema": ref("Problem"), "examples": examples}},
    }


def page_of(component: str) -> Schema:
    """The schema of a page of rows that are each of this component."""
    return {
        "type": "object",
        "properties": {
            "next": {
                "type": ["string", "null"],
                "format": "uri",
                "description": "The address of the next page, to be followed as it is. Null on the last one.",
            },
            "results": {"type": "array", "items": ref(component)},
        },
        "required": ["next", "results"],
        "additionalProperties": False,
    }
