"""What may be asked of a table: filters over published columns, each declared, and nothing else.

A parameter that is not declared, is given twice, or holds what it cannot hold is refused and named: an answer to
another question than was asked would be a wrong figure.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict

from cases import references
from councils.kinds import CouncilKind, Region
from letters.measures import FAMILIES, MEASURES
from public.api.problems import BAD_PARAMETER, Refused

LIMIT, CURSOR = "limit", "cursor"
MOST, USUAL = 1000, 100
# Those that an edition may be of.
_YEARS = (2006, 2100)
_SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
_REFERENCE = "|".join(f"[0-9]{{2}}{between}[0-9]{{3}}{between}[0-9]{{3}}[a-z]?" for between in " -")


class _Field(forms.CharField):
    """Text that fits a pattern as a whole, taken as it is; `read` makes the value of it, or raises ValueError."""

    def __init__(self, pattern: str, longest: int, read: Callable[[str], Any], message: str, **options: Any):
        super().__init__(strip=False, max_length=longest, error_messages={"max_length": message}, **options)
        self._pattern, self._read, self._message = re.compile(pattern), read, message

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            if not self._pattern.fullmatch(text):
                raise ValueError
            return self._read(text)
        except ValueError:
            raise forms.ValidationError(self._message) from None


class Asked(django_filters.Filter):
    """One parameter: its schema and an example for the description of the API, and what it asks of the rows.

    `about` says what it leaves, `must` what is wrong with a value that does not fit `pattern` or cannot be `read`.
    """

    field_class = _Field

    def __init__(
        self, lookup: str, about: str, example: Any, *, schema: dict[str, Any], must: str, **options: Any
    ):
        self.about, self.schema, self.example = about, schema, example
        options = {"read": str, "longest": schema.get("maxLength", 100)} | options
        super().__init__(lookup, label=about, message=must, **options)


def one_of(lookup: str, about: str, example: str, values: list[str], **options: Any) -> Asked:
    """A parameter that is one of these values."""
    return Asked(
        lookup,
        about,
        example,
        schema={"type": "string", "enum": values},
        must=f"It must be one of: {', '.join(values)}.",
        pattern="|".join(map(re.escape, values)),
        **options,
    )


def whole(lookup: str, about: str, example: int, within: tuple[int, int], **options: Any) -> Asked:
    """A parameter that is a whole number `within` these two, both included."""
    least, most = within

    def read(text: str) -> int:
        if not least <= int(text) <= most:
            raise ValueError
        return int(text)

    return Asked(
        lookup,
        about,
        example,
        schema={"type": "integer", "minimum": least, "maximum": most},
        must=f"It must be a whole number from {least} to {most}, such as {example}.",
        pattern="0|[1-9][0-9]{0,5}",
        read=read,
        **options,
    )


def day(lookup: str, about: str, example: str, **options: Any) -> Asked:
    """A parameter that is a day, as ISO 8601 writes it."""
    return Asked(
        lookup,
        about,
        example,
        schema={"type": "string", "format": "date"},
        must=f"It must be a day, written as in {example}.",
        pattern="[0-9]{4}-[0-9]{2}-[0-9]{2}",
        read=date.fromisoformat,
        **options,
    )


def worded(lookup: str, about: str, example: str, pattern: str, longest: int, **options: Any) -> Asked:
    """A parameter of at most `longest` characters that fit a pattern as a whole."""
    return Asked(
        lookup,
        about,
        example,
        schema={"type": "string", "pattern": f"^({pattern})$", "maxLength": longest},
        must=f"It must be written as in {example}.",
        pattern=pattern,
        **options,
    )


def slug(lookup: str, about: str, example: str) -> Asked:
    """A parameter that is a name as addresses have it."""
    return worded(lookup, about, example, _SLUG, 200)


def reference(lookup: str, about: str, **options: Any) -> Asked:
    """One of the Ombudsman's references, as it is printed or as in an address; asked for as it is printed."""
    return worded(lookup, about, "19 012 345", _REFERENCE, 11, read=references.read, **options)


