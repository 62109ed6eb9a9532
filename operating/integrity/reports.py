"""PDFs of reports: whether each is the clean copy that was made for the public, and whether one was made at all."""

import hashlib
from collections.abc import Iterator
from typing import IO

from cases import report_pdfs
from cases.models import ReportFile
from history.chain import Fault
from letters.models import AnnualReview

_CLEAN = "manage.py clean_reports makes the copies; until then the public does not get the PDF."
_AGAIN = "Upload it again, or restore the last backup in which it was whole."


def faults() -> Iterator[Fault]:
    yield from _of_national_reports()
    yield from _of_public_reports()


def _of_national_reports() -> Iterator[Fault]:
    for review in AnnualReview.objects.exclude(national_report="").order_by("year_ending"):
        whose = f"The national report of {review.years}"
        if not review.has_clean_report:
            yield _not_cleaned(whose)
            continue
        try:
            file = review.national_report.open("rb")
        except OSError:  # which files.py tells
            continue
        if _digest(file) != review.national_report_sha256:
            yield _changed(whose)


def _of_public_reports() -> Iterator[Fault]:
    for file in ReportFile.objects.defer("content").select_related("report").order_by("pk"):
        whose = f"Public report {file.report.reference}"
        if not file.uploaded_sha256:
            yield _not_cleaned(whose)
        if _digest(report_pdfs.opened(file)) != file.sha256:
            yield _changed(whose)


def _digest(file: IO[bytes]) -> str:
    with file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _not_cleaned(whose: str) -> Fault:
    return Fault("report-not-cleaned", f"{whose} has a PDF of which no clean copy was made.", _CLEAN)


def _changed(whose: str) -> Fault:
    return Fault("report-changed", f"{whose} has a PDF that is not the one that was put there.", _AGAIN)
