"""What becomes of a reading where pages of the letter are pictures, with text laid on them or without."""

from dataclasses import replace

from letters.measures import in_full

from .texts import Text
from .types import NOT_COMPARED, READ_BY_OCR, Problem, Reading, pages_in_words

# Problems that say that figures were not found, which may stand on pages that are pictures.
_INCOMPLETE = frozenset(("no-statistics", "block-missing", "table-missing", "new-layout"))
# What is said of figures that would be sure otherwise; of these none would be.
_SAID_ALREADY = frozenset(("layout-doubtful",))


def with_pictures(reading: Reading, text: Text) -> Reading:
    """The reading with the pages that OCR may help with; no figure of it is sure where any text came from OCR."""
    if any(problem.code in _INCOMPLETE for problem in reading.problems):
        reading = replace(reading, scanned=tuple(sorted(text.scanned)))
    return _by_ocr(reading, pages_in_words(text.from_pictures)) if text.from_pictures else reading


def _by_ocr(reading: Reading, pages: str) -> Reading:
    message = f"Read by OCR from the picture of {pages}: digits may be misread. Compare every figure with the picture."
    problems = [
        Problem(READ_BY_OCR, None, message),
        *(_to_compare(figure.measure) for figure in reading.statistics),
        *(problem for problem in reading.problems if problem.code not in _SAID_ALREADY),
    ]
    unsure = (replace(figure, readers_agree=False) for figure in reading.statistics)
    return replace(reading, statistics=tuple(unsure), problems=tuple(problems))


def _to_compare(measure: str) -> Problem:
    message = (
        f"“{in_full(measure)}” was read by OCR. "
        "Compare each of its numbers with the picture of the page, and tick that you did."
    )
    return Problem(NOT_COMPARED, measure, message)
