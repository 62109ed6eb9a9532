"""What a text may leave to the site: `{{ contact }}` and the like, each a small template."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.http import HttpRequest
from django.template.loader import render_to_string


@dataclass(frozen=True)
class Placeholder:
    """A block stands on a line of its own; any other stands within a sentence."""

    meaning: str
    block: bool = False


PLACEHOLDERS: Mapping[str, Placeholder] = MappingProxyType(
    {
        "contact": Placeholder("“Write to …” with the site’s e-mail address, or “Call the Ombudsman on …”"),
        "ombudsman_phone": Placeholder("the Ombudsman’s telephone number, as a link"),
        "site_address": Placeholder("the address of this site"),
        "report": Placeholder("how to send in a wrong figure, by e-mail or telephone", block=True),
        "data_sources": Placeholder("the credit line of every source of data", block=True),
        "made_up": Placeholder("in a demonstration, that the letters are made up; else nothing", block=True),
    }
)


def value(name: str, request: HttpRequest) -> str:
    """What stands in the place of the placeholder `name`, as safe HTML."""
    return render_to_string(f"public/guidance/_{name}.html", request=request).strip()
