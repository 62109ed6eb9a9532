"""`manage.py read_letter FILE…`: what the letters in these files say, without taking them in."""

import json
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from letters import matching, scans
from letters.extraction import eras
from letters.extraction.reader import Reader
from letters.extraction.schema import as_json, problem_as_json
from letters.extraction.types import Reading, Restated, Unreadable
from letters.measures import in_full
from letters.wording import as_printed

_NOTHING_READ = {
    "council": None,
    "authority": None,
    "year_ending": None,
    "letter_date": None,
    "publication_date": None,
    "recipient": {"name": None, "post": None},
    "statistics": [],
    "problems": [],
}


class Command(BaseCommand):
    help = (
        "Read letters and print what they say; nothing is stored. With --json: one JSON object a line, for every "
        "file and in the order given. With --ocr: scans are read by OCR where it is installed, and every figure of "
        "theirs is to be compared with its page."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print JSON, one object a line")
        parser.add_argument("--ocr", action="store_true", help="read scans by OCR")

    def handle(self, *, files, **options):
        has_register = matching.has_register()
        if not has_register:
            self.stderr.write(
                "There are no councils to match the letters with: run migrate and load_councils first."
            )
        for name, outcome in _outcomes(files, options["ocr"]):
            said = _as_said(name, outcome, has_register)
            self.stdout.write(json.dumps(said) if options["json"] else _in_words(said, outcome))
            self.stdout.flush()


def _outcomes(files: list[str], with_ocr: bool) -> Iterator[tuple[str, Reading | Unreadable]]:
    """Each file with its outcome, in order, as many at a time as there are processors."""
    with Reader() as reader, ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        yield from zip(files, pool.map(lambda name: _outcome(reader, name, with_ocr), files), strict=True)


def _outcome(reader: Reader, name: str, with_ocr: bool) -> Reading | Unreadable:
    try:
        content = _content(Path(name))
    except Unreadable as unreadable:
        return unreadable
    first = _read(reader, content)
    return _by_ocr(reader, content, first) if with_ocr and scans.wants_ocr(first) else first


def _read(reader: Reader, content: bytes) -> Reading | Unreadable:
    try:
        return reader.read(content)
    except Unreadable as unreadable:
        return unreadable


def _by_ocr(reader: Reader, content: bytes, first: Reading | Unreadable) -> Reading | Unreadable:
    if why := scans.not_installed():
        return scans.without_ocr(first, why)
    with tempfile.TemporaryDirectory() as room:
        return scans.by_ocr(content, first, lambda copy: _read(reader, copy), Path(room))


def _content(path: Path) -> bytes:
    try:
        if not path.exists():
            raise Unreadable("no-file", "There is no such file.")
        if not path.is_file():
            raise Unreadable("no-file", "This is not a file.")
        if path.stat().st_size > settings.LETTER_MAX_BYTES:
            most = settings.LETTER_MAX_BYTES // 1024**2
            raise Unreadable("too-large", f"The file is larger than {most} MB, which no letter is.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise Unreadable("no-file", f"The file cannot be opened: {reason}.") from error


def _as_said(name: str, outcome: Reading | Unreadable, has_register: bool) -> dict[str, Any]:
    if isinstance(outcome, Unreadable):
        return {"file": name, "outcome": "unreadable", "reason": outcome.reason, **_NOTHING_READ}
    council, problems = matching.match(outcome) if has_register else (None, [])
    said: dict[str, Any] = {**as_json(outcome), "file": name, "outcome": "read", "reason": None}
    said["council"] = council.name if council else outcome.authority
    said["authority"] = council.slug if council else None
    said["problems"] = [problem_as_json(problem) for problem in (*outcome.problems, *problems)]
    return {key: said[key] for key in ("file", "outcome", "reason", *_NOTHING_READ)}


def _in_words(said: dict[str, Any], outcome: Reading | Unreadable) -> str:
    if isinstance(outcome, Unreadable):
        return f"{said['file']}: unreadable. {said['reason']}"
    to = ", ".join(part for part in said["recipient"].values() if part)
    lines = [
        f"{said['file']}: {said['council'] or 'council not found'}, year ending March {said['year_ending'] or '?'}",
        f"  to {to or '?'}, {said['letter_date'] or 'no date'}; to be published {said['publication_date'] or '?'}",
        f"  {eras.IN_WORDS[outcome.era] if outcome.era else 'no statistics of a form that is known'}",
        *(_figure_in_words(figure) for figure in said["statistics"]),
        *(_restated_in_words(check) for check in outcome.restated),
        *(f"  ! {_where(problem)}{problem['message']}" for problem in said["problems"]),
    ]
    return "\n".join(lines)


def _figure_in_words(figure: dict[str, Any]) -> str:
    name = in_full(figure["measure"])
    stated = figure["percent"] if figure["value"] is None else figure["value"]
    if stated is None and figure["denominator"] is None:
        return f"  {name}: not stated"
    sign = "" if figure["percent"] is None else "%"
    counts = (
        f", {_or(figure['numerator'])} of {figure['denominator']}"
        if figure["denominator"] is not None
        else ""
    )
    average = "" if figure["average"] is None else f" (average {figure['average']}{sign})"
    return f"  {name}: {_or(stated)}{sign}{counts}{average}"


def _restated_in_words(check: Restated) -> str:
    return f"  (restated of {check.year_ending}) {in_full(check.measure)}: {as_printed(check.value)}"


def _or(number: Any) -> Any:
    return "?" if number is None else number


def _where(problem: dict[str, Any]) -> str:
    return f"{in_full(problem['measure'])}: " if problem["measure"] else ""
