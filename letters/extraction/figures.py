"""Puts a letter's figures together from their fields, and says what is missing or in doubt."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from letters.measures import FAMILIES, HEADLINE, MEASURES, OVERVIEW
from letters.measures import measure as known_measure

from . import eras
from .checks import contradictions
from .reconcile import Field, Ledger, doubts
from .types import NUMBERS, Figure, Problem, Source

_FIELDS = (*NUMBERS, "base_label", "period_start", "period_end")
_QUOTATION = 600
_PER_100000 = "upheld-per-100000"
_REMEDIES = "satisfactory-remedies"
_EXPECTED = {
    "upheld": ("percent", "numerator", "denominator", "period_start"),
    "compliance": ("percent", "denominator", "period_start"),
    _REMEDIES: ("percent", "numerator", "denominator", "period_start"),
}
_MISSING = {
    "percent": ("rate-missing", "The sentence that states the rate was not found."),
    "numerator": ("count-missing", "The count that goes with the rate was not found."),
    "denominator": (
        "base-missing",
        "The base of the rate (“Statistics are based on a total of …”) was not found.",
    ),
    "period_start": ("period-missing", "The period of the figure was not found, or is no date."),
}
# What shows that parts of a statistics page were not told apart: then numbers may have gone to the wrong figure,
# the same way for both readers.
_LETTER_OF_ANOTHER_YEAR = {"year-differs"}
_WRONG_YEAR = _LETTER_OF_ANOTHER_YEAR | {"period-differs"}
_LAYOUT = {code for code, _ in _MISSING.values()} | {"ambiguous", "unclear-number"}
# What shows that some number is not what the letter's author wrote: then others may not be, that nothing proves.
_MISPRINTED = {
    *("percent-over-100", "numerator-over-base", "overview-sum"),
    *("rate-contradicts-counts", "rate-contradicts-base"),
}


def figures(
    ledger: Ledger, year_ending: int | None, era: str | None = None
) -> tuple[list[Figure], list[Problem]]:
    """The figures proposed, and the problems with them."""
    measures = [slug for slug in MEASURES if ledger.of(slug)]
    measures += [slug for slug in ledger.measures if slug not in MEASURES]
    made = {slug: _figure(slug, ledger) for slug in measures}
    problems = [
        problem for slug in measures for known in ledger.of(slug).values() for problem in doubts(known)
    ]
    in_blocks = era in {eras.BLOCKS, None}
    problems += _missing(ledger) if in_blocks else _missing_of_tables(ledger, era)
    contradicted = contradictions(made.values(), year_ending)
    problems += contradicted
    proposed = [figure for figure in map(_possible, made.values()) if _says_something(figure)]
    proposed = _without(_in_doubt(contradicted), proposed)
    codes = {problem.code for problem in problems}
    if codes & (_LAYOUT | _MISPRINTED if in_blocks else _WRONG_YEAR):
        problems += [_doubtful(figure) for figure in proposed if figure.readers_agree]
    if codes & (_LAYOUT | _MISPRINTED | _LETTER_OF_ANOTHER_YEAR if in_blocks else _WRONG_YEAR):
        proposed = [replace(figure, readers_agree=False) for figure in proposed]
    return proposed, problems


def _in_doubt(contradicted: Iterable[Problem]) -> set[str]:
    """The figures that cannot all be right: which of them is not, nothing tells."""
    measures = {problem.measure for problem in contradicted if problem.measure}
    codes = {problem.code for problem in contradicted}
    if "bases-differ" in codes:
        measures.add("upheld")
    return measures | (set(OVERVIEW) if "overview-sum" in codes else set())


def _without(measures: Collection[str], proposed: Iterable[Figure]) -> list[Figure]:
    """The figures, of which these are not sure."""
    return [
        replace(figure, readers_agree=figure.readers_agree and figure.measure not in measures)
        for figure in proposed
    ]


def _doubtful(figure: Figure) -> Problem:
    message = (
        "Another figure of this letter could not be put together, so this one may belong elsewhere: check it."
    )
    return Problem("layout-doubtful", figure.measure, message)


def _figure(measure: str, ledger: Ledger) -> Figure:
    known = ledger.of(measure)
    if "none_due" in known:
        return _none_due(known)
    sourced = [name for name in (*_FIELDS, "heading") if name in known]
    stated: dict[str, Any] = {name: known[name].value for name in _FIELDS if name in known}
    if stated.get("value") is not None:  # whole numbers and decimals are one kind of figure
        stated["value"] = Decimal(stated["value"])
    sources = [_source(known[name]) for name in sourced]
    agree = all(known[name].is_sure for name in sourced)
    figure = Figure(measure=measure, **stated, readers_agree=agree, sources=tuple(sources))
    return _with_period_of_upheld(figure, ledger) if measure == _PER_100000 else figure


def _with_period_of_upheld(figure: Figure, ledger: Ledger) -> Figure:
    """A figure per 100,000 stands in the block of the upheld rate, whose period is its own."""
    upheld = _figure("upheld", ledger)
    period = tuple(source for source in upheld.sources if source.field.startswith("period"))
    return replace(
        figure,
        period_start=upheld.period_start,
        period_end=upheld.period_end,
        sources=figure.sources + period,
    )


def _none_due(known: Mapping[str, Field]) -> Figure:
    """ "No recommendations were due": no rate, no average and no base, and the sentence that says so."""
    statement = known["none_due"]
    source = replace(_source(statement), field="percent")
    return Figure(
        measure="compliance",
        readers_agree=set(known) == {"none_due"} and statement.is_sure,
        sources=(source,),
    )


def _source(known: Field) -> Source:
    found = known.found
    if found is None:
        raise ValueError(f"Nothing is known of {known.measure} {known.name}.")
    return Source(known.name, found.page, found.box, found.quotation[:_QUOTATION])


def _possible(figure: Figure) -> Figure:
    """Without a rate that cannot be: over 100, or of a base of 0. The problem says what was printed."""
    if figure.percent is not None and (figure.percent > 100 or figure.denominator == 0):
        figure = replace(figure, percent=None, readers_agree=False)
    if known_measure(figure.measure).form == "rate" and figure.average is not None and figure.average > 100:
        figure = replace(figure, average=None, readers_agree=False)
    return figure


def _says_something(figure: Figure) -> bool:
    """Whether there is a number to propose, or the statement that none is due."""
    if figure.measure == "compliance" and figure.percent is None and figure.denominator is None:
        return [source.field for source in figure.sources] == ["percent"] and figure.readers_agree
    return any(getattr(figure, name) is not None for name in NUMBERS)


def _missing(ledger: Ledger) -> Iterator[Problem]:
    averages = [measure for measure in HEADLINE if "average" in ledger.of(measure)]
    for measure in HEADLINE:
        known = ledger.of(measure)
        if not known and measure == _REMEDIES and _none_upheld(ledger.of("upheld")):
            continue
        if not known:
            yield Problem(
                "block-missing", measure, f"“{MEASURES[measure].name}” was not found in the letter."
            )
        elif "none_due" in known:
            yield from _both_due_and_not(known)
        else:
            yield from _gaps(measure, known)
            if averages and "average" not in known:
                message = "Other figures of the letter have an average of similar authorities; none was found for this."
                yield Problem("no-average", measure, message, "average")
    if "value" not in ledger.of(_PER_100000) and "average" in ledger.of(_PER_100000):
        message = "The average per 100,000 residents was found, but not the figure itself."
        yield Problem("figure-missing", _PER_100000, message)
    if any(ledger.of(measure) for measure in OVERVIEW):
        for measure in OVERVIEW:
            if not ledger.of(measure):
                yield Problem(
                    "block-missing", measure, f"“{MEASURES[measure].name}” was not found in the overview."
                )


def _none_upheld(upheld: Mapping[str, Field]) -> bool:
    """Whether it is sure that no complaint was upheld: then a letter has no remedies to speak of."""
    numbers = [upheld.get(name) for name in ("percent", "numerator")]
    return all(known is not None and known.is_sure and known.value == 0 for known in numbers)


def _missing_of_tables(ledger: Ledger, era: str | None) -> Iterator[Problem]:
    """The tables that were not found, and those without the total that would prove them."""
    for prefix, family in FAMILIES.items():
        total = f"{prefix}:total"
        counts = [slug for slug in ledger.measures if slug.startswith(f"{prefix}:")]
        if not counts:
            message = (
                f"The table “{family.name}” was not found. Enter its figures by hand if the letter has it."
            )
            yield Problem("table-missing", total, message)
        elif total not in counts:
            message = f"No total was found for “{family.name}”, so nothing proves its figures: compare each."
            yield Problem("no-total", total, message)
    rate = ledger.of("upheld")
    is_of_something = "denominator" in rate and rate["denominator"].value != 0
    if era == eras.REPORT and "percent" not in rate and (is_of_something or not rate):
        yield Problem("rate-missing", "upheld", "The uphold rate was not found.", "percent")
    compliance = ledger.of("compliance")
    if "denominator" in compliance and "percent" not in compliance:
        yield Problem("rate-missing", "compliance", "The compliance rate was not found.", "percent")


def _gaps(measure: str, known: Mapping[str, Field]) -> Iterator[Problem]:
    for name in _EXPECTED[measure]:
        if name not in known:
            code, message = _MISSING[name]
            yield Problem(code, measure, message, name)


def _both_due_and_not(known: Mapping[str, Field]) -> Iterator[Problem]:
    if set(known) - {"none_due"}:
        message = "The letter says that no recommendations were due, and states figures of compliance too. Enter which."
        yield Problem("ambiguous", "compliance", message)
