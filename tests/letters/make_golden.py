"""Prints the letters of rows.py by LibreOffice and Chromium, with the expected reading of each beside it.

Run by hand, and only when the rows or the words change. The PDFs are kept: the tests need neither program.

    .venv/bin/python -m tests.letters.make_golden

The published rows are printed by both programs in both layouts, the made-up ones once.
"""

import json
import subprocess
import tempfile
from itertools import product
from pathlib import Path

from demonstration import wording
from tests.letters import as_html, as_odt
from tests.letters.rows import ROWS

HERE = Path(__file__).parent
MADE_UP = {
    "peak-district-2023": [("libreoffice", "side-by-side")],
    "rutland-2022": [("chromium", "side-by-side")],
    "hammersmith-and-fulham-2025": [("libreoffice", "stacked")],
}
EVERY_WAY = list(product(["libreoffice", "chromium"], ["side-by-side", "stacked"]))
# The others have the addressee on three lines.
ADDRESSEE_ON_ONE_LINE = {("chromium", "stacked"), ("libreoffice", "side-by-side")}


def main() -> None:
    """Write every golden file anew."""
    for name, facts in ROWS.items():
        (HERE / f"{name}.json").write_text(json.dumps(facts.expected(), indent=1, ensure_ascii=False) + "\n")
        for program, layout in MADE_UP.get(name, EVERY_WAY):
            _print(wording.letter(facts), program, layout, HERE / f"{name}-{program}-{layout}.pdf")


def _print(words: wording.Wording, program: str, layout: str, target: Path) -> None:
    addressee = words.addressee_lines
    if (program, layout) in ADDRESSEE_ON_ONE_LINE:
        addressee = (" ".join(addressee),)
    form, printer = {"chromium": (as_html.page, _chromium), "libreoffice": (as_odt.document, _libreoffice)}[
        program
    ]
    printer(form(words, addressee, layout == "side-by-side"), target)


def _chromium(page: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "letter.html")
        source.write_text(page)
        _run(
            "chromium",
            "--headless",
            "--no-sandbox",
            f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer",
            f"--print-to-pdf={target}",
            source.as_uri(),
        )


def _libreoffice(text: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "letter.fodt").write_text(text)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        _run(
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            f"{folder}/letter.fodt",
        )
        target.write_bytes(Path(folder, "letter.pdf").read_bytes())


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    main()
