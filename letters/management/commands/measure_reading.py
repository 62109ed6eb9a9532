"""`manage.py measure_reading DIR`: how well the letters of a folder are read, whose figures are known."""

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from letters import measuring
from letters.extraction.reader import Reader
from letters.extraction.types import Reading, Unreadable
from letters.measuring import DOUBTFUL, MISSING, OUTCOMES, WRONG, Tally

_ERAS = {
    2008: "to 2008",
    2013: "2009–2013",
    2018: "2014–2018",
    2022: "2019–2022",
    2024: "2023–2024",
    2100: "2025 on",
}
_IN_ORDER = list(_ERAS.values())
_COLUMNS = "{:<12} {:<28} {:>7} {:>8} {:>7} {:>9}"


@dataclass(frozen=True)
class Known:
    """A letter, and what it is known to state."""

    path: Path
    year_ending: int
    statistics: list[dict[str, Any]]


class Command(BaseCommand):
    help = (
        "Read all letters of a folder and hold what was read against the figures they are known to state: for X.pdf "
        "those in X.json, or in the file with the longest name that X begins with (kent-2020.json for "
        "kent-2020-scan.pdf), in the form that read_letter --json prints. Ends with 1 if a figure was read wrong "
        "and given as sure. Letters read from a picture are counted apart."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *, folder, **options):
        known, without = _known(folder)
        texts, pictures = Tally(), Tally()
        for number, (letter, read) in enumerate(_read_all(known), start=1):
            tally = pictures if measuring.from_a_picture(read) else texts
            tally.add(letter.path.name, _era(letter.year_ending), letter.statistics, read)
            if number % 50 == 0:
                self.stderr.write(f"{number} of {len(known)} letters")
        self.stdout.write(_in_words(texts))
        if pictures.letters:
            self.stdout.write("\nRead from a picture, where every figure is put before a person:\n")
            self.stdout.write(_in_words(pictures))
        for path in without:
            self.stdout.write(f"left out, no figures beside it: {path.name}")
        wrong = texts.all[WRONG] + pictures.all[WRONG]
        if wrong:
            raise CommandError(f"{wrong} wrong and given as sure.", returncode=1)


def _known(folder: Path) -> tuple[list[Known], list[Path]]:
    if not folder.is_dir():
        raise CommandError(f"There is no folder {folder}.")
    letters = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf")
    if not letters:
        raise CommandError(f"There are no PDF files in {folder}.")
    expected = {path: _expectation(path) for path in letters}
    known = [_as_known(path, beside) for path, beside in expected.items() if beside is not None]
    return known, [path for path, beside in expected.items() if beside is None]


def _expectation(letter: Path) -> Path | None:
    """The file of its figures: of the letter's own name, or the longest beginning of it."""
    fits = [path for path in letter.parent.glob("*.json") if f"{letter.stem}-".startswith(f"{path.stem}-")]
    return max(fits, key=lambda path: len(path.stem), default=None)


def _as_known(letter: Path, expectation: Path) -> Known:
    try:
        said = json.loads(expectation.read_text())
        return Known(letter, int(said["year_ending"]), list(said["statistics"]))
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{expectation} does not hold a letter's figures: {error!r}") from error


def _read_all(known: list[Known]) -> Iterator[tuple[Known, Reading | Unreadable]]:
    with Reader() as reader, ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        yield from zip(known, pool.map(lambda each: _read(reader, each.path), known), strict=True)


def _read(reader: Reader, path: Path) -> Reading | Unreadable:
    try:
        return reader.read(path.read_bytes())
    except Unreadable as unreadable:
        return unreadable


def _era(year_ending: int) -> str:
    return next(name for last, name in _ERAS.items() if year_ending <= last)


def _in_words(tally: Tally) -> str:
    places = sorted(tally.by, key=lambda place: (_IN_ORDER.index(place[0]), place[1]))
    rows = [("years", "figures", *OUTCOMES)]
    rows += [(*place, *(tally.by[place][each] for each in OUTCOMES)) for place in places]
    rows += [("all", "", *(tally.all[each] for each in OUTCOMES))]
    share = "no figures are stated" if tally.share_found is None else f"{tally.share_found:.2f}% found"
    return "\n".join(
        [
            *(_COLUMNS.format(*row) for row in rows),
            f"Letters: {tally.letters}, {share}; {tally.for_a_person} would need a person, "
            f"{len(tally.unreadable)} of them unreadable.",
            *(f"unreadable: {name}" for name in tally.unreadable),
            *(
                f"{each.outcome}: {each.letter}: {each.measure} {each.field}: stated {each.expected}, read {each.read}"
                for outcome in (WRONG, DOUBTFUL, MISSING)
                for each in tally.not_right
                if each.outcome == outcome
            ),
        ]
    )
