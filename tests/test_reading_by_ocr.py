"""OCR itself: runs where ocrmypdf and tesseract are installed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from letters.extraction import ocr
from letters.extraction.ocr import OcrLimits
from letters.extraction.types import READ_BY_OCR, Unreadable
from tests import odd_pdfs, scans
from tests.processes import ROOT, wait_for
from tests.readings import MEASURES, WHOLE, rate, read_here

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(bool(ocr.missing()), reason=f"install {', '.join(ocr.missing())}"),
]


def test_a_scanned_letter_is_read_but_not_believed(tmp_path):
    """A little askew, as scanners take them."""
    scan = scans.scan(odd_pdfs.letter(), dpi=150, skew=0.6)
    reading = read_here(ocr.searchable(scan, (), tmp_path))
    assert [figure.measure for figure in reading.statistics] == MEASURES
    assert [rate(figure) for figure in reading.statistics] == WHOLE
    assert not any(figure.readers_agree for figure in reading.statistics)
    assert READ_BY_OCR in {problem.code for problem in reading.problems}
    assert (reading.authority, reading.year_ending) == ("Wellingborough Borough Council", 2020)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("dpi", [100, 300])
def test_statistics_that_are_a_picture_are_read_and_the_other_pages_left_as_they_are(tmp_path, dpi):
    """T39."""
    scan = scans.scan(odd_pdfs.letter(), dpi=dpi, pages={2})
    reading = read_here(ocr.searchable(scan, (2,), tmp_path))
    right = dict(zip(MEASURES, WHOLE, strict=True))
    assert reading.statistics
    for figure in reading.statistics:
        assert not figure.readers_agree
        if dpi == 300:
            assert rate(figure) == right[figure.measure]
    [about] = [each for each in reading.problems if each.code == READ_BY_OCR and each.measure is None]
    assert "page 2" in about.message


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (OcrLimits(seconds=0), "took too long"),
        (OcrLimits(memory_mb=64), "failed"),
        (OcrLimits(cpu_seconds=0), "failed"),
        (OcrLimits(file_mb=0), "failed"),
    ],
)
def test_ocr_that_goes_over_a_limit_is_ended(tmp_path, limits, reason):
    with pytest.raises(Unreadable, match=reason):
        ocr.searchable(scans.scan(odd_pdfs.letter(), pages={2}), (2,), tmp_path, limits)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_pdf_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="failed"):
        ocr.searchable(b"%PDF-1.7\n", (), tmp_path)


def test_nothing_goes_on_when_its_worker_is_killed(tmp_path):
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(scans.scan(odd_pdfs.letter(), dpi=300))
    program = (
        "import sys; from pathlib import Path; from letters.extraction import ocr;"
        "ocr.searchable(Path(sys.argv[1]).read_bytes(), (), Path(sys.argv[1]).parent)"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(scan)], cwd=ROOT)
    wait_for(lambda: _at_work(tmp_path))
    process.send_signal(signal.SIGKILL)
    process.wait()
    wait_for(lambda: not _at_work(tmp_path))


def _at_work(folder: Path) -> list[str]:
    """The processes whose command line names this folder."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            command = Path("/proc", pid, "cmdline").read_bytes()
        except OSError:
            continue
        if b"ocrmypdf" in command and str(folder).encode() in command:
            found.append(pid)
    return found


def test_the_environment_is_kept_from_ocr(tmp_path, monkeypatch):
    """Neither the database's address nor a secret reaches what reads strangers' files."""
    monkeypatch.setenv("SECRET_KEY", "not for strangers")
    seen = tmp_path / "seen"
    said = ocr._ended(
        [sys.executable, "-c", f"import os; open({str(seen)!r}, 'w').write(repr(dict(os.environ)))"],
        str(tmp_path),
        OcrLimits(),
    )
    assert said == "0"
    assert "SECRET_KEY" not in seen.read_text()


def test_time_is_up_for_the_whole_group(tmp_path):
    began = time.monotonic()
    asleep = "import subprocess; subprocess.run(['sleep', '98765'])"
    assert ocr._ended([sys.executable, "-c", asleep], str(tmp_path), OcrLimits(seconds=1)) == ocr.TOO_LONG
    assert time.monotonic() - began < 60
    wait_for(
        lambda: not subprocess.run(["pgrep", "-f", "^sleep 98765"], capture_output=True, check=False).stdout
    )
