"""The letters of 2019 on: three headline figures in blocks; later per 100,000 residents, and an overview.

One flow of text in, all that it states of the figures out, each with its place. What two flows or two readers make of
one field is not decided here.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from letters.extraction import numbers
from letters.extraction.layout import Flow
from letters.extraction.runs import on_one_line

from . import sentences as forms
from .blocks import Blocks, Head, headed, heads, merged
from .loose import loose
from .matches import Found, Sentence, Span, Taken, sentences, squeezed
from .tiles import labelled, large_rates
from .wording import doubt_of_beginning, doubt_of_rate

# Whose base is counted in what, by a word of its label.
_COUNTED_IN = {
    "investigation": ("upheld", "satisfactory-remedies"),
    "upheld": ("satisfactory-remedies",),
    "compliance": ("compliance",),
    "recommendation": ("compliance",),
}
# The doubt of an average after all else of its block, where it may belong to the next.
_WHOSE = "whose-average"
# How far before its sentence a rate may begin, in characters.
_LOOK_BACK = 30
# How far a line of a sentence may stand from the next, in heights of the taller.
_NEXT_LINE = 1.6


@dataclass(frozen=True)
class _Statements:
    """The sentence forms that a flow holds, by what they state."""

    flow: Flow
    rates: list[tuple[str, Sentence]]
    headings: list[tuple[str, Sentence]]
    averages: list[Sentence]
    bases: list[Sentence]
    loose: list[tuple[Sentence, list[Found]]]

    @classmethod
    def of(cls, flow: Flow) -> "_Statements":
        return cls(
            flow=flow,
            rates=list(_rates(flow)),
            headings=list(_headings(flow)),
            averages=sentences(flow, forms.AVERAGE),
            bases=_bases(flow),
            loose=list(loose(flow)),
        )

    @cached_property
    def pairs(self) -> list[tuple[Head, Head | None]]:
        """The rates of the statistics, with their headings."""
        return headed([_head(*rate) for rate in self.rates], [_head(*heading) for heading in self.headings])

    @cached_property
    def heads(self) -> list[Head]:
        """Where the blocks are, in the order of the text."""
        found = heads(
            self.pairs, [_head(*heading) for heading in self.headings], (base.page for base in self.bases)
        )
        return sorted(found, key=lambda head: head.start)

    @property
    def due(self) -> list[str]:
        """The measures of which a rate is stated, in the order of the text."""
        none_due = {sentence.span[0] for _, sentence in self.rates if "none_due" in sentence.captured}
        stated = [rate for rate, _ in self.pairs if rate.start not in none_due]
        return [rate.measure for rate in sorted(stated, key=lambda rate: rate.start)]

    @cached_property
    def taken(self) -> Taken:
        named = [sentence for _, sentence in self.rates + self.headings]
        loose = [sentence for sentence, _ in self.loose]
        return Taken(self.flow, (sentence.span for sentence in named + loose + self.averages + self.bases))


def find(orders: Sequence[Flow]) -> list[Found]:
    """Every field of every figure that a text states in any of its reading orders; a field may be found repeatedly.

    Where the blocks are on the page, the orders say together: each may miss a heading that another has whole.
    """
    stated = [_Statements.of(flow) for flow in orders]
    blocks = Blocks(merged([statements.heads for statements in stated]))
    due = {measure for statements in stated for measure in statements.due}
    return _settled([found for statements in stated for found in _fields(statements, blocks)], due)


def _settled(found: Sequence[Found], due: Set[str]) -> list[Found]:
    """The fields; the last average of a block is no other block's where every rate has one."""
    if due <= {each.measure for each in found if each.field == "average"}:
        return [replace(each, doubt="") if each.doubt == _WHOSE else each for each in found]
    return [*found]


def _fields(statements: _Statements, blocks: Blocks) -> Iterator[Found]:
    yield from _rate_fields(statements, blocks)
    yield from _average_fields(statements, blocks)
    yield from _base_fields(statements, blocks)
    yield from _count_fields(statements, blocks)
    for _, fields in statements.loose:
        yield from fields


