"""The pages of a letter as JSON and back. What comes back is believed in no point: anything odd refuses all of it."""

import json
from collections.abc import Sequence
from typing import Any

from ..schema import Malformed, members
from .types import KINDS, Block, Page

_MOST_PAGES = 100
_MOST_BLOCKS = 400
_MOST_ROWS = 400
_MOST_CELLS = 30
_LONGEST = 20_000
# A page's side in points: from a stamp to more than a poster.
_SIDES = range(10, 20_000)


def dumps(pages: Sequence[Page]) -> bytes:
    """The pages for the parent process."""
    return json.dumps({"pages": [_page_as_json(page) for page in pages]}).encode()


def loads(answer: bytes) -> tuple[Page, ...]:
    """The pages that a child process told. Raises Malformed for anything that is not exactly that."""
    try:
        whole = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise Malformed("It is no JSON.") from error
    pages = tuple(map(_page, _list(members(whole, {"pages"})["pages"], _MOST_PAGES)))
    if [page.number for page in pages] != list(range(1, len(pages) + 1)):
        raise Malformed("The pages are not numbered from 1.")
    return pages


def blocks_as_json(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Blocks in plain types, as they are kept."""
    return [{"kind": block.kind, "rows": [list(row) for row in block.rows]} for block in blocks]


def _page_as_json(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "blocks": blocks_as_json(page.blocks),
    }


def _page(value: Any) -> Page:
    known = members(value, {"number", "width", "height", "blocks"})
    number = known["number"]
    if type(number) is not int:
        raise Malformed("A page's number was expected.")
    blocks = tuple(map(_block, _list(known["blocks"], _MOST_BLOCKS)))
    return Page(number, _side(known["width"]), _side(known["height"]), blocks)


def _block(value: Any) -> Block:
    known = members(value, {"kind", "rows"})
    if known["kind"] not in KINDS:
        raise Malformed("A kind of block was expected.")
    rows = tuple(map(_row, _list(known["rows"], _MOST_ROWS)))
    widths = {len(row) for row in rows}
    if len(widths) != 1 or 0 in widths or (known["kind"] != "table" and widths != {1}):
        raise Malformed("Rows of as many cells each were expected, of one outside a table.")
    return Block(known["kind"], rows)


def _row(value: Any) -> tuple[str, ...]:
    return tuple(map(_words, _list(value, _MOST_CELLS)))


def _list(value: Any, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise Malformed("A list of moderate length was expected.")
    return value


def _words(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST or not value.isprintable():
        raise Malformed("Words without control characters were expected.")
    return value


def _side(value: Any) -> float:
    if type(value) not in (int, float) or not _SIDES.start <= value < _SIDES.stop:
        raise Malformed("A page's width or height in points was expected.")
    return float(value)
