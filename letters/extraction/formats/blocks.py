"""Which block of statistics a place on the page belongs to, wherever the blocks stand.

Blocks may follow one another down the page, stand in columns, or be the rows of a table. Headings and the sentences
that state a rate show where each block is; all else belongs to the block under whose head it stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from letters.extraction.layout import surrounding
from letters.extraction.types import Box

# By how much of the smaller one two heads may share height and still be rows, or width and still be columns.
_SHARED = 0.3
# How far above or below a rate the heading in the cell to its left may be, in heights of the heading.
_CELL_SHIFT = 6.0


@dataclass(frozen=True)
class Head:
    """A place that shows to which block its surroundings belong; `start` is where it stands in the text."""

    measure: str
    page: int
    box: Box
    start: int


class Blocks:
    """The heads of a letter's statistics in rows: one head a row where blocks are stacked, several in columns."""

    def __init__(self, heads: Iterable[Head]) -> None:
        self._rows: list[list[Head]] = []
        for head in sorted(heads, key=lambda head: (head.page, head.box[1])):
            row = next((row for row in self._rows if all(_beside(head, other) for other in row)), None)
            if row is None:
                self._rows.append([head])
            else:
                row.append(head)

    def owner(self, page: int, box: Box) -> str | None:
        """The measure in whose block this place lies; None before the first block, or between two columns."""
        middle = (box[1] + box[3]) / 2
        above = [
            row for row in self._rows if row[0].page < page or (row[0].page == page and _top(row) <= middle)
        ]
        if not above:
            return None
        return _in_next_column(above, box) or _column(above[-1], box)


def _in_next_column(above: Sequence[Sequence[Head]], box: Box) -> str | None:
    """The block of a place that lies lower than the last head, but in another column of the row of heads over both."""
    last, wider = above[-1], above[-2:-1]
    if len(last) > 1 or _away(last[0].box, box) < 0 or not wider or len(wider[0]) == 1:
        return None
    if wider[0][0].page != last[0].page:
        return None
    own, beside = _column(wider[0], box), _column(wider[0], last[0].box)
    return own if beside and own != beside else None


def _beside(one: Head, other: Head) -> bool:
    return one.page == other.page and _share(one.box, other.box, 1) > _SHARED > _share(one.box, other.box, 0)


def _share(one: Box, other: Box, axis: int) -> float:
    """How much of the smaller one's extent along an axis (0 across, 1 down) the two have in common."""
    shared = min(one[axis + 2], other[axis + 2]) - max(one[axis], other[axis])
    return shared / max(0.1, min(one[axis + 2] - one[axis], other[axis + 2] - other[axis]))


def _top(row: Sequence[Head]) -> float:
    return min(head.box[1] for head in row)


def _column(row: Sequence[Head], box: Box) -> str | None:
    """The head of the row in whose column a place lies; None if it lies in none, or reaches well into two."""
    if len(row) == 1:
        return row[0].measure
    reached = sorted(
        (head for head in row if _away(head.box, box) < 0), key=lambda head: _away(head.box, box)
    )
    if not reached or (len(reached) > 1 and _share(reached[1].box, box, 0) > 1 - _SHARED):
        return None
    return reached[0].measure


def headed(rates: Sequence[Head], headings: Sequence[Head]) -> list[tuple[Head, Head | None]]:
    """Each rate with its own heading, if it has one.

    Where rates with and without a heading are found, those without are of the running text, and are dropped.
    """
    if rows := _in_rows(rates, headings):
        return rows
    pairs = [(rate, _heading_of(rate, rates, headings)) for rate in rates]
    with_heading = [(rate, heading) for rate, heading in pairs if heading]
    return list(with_heading) or pairs


