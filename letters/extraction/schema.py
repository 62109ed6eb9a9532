"""A reading as JSON and back. What comes back is believed in no point: anything odd refuses the whole of it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from letters.measures import find

from . import eras
from .numbers import YEARS_OF_OUR_TIME
from .types import Box, Figure, Problem, Reading, Recipient, Restated, Source, Unreadable

_MOST = 10_000_000
_LONGEST = 1000
_MANY = 300

Thing = TypeVar("Thing")


class Malformed(Exception):
    """The JSON is no reading. The message says at which point."""


def dumps(outcome: Reading | Unreadable) -> bytes:
    """An outcome for the parent process."""
    if isinstance(outcome, Unreadable):
        return json.dumps({"unreadable": {"code": outcome.code, "reason": outcome.reason}}).encode()
    return json.dumps({"reading": as_json(outcome)}).encode()


def loads(answer: bytes) -> Reading | Unreadable:
    """The outcome that a child process wrote. Raises Malformed for anything that is not exactly one."""
    try:
        whole = json.loads(answer, parse_constant=_refuse_constant, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise Malformed("It is no JSON.") from error
    if isinstance(whole, dict) and list(whole) == ["unreadable"]:
        why = members(whole["unreadable"], {"code", "reason"})
        return Unreadable(_text(why["code"]), _text(why["reason"]))
    return _reading(members(whole, {"reading"})["reading"])


def as_json(reading: Reading) -> dict[str, Any]:
    """A reading in plain types: figures as numbers as printed, dates as ISO 8601, null for what is not stated."""
    return {
        "authority": reading.authority,
        "year_ending": reading.year_ending,
        "letter_date": _iso(reading.letter_date),
        "publication_date": _iso(reading.publication_date),
        "recipient": {"name": reading.recipient.name, "post": reading.recipient.post},
        "statistics": [figure_as_json(figure) for figure in reading.statistics],
        "problems": [problem_as_json(problem) | {"field": problem.field} for problem in reading.problems],
        "page_count": reading.page_count,
        "era": reading.era,
        "restated": [
            {
                "measure": check.measure,
                "year_ending": check.year_ending,
                "value": _number(check.value),
                "source": _source_as_json(check.source),
            }
            for check in reading.restated
        ],
        "scanned": list(reading.scanned),
    }


def figure_as_json(figure: Figure) -> dict[str, Any]:
    """A figure in plain types, as `loads` takes it back."""
    return {
        "measure": figure.measure,
        "percent": _number(figure.percent),
        "value": _number(figure.value),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "average": _number(figure.average),
        "base_label": figure.base_label,
        "period_start": _iso(figure.period_start),
        "period_end": _iso(figure.period_end),
        "readers_agree": figure.readers_agree,
        "sources": [_source_as_json(source) for source in figure.sources],
    }


def _source_as_json(source: Source) -> dict[str, Any]:
    return {
        "field": source.field,
        "page": source.page,
        "box": list(source.box),
        "quotation": source.quotation,
    }


def problem_as_json(problem: Problem) -> dict[str, Any]:
    """A problem in plain types, as `loads` takes it back."""
    return {"code": problem.code, "measure": problem.measure, "message": problem.message}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _reading(value: Any) -> Reading:
    known = members(value, {field.name for field in fields(Reading)})
    recipient = members(known["recipient"], {"name", "post"})
    return Reading(
        authority=_maybe(_text, known["authority"]),
        year_ending=_maybe(_year, known["year_ending"]),
        letter_date=_maybe(_day, known["letter_date"]),
        publication_date=_maybe(_day, known["publication_date"]),
        recipient=Recipient(_maybe(_text, recipient["name"]), _maybe(_text, recipient["post"])),
        statistics=_figures(known["statistics"]),
        problems=tuple(map(_problem, _list(known["problems"]))),
        page_count=_count(known["page_count"]),
        era=_maybe(_era, known["era"]),
        restated=tuple(map(_restated, _list(known["restated"]))),
        scanned=tuple(map(_count, _list(known["scanned"]))),
    )


def _restated(value: Any) -> Restated:
    known = members(value, {"measure", "year_ending", "value", "source"})
    return Restated(
        _measure(known["measure"]),
        _year(known["year_ending"]),
        _decimal(known["value"]),
        _source(known["source"]),
    )


def _era(value: Any) -> str:
    if value not in eras.IN_WORDS:
        raise Malformed("A known era was expected.")
    return str(value)


def _measure(value: Any) -> str:
    if not isinstance(value, str) or find(value) is None:
        raise Malformed(f"{value!r} is no measure.")
    return value


def _figures(value: Any) -> tuple[Figure, ...]:
    figures = tuple(map(_figure, _list(value)))
    if len({figure.measure for figure in figures}) < len(figures):
        raise Malformed("A measure stands twice.")
    return figures


def _figure(value: Any) -> Figure:
    known = members(value, {field.name for field in fields(Figure)})
    return Figure(
        measure=_measure(known["measure"]),
        percent=_maybe(_percent, known["percent"]),
        value=_maybe(_decimal, known["value"]),
        numerator=_maybe(_count, known["numerator"]),
        denominator=_maybe(_count, known["denominator"]),
        average=_maybe(_decimal, known["average"]),
        base_label=_maybe(_text, known["base_label"]),
        period_start=_maybe(_day, known["period_start"]),
        period_end=_maybe(_day, known["period_end"]),
        readers_agree=_truth(known["readers_agree"]),
        sources=tuple(map(_source, _list(known["sources"]))),
    )


def _source(value: Any) -> Source:
    known = members(value, {"field", "page", "box", "quotation"})
    return Source(_text(known["field"]), _count(known["page"]), _box(known["box"]), _text(known["quotation"]))


def _problem(value: Any) -> Problem:
    known = members(value, {"code", "measure", "message", "field"})
    measure = _maybe(_measure, known["measure"])
    field = None if known["field"] is None else _text(known["field"])
    return Problem(_text(known["code"]), measure, _text(known["message"]), field)


def members(value: Any, names: set[str]) -> Mapping[str, Any]:
    """The value, if it is an object with these members and no others. Raises Malformed."""
    if not isinstance(value, dict) or set(value) != names:
        raise Malformed(f"An object with exactly {', '.join(sorted(names))} was expected.")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > _MANY:
        raise Malformed("A short list was expected.")
    return value


def _maybe(read: Callable[[Any], Thing], value: Any) -> Thing | None:
    return None if value is None else read(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST or not value.isprintable():
        raise Malformed("A short text without control characters was expected.")
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Malformed("True or false was expected.")
    return value


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        raise Malformed("A count was expected.")
    return value


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Malformed("A number was expected.")
    number = Decimal(value)
    if not 0 <= number <= _MOST or number != round(number, 2):
        raise Malformed("A number of moderate size with at most two decimals was expected.")
    return number


def _percent(value: Any) -> Decimal:
    percent = _decimal(value)
    if percent > 100:
        raise Malformed("A rate of at most 100 was expected.")
    return percent


def _year(value: Any) -> int:
    year = _count(value)
    if year not in YEARS_OF_OUR_TIME:
        raise Malformed("A year was expected.")
    return year


def _day(value: Any) -> date:
    try:
        day = date.fromisoformat(_text(value))
    except ValueError as error:
        raise Malformed("A date was expected.") from error
    if day.year not in YEARS_OF_OUR_TIME:
        raise Malformed("A date of our time was expected.")
    return day


def _box(value: Any) -> Box:
    numbers = [float(_fraction(number)) for number in _list(value)]
    if len(numbers) != 4 or numbers[0] > numbers[2] or numbers[1] > numbers[3]:
        raise Malformed("A box was expected.")
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _fraction(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value <= 1:
        raise Malformed("A fraction was expected.")
    return Decimal(value)


def _refuse_constant(name: str) -> None:
    raise Malformed(f"{name} is no number.")
