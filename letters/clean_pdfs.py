"""The clean copy of a PDF that is no letter and goes to everyone, such as a report: made at once, or refused in a form.

The file is scanned for viruses, and copied by a child process, as a letter's is (copying.py).
"""

from typing import Any

from django.core.exceptions import ValidationError

from letters import scanning
from letters.extraction.limits import Limits
from letters.extraction.reader import Reader
from letters.extraction.types import Unreadable

MOST_BYTES = 20 * 1024 * 1024
# A report has pictures and up to some hundred pages, and somebody waits for the answer.
_LIMITS = Limits(seconds=90, cpu_seconds=60, pages=300)
_reader = Reader(_LIMITS)

_PRINT = "Print it to a new PDF and upload that."
# What happened and what to do, by the code of what the reader says of letters.
_REFUSALS = {
    "empty": ("The file is empty.", "Choose the report’s PDF."),
    "not-a-pdf": ("This is no PDF, whatever its name says.", "Choose the report’s PDF."),
    "encrypted": ("The PDF is locked with a password.", "Unlock it and upload that."),
    "broken": ("The PDF is damaged and cannot be opened.", _PRINT),
    "no-pages": ("The PDF has no pages.", _PRINT),
    "too-many-pages": (f"The PDF has more than {_LIMITS.pages} pages.", "Upload it without its annexes."),
    "copy-differs": ("Its clean copy would look or read differently, so it is not used.", _PRINT),
    "no-copy": ("No clean copy of it can be made: it is damaged, or built in an unusual way.", _PRINT),
    "reader-lost": (
        "The program that opens PDFs stopped.",
        "Upload it again; if that fails, tell whoever runs the site.",
    ),
}
_STOPPED = ("To copy it took too much time or memory, or went wrong, and was broken off.", _PRINT)


def clean_pdf(file: Any) -> bytes:
    """The clean copy of an open file, to be published. Raises ValidationError: what happened, was kept and is to do."""
    if file.size > MOST_BYTES:
        raise _refused(
            f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.", "Make its pictures smaller."
        )
    content = file.read()
    try:
        scanning.require_clean(content)
        return _reader.clean(content)
    except scanning.Infected as found:
        raise _refused(
            f"The virus scanner found “{found.virus}” in this file.", "Ask for it again from where it came."
        ) from found
    except scanning.NotScanned as failed:
        raise _refused(
            f"The file could not be scanned for viruses ({failed.why}).",
            "Upload it again later; if this goes on, tell whoever runs the site.",
        ) from failed
    except Unreadable as outcome:
        raise _refused(*_REFUSALS.get(outcome.code, _STOPPED)) from outcome


def _refused(happened: str, to_do: str) -> ValidationError:
    return ValidationError(f"{happened} Nothing of it was kept, and all stays as it was. {to_do}")
