"""What a text may leave to the site: `{{ contact }}` and the like, each a template `public/guidance/_contact.html`."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Placeholder:
    """A block stands on a line of its own; any other stands within a sentence."""

    meaning: str
    block: bool = False


PLACEHOLDERS: Mapping[str, Placeholder] = MappingProxyType(
    {
        "contact": Placeholder("“Write to …” with the site’s e-mail address, or “Call the Ombudsman on …”"),
        "ombudsman_phone": Placeholder("the Ombudsman’s telephone number, as a link"),
        "contents": Placeholder("links to the page’s own headings", block=True),
        "site_address": Placeholder("the address of this site"),
        "report": Placeholder("how to send in a wrong figure, by e-mail or telephone", block=True),
        "data_sources": Placeholder("the credit line of every source of data", block=True),
        "made_up": Placeholder("in a demonstration, that the letters are made up; else nothing", block=True),
    }
)
