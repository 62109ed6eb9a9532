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

from demonstration import report_wording, wording
from demonstration.printing.looks import Look
from tests.letters import as_html, as_odt, report_as_html, report_as_odt
from tests.letters.report_rows import REPORTS
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


# The looks of tables to 2018, by a name of each; a letter is printed in some of them.
LOOKS = {
    "ruled": Look(),
    "rows": Look(rules="rows", align="right"),
    "unruled": Look(rules="none"),
    "down": Look(down=True, landscape=False, size=9),
    "down-unruled": Look(down=True, landscape=False, rules="none", align="right", size=9),
    "turned": Look(turned=True),
}


def main() -> None:
    """Write every golden file anew."""
    _reports()
    for name, facts in ROWS.items():
        (HERE / f"{name}.json").write_text(json.dumps(facts.expected(), indent=1, ensure_ascii=False) + "\n")
        for program, layout in MADE_UP.get(name, EVERY_WAY):
            _print(wording.letter(facts), program, layout, HERE / f"{name}-{program}-{layout}.pdf")


def _reports() -> None:
    """The letters to 2018: each by both programs, their looks by turns."""
    looks = list(LOOKS)
    for number, (name, facts) in enumerate(REPORTS.items()):
        (HERE / f"{name}.json").write_text(json.dumps(facts.expected(), indent=1, ensure_ascii=False) + "\n")
        report = report_wording.report(facts)
        for turn in range(3):
            look = looks[(number + 2 * turn) % len(looks)]
            _chromium(report_as_html.page(report, LOOKS[look]), HERE / f"{name}-chromium-{look}.pdf")
            look = looks[(number + 2 * turn + 1) % len(looks)]
            _libreoffice(report_as_odt.document(report, LOOKS[look]), HERE / f"{name}-libreoffice-{look}.pdf")


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
