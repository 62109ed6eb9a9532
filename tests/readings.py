"""Short ways to read in tests, in this process: the child processes have tests of their own."""

from decimal import Decimal
from typing import Any

from letters.extraction.limits import Limits
from letters.extraction.reading import read
from letters.extraction.schema import figure_as_json
from letters.extraction.types import Figure, Reading

NUMBERS = (
    "percent",
    "value",
    "numerator",
    "denominator",
    "average",
    "base_label",
    "period_start",
    "period_end",
)

# What `odd_pdfs.letter()` states: of each measure the rate, the count, its base and the average.
MEASURES = ["upheld", "compliance", "satisfactory-remedies"]
WHOLE = [(67, 4, 6, 45), (88, None, 8, 99), (25, 1, 4, 20)]


def read_here(pdf: bytes) -> Reading:
    return read(pdf, Limits().pages)


def figures_of(pdf: bytes) -> dict[str, Figure]:
    return {figure.measure: figure for figure in read_here(pdf).statistics}


def codes(reading: Reading) -> set[tuple[str, str | None]]:
    return {(problem.code, problem.measure) for problem in reading.problems}


def stated(figure: Figure) -> dict[str, Any]:
    """A figure's numbers as in JSON."""
    whole = figure_as_json(figure)
    return {name: whole[name] for name in NUMBERS}


def expected(statistics: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The same of what is expected of a printed letter."""
    return {figure["measure"]: {name: figure[name] for name in NUMBERS} for figure in statistics}


def rate(figure: Figure) -> tuple[Decimal | None, int | None, int | None, Decimal | None]:
    return figure.percent, figure.numerator, figure.denominator, figure.average
