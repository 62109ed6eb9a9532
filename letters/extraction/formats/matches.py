"""What was found in a flow of text: sentences with the places of their numbers, and the fields they state."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from letters.extraction.layout import Flow, Piece
from letters.extraction.runs import on_one_line
from letters.extraction.types import Box

Value = Decimal | int | str | date
Span = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """One field of a figure as a flow states it; `value` is None where what is printed is no plain number.

    What `needs_proof` is sure only if its arithmetic proves it; what has a `doubt` (reconcile.DOUBTS) never is.
    """

    measure: str
    field: str
    printed: str
    value: Value | None
    page: int
    box: Box
    quotation: str
    needs_proof: bool = False
    doubt: str = ""


@dataclass(frozen=True)
class Sentence:
    """A sentence form in a flow: its extent, and that of each thing it captures."""

    flow: Flow
    span: Span
    captured: dict[str, Span]

    def printed(self, name: str) -> str:
        return squeezed(self.flow, self.captured[name])

    @cached_property
    def page(self) -> int:
        """The page of its number, or of its beginning."""
        start = next(iter(self.captured.values()), self.span)[0]
        return self.flow.page_at(start)

    @cached_property
    def box(self) -> Box:
        """What of it stands on its page, in points."""
        return self.flow.box_of(*self.span, self.page)

    @cached_property
    def place(self) -> Box:
        """Where it belongs among the blocks: as high and low as the sentence, as wide as its first number."""
        span = next(iter(self.captured.values()), self.span)
        x0, _, x1, _ = self.flow.box_of(*span, self.page)
        return x0, self.box[1], x1, self.box[3]

    def found(self, measure: str, field: str, name: str, read: Callable[[str], Value | None]) -> Found:
        """What it captures under that name, as a field of a measure."""
        printed = self.printed(name)
        return Found(
            measure, field, printed, read(printed), self.page, self.box, squeezed(self.flow, self.span)
        )


def squeezed(flow: Flow, span: Span) -> str:
    """A stretch of text on one line."""
    return " ".join(flow.text[slice(*span)].split())


def sentences(flow: Flow, form: re.Pattern[str]) -> list[Sentence]:
    """Every place where a sentence form stands in a flow, in lines that belong together."""
    found = (_sentence(flow, match) for match in form.finditer(flow.text))
    return [sentence for sentence in found if _is_coherent(flow.pieces_of(*sentence.span))]


def _is_coherent(lines: Sequence[Piece]) -> bool:
    """Whether each piece goes on from those before: beside the last one, or further down in their column."""
    return all(_goes_on(lines[:index], piece) for index, piece in enumerate(lines) if index)


def _goes_on(before: Sequence[Piece], piece: Piece) -> bool:
    last = before[-1]
    if last.page != piece.page:
        return True
    if on_one_line(last.box, piece.box):
        return piece.box[0] > last.box[0]
    below = piece.box[1] > last.box[1]
    return below and any(
        min(other.box[2], piece.box[2]) > max(other.box[0], piece.box[0]) for other in before
    )


def _sentence(flow: Flow, match: re.Match[str]) -> Sentence:
    captured = {name: match.span(name) for name, text in match.groupdict().items() if text is not None}
    return Sentence(flow, (match.start(), match.start() + len(match.group().rstrip())), captured)


class Taken:
    """The stretches of a flow that sentences account for; what is left is read as numbers and labels in large type."""

    def __init__(self, flow: Flow, spans: Iterable[Span]) -> None:
        self._flow = flow
        self._spans = sorted(spans)

    def holds(self, span: Span) -> bool:
        return any(start < span[1] and span[0] < end for start, end in self._spans)

    def before(self, position: int) -> int:
        """Where the last of them ends that ends at or before a position; 0 if none does."""
        return max((end for _, end in self._spans if end <= position), default=0)

    def after(self, position: int) -> int | None:
        """Where the first of them begins that begins at or after a position."""
        return min((start for start, _ in self._spans if start >= position), default=None)

    @cached_property
    def left_over(self) -> Sequence[Span]:
        """The pieces of lines that no sentence accounts for."""
        return tuple(self._left_over())

    def _left_over(self) -> Iterator[Span]:
        start = 0
        for line in self._flow.text.splitlines():
            span = start, start + len(line)
            if line.strip() and not self.holds(span):
                yield span
            start += len(line) + 1