def words(lookup: str, about: str, example: str) -> Asked:
    """What somebody would type into a search: any signs but those that no text has."""
    return worded(lookup, about, example, r"[^\x00-\x1f\x7f]+", 200)


def council(lookup: str) -> Asked:
    about = "One authority, by its part of its page's address."
    return slug(lookup, about, "wellingborough-borough-council")


def kind(lookup: str) -> Asked:
    return one_of(lookup, "Authorities of one kind.", "district", CouncilKind.values)


def region(lookup: str) -> Asked:
    return one_of(lookup, "Authorities of one region of England.", "East Midlands", Region.values)


def year_ending(lookup: str, **options: Any) -> Asked:
    return whole(lookup, "One reporting year, by the year in which it ends.", 2020, _YEARS, **options)


def from_year(lookup: str) -> Asked:
    about = "The years from this one on, each by the year in which it ends."
    return whole(lookup, about, 2020, _YEARS, lookup_expr="gte")


def to_year(lookup: str) -> Asked:
    return whole(lookup, "The years up to this one.", 2024, _YEARS, lookup_expr="lte")


def measure(lookup: str) -> Asked:
    pattern = f"{'|'.join(MEASURES)}|({'|'.join(FAMILIES)}):{_SLUG}"
    return worded(lookup, "One measure; /api/v1/measures lists them.", "upheld", pattern, 99)


class Filters(django_filters.FilterSet):
    """The filters of a table. `asked` and `filtered` read it, and refuse what a form would let pass."""

    @classmethod
    def parameters(cls) -> list[str]:
        """All that may be asked of the table's own address."""
        return [*cls.base_filters, LIMIT, CURSOR]


def asked(filters: type[Filters], parameters: QueryDict, paged: bool = True) -> dict[str, str]:
    """The parameters of an address, each once and each known to the table. Raises Refused, which names the others."""
    allowed = filters.parameters() if paged else []
    wrong = {name: _why_not(name, parameters, allowed) for name in parameters}
    _refuse({name: why for name, why in wrong.items() if why}, allowed)
    return parameters.dict()


def _why_not(name: str, parameters: QueryDict, allowed: list[str]) -> str:
    if name not in allowed:
        return "There is no such parameter here."
    if len(parameters.getlist(name)) > 1:
        return "It is given more than once."
    return "" if parameters[name] else "It is empty. Leave it out to ask for everything."


def filtered(filters: type[Filters], given: Mapping[str, str], rows: Any) -> Any:
    """Those of the rows that the filters leave. Raises Refused for what a parameter cannot hold."""
    return _valid(filters(given, queryset=rows)).qs


def values(filters: type[Filters], given: Mapping[str, str], rows: Any) -> dict[str, Any]:
    """What is asked of such rows: each parameter's value, None where it is left out. Raises Refused as `filtered`."""
    return _valid(filters(given, queryset=rows)).form.cleaned_data


def _valid(asked: Filters) -> Filters:
    if not asked.form.is_valid():
        _refuse({name: " ".join(each) for name, each in asked.form.errors.items()}, asked.parameters())
    return asked


def limit(filters: type[Filters], given: Mapping[str, str]) -> int | None:
    """How many rows were asked for; None where it is left to us."""
    if LIMIT not in given:
        return None
    try:
        return LIMIT_ASKED.field.clean(given[LIMIT])
    except forms.ValidationError as error:
        _refuse({LIMIT: " ".join(error.messages)}, filters.parameters())


_ROWS = f"How many rows a page has at most: JSON {USUAL} unless told otherwise, CSV all there are."
LIMIT_ASKED = whole("", _ROWS, USUAL, (1, MOST))


def _refuse(wrong: Mapping[str, str], allowed: list[str]) -> None:
    if wrong:
        errors = [{"parameter": name[:100], "message": why} for name, why in list(wrong.items())[:20]]
        told = " ".join(f"{each['parameter']}: {each['message']}" for each in errors)
        there_are = (
            f"The parameters are: {', '.join(allowed)}." if allowed else "There are no parameters here."
        )
        raise Refused(BAD_PARAMETER, detail=f"{told} {there_are}", errors=errors, allowed=allowed)
