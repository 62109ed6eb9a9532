"""The sentences that name their measure themselves, wherever they stand: per 100,000 residents, and the overview."""

from collections.abc import Iterator
from dataclasses import replace

from letters.extraction import numbers
from letters.extraction.layout import Flow

from . import sentences as forms
from .matches import Found, Sentence, sentences
from .wording import doubt_of_adjustment, doubt_of_beginning

# How far after its first sentence an overview may end, in characters.
_OVERVIEW_LENGTH = 600


def loose(flow: Flow) -> Iterator[tuple[Sentence, list[Found]]]:
    """The sentences that name their measure themselves, wherever they stand."""
    yield from _overview(flow)
    for sentence, fields in _of_upheld(flow):
        doubt = doubt_of_adjustment(sentence) or doubt_of_beginning(sentence)
        yield sentence, [replace(field, doubt=doubt) for field in fields]


def _of_upheld(flow: Flow) -> Iterator[tuple[Sentence, list[Found]]]:
    per_100000 = "upheld-per-100000"
    for own in sentences(flow, forms.PER_100000_OWN):
        yield own, [own.found(per_100000, "value", "value", numbers.decimal)]
    for average in sentences(flow, forms.PER_100000_AVERAGE):
        yield average, [average.found(per_100000, "average", "average", numbers.decimal)]
    for both in sentences(flow, forms.INVESTIGATED_AND_UPHELD):
        counts = (("denominator", "base"), ("numerator", "count"))
        yield both, [both.found("upheld", field, name, numbers.count) for field, name in counts]


def _overview(flow: Flow) -> Iterator[tuple[Sentence, list[Found]]]:
    """The overview's sentences: the first with its period, or at least with the second, and those that follow it.

    That another year's add up as well proves nothing.
    """
    for opening in sentences(flow, forms.DEALT_WITH):
        following = [
            (sentence, measure)
            for measure, form in forms.OVERVIEW.items()
            for sentence in sentences(flow, form)
            if 0 < sentence.span[0] - opening.span[0] < _OVERVIEW_LENGTH
        ]
        if "start" in opening.captured or "not-for-us" in (measure for _, measure in following):
            doubt = "part" if doubt_of_beginning(opening) else ""
            for sentence, measure in ((opening, "dealt-with"), *following):
                fields = _overview_fields(sentence, measure, opening)
                yield sentence, [replace(field, doubt=doubt) for field in fields]


def _overview_fields(sentence: Sentence, measure: str, opening: Sentence) -> list[Found]:
    fields = [sentence.found(measure, "value", "value", numbers.count)]
    if "start" in opening.captured:
        fields.append(opening.found(measure, "period_start", "start", numbers.day))
        fields.append(opening.found(measure, "period_end", "end", numbers.day))
    return fields
