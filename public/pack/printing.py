"""A pack as a tagged PDF, made by Typst with the fonts in its wheel."""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from django.core.cache import cache

from public.pack.blocks import Pack

_CHILD = Path(__file__).with_name("compile.py")
_LAYOUT = Path(__file__).with_name("pack.typ")
# One thread: a machine of many processors would need more room for threads than the child is allowed.
_ENVIRONMENT = {"RAYON_NUM_THREADS": "1"}
# A pack takes a fifth of a second.
_SECONDS = 20
_KEPT_SECONDS = 24 * 60 * 60
# What the fonts can show: letters of Latin scripts and the signs that letters use. A PDF for everyone must not hold
# anything else, so whatever else came out of a letter is shown as a sign for the unknown.
_BEYOND_THE_FONTS = re.compile(
    "[^\n -~\u00a1-\u00ac\u00ae-\u017f\u0192\u0300-\u0304\u0391-\u03a1\u03a3-\u03c9"
    "\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a"
    "\u20ac\u2122\u2190-\u2193\u2212\u2248\u2260\u2264\u2265\ufb00-\ufb04]"
)
_STYLE = """<style>
text { font-family: "Libertinus Serif"; }
.chart__words { fill: #4f5a60; font-size: 14px; }
.chart__words--break { fill: #0b0c0c; font-weight: bold; }
.chart__grid, .chart__axis, .chart__break, .chart__whisker, .chart__line { fill: none; stroke: #c3cacd; }
.chart__axis, .chart__break { stroke: #4f5a60; }
.chart__break { stroke-dasharray: 2 3; }
.chart__whisker { stroke: #9c3d0c; stroke-opacity: 0.75; }
.chart__line { stroke: #9c3d0c; stroke-width: 2.5; }
.chart__line--average { stroke: #55479c; stroke-width: 1.5; }
.chart__mark { fill: #9c3d0c; stroke: #9c3d0c; stroke-width: 2; }
.chart__mark--few { fill: #ffffff; }
.chart__average { fill: #55479c; }
</style>"""


class NotPrinted(Exception):
    """The PDF could not be made, or not in time."""


def as_json(pack: Pack) -> str:
    """Everything that the PDF shows, as data: no word of it becomes part of a program."""
    return json.dumps(printable(asdict(pack)), sort_keys=True)


def version_of(data: str, layout: Path = _LAYOUT) -> str:
    """The same for the same document."""
    return hashlib.sha256(layout.read_bytes() + data.encode()).hexdigest()


def kept_pdf(version: str, data: str) -> bytes:
    """The PDF of this version, printed if nobody has asked for it lately. It is kept under all that it shows."""
    return kept(f"committee-pack-{version}", lambda: as_pdf(data))


def kept(key: str, make: Callable[[], bytes]) -> bytes:
    """The document that is kept under this key, else made now and kept for a day."""
    made: bytes | None = cache.get(key)
    if made is None:
        made = make()
        cache.set(key, made, _KEPT_SECONDS)
    return made


def as_pdf(data: str) -> bytes:
    """The PDF of a pack given as JSON; the same bytes for the same data."""
    return _made(_LAYOUT, "pdf", data)


def as_png(layout: Path, data: str) -> bytes:
    """The picture that a layout makes of data given as JSON."""
    return _made(layout, "png", data)


def _made(layout: Path, form: str, data: str) -> bytes:
    command = [sys.executable, "-I", str(_CHILD), str(layout), form]
    try:
        done = subprocess.run(
            command, input=data.encode(), capture_output=True, timeout=_SECONDS, env=_ENVIRONMENT, check=True
        )
    except subprocess.CalledProcessError as error:
        raise NotPrinted(error.stderr.decode(errors="replace")[-2000:]) from error
    except subprocess.TimeoutExpired as error:
        raise NotPrinted(f"not done in {_SECONDS} seconds") from error
    return done.stdout


def printable(part):
    """The same data: every text with what the fonts can show, every drawing with its style."""
    match part:
        case {"svg": svg, **rest}:
            return printable(rest) | {"svg": _styled(svg)}
        case dict():
            return {name: printable(value) for name, value in part.items()}
        case list() | tuple():
            return [printable(each) for each in part]
        case str():
            return _BEYOND_THE_FONTS.sub("�", part)
    return part


def _styled(svg: str) -> str:
    """A drawing of the pages with its colours in it, as a document of its own."""
    opening, rest = svg.strip().split(">", 1)
    return f'<svg xmlns="http://www.w3.org/2000/svg"{opening.removeprefix("<svg")}>{_STYLE}{rest}'
