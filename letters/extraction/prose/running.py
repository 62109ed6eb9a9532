"""Running heads and feet: what stands at the top or bottom of several pages is told once, where it comes first."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from .lines import Line, Lines

# The parts of the page height at its top and bottom in which they stand.
_EDGE = 0.12


def without_repeats(pages: Sequence[Lines]) -> list[Lines]:
    """The pages without the heads and feet that an earlier page has, whatever page number they hold."""
    on_pages = Counter(sign for page in pages for sign in {_sign(line) for line in _at_edges(page)})
    told: set[str] = set()
    kept = []
    for page in pages:
        at_edges = set(map(id, _at_edges(page)))
        lines = []
        for line in page.lines:
            if id(line) in at_edges and on_pages[_sign(line)] > 1:
                if _sign(line) in told:
                    continue
                told.add(_sign(line))
            lines.append(line)
        kept.append(replace(page, lines=tuple(lines)))
    return kept


def _at_edges(page: Lines) -> list[Line]:
    top, bottom = page.height * _EDGE, page.height * (1 - _EDGE)
    return [line for line in page.lines if line.bottom < top or line.top > bottom]


def _sign(line: Line) -> str:
    """What is the same on every page: the words, without a number such as "Page 3" or "3 of 4" at their end."""
    return re.sub(r"\W*(?:page\W*)?\d{1,2}(?:\s*(?:of|/)\s*\d{1,2})?\W*$", "", line.text.lower()).rstrip(" .")
