"""`scripts/bench reading`: the processor time of reading letters, beside pypdfium2's plain text in the same run.

Each way reads all letters in a process forked from this one, as the warm parent forks its children; the ways take
turns.
"""

import argparse
import gc
import os
from collections.abc import Callable, Sequence
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from letters.extraction.limits import Limits
from letters.extraction.prose import tell
from letters.extraction.reading import read
from tests.bench import machine
from tests.bench.site import letters, site

Way = Callable[[bytes], object]
LIMIT = 10  # times the plain text


def plain(pdf: bytes) -> None:
    """All the text that pdfium finds, without places."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


def with_boxes(pdf: bytes) -> None:
    """The same, asking for the code and the box of every character."""
    document = pypdfium2.PdfDocument(pdf)
    box = pdfium.FS_RECTF()
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_chars()):
            pdfium.FPDFText_GetUnicode(text.raw, index)
            pdfium.FPDFText_GetLooseCharBox(text.raw, index, box)
        text.close()
        page.close()
    document.close()


WAYS: dict[str, Way] = {
    "plain text (pypdfium2)": plain,
    "the box of every character (pypdfium2)": with_boxes,
    "reading, by both readers": lambda pdf: read(pdf, Limits().pages),
    "telling the words": lambda pdf: tell(pdf, Limits().pages),
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--letters", type=int, default=60)
    arguments.add_argument("--runs", type=int, default=5)
    chosen = arguments.parse_args()
    with site():
        pdfs = letters(chosen.letters)
    for way in WAYS.values():
        way(pdfs[0])  # what is loaded once is not part of reading a letter
    gc.freeze()
    taken: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(chosen.runs):
        for name, way in WAYS.items():
            taken[name].append(cpu_of(way, pdfs))
    print(f"{machine.description()}\n{len(pdfs)} letters, {chosen.runs} runs; milliseconds of CPU a letter\n")
    print_ratios(taken, len(pdfs))


def cpu_of(way: Way, pdfs: Sequence[bytes]) -> float:
    """Seconds of processor time, of user and system, that a process takes to read all letters."""
    pid = os.fork()
    if pid == 0:
        gc.disable()  # as in the children of the warm parent
        for pdf in pdfs:
            way(pdf)
        os._exit(0)
    _, status, used = os.wait4(pid, 0)
    if status:
        raise SystemExit("A letter could not be read.")
    return used.ru_utime + used.ru_stime


def print_ratios(taken: dict[str, list[float]], count: int) -> None:
    base = taken[next(iter(taken))]
    print(f"{'':40}{'least':>8}{'median':>8}{'ratio':>8}")
    for name, seconds in taken.items():
        least, usual = (1000 * value / count for value in (min(seconds), median(seconds)))
        ratio = min(seconds) / min(base)
        limit = f"  (limit {LIMIT})" if name.startswith("reading") else ""
        print(f"{name:40}{least:8.1f}{usual:8.1f}{ratio:8.1f}{limit}")


if __name__ == "__main__":
    main()
