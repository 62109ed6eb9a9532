"""docs/data.md works as it stands: curl, Python and, where it is installed, R are run against a site with a release."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter

from councils import register
from letters import clock, workflow
from public.api.tables import TABLES
from public.releases import tables as releases
from public.tidy.columns import NAMES
from tests import cases, factories
from tests.releases import make_release

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.process]

DOCS = (Path(__file__).parent.parent / "docs" / "data.md").read_text(encoding="utf-8")
SITE = "https://performance.example.org"
EXAMPLES = re.findall(r"```(\w+)\n(.*?)```", DOCS, re.DOTALL)
PROGRAMS = {"sh": ["bash", "-euo", "pipefail"], "python": [sys.executable, "-I"], "r": ["Rscript"]}
# What the releases' examples say of the letter below, each in its turn.
SAID = [
    "figures.csv: OK",
    "2019–20: 2 of 3 investigations upheld (letters: 1)",
    "Adur, 2019–20: 2 of 3, printed as 67%",
    "2020",
]
# And those of the API, of the same letter, and of a decision, an improvement and a report.
SAID_BY_THE_API = [
    "67",
    "Adur, 2019–20: 2 of 3, 67%",
    "Adur",
    '"text":"An example of a text."',
    "Adur (19 012 345): due on 2020-01-14, late by ",
    "An example of a title",
]

WHERE = ["data/"] * len(SAID) + ["api/v1/"] * len(SAID_BY_THE_API)


@pytest.fixture
def site(live_server, settings):
    settings.SITE_ADDRESS = live_server.url  # `next` leads there
    letter = factories.public_letter(
        council=factories.council("Adur", slug="adur-district-council"),
        figures=[factories.figure(percent=67, numerator=2, denominator=3)],
    )
    workflow.schedule(letter.review, clock.now(), factories.staff("publisher"), acknowledged=True)
    cases.one_of_each("Adur", "2020-01-14", clock.now(), "19 012 345")
    make_release(clock.now())
    return live_server.url


def test_every_example_runs_and_says_what_the_letter_does(site, tmp_path):
    """Those of the releases, and those of the API after them."""
    assert all(f"{SITE}/{where}" in code for where, (_, code) in zip(WHERE, EXAMPLES, strict=True))
    for (language, code), said in zip(EXAMPLES, [*SAID, *SAID_BY_THE_API], strict=True):
        name, *options = PROGRAMS[language]
        if shutil.which(name):
            written = tmp_path / f"example.{language}"
            written.write_text(code.replace(SITE, site), encoding="utf-8")
            run = [name, *options, str(written)]
            done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, timeout=240, check=False)
            assert (done.returncode, done.stderr) == (0, "")
            assert said in done.stdout


def test_the_councils_that_it_names_are_of_the_register():
    named = set(re.findall(r"[?&]council=([\w-]+)", DOCS))
    assert named
    assert named <= {entry.slug for entry in register.councils()}


def test_every_address_and_column_that_it_names_is_there(site, client):
    named = set(re.findall(rf"{SITE}(/data[\w./]*)", DOCS))
    assert len(named) >= 3
    for address in named:
        assert client.get(address, follow=True).status_code == 200
    words = set(re.findall(r"`([a-z]+_[a-z_]+)`", DOCS))
    assert words
    released = {name for table in releases.TABLES for name in table.names}
    asked = {name for table in TABLES for name in (*table.filterset.parameters(), *table.names())}
    assert words <= released | asked
    cells = [get_column_letter(NAMES.index(name) + 1) for name in ("numerator", "denominator")]
    assert "=SUM({0}:{0})/SUM({1}:{1})".format(*cells) in DOCS
