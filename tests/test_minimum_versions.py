"""No older release than one that is safe: what advisories named, as installed and as pinned."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# The first releases that are safe to open other people's files and requests with, and why.
MINIMUM = {
    "pdfminer.six": (
        "20260107",
        "older ones run code from a crafted file, through pickled CMaps (CVE-2025-70559)",
    ),
    "Django": ("5.2.8", "SQL injection through _connector (CVE-2025-64459)"),
    "gunicorn": ("23.0.0", "request smuggling by Transfer-Encoding (CVE-2024-6827)"),
    "defusedxml": ("0.7.1", "entities in workbooks"),
    "pillow": ("11.3.0", "a heap overflow in DDS files (CVE-2025-48379)"),
}


def parts(text):
    return tuple(int(number) for number in re.findall(r"\d+", text))


@pytest.mark.parametrize("name", MINIMUM)
def test_t80_nothing_older_than_what_is_safe_is_installed_or_pinned(name):
    least, why = MINIMUM[name]
    pinned = re.search(
        rf"^{name.replace('.', '[-.]')}==(\S+)", (ROOT / "requirements.txt").read_text(), re.I | re.M
    )
    assert pinned, name
    assert parts(pinned[1]) >= parts(least), why
    assert parts(version(name)) >= parts(least), why


@pytest.mark.parametrize(
    "name", ["requirements", "requirements-demo", "requirements-ocr", "requirements-dev"]
)
def test_t80_each_library_is_pinned_with_its_hash(name):
    text = (ROOT / f"{name}.txt").read_text()
    pinned = re.findall(r"^[A-Za-z0-9][^\s#]*==\S+.*\\\n +--hash=sha256:", text, re.M)
    assert len(pinned) == len(re.findall(r"^[A-Za-z0-9]", text, re.M)) > 10
