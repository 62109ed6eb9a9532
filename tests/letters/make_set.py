"""Makes a large golden set: letters of every era in many layouts by five programs, with what they state beside them.

    python -m tests.letters.make_set DIR [--count 400] [--seed 1] [--program typst …] [--strange]
    manage.py measure_reading DIR

Where there is no LibreOffice, its letters are those kept in tests/letters/office, which were made once by

    python -m tests.letters.make_set tests/letters/office --count 49 --seed office --program libreoffice
"""

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from shutil import copy, which

from .making import by_chromium, by_fpdf2, by_libreoffice, by_reportlab, by_typst
from .making.compose import Composed, compose

_ONE_BY_ONE: dict[str, Callable] = {
    "fpdf2": by_fpdf2.printed,
    "reportlab": by_reportlab.printed,
    "typst": by_typst.printed,
}
OFFICE = Path(__file__).with_name("office")
PROGRAMS = ("fpdf2", "typst", "reportlab", "chromium", "libreoffice")


def letters(
    seed: str, count: int, programs: Iterable[str] = PROGRAMS, strange: bool = False
) -> Iterator[tuple[str, Composed, bytes]]:
    """Each letter with its program and its PDF; the programs take turns with the letters of each era."""
    programs = list(programs)
    for at, program in enumerate(programs):
        # 7 eras: a letter's program changes each time that its era comes round.
        turns = (number for number in range(count) if (number // 7 + number) % len(programs) == at)
        own = [compose(seed, number, strange) for number in turns]
        for composed, content in zip(own, _printed(program, own), strict=True):
            yield program, composed, content


def _printed(program: str, composed: list[Composed]) -> Iterable[bytes]:
    if program == "chromium":
        return by_chromium.printed(each.page for each in composed)
    if program == "libreoffice":
        return by_libreoffice.printed({each.name: each.page for each in composed}).values()
    return (_ONE_BY_ONE[program](each.page) for each in composed)


def write(folder: Path, program: str, composed: Composed, content: bytes) -> None:
    """A letter and what it states, side by side in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{composed.name}-{program}.pdf").write_bytes(content)
    expected = json.dumps(composed.expected, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{composed.name}-{program}.json").write_text(f"{expected}\n")


def main() -> None:
    """Write a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--program", action="append", choices=PROGRAMS)
    parser.add_argument("--strange", action="store_true", help="layouts that mislead on purpose")
    chosen = parser.parse_args()
    programs = list(chosen.program or PROGRAMS)
    if "libreoffice" in programs and not which("soffice"):
        programs.remove("libreoffice")
        chosen.folder.mkdir(parents=True, exist_ok=True)
        for kept in OFFICE.iterdir():
            copy(kept, chosen.folder)
    for made in letters(chosen.seed, chosen.count, programs, chosen.strange):
        write(chosen.folder, *made)


if __name__ == "__main__":
    main()
