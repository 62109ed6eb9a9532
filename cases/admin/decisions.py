"""Decisions as staff see them, and taking one down; reports and their PDFs; the categories' short names."""

import hashlib
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone

from caches.purging import purge_after_commit
from cases import report_pdfs, withholding
from cases.admin.frame import Kept, demand
from cases.models import Category, Decision, PublicReport
from history.admin import RecordedAdmin

# The form says which was meant: sent twice, it must not undo what it did.
_WITHHOLDING = {
    "take-down": (withholding.take_down, "Its words are nowhere any more."),
    "let-back": (withholding.let_back, "The next import brings its words back."),
}


class ReasonForm(forms.Form):
    deed = forms.ChoiceField(choices=[(name, name) for name in _WITHHOLDING], widget=forms.HiddenInput)
    reason = forms.CharField(
        max_length=300,
        error_messages={"required": "Say why: it is kept in the history."},
        help_text="It stays in the history for good: name nobody, and nothing by which anybody could be recognised.",
        widget=forms.TextInput(attrs={"size": 60}),
    )


class PdfForm(forms.Form):
    file = forms.FileField(
        label="PDF",
        error_messages={"required": "Choose a PDF."},
        help_text="Everyone can read it at once, from the day the report is published: a clean copy, without scripts,"
        " attachments or the names of those who wrote it. Making it can take a minute.",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    def clean_file(self) -> bytes:
        """The clean copy, which alone is kept."""
        return report_pdfs.cleaned(self.cleaned_data["file"])


@admin.register(Decision)
class DecisionAdmin(Kept):
    list_display = ["reference", "decided_on", "category", "outcome", "withheld", "kept_out"]
    list_select_related = ["category"]
    list_filter = ["outcome", "withheld", "kept_out"]
    search_fields = ["reference"]
    search_help_text = "By reference, such as 25 000 001."
    fields = ["reference", "councils", "category", "subcategory", "outcome", "decided_on", "public_on", "withheld",
              "kept_out", "summary", "text", "remedy"]  # fmt: skip
    change_form_template = "admin/cases/decision.html"

    def get_urls(self) -> list[Any]:
        deed = self.admin_site.admin_view(self.take_down)
        return [path("<int:pk>/take-down/", deed, name="cases_decision_take_down"), *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["councils", "public_on"]

    @admin.display(description="councils")
    def councils(self, row: Decision) -> str:
        return "; ".join(row.bodies.values_list("name", flat=True))

    def take_down(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a decision down, or let the next import bring one back that was taken down."""
        demand(request, "cases.view_decision", "cases.withhold_decision")
        row = get_object_or_404(Decision, pk=pk)
        form = ReasonForm(request.POST or None, initial={"deed": "let-back" if row.kept_out else "take-down"})
        if not form.is_valid():
            return self.page(request, "take_down.html", f"Decision {row.reference}", form=form, row=row)
        deed, said = _WITHHOLDING[form.cleaned_data["deed"]]
        try:
            deed(row, request.user, form.cleaned_data["reason"])
            messages.success(request, f"Decision {row.reference}: {said}")
        except withholding.AlreadyDone as why:
            messages.warning(request, f"Decision {row.reference}: {why}")
        return redirect("admin:cases_decision_change", pk)


@admin.register(PublicReport)
class PublicReportAdmin(Kept):
    list_display = ["title", "reference", "published_on", "satisfied"]
    search_fields = ["reference", "title"]
    fields = ["reference", "other_references", "title", "published_on", "summary", "response", "satisfied"]
    change_form_template = "admin/cases/report.html"

    def get_urls(self) -> list[Any]:
        deed = self.admin_site.admin_view(self.pdf)
        return [path("<int:pk>/pdf/", deed, name="cases_publicreport_pdf"), *super().get_urls()]

    def pdf(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put a PDF to a report, in the place of the one it has."""
        demand(request, "cases.view_publicreport", "cases.change_publicreport")
        row = get_object_or_404(PublicReport, pk=pk)
        form = PdfForm(request.POST, request.FILES) if request.method == "POST" else PdfForm()
        if not form.is_valid():
            not_cleaned = report_pdfs.not_cleaned().filter(report=row).exists()
            title = f"PDF of “{row.title}”"
            return self.page(request, "pdf.html", title, form=form, row=row, not_cleaned=not_cleaned)
        uploaded = request.FILES["file"]
        uploaded.seek(0)
        digest = hashlib.file_digest(uploaded, "sha256").hexdigest()
        report_pdfs.put(row, form.cleaned_data["file"], digest, request.user, timezone.now())
        messages.success(request, "The report has this PDF now: a clean copy, with the same pages and words.")
        return redirect("admin:cases_publicreport_change", pk)


@admin.register(Category)
class CategoryAdmin(RecordedAdmin):
    list_display = ["name", "within", "short_name", "position"]
    list_select_related = ["within"]
    search_fields = ["name", "short_name"]
    fields = ["name", "within", "short_name", "position"]
    readonly_fields = ["name", "within"]
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        purge_after_commit()
