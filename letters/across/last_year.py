"""A figure against the same council's of the year before: a jump is a question, not an error. Pure.

A jump is, where no break in the series lies between:
* a count or base that more than doubles or halves, and by more than chance explains (three standard deviations
  of the difference of two Poisson counts);
* a rate that moves by more than 20 points, and by more than chance explains (three standard deviations of the
  difference of two shares, of the bases stated);
* a figure per 100,000 residents, or its average, that more than trebles or falls to less than a third, and moves by
  more than 2;
* an average of similar authorities, in per cent, that moves by more than 15 points.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import sqrt

from councils.years import in_years
from letters.across.averages import name_of, sign_of
from letters.across.stated import Stated
from letters.extraction.types import Problem
from letters.measures import OVERVIEW, find
from letters.wording import as_printed

CODE = "jump-since-last-year"

COUNT_TIMES = 2
PER_100000_TIMES = 3
PER_100000_BY = 2
RATE_POINTS = 20
AVERAGE_POINTS = 15
DEVIATIONS = 3

PER_100000 = "upheld-per-100000"
# Numbers that count complaints; the cells of a table are too many and too small to be asked one by one.
COUNTS = (*OVERVIEW, "received:total", "decided:total", "first-enquiries")

Number = Decimal | int


def jumps(figure: Stated, before: Mapping[str, Stated]) -> Iterator[Problem]:
    """One question for all that jumped in this figure, at the first number that did."""
    earlier = before.get(figure.measure)
    if earlier is None or _series_breaks(figure):
        return
    found = list(_jumped(figure, earlier))
    if found:
        field, moves = found[0][0], ", ".join(words for _, words in found)
        message = (
            f"{name_of(figure.measure)}: {moves}, from {in_years(earlier.year)} to {in_years(figure.year)}. That is "
            "more than usual. Look at the number on the page; if it is printed so, approve it: this needs no reason."
        )
        yield Problem(CODE, figure.measure, message, field)


def _series_breaks(figure: Stated) -> bool:
    known = find(figure.measure)
    return known is None or any(each.year == figure.year for each in known.breaks)


def _jumped(now: Stated, before: Stated) -> Iterator[tuple[str, str]]:
    """The fields that jumped, each with its numbers in words."""
    for field, called, has_jumped in (
        ("percent", "rate", _rate_jumped(now, before)),
        ("numerator", "count", _count_jumped(now.numerator, before.numerator)),
        ("denominator", "base", _count_jumped(now.denominator, before.denominator)),
        ("value", "number", _value_jumped(now, before)),
        ("average", "average of similar authorities", _average_jumped(now, before)),
    ):
        if has_jumped:
            sign = sign_of(now.measure) if field in {"percent", "average"} else ""
            then, today = as_printed(getattr(before, field)), as_printed(getattr(now, field))
            yield field, f"{called} {then}{sign} → {today}{sign}"


def _count_jumped(now: Number | None, before: Number | None) -> bool:
    if now is None or before is None:
        return False
    return abs(now - before) > DEVIATIONS * sqrt(now + before) and _times(now, before, COUNT_TIMES)


def _rate_jumped(now: Stated, before: Stated) -> bool:
    if now.percent is None or before.percent is None or not now.denominator or not before.denominator:
        return False
    if abs(now.percent - before.percent) <= RATE_POINTS:
        return False
    return abs(now.percent - before.percent) > DEVIATIONS * _spread(now, before)


def _spread(now: Stated, before: Stated) -> float:
    """The standard deviation, in points, of the difference of two shares that are the same but for chance."""
    bases = [now.denominator or 0, before.denominator or 0]
    hits = sum(float(each.percent or 0) / 100 * base for each, base in zip((now, before), bases, strict=True))
    share = hits / sum(bases)
    return 100 * sqrt(share * (1 - share) * sum(1 / base for base in bases))


def _value_jumped(now: Stated, before: Stated) -> bool:
    if now.measure in COUNTS:
        return _count_jumped(now.value, before.value)
    return now.measure == PER_100000 and _per_100000_jumped(now.value, before.value)


def _per_100000_jumped(now: Number | None, before: Number | None) -> bool:
    if now is None or before is None or abs(now - before) <= PER_100000_BY:
        return False
    return _times(now, before, PER_100000_TIMES)


def _average_jumped(now: Stated, before: Stated) -> bool:
    if now.average is None or before.average is None:
        return False
    if now.measure == PER_100000:
        return _per_100000_jumped(now.average, before.average)
    return abs(now.average - before.average) > AVERAGE_POINTS


def _times(one: Number, other: Number, factor: int) -> bool:
    """Whether the larger is more than `factor` times the smaller."""
    return max(one, other) > factor * min(one, other)
