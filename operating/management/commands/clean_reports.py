"""`manage.py clean_reports`: the clean copies of reports' PDFs that were put there before such copies were made."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError

from cases import report_pdfs
from cases.models import ReportFile
from letters import clock, workflow
from letters.clean_pdfs import clean_pdf
from letters.models import AnnualReview


class Command(BaseCommand):
    help = (
        "Make the clean copies of the PDFs of public reports and of national reports, which alone are published, for "
        "those that were uploaded before there were such copies; each takes the place of the file. Fails if any is left"
        " without one, and says which and why."
    )

    def handle(self, **options: Any) -> None:
        made = left = 0
        for whose, clean in _waiting():
            try:
                clean()
                made += 1
            except (ValidationError, OSError) as error:
                left += 1
                why = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                self.stderr.write(f"{whose}: {why}")
        self.stdout.write(f"{made} {'copy' if made == 1 else 'copies'} made.")
        if left:
            raise CommandError(f"{left} of the reports have no clean copy, and their PDFs are not published.")


def _waiting() -> Iterator[tuple[str, Callable[[], None]]]:
    for file in report_pdfs.not_cleaned().select_related("report").order_by("pk"):
        yield f"Public report {file.report.reference}", lambda file=file: _clean(file)
    for review in AnnualReview.objects.filter(national_report_sha256="").exclude(national_report=""):
        yield f"National report of {review.years}", lambda review=review: _clean_national(review)


def _clean(file: ReportFile) -> None:
    with report_pdfs.opened(file) as stored:
        content = stored.read()
    report_pdfs.put_copy(file, clean_pdf(ContentFile(content)), clock.now())


def _clean_national(review: AnnualReview) -> None:
    with review.national_report.open("rb") as stored:
        copy = clean_pdf(stored)
    workflow.put_clean_report(review, copy)
