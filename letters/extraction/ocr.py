"""OCR: a scan's bytes in, the same PDF with invisible text on its pictures out.

ocrmypdf and tesseract do it, in processes of their own (ocr_guard.py): they have limits, no network and nothing of the
caller's environment but PATH, and they end with the caller. Both are an optional extra.
"""

import contextlib
import importlib.util
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from .types import Unreadable

_ROOT = Path(__file__).resolve().parents[2]
# Scans of less are drawn this fine before they are read, in dots an inch.
_FINE = 300
# How much longer than its limit the guard may take to say how it ended, in seconds.
_PATIENCE = 10
TOO_LONG = "time"


@dataclass(frozen=True)
class OcrLimits:
    """What OCR of one letter may cost. A page takes some 3 seconds of a processor and 150 MB."""

    seconds: int = 300
    # Of each process: there is one for each page.
    cpu_seconds: int = 120
    memory_mb: int = 1024
    file_mb: int = 100


def missing() -> list[str]:
    """What has to be installed before OCR can be had; empty where it can."""
    wanted = []
    if importlib.util.find_spec("ocrmypdf") is None:
        wanted.append("the Python packages of requirements-ocr.txt (scripts/setup --ocr)")
    if "eng" not in _languages():
        wanted.append("tesseract with English (on Debian: apt-get install tesseract-ocr)")
    return wanted


def _languages() -> list[str]:
    tesseract = shutil.which("tesseract")
    if tesseract is None:
        return []
    asked = subprocess.run([tesseract, "--list-langs"], capture_output=True, text=True, check=False)
    return asked.stdout.split()


def searchable(pdf: bytes, pages: Sequence[int], folder: Path, limits: OcrLimits | None = None) -> bytes:
    """The PDF with text on these pages (all, if none is named). Raises Unreadable where OCR fails.

    `folder` is where the work lies meanwhile: what is there is as private as the letter.
    """
    limits = limits or OcrLimits()
    with tempfile.TemporaryDirectory(dir=folder) as room:
        before, after = Path(room, "scan.pdf"), Path(room, "text.pdf")
        before.write_bytes(pdf)
        ended = _ended(_command(before, after, pages), room, limits)
        if ended == "0" and after.exists() and after.stat().st_size <= limits.file_mb * 1024**2:
            return after.read_bytes()
    raise Unreadable("ocr-failed", _reason(ended))


def _command(before: Path, after: Path, pages: Sequence[int]) -> list[str]:
    """Pages are drawn anew as pictures: only then is all text on them what OCR reads."""
    only = ["--pages", ",".join(map(str, pages))] if pages else []
    return [
        *(sys.executable, "-E", "-s", "-m", "ocrmypdf", "--quiet", "--jobs", "1", "--language", "eng"),
        *("--mode", "force", "--oversample", str(_FINE), "--output-type", "pdf", "--optimize", "0"),
        *("--rasterizer", "pypdfium", "--invalidate-digital-signatures", "--tagged-pdf-mode", "ignore"),
        *("--tesseract-timeout", "100", *only, str(before), str(after)),
    ]


def _ended(command: list[str], room: str, limits: OcrLimits) -> str:
    """How the command ended: its exit code, or that its time was up. Nothing of it runs on."""
    guard = subprocess.Popen(
        [
            sys.executable,
            "-E",
            "-s",
            "-m",
            "letters.extraction.ocr_guard",
            json.dumps(asdict(limits)),
            *command,
        ],
        env={
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "C.UTF-8",
            "TMPDIR": room,
            "OMP_THREAD_LIMIT": "1",
        },
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with guard:
        answer = guard.stdout.fileno() if guard.stdout else -1
        ready, _, _ = select.select([answer], [], [], limits.seconds + _PATIENCE)
        said = os.read(answer, 16).decode() if ready else TOO_LONG
        # The guard ends its whole group by itself; this is for one that does not.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(guard.pid, signal.SIGKILL)
    return said


def _reason(ended: str) -> str:
    why = f"OCR of this scan failed ({ended or 'stopped'})."
    if ended == TOO_LONG:
        why = "OCR of this scan took too long and was stopped."
    return f"{why} Print it to a new PDF and upload that, or enter its figures by hand."
