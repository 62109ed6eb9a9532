"""Files of decisions, reports and improvements: upload one, see what it would do, confirm it or throw it away."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from cases.admin.frame import Kept, demand
from cases.importing import deeds
from cases.importing.comparing import MOST_SHOWN
from cases.importing.opening import NoTable
from cases.models import CaseImport, Holds, ImportedFile

VIEW, ADD, CONFIRM = "cases.view_caseimport", "cases.add_caseimport", "cases.confirm_caseimport"
# A page that takes longer than a minute to answer is no page: what is larger goes by the command.
MAX_BYTES = 30 * 1024 * 1024


class UploadForm(forms.Form):
    holds = forms.ChoiceField(label="What it holds", choices=Holds)
    file = forms.FileField(
        label="File",
        allow_empty_file=True,
        error_messages={"required": "Choose a CSV or JSON file."},
        help_text="CSV or JSON. You see what it would do before anything is imported.",
        widget=forms.FileInput(attrs={"accept": ".csv,.json"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. Divide it, or have it brought in by"
                " manage.py import_cases."
            )
        return file


@admin.register(CaseImport)
class CaseImportAdmin(Kept):
    list_display = [
        "original_name",
        "holds",
        "uploaded_at",
        "uploaded_by",
        "confirmed_at",
        "new",
        "changed",
        "refused",
    ]
    list_select_related = ["uploaded_by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ADD)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        demand(request, VIEW, ADD)
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                row = deeds.receive(
                    file.read(), file.name, form.cleaned_data["holds"], request.user, timezone.now()
                )
                return redirect("admin:cases_caseimport_change", row.pk)
            except deeds.Refused as refusal:
                form.add_error("file", str(refusal))
        return self.page(request, "upload.html", "Bring in decisions, reports or improvements", form=form)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        demand(request, VIEW)
        row = get_object_or_404(CaseImport, pk=object_id) if object_id.isdecimal() else None
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method == "POST":
            return self._decide(request, row)
        return self.page(
            request, "look.html", row.original_name, row=row, most=MOST_SHOWN, **_looked_at(request, row)
        )

    def _decide(self, request: HttpRequest, row: CaseImport) -> HttpResponse:
        throws_away = "throw-away" in request.POST
        demand(request, ADD if throws_away else CONFIRM)
        try:
            if throws_away:
                deeds.throw_away(row, request.user)
                messages.success(request, "The file was thrown away. Nothing of it was imported.")
            else:
                done = deeds.confirm(row, request.user, request.POST.get("seen", ""), timezone.now())
                messages.success(request, f"Imported: {done.new} new, {done.changed} changed.")
        except (deeds.Refused, NoTable) as refusal:
            messages.error(request, str(refusal))
        return redirect("admin:cases_caseimport_change", row.pk)


def _looked_at(request: HttpRequest, row: CaseImport) -> dict[str, Any]:
    """The preview of a file that waits, and what may be done with it."""
    if not ImportedFile.objects.filter(of=row).exists():
        return {}
    may = {"may_confirm": request.user.has_perm(CONFIRM), "may_throw_away": request.user.has_perm(ADD)}
    return {"preview": deeds.look_at(row, timezone.now()), **may}
