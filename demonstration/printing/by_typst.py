"""Prints a letter with Typst and the fonts in its wheel; letter.typ lays out what it is given as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path

import typst

from demonstration.wording import Wording

_TEMPLATE = Path(__file__).with_name("letter.typ")


def print_wording(words: Wording, addressee: Sequence[str], side_by_side: bool) -> bytes:
    """The letter on A4, tagged, its statistics on a page of their own at the end."""
    letter = {**asdict(words), "addressee": list(addressee), "side_by_side": side_by_side}
    return _compiler().compile(format="pdf", sys_inputs={"letter": json.dumps(letter)}, timestamp=946684800)


@cache
def _compiler() -> typst.Compiler:
    """One for all letters: reading the fonts takes longer than a letter."""
    return typst.Compiler(_TEMPLATE, ignore_system_fonts=True)
