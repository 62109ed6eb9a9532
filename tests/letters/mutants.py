"""Damages golden letters of every era and program, reads the copies, and says which are read wrong: scripts/mutants.

    scripts/mutants [--count 10000] [--seed 1] [--first 0] [--keep DIR]

A figure is *wrong* where it is given as sure and its number is not that of the undamaged letter, unless the page itself
shows another number in its place: then the reader said what is there, and the arithmetic of the figure, where it has
any, speaks against it. A figure that the letter does not state at all is always wrong. Counted apart is what a *lying
font* makes of a number: one that says of a digit that it is another, the same to both readers, without a second
character for that digit. Only the picture contradicts it. The same seed and number make the same copy.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from random import Random
from typing import Any

import pypdfium2
from PIL import Image, ImageChops

from letters.extraction.reader import Reader
from letters.extraction.types import Figure, Reading, Unreadable
from letters.measuring import WRONG, needs_a_person, verdicts

from .damage import LYING, damaged
from .make_set import OFFICE, letters

READ, FOR_A_PERSON, UNREADABLE = "read", "needs a person", "unreadable"
# What a reader answers only when it was itself brought down, or answered nonsense.
_FAILURES = {"reader-lost", "bad-answer"}
_PRINTED_HERE = ("fpdf2", "reportlab", "typst")
_SCALE = 3
_DIFFERENT = 60


@dataclass(frozen=True)
class Golden:
    """An undamaged letter, and the figures that it states."""

    name: str
    pdf: bytes
    statistics: list[dict[str, Any]]


@dataclass(frozen=True)
class Mutant:
    """A damaged copy of a letter; `number` and the seed make it again."""

    number: int
    of: Golden
    damage: str
    pdf: bytes


@dataclass(frozen=True)
class Verdict:
    """How a mutant was read. `wrong` says what is wrong with the reading, `shown` what the page says otherwise."""

    mutant: Mutant
    outcome: str
    wrong: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


def golden(count: int = 35) -> list[Golden]:
    """Letters of every era: those that are kept, by Chromium and LibreOffice, and `count` by three other programs."""
    kept = [
        path
        for folder in (OFFICE.parent, OFFICE, OFFICE.parent / "surprises")
        for path in folder.glob("*.pdf")
    ]
    made = (
        Golden(f"{composed.name}-{program}", pdf, composed.expected["statistics"])
        for program, composed, pdf in letters("mutants", count, _PRINTED_HERE)
    )
    return [*map(_kept, sorted(kept)), *made]


def _kept(letter: Path) -> Golden:
    beside = max(
        (path for path in letter.parent.glob("*.json") if f"{letter.stem}-".startswith(f"{path.stem}-")),
        key=lambda path: len(path.stem),
    )
    return Golden(letter.stem, letter.read_bytes(), json.loads(beside.read_text())["statistics"])


def mutants(of: Sequence[Golden], seed: str, numbers: range) -> Iterator[Mutant]:
    for number in numbers:
        dice = Random(f"{seed} {number}")
        letter = dice.choice(of)
        yield Mutant(number, letter, *damaged(letter.pdf, dice))


def judged(mutant: Mutant, reader: Reader) -> Verdict:
    """What reading a mutant comes to."""
    began = time.monotonic()
    try:
        reading = reader.read(mutant.pdf)
    except Unreadable as unreadable:
        failed = unreadable.code in _FAILURES
        return Verdict(mutant, UNREADABLE, (f"the reader failed: {unreadable.code}",) if failed else ())
    if time.monotonic() - began > reader.limits.seconds:
        return Verdict(mutant, READ, ("reading took longer than its limit",))
    outcome = FOR_A_PERSON if needs_a_person(reading) else READ
    return Verdict(mutant, outcome, *_misread(mutant, reading))


def _misread(mutant: Mutant, reading: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The figures that are sure and not the letter's: those that are wrong, and those that the page shows so."""
    figures = {figure.measure: figure for figure in reading.statistics}
    stated = {each["measure"] for each in mutant.of.statistics}
    wrong, shown = [], []
    pages = _Pages(mutant)
    for verdict in verdicts(mutant.of.name, mutant.of.statistics, reading.statistics):
        if verdict.outcome == WRONG:
            said = f"{verdict.measure} {verdict.field}: stated {verdict.expected}, read {verdict.read}"
            is_shown = verdict.measure in stated and pages.differ(figures[verdict.measure], verdict.field)
            (shown if is_shown else wrong).append(said)
    return tuple(wrong), tuple(shown)


