"""The Ombudsman's public reports: all of them, those on one council, and each with the response and its PDF."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from cases import published, references
from councils.models import Council
from letters import clock
from letters.published import shown_as_of
from public.pages.answering import public_page
from public.pages.pdf import answer_with_pdf
from public.pages.statistics import about


@public_page
def public_reports(request):
    """The reports on all councils."""
    reports = published.reports(shown_as_of(clock.now()))
    return render(request, "public/decisions/reports.html", _page(request, reports))


@public_page
def council_reports(request, slug):
    """The reports on one council."""
    now = clock.now()
    council = get_object_or_404(Council.objects.with_lineage(), slug=slug)
    reports = published.reports(shown_as_of(now)).filter(bodies=council)
    page = about(council, now, "council-reports") | {"reports": reports}
    return render(request, "public/decisions/reports_of_council.html", page)


@public_page
def public_report(request, reference):
    """One report, with the council's response."""
    report = _found(reference)
    return render(request, "public/decisions/report.html", _page(request, [report]) | {"report": report})


@public_page
def public_report_pdf(request, reference):
    """The clean copy of a report's PDF."""
    report = _found(reference)
    file = published.pdf(report)
    if file is None:
        raise Http404
    return answer_with_pdf(
        request,
        tag=file.sha256,
        size=file.size,
        name=f"public-report-{report.reference_in_address}.pdf",
        opened=lambda: published.opened(file),
    )


def _found(reference: str):
    report = published.reports(shown_as_of(clock.now())).filter(reference=references.read(reference)).first()
    if report is None:
        raise Http404
    return report


def _page(request, reports) -> dict:
    return {"reports": reports, "address": f"{settings.SITE_ADDRESS}{request.path}"}
