"""The yearly tables of an edition: upload one, see what it would do, confirm it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from letters import workflow
from letters.admin.access import READ, SEE_EDITION, UPLOAD, page, staff_only, tell_refusal
from letters.forms.tables import TableForm
from letters.models import AnnualReview
from letters.tables.models import TableImport

MOST_SHOWN = 500  # lines of one kind on the page; all of them are counted


@staff_only(SEE_EDITION, READ, to_change=UPLOAD)
@require_http_methods(["GET", "POST"])
def tables(request: HttpRequest, pk: int) -> HttpResponse:
    """The tables uploaded for an edition, and a form for another."""
    review = get_object_or_404(AnnualReview, pk=pk)
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            table = workflow.receive_table(review, file.read(), file.name, request.user)
            return redirect("admin:letters_annualreview_table", pk, table.pk)
        except workflow.Refused as refusal:
            form.add_error("file", str(refusal))
    uploaded = review.table_imports.select_related("uploaded_by", "confirmed_by")
    return page(
        request,
        "annualreview/tables.html",
        f"Yearly tables of {review.years}",
        review=review,
        form=form,
        uploaded=uploaded,
        may_upload=request.user.has_perm(UPLOAD),
        opts=AnnualReview._meta,
    )


@staff_only(SEE_EDITION, READ, to_change=UPLOAD)
@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, pk: int, table_pk) -> HttpResponse:
    """What a table would change, what is refused of it and why; confirmed, it is imported as it was shown."""
    row = get_object_or_404(TableImport.objects.select_related("review"), pk=table_pk, review=pk)
    if request.method == "POST":
        try:
            shown = workflow.confirm_table(row, request.user, request.POST.get("seen", ""))
            count = len(shown.changes)
            messages.success(request, f"Imported: {count} number{'' if count == 1 else 's'}.")
            return redirect("admin:letters_annualreview_tables", pk)
        except workflow.Refused as refusal:
            tell_refusal(request, refusal)
        return redirect("admin:letters_annualreview_table", pk, table_pk)
    try:
        shown = workflow.preview_table(row)
    except workflow.Refused as refusal:
        tell_refusal(request, refusal)
        return redirect("admin:letters_annualreview_tables", pk)
    return page(
        request,
        "annualreview/table.html",
        row.original_name,
        review=row.review,
        table=row,
        preview=shown,
        most=MOST_SHOWN,
        may_upload=request.user.has_perm(UPLOAD),
        opts=AnnualReview._meta,
    )