def _head(measure: str, sentence: Sentence) -> Head:
    return Head(measure, sentence.page, sentence.box, sentence.span[0])


def _headings(flow: Flow) -> Iterator[tuple[str, Sentence]]:
    """The headings that stand by themselves, on lines of their own."""
    for measure, form in forms.HEADINGS.items():
        for sentence in sentences(flow, form):
            if flow.line_around(*sentence.span) == sentence.span:
                yield measure, sentence


def _rates(flow: Flow) -> Iterator[tuple[str, Sentence]]:
    """The sentences that state a rate, with the rate as `percent` if it stands before them, and "none due"."""
    for measure, form in forms.RATES.items():
        for sentence in sentences(flow, form):
            yield measure, _with_number(sentence)
    for sentence in sentences(flow, forms.NONE_DUE):
        yield "compliance", Sentence(flow, sentence.span, {"none_due": sentence.span})


def _with_number(sentence: Sentence) -> Sentence:
    flow, (start, end) = sentence.flow, sentence.span
    begin = max(0, start - _LOOK_BACK)
    before = forms.BEFORE_RATE.search(flow.text[begin:start])
    if before is None:
        return sentence
    number = begin + before.start("percent"), begin + before.end("percent")
    if run_together := forms.RUN_TOGETHER.match(flow.text[slice(*number)]):
        number = number[0] + run_together.end(), number[1]
    if number[0] == number[1] or not _reads_on(flow, number, start):
        return sentence
    opening = begin + before.start("opening") if before["opening"] else number[0]
    return Sentence(flow, (opening, end), {"percent": number})


def _reads_on(flow: Flow, number: Span, start: int) -> bool:
    """Whether a sentence goes on from its number: on the same piece, or one that stands beside or under it."""
    here, there = flow.piece_at(number[1] - 1), flow.piece_at(start)
    if here is there:
        return True
    tall = max(here.height, there.height)
    if on_one_line(here.box, there.box):
        return here.page == there.page and 0 <= there.box[0] - here.box[2] < 4 * tall
    overlap = min(here.box[2], there.box[2]) - max(here.box[0], there.box[0])
    if here.page != there.page:
        return here.page + 1 == there.page and overlap > 0
    return overlap > 0 and -tall < there.box[1] - here.box[3] < _NEXT_LINE * tall


def _rate_fields(statements: _Statements, blocks: Blocks) -> Iterator[Found]:
    kept = {rate.start for rate, _ in statements.pairs}
    for measure, sentence in statements.rates:
        if sentence.span[0] not in kept:
            continue
        if "none_due" in sentence.captured:
            yield sentence.found(measure, "none_due", "none_due", str)
        elif "percent" in sentence.captured:
            found = sentence.found(measure, "percent", "percent", numbers.percent)
            yield replace(found, doubt=doubt_of_rate(measure, sentence))
        else:
            yield from _rate_in_large_type(measure, sentence, blocks, statements.taken)


def _rate_in_large_type(measure: str, sentence: Sentence, blocks: Blocks, taken: Taken) -> Iterator[Found]:
    """The percentage that stands in the block of a sentence without one; unread where there is none."""
    flow = sentence.flow
    quotation = squeezed(flow, sentence.span)
    found = [rate for rate in large_rates(flow, taken) if blocks.owner(*rate[:2]) == measure]
    for page, box, printed in found:
        number = numbers.percent(printed)
        doubt = doubt_of_rate(measure, sentence)
        yield Found(measure, "percent", printed, number, page, box, f"{printed} {quotation}", doubt=doubt)
    if not found:
        yield Found(measure, "percent", "", None, sentence.page, sentence.box, quotation)


def _bases(flow: Flow) -> list[Sentence]:
    dated = sentences(flow, forms.BASE)
    held = Taken(flow, (sentence.span for sentence in dated))
    return dated + [base for base in sentences(flow, forms.BASE_UNDATED) if not held.holds(base.span)]


