"""What the documents and the files of deploy/ refer to is there: documents, headings, and files of the project."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
# A path from the project's own folder, in prose, code and commands.
_PATH = re.compile(
    r"(?<![\w./-])(?:/opt/performance/)?"
    r"((?:tests|docs|deploy|scripts|letters|public|operating|history|ombudsman|caches|councils|cases)/[\w./@*-]*[\w*])"
)


def tracked(*patterns):
    done = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in done.stdout.splitlines()]


# Texts of guidance are pages of the site, and what is left out of an image need not be here.
DOCUMENTS = [path for path in tracked("*.md") if path.parent.name != "texts"]
FILES = [*DOCUMENTS, *(path for path in tracked("deploy") if path.suffix != ".dockerignore")]


def anchors(document):
    """The names of its headings, as GitHub makes them."""
    headings = _HEADING.findall(_FENCED.sub("", document.read_text()))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_link_leads_somewhere(document):
    for path, anchor in _LINK.findall(document.read_text()):
        target = document.parent / path if path else document
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), f"{path}#{anchor}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_row_of_a_table_has_as_many_cells_as_its_head(document):
    """GitHub ends a cell at each bar, in code too."""
    for table in re.findall(r"(?:^\|.*\n)+", document.read_text(), re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1, table


@pytest.mark.parametrize("file", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_file_that_is_named_is_there(file):
    for path in set(_PATH.findall(file.read_text())):
        assert list(ROOT.glob(path)), path


def test_each_fault_has_one_line():
    numbers = re.findall(r"^\| (T[0-9]+[a-z]?) \|", (ROOT / "docs" / "faults.md").read_text(), re.MULTILINE)
    assert len(numbers) > 80
    assert sorted(set(numbers)) == sorted(numbers)


@pytest.mark.parametrize("name", ["operating.md", "proxy.md"])
def test_commands_for_operators_know_the_settings(name):
    """By itself `manage.py` would act on another, empty database and find that one whole."""
    blocks = re.findall(r"^ *```\n(.*?)^ *```", (ROOT / "docs" / name).read_text(), re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if "manage.py" in line]
    assert lines
    assert [
        line for line in lines if not re.search(r"\b(run|owner) \.venv/bin/python manage\.py", line)
    ] == []


def test_each_fault_that_a_check_may_find_is_explained_to_operators():
    sources = [*ROOT.glob("operating/integrity/*.py"), *ROOT.glob("history/*.py")]
    codes = {code for source in sources for code in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source.read_text())}
    assert len(codes) > 20
    rows = re.findall(r"^\| (`.*?`) \|", (ROOT / "docs" / "operating.md").read_text(), re.MULTILINE)
    told = {code for row in rows for code in re.findall(r"`([a-z-]+)", row)}
    assert {code for code in codes if not code.startswith("history-")} - told == set()