class _Pages:
    """The pages of a letter and of its damaged copy, as anyone sees them."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    @cached_property
    def _documents(self) -> tuple[pypdfium2.PdfDocument, pypdfium2.PdfDocument]:
        start = max(0, self._mutant.pdf.find(b"%PDF-"))
        return pypdfium2.PdfDocument(self._mutant.of.pdf), pypdfium2.PdfDocument(self._mutant.pdf[start:])

    def differ(self, figure: Figure, field: str) -> bool:
        """Whether the page shows something else than before where this field was read."""
        places = [source for source in figure.sources if source.field == field]
        return any(self._differ(source.page, source.box) for source in places)

    def _differ(self, page: int, box: tuple[float, float, float, float]) -> bool:
        before, after = self._documents
        if page > len(before):
            return True
        one, other = _picture(before, page), _picture(after, page)
        if one.size != other.size:
            return True
        wide, high = one.size
        place = (int(box[0] * wide), int(box[1] * high), int(box[2] * wide) + 1, int(box[3] * high) + 1)
        least = ImageChops.difference(one.crop(place), other.crop(place)).getextrema()
        return bool(least[1] > _DIFFERENT)


@lru_cache(maxsize=8)
def _picture(document: pypdfium2.PdfDocument, page: int) -> Image.Image:
    drawn: Image.Image = document[page - 1].render(scale=_SCALE, grayscale=True).to_pil()
    return drawn


def main() -> None:
    """Read so many mutants; ends with 1 if one was read wrong."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--count", type=int, default=10_000)
    arguments.add_argument("--seed", default="1")
    arguments.add_argument("--first", type=int, default=0, help="the number of the first mutant")
    arguments.add_argument("--keep", type=Path, help="where to keep the mutants that are read otherwise")
    chosen = arguments.parse_args()
    tally: Counter[str] = Counter()
    with Reader() as reader:
        numbers = range(chosen.first, chosen.first + chosen.count)
        for done, mutant in enumerate(mutants(golden(), chosen.seed, numbers), start=1):
            verdict = judged(mutant, reader)
            tally[verdict.outcome] += 1
            is_lie = mutant.damage.endswith(LYING) and verdict.outcome != UNREADABLE
            tally["wrong by a lying font" if is_lie else "wrong and sure"] += bool(verdict.wrong)
            tally["sure, and otherwise on the page"] += bool(verdict.shown)
            _report(verdict, chosen.seed, chosen.keep)
            if done % 500 == 0:
                print(f"{done} of {chosen.count}: {_in_words(tally)}", flush=True)
    print(f"{chosen.count} mutants, seed {chosen.seed}: {_in_words(tally)}")
    raise SystemExit(bool(tally["wrong and sure"]))


def _report(verdict: Verdict, seed: str, keep: Path | None) -> None:
    mutant = verdict.mutant
    of = f"seed {seed}, number {mutant.number}, {mutant.damage}, of {mutant.of.name}"
    for kind, said in (("WRONG", verdict.wrong), ("on the page", verdict.shown)):
        if said:
            print(f"{kind}: {of}: {'; '.join(said)}", flush=True)
    if keep and (verdict.wrong or verdict.shown):
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{seed}-{mutant.number}.pdf").write_bytes(mutant.pdf)


def _in_words(tally: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(tally.items()))


if __name__ == "__main__":
    main()
