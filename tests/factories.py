"""Rows for tests, each whole and valid with as little said as possible."""

from itertools import count

from councils.models import Council, Origin

_numbers = count(1)


def council(name: str = "", **fields) -> Council:
    """A district council entered by staff, open since nobody knows when; `aliases` are texts."""
    name = name or f"Example {next(_numbers)} District Council"
    aliases = fields.pop("aliases", ())
    slug = name.lower().replace(" ", "-").replace(",", "").replace("'", "")
    defaults = {"name": name, "short_name": name, "slug": slug, "kind": "district", "origin": Origin.STAFF}
    body = Council.objects.create(**defaults | fields)
    for text in aliases:
        body.aliases.create(text=text)
    return body
