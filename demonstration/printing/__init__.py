"""Prints a letter as a PDF, by one of two programs and in one of two layouts."""

from typing import Literal

from demonstration import wording
from demonstration.facts import LetterFacts

from . import by_fpdf2, by_typst

Program = Literal["fpdf2", "typst"]
Layout = Literal["side-by-side", "stacked"]
Addressee = Literal["lines", "one-line"]

_PRINTERS = {"fpdf2": by_fpdf2.print_wording, "typst": by_typst.print_wording}


def print_letter(
    facts: LetterFacts,
    program: Program = "fpdf2",
    layout: Layout = "side-by-side",
    addressee: Addressee = "lines",
) -> bytes:
    """The letter as a PDF; the same bytes for the same facts and choices, whenever it is printed."""
    words = wording.letter(facts)
    lines = words.addressee_lines if addressee == "lines" else (" ".join(words.addressee_lines),)
    return _PRINTERS[program](words, lines, side_by_side=layout == "side-by-side")
