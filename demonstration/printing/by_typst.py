"""Prints a letter with Typst and the fonts in its wheel; letter.typ lays out what it is given as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path

import typst

from demonstration.report_wording import Report
from demonstration.wording import Wording

from .looks import Look


def print_wording(words: Wording, addressee: Sequence[str], side_by_side: bool) -> bytes:
    """The letter on A4, tagged, its statistics on a page of their own at the end."""
    letter = {**asdict(words), "addressee": list(addressee), "side_by_side": side_by_side}
    return _printed("letter", letter)


def print_report(report: Report, addressee: Sequence[str], look: Look) -> bytes:
    """The letter on A4, its tables on a page of their own at the end."""
    return _printed("report", {**asdict(report), "addressee": list(addressee), "look": asdict(look)})


def _printed(name: str, content: dict) -> bytes:
    inputs = {name: json.dumps(content)}
    return _compiler(name).compile(format="pdf", sys_inputs=inputs, timestamp=946684800)


@cache
def _compiler(name: str) -> typst.Compiler:
    """One for all letters: reading the fonts takes longer than a letter."""
    return typst.Compiler(Path(__file__).with_name(f"{name}.typ"), ignore_system_fonts=True)
