"""What `manage.py check --deploy` tells whoever runs the site."""

from typing import Any

from django.core.checks import Info, Warning

from letters.extraction import ocr
from letters.extraction.confining import can_confine


def ocr_is_installed(**_: Any) -> list[Info]:
    """Scans wait for a person where OCR is not installed; all else works without it."""
    return [
        Info("Scanned letters cannot be read on this machine.", hint=f"Install {wanted}.", id="letters.I001")
        for wanted in ocr.missing()
    ]


def children_can_be_confined(**_: Any) -> list[Warning]:
    """PDFs are opened in child processes that have limits everywhere; with seccomp they can open nothing else."""
    if can_confine():
        return []
    hint = "Run the site on Linux (x86-64 or arm64) with seccomp, and let its container use it."
    return [
        Warning(
            "The processes that open PDFs could open files and sockets here.", hint=hint, id="letters.W002"
        )
    ]
