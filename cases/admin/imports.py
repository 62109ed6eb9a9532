"""Files of decisions, reports and improvements: upload one, see what it would do, confirm it or throw it away."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html

from cases.admin.frame import Kept, demand
from cases.importing import deeds
from cases.importing.comparing import MOST_SHOWN, Preview
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
        help_text=f"CSV or JSON, at most {MAX_BYTES // 1024 // 1024} MB. Larger ones go by manage.py import_cases.",
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
    ) -> HttpResponseBase:
        demand(request, VIEW)
        row = get_object_or_404(CaseImport, pk=object_id) if object_id.isdecimal() else None
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method == "POST":
            return self._decide(request, row)
        return self._look(request, row)

    def _look(self, request: HttpRequest, row: CaseImport) -> HttpResponseBase:
        """What a file would do, on a page that grows while it is looked at; or what became of it."""
        waits = ImportedFile.objects.filter(of=row).exists()
        page = self.page(request, "look.html", row.original_name, row=row, waits=waits)
        return _growing(page, _looked_at(request, row)) if waits else page

    def _decide(self, request: HttpRequest, row: CaseImport) -> HttpResponseBase:
        if "throw-away" not in request.POST:
            demand(request, CONFIRM)
            return self._import(request, row)
        demand(request, ADD)
        try:
            deeds.throw_away(row, request.user)
            messages.success(request, "The file was thrown away. Nothing of it was imported.")
        except deeds.Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("admin:cases_caseimport_change", row.pk)

    def _import(self, request: HttpRequest, row: CaseImport) -> StreamingHttpResponse:
        """A page that grows while the file is imported. Where it cannot be sent any more, the import is undone."""
        page = self.page(request, "importing.html", f"Importing “{row.original_name}”", row=row)
        return _growing(page, _imported(row, request.user, request.POST.get("seen", "")))


def _growing(page: TemplateResponse, told: Iterator[str]) -> StreamingHttpResponse:
    """The page up to where it tells of the progress, that, and the rest."""
    # Rendered now: a form's token wants a cookie, and headers go out before the first piece.
    opening, _, rest = page.render().text.partition("<!-- progress -->")
    pieces = chain([opening], told, [rest])
    # Else a proxy holds back what is told until all of it is there.
    return StreamingHttpResponse(pieces, headers={"X-Accel-Buffering": "no"})


def _looked_at(request: HttpRequest, row: CaseImport) -> Iterator[str]:
    """How many rows were looked at so far; then what importing them would do, and what may be done with the file."""
    shown = Preview(row.holds)
    try:
        for done in deeds.looking_at(row, timezone.now(), shown):
            yield f"{_grouped(done)} "
        end = _preview(request, shown)
    except (deeds.Refused, NoTable) as refusal:
        end = _message("error", str(refusal))
    yield "</div>"
    yield end


def _preview(request: HttpRequest, shown: Preview) -> str:
    may = {"may_confirm": request.user.has_perm(CONFIRM), "may_throw_away": request.user.has_perm(ADD)}
    page = {"preview": shown, "most": MOST_SHOWN, **may}
    return render_to_string("admin/cases/_preview.html", page, request=request)


def _imported(row: CaseImport, by: Any, seen: str) -> Iterator[str]:
    """How many rows are written so far; then whether all of them are imported, or why none."""
    shown = Preview(row.holds)
    try:
        for done in deeds.confirming(row, by, seen, timezone.now(), shown):
            yield format_html("<li>{} rows</li>", _grouped(done))
        end = _message("success", f"Imported: {_grouped(shown.new)} new, {_grouped(shown.changed)} changed.")
    except (deeds.Refused, NoTable) as refusal:
        end = _message("error", str(refusal))
    yield "</ul>"
    yield end


def _message(kind: str, words: str) -> str:
    return format_html('<ul class="messagelist"><li class="{}">{}</li></ul>', kind, words)


def _grouped(number: int) -> str:
    return number_format(number, force_grouping=True)
