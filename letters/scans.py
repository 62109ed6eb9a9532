"""What becomes of a letter that is a scan: OCR where it can be had, else the reason why there is none."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from letters.extraction import ocr
from letters.extraction.types import SCAN, Problem, Reading, Unreadable, pages_in_words

Outcome = Reading | Unreadable


def wants_ocr(outcome: Outcome) -> bool:
    """Whether pages that are pictures may state what was not read."""
    return outcome.code == SCAN if isinstance(outcome, Unreadable) else bool(outcome.scanned)


def not_installed() -> str:
    """What to install, in a sentence; empty where OCR can be had."""
    missing = ocr.missing()
    return (
        f"OCR is not installed here: whoever runs the site can install {' and '.join(missing)}."
        if missing
        else ""
    )


def by_ocr(content: bytes, first: Outcome, read: Callable[[bytes], Outcome], room: Path) -> Outcome:
    """The outcome of reading a copy with text over its pictures, which is not kept; the first outcome if that fails.

    `room` is the folder where OCR works.
    """
    if not wants_ocr(first):
        return first
    pages = first.scanned if isinstance(first, Reading) else ()
    try:
        again = read(ocr.searchable(content, pages, room))
    except Unreadable as failed:
        return without_ocr(first, failed.reason)
    if isinstance(again, Unreadable):
        return without_ocr(first, "OCR found next to no text on its pictures. Enter its figures by hand.")
    return again


def without_ocr(outcome: Outcome, reason: str) -> Outcome:
    """The outcome with the reason why OCR gave no more."""
    if isinstance(outcome, Unreadable):
        message = f"This letter is a scan: its pages are pictures without text. {reason}"
        return Unreadable(SCAN, message)
    pages = pages_in_words(outcome.scanned)
    message = f"Figures may stand on {pages}, where there are only pictures. {reason}"
    return replace(outcome, problems=(*outcome.problems, Problem(SCAN, None, message)))