def _average_fields(statements: _Statements, blocks: Blocks) -> Iterator[Found]:
    bases: dict[str | None, list[Sentence]] = {}
    for base, owner in _owned(statements.bases, statements, blocks):
        bases.setdefault(owner, []).append(base)
    for average, owner in _owned(statements.averages, statements, blocks):
        if owner:
            found = average.found(owner, "average", "average", numbers.percent)
            is_last = any(base.span[1] <= average.span[0] for base in bases.get(owner, ()))
            yield replace(found, doubt=doubt_of_beginning(average) or (_WHOSE if is_last else ""))


def _base_fields(statements: _Statements, blocks: Blocks) -> Iterator[Found]:
    owned = _owned(statements.bases, statements, blocks)
    for base, in_block in _as_footnotes(owned, statements) or owned:
        possible = _counted_in(base)
        owner = possible[0] if len(possible) == 1 else in_block
        if owner in possible:
            yield base.found(owner, "denominator", "base", numbers.count)
            yield base.found(owner, "base_label", "label", _label)
            for field, name in (("period_start", "start"), ("period_end", "end")):
                if name in base.captured:
                    yield base.found(owner, field, name, numbers.day)


def _as_footnotes(
    owned: Sequence[tuple[Sentence, str | None]], statements: _Statements
) -> list[tuple[Sentence, str]]:
    """The bases that all stand at the end, as footnotes do: one for each rate, in the order of the rates."""
    bases, due = [base for base, _ in owned], statements.due
    last = [head.measure for head in statements.heads[-1:]]
    if {block for _, block in owned} != set(last) or not 1 < len(due) == len(bases):
        return []
    fit = all(measure in _counted_in(base) for base, measure in zip(bases, due, strict=True))
    return list(zip(bases, due, strict=True)) if fit else []


def _counted_in(base: Sentence) -> tuple[str, ...]:
    label = _label(base.printed("label")).lower()
    return next((measures for word, measures in _COUNTED_IN.items() if word in label), ())


def _label(printed: str) -> str:
    """A base's label in plain spelling, wherever its letters were parted."""
    letters = _letters(printed)
    known = (form for label in forms.LABELS for form in (label.replace("(s)", ""), label.replace("(s)", "s")))
    return next((label for label in known if _letters(label) == letters), printed)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _owned(
    stated: Sequence[Sentence], statements: _Statements, blocks: Blocks
) -> list[tuple[Sentence, str | None]]:
    """Sentences that do not name their measure, with the measure of their block; None where that is in doubt.

    It is beyond doubt where their place on the page and their place in the text say the same, or where there is one
    for each rate, in the order of the rates, as in the cells of a table that is stored row by row.
    """
    placed = [
        blocks.owner(each.page, each.place) or blocks.owner(each.page, each.box) for each in stated
    ]  # a number may stand beyond the words of its block's head
    if placed == statements.due and len(set(placed)) == len(placed):
        return list(zip(stated, placed, strict=True))
    before = [
        next((head.measure for head in reversed(statements.heads) if head.start <= sentence.span[0]), None)
        for sentence in stated
    ]
    agreed = [here if here == there else None for here, there in zip(placed, before, strict=True)]
    return list(zip(stated, agreed, strict=True))


def _count_fields(statements: _Statements, blocks: Blocks) -> Iterator[Found]:
    """The counts in large type, in their block, or above all blocks where none is in it."""
    taken = statements.taken
    for measure, form in forms.COUNT_LABELS.items():
        labels = [label for label in sentences(statements.flow, form) if not taken.holds(label.span)]
        for owner in (measure, None):
            own = [label for label in labels if blocks.owner(label.page, label.box) == owner]
            found = [
                field
                for label in own
                for field in labelled(label, taken, measure, "numerator", numbers.count)
            ]
            if found:
                yield from found
                break
