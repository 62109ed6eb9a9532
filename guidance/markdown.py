"""Markdown made into HTML that can do no harm: only known elements, links to known kinds of address, no raw HTML.

Headings begin at the second level, since the page's title is the first, and each has an anchor: the one written
behind it (`## Chance {#chance}`), else one made from its words.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise

import nh3
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from guidance.placeholders import PLACEHOLDERS

# What nobody sees, what turns the direction of the words around it, and what has no meaning of its own: two of these
# are the marks around a placeholder.
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff\U000e0000-\U000fffff]"
)

_PLACEHOLDER = re.compile(r"\{\{ *([a-z_]{1,40}) *\}\}")
_MARK = re.compile("\ue000([a-z_]+)\ue001")
_ANCHOR = re.compile(r" *\{#([a-z][a-z0-9-]{0,60})\}$")
_TARGET = re.compile(r"\]\(.*?\)")  # where a link within a heading leads
_LINK = re.compile(r"https?://[^/]|mailto:[^?]|tel:\+?[0-9]|/(?!/)|#", re.IGNORECASE)
_TAKEN = {"content"}  # anchors of the page around the text
_CLASSES = {
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "blockquote_open": "govuk-inset-text",
    "table_open": "guidance-table",
}
_HEADINGS = {"h2": "govuk-heading-m", "h3": "govuk-heading-s", "h4": "govuk-heading-s"}
_TAGS = {"p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "a", *_HEADINGS}
_TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "th": {"scope"}} | {tag: {"id"} for tag in _HEADINGS}
_ALLOWED_CLASSES = (
    {tag: {name} for tag, name in _HEADINGS.items()}
    | {"ul": {"govuk-list", "govuk-list--bullet"}, "ol": {"govuk-list", "govuk-list--number"}}
    | {"blockquote": {"govuk-inset-text"}, "table": {"guidance-table"}, "p": {"govuk-body-l"}}
    | {tag: {"guidance-table__number"} for tag in ("th", "td")}
)


def parse(text: str) -> tuple[list[Token], dict]:
    """The text's tokens; and what was met: `anchors` in their order, `written` ones, and links that were `refused`."""
    met: dict = {"anchors": [], "written": [], "refused": []}
    return _parser.parse(INVISIBLE.sub("", "\n".join(text.splitlines())), met), met


@lru_cache(maxsize=64)
def to_html(text: str) -> str:
    """Safe HTML, in which placeholders are marks to be filled. A pure function of the text, so it is kept."""
    tokens, met = parse(text)
    html = _parser.renderer.render(tokens, _parser.options, met)
    return nh3.clean(
        html,
        tags=_TAGS | _TABLE,
        attributes=_ATTRIBUTES,
        allowed_classes=_ALLOWED_CLASSES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


@lru_cache(maxsize=64)
def contents(text: str) -> tuple[tuple[str, str], ...]:
    """The headings below the title, each as its anchor and its words."""
    pairs = pairwise(parse(text)[0])
    return tuple(
        (str(opening.attrs["id"]), "".join(each.content for each in words.children or ()))
        for opening, words in pairs
        if opening.type == "heading_open" and opening.tag == "h2"
    )


def fill(html: str, value: Callable[[str], str]) -> str:
    """The HTML with every mark replaced by the value of its placeholder."""
    return _MARK.sub(lambda mark: value(mark[1]), html)


def inline(tokens: list[Token]) -> Iterator[Token]:
    """Every token within a line: words, links, placeholders."""
    for token in tokens:
        yield from token.children or ()


def _headings(state: StateCore) -> None:
    """Give every heading a level below the title's, and an anchor."""
    given: Counter[str] = Counter(_TAKEN)
    for opening, words in pairwise(state.tokens):
        if opening.type != "heading_open":
            continue
        if written := _ANCHOR.search(words.content):
            words.content = words.content[: written.start()]
            state.env["written"].append(written[1])
        anchor = _unlike(
            given, written[1] if written else slugify(_TARGET.sub("", words.content))[:60] or "part"
        )
        state.env["anchors"].append(anchor)
        opening.attrSet("id", anchor)
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(max(int(token.tag[1]), 2), 4)}"


def _unlike(given: Counter[str], anchor: str) -> str:
    """The anchor, with a number behind it if it was given before."""
    candidate = anchor
    while given[candidate]:
        given[anchor] += 1
        candidate = f"{anchor}-{given[anchor]}"
    given[candidate] += 1
    return candidate


def _placeholder(state: StateInline, silent: bool) -> bool:
    match = _PLACEHOLDER.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("placeholder", "", 0)
        token.content, token.markup = match[1], match[0]
    state.pos = match.end()
    return True


def _blocks(state: StateCore) -> None:
    """Take the paragraph away around a placeholder that stands alone in it and is a block."""
    alone = [
        index
        for index, token in enumerate(state.tokens)
        if token.type == "inline" and len(token.children) == 1 and _is_block(token.children[0])
        if state.tokens[index - 1].type == "paragraph_open"
    ]
    for index in alone:
        state.tokens[index].children[0].block = True
    around = {place for index in alone for place in (index - 1, index + 1)}
    state.tokens = [token for index, token in enumerate(state.tokens) if index not in around]


def _is_block(token: Token) -> bool:
    known = PLACEHOLDERS.get(token.content) if token.type == "placeholder" else None
    return known is not None and known.block


def _links(state: StateCore) -> None:
    """Leave a link's words without its address, unless that is of a kind that we allow."""
    for token in inline(state.tokens):
        if token.type == "link_open":
            href = str(token.attrs.pop("href", ""))
            token.attrs.clear()
            if _LINK.match(href):
                token.attrSet("href", href)
            else:
                state.env["refused"].append(href)


def _classes(state: StateCore) -> None:
    """The look of the site's own pages; the first paragraph is the short answer, and larger."""
    for token in state.tokens:
        if name := _CLASSES.get(token.type) or (token.type == "heading_open" and _HEADINGS[token.tag]):
            token.attrSet("class", name)
        if token.type in {"th_open", "td_open"} and "right" in str(token.attrs.pop("style", "")):
            token.attrSet("class", "guidance-table__number")
        if token.type == "th_open":
            token.attrSet("scope", "col")
    if state.tokens and state.tokens[0].type == "paragraph_open":
        state.tokens[0].attrSet("class", "govuk-body-l")


def _render_placeholder(renderer, tokens: list[Token], index: int, options, env) -> str:
    """A mark, where the placeholder is known and stands where it may; else its own letters."""
    token = tokens[index]
    known = PLACEHOLDERS.get(token.content)
    return f"\ue000{token.content}\ue001" if known and known.block == token.block else token.markup


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "entity"])
    # Every address is looked at by `_links`, which can say what it refused.
    parser.validateLink = lambda url: True
    parser.core.ruler.after("block", "headings", _headings)
    parser.inline.ruler.before("escape", "placeholder", _placeholder)
    for rule in (_blocks, _links, _classes):
        parser.core.ruler.push(rule.__name__, rule)
    parser.add_render_rule("placeholder", _render_placeholder)
    return parser


_parser = _make_parser()
