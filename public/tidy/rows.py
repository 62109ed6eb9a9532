"""The rows of the table, from figures that came through the one door; in an order, and from any place in it.

    figures = in_order(published.statistics(now).filter(letter__review__year_ending=2020))
    page = list(rows(figures[:1000], now))
    next_page = list(rows(figures.filter(after(key_of(page[-1])))[:1000], now))

The order is made of what each row shows: year, council, measure. So a place in it can be told to anyone, and stays
right when figures come and go; new years come at its end. Each row is a dict of what JSON can hold, with the names of
`columns.COLUMNS` in their order, for json.dumps or `as_csv.lines`. However many rows there are, they are one query and
those of `averages`: one for each year that is not remembered.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import FloatField, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.timezone import localdate

from councils import codes
from letters import published
from letters.extraction.types import NUMBERS
from letters.measures import in_full, measure
from public.figures import years
from public.sentences import Rate
from public.tidy import averages

Row = dict[str, Any]

YEAR, COUNCIL, MEASURE = "letter__review__year_ending", "letter__council__slug", "measure"
# Several thousand distinct rates, measures and councils' years are all there are; a bound all the same.
_remembering = lru_cache(maxsize=20_000)
_AT_ONCE = 2000
_first_of = json.JSONDecoder().raw_decode


class Key(NamedTuple):
    """A place in the order: that of one row."""

    year_ending: int
    council: str
    measure: str


def key_of(row: Row) -> Key:
    return Key(row["year_ending"], row["council"], row["measure"])


def after(key: Key) -> Q:
    """The figures that come after this place, whether or not there is a figure at it."""
    year, council, measure = key
    later = Q(**{f"{COUNCIL}__gt": council}) | Q(**{COUNCIL: council, f"{MEASURE}__gt": measure})
    # The first condition is in the others too, but tells the database where to begin.
    return Q(**{f"{YEAR}__gte": year}) & (Q(**{f"{YEAR}__gt": year}) | Q(**{YEAR: year}) & later)


def in_order(figures: QuerySet) -> QuerySet:
    """The figures by year, council and measure; to be sliced after this."""
    return figures.order_by(YEAR, COUNCIL, MEASURE)


def rows(figures: QuerySet, now: datetime) -> Iterator[Row]:
    """A row for each of the figures, in their order; they are fetched in parts, so memory does not grow with them.

    `figures` are of `published.statistics(now)`, filtered, ordered and sliced at will, with the same `now`.
    """
    flat = figures.annotate(**_FLAT, published_at=published.since("letter__")).values_list(*_FETCHED)
    (address, between), average = _addresses(), averages.known(now)
    for (
        year, slug, slug_of_measure, name, gss, newer, former, kind, region, percent, value, numerator, denominator,
        average_printed, base_label, starts, ends, sources, origin, corrected_at, dated, published_at,
    ) in flat.iterator(chunk_size=_AT_ONCE):  # fmt: skip
        measure_name, unit, is_rate = _of_measure(slug_of_measure)
        computed, count, low, high, why = (
            _of_rate(percent, numerator, denominator, average_printed) if is_rate else _OF_A_NUMBER
        )
        code_then, code_now = _codes(year, gss, newer, former)
        page, box, quotation = _place(sources)
        yield {
            "council": slug,
            "council_name": name,
            "gss_code_then": code_then,
            "gss_code_now": code_now,
            "council_kind": kind,
            "region": region or None,
            "year_ending": year,
            "year": years(year),
            "measure": slug_of_measure,
            "measure_name": measure_name,
            "unit": unit,
            "rate_printed": _number(percent),
            "number_printed": _number(value),
            "rate_computed": computed,
            "numerator": numerator,
            "denominator": denominator,
            "numerator_computed": count,
            "interval_low": low,
            "interval_high": high,
            "average_printed": _number(average_printed),
            "average_computed": average.of(year).get((kind, slug_of_measure)) if is_rate else None,
            "base_label": base_label or None,
            "why_not_computed": why,
            "period_start": starts,
            "period_end": ends,
            "page": page,
            "box": box,
            "quotation": quotation,
            "origin": origin,
            "corrected": corrected_at and localdate(corrected_at).isoformat(),
            "letter": f"{address}{slug}{between}{year}",
            "letter_date": dated,
            "published_at": instant(published_at),
        }


# As the database has them, without Django's own conversions, which cost more than the query.
_FLAT = {
    **{f"flat_{name}": Cast(name, FloatField()) for name in ("percent", "value", "average")},
    **{f"flat_{name}": Cast(name, TextField()) for name in ("period_start", "period_end", "sources")},
    "flat_dated": Cast("letter__letter_date", TextField()),
}
_FETCHED = (
    YEAR,
    COUNCIL,
    MEASURE,
    *(f"letter__council__{name}" for name in ("name", "gss", "newer_gss", "former_gss", "kind", "region")),
    *("flat_percent", "flat_value", "numerator", "denominator", "flat_average", "base_label"),
    *("flat_period_start", "flat_period_end", "flat_sources", "origin", "corrected_at", "flat_dated"),
    "published_at",
)
_OF_A_NUMBER = (None, None, None, None, None)


@_remembering
def _of_measure(slug: str) -> tuple[str, str, bool]:
    known = measure(slug)
    return in_full(slug), known.unit, known.form == "rate"


@_remembering
def _of_rate(
    percent: float | None, count: int | None, base: int | None, average: float | None
) -> tuple[Any, ...]:
    """Rate computed, count computed, the ends of the interval, and why one of them is missing."""
    rate = Rate(percent, count, base, average)
    low, high = rate.interval or (None, None)
    ours = rate.our_count
    counted = ours if count is None else count
    fits = counted is not None and base and (percent is None or rate.interval)
    computed = 100 * counted / base if fits else None
    return computed, ours, low, high, _why(rate, ours)


def _why(rate: Rate, ours: int | None) -> str | None:
    """Why a rate is not computed, or has no interval; None where both are there."""
    percent, count, base = rate.percent, rate.count, rate.base
    if percent is count is base is rate.average is None:
        return "no recommendations due"
    if base == 0:
        return "no cases"
    if base is None:
        return "denominator not stated"
    if percent is None:
        return "rate not stated"
    if rate.interval is None:
        return "counts do not fit the rate"
    return "count not known" if count is ours is None else None


@_remembering
def _codes(year: int, gss: str, newer: str, former: str) -> tuple[str | None, str | None]:
    return codes.code_in(year, gss, newer, former), codes.code_now(gss, newer)


@_remembering
def instant(moment: datetime) -> str:
    """In UTC and in whole seconds: programs take the form of a column's first value for that of all."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _number(value: float | None) -> float | int | None:
    """As letters print it: 100, 45.5."""
    return int(value) if value is not None and value.is_integer() else value


def _place(sources: str) -> tuple[int | None, str | None, str | None]:
    """Page, box and words of the number itself, from the JSON of a figure's sources."""
    if sources == "[]":
        return None, None, None
    # The first of its numbers that the letter states. Nearly always that is the first of some eight sources; to read
    # them all would cost more than all else of a row.
    source, _ = _first_of(sources, 1)
    if source["field"] not in {"percent", "value"}:
        found = {each["field"]: each for each in json.loads(sources)}
        source = next((found[field] for field in NUMBERS if field in found), None)
    return (
        (source["page"], " ".join(map(str, source["box"])), source["quotation"])
        if source
        else (None, None, None)
    )


def _addresses() -> tuple[str, str]:
    """What stands before the council in the permanent address of a letter, and between the council and the year."""
    before, _, after = reverse("letter", args=["0", 2000]).rpartition("/0/")
    return f"{settings.SITE_ADDRESS}{before}/", f"/{after.removesuffix('2000')}"
