"""Prints a letter as a PDF, by one of two programs and in one of two layouts."""

from typing import Literal

from demonstration import report_wording, wording
from demonstration.facts import LetterFacts
from demonstration.report_wording import Report
from demonstration.reports import ReportFacts

from . import by_fpdf2, by_typst, report_by_fpdf2
from .looks import Look

Program = Literal["fpdf2", "typst"]
Layout = Literal["side-by-side", "stacked"]
Addressee = Literal["lines", "one-line"]

_PRINTERS = {"fpdf2": by_fpdf2.print_wording, "typst": by_typst.print_wording}

_LOOKS = {"side-by-side": Look(), "stacked": Look(rules="rows", down=True, landscape=False, size=9)}
_REPORT_PRINTERS = {"fpdf2": report_by_fpdf2.print_report, "typst": by_typst.print_report}


def print_letter(
    facts: LetterFacts | ReportFacts,
    program: Program = "fpdf2",
    layout: Layout = "side-by-side",
    addressee: Addressee = "lines",
) -> bytes:
    """The letter as a PDF; the same bytes for the same facts and choices, whenever it is printed."""
    if isinstance(facts, ReportFacts):
        return print_report(report_wording.report(facts), program, _LOOKS[layout], addressee)
    words = wording.letter(facts)
    lines = words.addressee_lines if addressee == "lines" else (" ".join(words.addressee_lines),)
    return _PRINTERS[program](words, lines, side_by_side=layout == "side-by-side")


def print_report(
    report: Report, program: Program = "fpdf2", look: Look | None = None, addressee: Addressee = "lines"
) -> bytes:
    """A letter to 2018 with its tables in any look."""
    words = report.words
    lines = words.addressee_lines if addressee == "lines" else (" ".join(words.addressee_lines),)
    return _REPORT_PRINTERS[program](report, lines, look or Look())
