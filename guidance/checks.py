"""What is wrong with a text before it is kept: refused with what to do, so that a page comes out as it was meant."""

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it.token import Token

from guidance.markdown import INVISIBLE, inline, parse
from guidance.placeholders import PLACEHOLDERS

LONGEST = 30_000  # characters: more than four times our longest page; the oddest text of that size takes half a second
_DEEPEST = 12  # levels of the parser, which leaves out what is deeper than 20; a list in a list takes 4
_BRACES = re.compile(r"\{\{.{0,40}|\}\}")


def problems(text: str, needed: frozenset[str] = frozenset()) -> list[str]:
    """Sentences for the person who wrote `text`; none if it can be published. Other pages link to `needed` anchors."""
    if len(text) > LONGEST:
        return [f"This text has {len(text):,} characters. A page may have {LONGEST:,}: make two of it."]
    tokens, met = parse(text)
    return [
        *_invisible(text),
        *_nesting(tokens),
        *_headings(tokens),
        *_links(tokens, met),
        *_anchors(met, needed),
        *_placeholders(tokens),
    ]


def written_anchors(text: str) -> frozenset[str]:
    """The anchors that are written behind headings, since something links to them."""
    return frozenset(parse(text)[1]["written"])


def _invisible(text: str) -> Iterator[str]:
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if found := INVISIBLE.search(line):
            yield (
                f"Line {number} has a character that nobody can see (U+{ord(found[0]):04X}), as text copied from "
                "elsewhere may have. Delete the words around it and type them again."
            )
            return


def _nesting(tokens: list[Token]) -> Iterator[str]:
    if any(token.level > _DEEPEST for token in tokens):
        yield "Lists or quotations stand too deep in one another: at most three lists in one another."


def _headings(tokens: list[Token]) -> Iterator[str]:
    openings = [(token, words) for token, words in pairwise(tokens) if token.type == "heading_open"]
    before = 1
    for opening, words in openings:
        level = len(opening.markup) if opening.markup.startswith("#") else 1
        if level == 1:
            yield f"Begin the heading “{words.content}” with ##: the page’s title is its only first heading."
        elif level > min(before + 1, 4):
            fewer = "#" * min(before + 1, 4)
            yield f"Begin the heading “{words.content}” with {fewer}: no level may be left out, and there are three."
        before = max(level, 2)


def _links(tokens: list[Token], met: dict) -> Iterator[str]:
    for href in dict.fromkeys(met["refused"]):
        yield (
            f"“{href[:80]}” cannot be linked to. A link begins with https://, http://, mailto:, tel:, "
            "with / for a page of this site, or with # for a heading of this page."
        )
    children = list(inline(tokens))
    if any(one.content.endswith("!") and two.type == "link_open" for one, two in pairwise(children)):
        yield "Pictures cannot be shown: take out “![…](…)”."
    for link in (token.attrs.get("href", "") for token in children if token.type == "link_open"):
        if str(link).startswith("#") and link[1:] not in {*met["anchors"], "content"}:
            yield f"No heading of this page has the anchor {link}."


def _anchors(met: dict, needed: frozenset[str]) -> Iterator[str]:
    for anchor in sorted(needed - set(met["anchors"])):
        yield f"Other pages link to #{anchor} of this page: write {{#{anchor}}} behind the heading they mean."
    written = met["written"]
    for anchor in sorted({each for each in written if written.count(each) > 1}):
        yield f"Two headings have the anchor {{#{anchor}}}: change one."


def _placeholders(tokens: list[Token]) -> Iterator[str]:
    for token in inline(tokens):
        if token.type == "placeholder":
            known = PLACEHOLDERS.get(token.content)
            if known is None:
                yield f"There is no placeholder {token.markup}. There are: {', '.join(PLACEHOLDERS)}."
            elif known.block and not token.block:
                yield f"{token.markup} must stand alone, with an empty line before and after it."
        elif token.type == "text" and (braces := _BRACES.search(token.content)):
            yield f"“{braces[0]}” is not a placeholder: write it like {{{{ contact }}}}."
