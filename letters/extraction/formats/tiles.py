"""Numbers in large type that stand apart from their words: above, below or beside a label, or in a chart."""

import re
from collections.abc import Callable, Iterator

from letters.extraction import numbers
from letters.extraction.layout import Flow, Piece, surrounding
from letters.extraction.runs import on_one_line
from letters.extraction.types import Box

from .matches import Found, Sentence, Span, Taken, Value, squeezed

Reader = Callable[[str], Value | None]

# How far a number may stand from its label: down in heights of the taller, across in heights of the number.
_DOWN = 2.5
_ACROSS = 4.0
# A second number is a rival unless it is so many times farther away.
_CLEARLY_NEARER = 1.6
BULLETS = "•▪-–—*_ "
_ONE_WORD_WITH_A_DIGIT = re.compile(r"\S*\d\S*")
_UNFINISHED = re.compile(r"[a-z,]$")
_CONTINUED = re.compile(r"[a-z(]")


def labelled(label: Sentence, taken: Taken, measure: str, field: str, read: Reader) -> list[Found]:
    """The number that belongs to a label standing by itself; nothing where the label is part of running text."""
    flow, (start, end) = label.flow, label.span
    line = flow.line_around(start, end)
    lead = max(line[0], taken.before(start)), start
    rest = end, min(line[1], taken.after(end) or line[1])
    before, after = squeezed(flow, lead).strip(BULLETS), squeezed(flow, rest).strip(" .:")
    if lead[0] == line[0] and _runs_on(flow, line, taken):
        return []
    if before and not after:
        span, number = (lead[0], end), before
    elif after and not before:
        span, number = (start, rest[1]), after
    elif not before and _is_end_of_line(flow, (taken.before(start), start)):
        span = taken.before(start), end
        number = squeezed(flow, (span[0], start))
    else:
        return [] if before else _apart(label, taken, measure, field, read)
    if not _ONE_WORD_WITH_A_DIGIT.fullmatch(number):
        return []
    page = flow.page_at(start)
    return [Found(measure, field, number, read(number), page, flow.box_of(*span, page), squeezed(flow, span))]


def _is_end_of_line(flow: Flow, span: Span) -> bool:
    """Whether a stretch is a number that ends the line before, in the same paragraph."""
    number = flow.text[slice(*span)]
    if (
        not _ONE_WORD_WITH_A_DIGIT.fullmatch(number.strip())
        or not number.endswith("\n")
        or number.startswith("\n")
    ):
        return False
    return set_together(flow.piece_at(span[0]), flow.piece_at(span[1]))


def large_rates(flow: Flow, taken: Taken) -> Iterator[tuple[int, Box, str]]:
    """The percentages that stand by themselves, with page and box."""
    for span in taken.left_over:
        printed = squeezed(flow, span)
        if numbers.percent(printed) is not None:
            page = flow.page_at(span[0])
            yield page, flow.box_of(*span, page), printed


def _runs_on(flow: Flow, line: Span, taken: Taken) -> bool:
    """Whether a line is the middle of a sentence: one that the line above leaves open, or the next goes on with."""
    first, last = flow.piece_at(line[0]), flow.piece_at(line[1] - 1)
    for index, piece in enumerate(flow.pieces):
        if piece is first and index:
            above = flow.pieces[index - 1]
            if is_unfinished(above, first) and not taken.holds((line[0] - 2, line[0] - 1)):
                return True
        if piece is last and index + 1 < len(flow.pieces):
            below = flow.pieces[index + 1]
            if _CONTINUED.match(below.text) and set_together(last, below):
                return not taken.holds((line[1] + 1, line[1] + 2))
    return False


def is_unfinished(above: Piece, below: Piece) -> bool:
    """Whether a line leaves its sentence open, and the one below is set with it."""
    return _UNFINISHED.search(above.text) is not None and set_together(above, below)


def set_together(above: Piece, below: Piece) -> bool:
    """Whether two pieces look like lines of one paragraph."""
    gap = below.box[1] - above.box[3]
    small, tall = sorted((above.height, below.height))
    return above.page == below.page and tall < 1.2 * small and -small < gap < 0.6 * small


def _apart(label: Sentence, taken: Taken, measure: str, field: str, read: Reader) -> list[Found]:
    """The nearest number above, below or beside a label; both where two are about as near."""
    flow = label.flow
    near = sorted(_numbers_near(label, taken), key=lambda candidate: candidate[0])
    rivals = [candidate for candidate in near if candidate[0] < _CLEARLY_NEARER * near[0][0] + 1]
    return [
        Found(
            measure,
            field,
            squeezed(flow, span),
            read(squeezed(flow, span)),
            label.page,
            surrounding([flow.box_of(*span, label.page), label.box]),
            f"{squeezed(flow, span)} {squeezed(flow, label.span)}",
        )
        for _, span in rivals
    ]


def _numbers_near(label: Sentence, taken: Taken) -> Iterator[tuple[float, Span]]:
    for span in taken.left_over:
        printed = squeezed(label.flow, span)
        if label.flow.page_at(span[0]) != label.page or not _ONE_WORD_WITH_A_DIGIT.fullmatch(printed):
            continue
        distance = _distance(label.flow.box_of(*span, label.page), label.box)
        if distance is not None and "%" not in printed:
            yield distance, span


def _distance(number: Box, label: Box) -> float | None:
    """How far a number stands from a label, in points; None if it does not belong there."""
    high = number[3] - number[1]
    if on_one_line(number, label):
        gap = max(number[0] - label[2], label[0] - number[2])
        return max(gap, 0.0) if gap < _ACROSS * high else None
    gap = max(label[1] - number[3], number[1] - label[3])
    overlap = min(number[2], label[2]) - max(number[0], label[0])
    return max(gap, 0.0) if overlap > 0 and gap < _DOWN * max(high, label[3] - label[1]) else None