def _in_rows(rates: Sequence[Head], headings: Sequence[Head]) -> list[tuple[Head, Head | None]]:
    """Rates and headings as the two columns of a table; nothing unless all of them are, one for one in the same order.

    Then a heading may stand far lower than its rate, in the middle of a high cell.
    """
    if len(rates) < 2 or len({head.page for head in (*rates, *headings)}) != 1:
        return []
    down, beside = (sorted(each, key=lambda head: head.box[1]) for each in (rates, headings))
    measures = [head.measure for head in down]
    if len(set(measures)) < len(measures) or measures != [head.measure for head in beside]:
        return []
    is_left = max(head.box[2] for head in beside) <= min(head.box[0] for head in down)
    starts = [head.box[1] for head in down[1:]]
    in_step = all(head.box[1] < start for head, start in zip(beside, starts, strict=False))
    return list(zip(down, beside, strict=True)) if is_left and in_step else []


def heads(
    pairs: Sequence[tuple[Head, Head | None]], headings: Sequence[Head], pages_with_bases: Iterable[int]
) -> list[Head]:
    """Rates and their headings as one head each, and the headings without a rate on pages that state statistics."""
    whole = [
        Head(rate.measure, rate.page, surrounding([rate.box, heading.box]), rate.start)
        if heading and heading.page == rate.page
        else rate
        for rate, heading in pairs
    ]
    pages = {rate.page for rate, _ in pairs} | set(pages_with_bases)
    used = [heading for _, heading in pairs]
    return whole + [heading for heading in headings if heading not in used and heading.page in pages]


def merged(orders: Sequence[Sequence[Head]]) -> list[Head]:
    """The heads that several reading orders find; the first to find a measure on a page is believed."""
    found: dict[tuple[str, int], list[Head]] = {}
    for heads in orders:
        new = [head for head in heads if (head.measure, head.page) not in found]
        for head in new:
            found.setdefault((head.measure, head.page), []).append(head)
    return [head for heads in found.values() for head in heads]


def _heading_of(rate: Head, rates: Sequence[Head], headings: Sequence[Head]) -> Head | None:
    """The rate's own heading, if it stands right above or beside it, with no other measure's rate in between."""
    near = [heading for heading in headings if heading.page == rate.page and _beside_left(heading, rate)]
    near += _next_above(rate, headings)
    own = next((heading for heading in near if heading.measure == rate.measure), None)
    if own is None:
        return None
    rivals = (
        other for other in rates if other.measure != rate.measure and own in _next_above(other, headings)
    )
    return None if any((other.page, other.box[1]) < (rate.page, rate.box[1]) for other in rivals) else own


def _beside_left(heading: Head, rate: Head) -> bool:
    """Whether a heading stands to the left of a rate, in a cell of its own that may be set higher or lower."""
    gap = max(heading.box[1] - rate.box[3], rate.box[1] - heading.box[3])
    is_left = heading.box[2] <= rate.box[0] or (heading.box[0] < rate.box[0] and gap < 0)
    return is_left and gap < _CELL_SHIFT * (heading.box[3] - heading.box[1])


def _next_above(rate: Head, headings: Sequence[Head]) -> list[Head]:
    """The heading above a rate: of the lowest row of headings, the one that is horizontally nearest.

    Headings over the rate's own column go before those over others. A rate at the top of a page may have its heading at
    the foot of the page before.
    """
    above = [
        heading for heading in headings if heading.page == rate.page and heading.box[3] <= rate.box[1] + 2
    ]
    above = above or [heading for heading in headings if heading.page == rate.page - 1]
    if not above:
        return []
    above = [heading for heading in above if _away(heading.box, rate.box) < 0] or above
    lowest = max(above, key=lambda heading: heading.box[3])
    row = [heading for heading in above if heading is lowest or _share(heading.box, lowest.box, 1) > _SHARED]
    return [min(row, key=lambda heading: _away(heading.box, rate.box))]


def _away(one: Box, other: Box) -> float:
    """How far apart two places are horizontally; negative by as much as they overlap."""
    return max(one[0] - other[2], other[0] - one[2])
