"""Where a letter's figures stand on its pages: boxes to draw over a page's picture, and the words in them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from letters.measures import MEASURES, Measure, in_full, measure

# What a box stands off from its words to the left and right, as part of the page's width; above and below half as much.
_ROOM = 0.006
# The room that a number takes beside a box, in pixels.
_NUMBER = 14
_PERIOD, _HEADING = "period", "heading"
_STATES = {
    "percent": "rate",
    "value": "figure",
    "numerator": "count",
    "denominator": "base",
    "base_label": "base",
    "average": "average",
    "heading": _HEADING,
    "period_start": _PERIOD,
    "period_end": _PERIOD,
}


@dataclass(frozen=True)
class Mark:
    """Words of the letter, what they state of the figure, and their box in per cent of the page's picture.

    `aside` is how far to the left of the box, in pixels, its number stands: beside those of others at the same corner.
    """

    quotation: str
    states: str
    x: str
    y: str
    width: str
    height: str
    aside: int = 4


@dataclass(frozen=True)
class Marked:
    """A figure with its marks on one page, from top to bottom, under the number that stands beside them.

    The period alone is no mark, for its words are shared with other figures, unless there is nothing else; nor is a
    heading, which would crowd the picture of a table.
    """

    number: int
    measure: Measure
    marks: tuple[Mark, ...]

    @property
    def name(self) -> str:
        """With its table's, for a figure of one."""
        return in_full(self.measure.slug)


def marked_on(page: int, statistics: Iterable[Any]) -> list[Marked]:
    """The figures that stand on a page: those of the registry in its order, then those of tables in theirs."""
    by_measure = {each.measure: _marks(page, each.sources) for each in statistics}
    order = [slug for slug in MEASURES if slug in by_measure] + [
        slug for slug in by_measure if slug not in MEASURES
    ]
    taken: Counter[tuple[str, str]] = Counter()
    found = [(measure(slug), _aside(by_measure[slug], taken)) for slug in order if by_measure[slug]]
    return [Marked(number, *figure) for number, figure in enumerate(found, 1)]


def _aside(marks: Iterable[Mark], taken: Counter[tuple[str, str]]) -> tuple[Mark, ...]:
    """The marks, with room for the numbers that stand at their corners already."""
    placed = []
    for mark in marks:
        corner = (mark.x, mark.y)
        placed.append(replace(mark, aside=mark.aside + _NUMBER * taken[corner]))
        taken[corner] += 1
    return tuple(placed)


def _marks(page: int, sources: Iterable[Mapping[str, Any]]) -> tuple[Mark, ...]:
    """Each stretch of words once, with all that it states."""
    states: dict[tuple[str, tuple[float, ...]], list[str]] = {}
    for source in sources:
        if source["page"] == page:
            place = (source["quotation"], tuple(source["box"]))
            states.setdefault(place, []).append(_STATES[source["field"]])
    telling = {
        place: stated for place, stated in states.items() if not set(stated) <= {_PERIOD, _HEADING}
    } or states
    from_top = sorted(telling.items(), key=lambda each: (each[0][1][1], each[0][1][0]))
    return tuple(_mark(quotation, stated, box) for (quotation, box), stated in from_top)


def _mark(quotation: str, stated: list[str], box: tuple[float, ...]) -> Mark:
    x0, top, x1, bottom = box
    words = list(dict.fromkeys(stated))
    listed = " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
    return Mark(
        quotation,
        states=listed.capitalize(),
        x=_per_cent(x0 - _ROOM),
        y=_per_cent(top - _ROOM / 2),
        width=_per_cent(x1 - x0 + 2 * _ROOM),
        height=_per_cent(bottom - top + _ROOM),
    )


def _per_cent(fraction: float) -> str:
    return f"{fraction:.2%}"
