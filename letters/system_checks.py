"""What `manage.py check --deploy` tells whoever runs the site."""

from typing import Any

from django.core.checks import Info

from letters.extraction import ocr


def ocr_is_installed(**_: Any) -> list[Info]:
    """Scans wait for a person where OCR is not installed; all else works without it."""
    return [
        Info("Scanned letters cannot be read on this machine.", hint=f"Install {wanted}.", id="letters.I001")
        for wanted in ocr.missing()
    ]
