"""The texts that the site comes with: one Markdown file each, in force until staff publish their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).resolve().parent / "texts"

# In the order in which they are listed. Each stands at `/<name>` for good.
_NAMES = (
    "about",
    "how-to-read-these-figures",
    "how-to-complain",
    "report-a-wrong-figure",
    "data-sources",
    "accessibility",
    "privacy",
)


@dataclass(frozen=True)
class Text:
    """A page's title and Markdown, and the day since which it is public in this form."""

    slug: str
    title: str
    text: str
    changed: date


def _read(slug: str) -> Text:
    """A file begins with the lines `title: …` and `changed: 2026-11-23`; the text follows after an empty line."""
    head, text = (_FOLDER / f"{slug}.md").read_text(encoding="utf-8").split("\n\n", 1)
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    return Text(slug, facts["title"], text.strip() + "\n", date.fromisoformat(facts["changed"]))


SHIPPED: Mapping[str, Text] = MappingProxyType({slug: _read(slug) for slug in _NAMES})
