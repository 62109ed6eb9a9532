"""Recording what is done in Django's own admin, and showing the history there."""

import json
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import quote, unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime

from history.models import Line
from history.recording import all_recorded, tell, writing
from history.shown import as_shown, digest_of
from history.states import state_of
from history.wording import Names, in_words

PER_PAGE = 50


class RecordedAdmin(admin.ModelAdmin):
    """An admin whose every addition, change and deletion is a line of the history, instead of Django's log."""

    def add_view(self, request, *args, **options):
        return self._writing(super().add_view, request, *args, **options)

    def change_view(self, request, object_id, *args, **options):
        return self._writing(super().change_view, request, object_id, *args, **options)

    def delete_view(self, request, *args, **options):
        return self._writing(super().delete_view, request, *args, **options)

    def changelist_view(self, request, *args, **options):
        return self._writing(super().changelist_view, request, *args, **options)

    def _writing(self, view: Any, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **options)
        with writing():
            return view(request, *args, **options)

    def get_object(self, request, object_id, from_field=None):
        """The row; as it is before the form changes it, it is kept with the request for the history."""
        row = super().get_object(request, object_id, from_field)
        if row is not None and request.method == "POST":
            request.before = state_of(row)
        return row

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form; that of a row's page also says what the page showed, and refuses to undo what was done since."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None or not change:
            return form
        parts = [inline.model for inline in self.inlines]
        state = request.before if request.method == "POST" else state_of(obj)
        digest = digest_of(state, obj, form.base_fields, parts)
        if request.method != "POST":
            # Not older than what the digest says of it: whatever comes between the two is refused, and not undone.
            obj.refresh_from_db()
        return as_shown(form, digest, _changed_since(request, obj), has_parts=bool(parts))

    def log_addition(self, request, obj, message):
        tell(request.user, obj, _words(message), {}, state_of(obj))

    def log_change(self, request, obj, message):
        tell(request.user, obj, _words(message), request.before, state_of(obj))

    def log_deletions(self, request, queryset):
        for row in queryset:
            tell(request.user, row, f"Deleted “{row}”.", state_of(row), {})

    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return history_page(request, row)


def _changed_since(request: HttpRequest, row: Model) -> str:
    history = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_history", args=[quote(row.pk)])
    return format_html(
        "This was changed since you opened the page, so nothing of yours was saved. What you entered is still below. "
        '<a href="{}">See what was changed</a>; then <a href="{}">open the page again</a>, and enter there what is '
        "still right.",
        history,
        request.get_full_path(),
    )


def _words(message: Any) -> str:
    if isinstance(message, str):
        return message
    return LogEntry(change_message=json.dumps(message)).get_change_message()


def lines_of(row: Model) -> QuerySet[Line]:
    """What was done to a row, newest first."""
    lines = Line.objects.filter(subject=row._meta.label_lower, subject_id=str(row.pk))
    return lines.select_related("by").order_by("-number")


def history_page(request: HttpRequest, row: Model) -> HttpResponse:
    """Who did what to this row, and when, with every value before and after."""
    request.current_app = admin.site.name
    names: Names = {}
    page = Paginator(lines_of(row), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": f"History of {row}",
        "row": row,
        "opts": row._meta,
        "page": page,
        "lines": [(line, in_words(line, names)) for line in page],
    }
    return TemplateResponse(request, "admin/history/of_one.html", admin.site.each_context(request) | context)


@admin.register(Line)
class LineAdmin(admin.ModelAdmin):
    """The whole history, to be read."""

    list_display = ["number", "when", "who", "deed", "subject"]
    list_display_links = ["number"]
    ordering = ["-number"]
    list_filter = ["subject", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["by"]
    list_per_page = PER_PAGE
    show_full_result_count = False
    search_fields = ["deed", "subject_id"]
    search_help_text = "By words of what was done, or the id of what it was done to."
    date_hierarchy = "at"
    fields = ["number", "when", "who", "subject", "subject_id", "deed", "what_changed", "previous", "digest"]
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="when", ordering="at")
    def when(self, line: Line) -> str:
        return date_format(localtime(line.at), "j F Y, H:i:s")

    @admin.display(description="who", ordering="by")
    def who(self, line: Line) -> str:
        return str(line.by or "the site")

    @admin.display(description="what was changed")
    def what_changed(self, line: Line) -> str:
        return "\n".join(in_words(line, {}))


admin.site.unregister([User, Group])


@admin.register(User)
class RecordedUserAdmin(RecordedAdmin, UserAdmin):
    """Users are switched off, never deleted: what they did stays theirs."""

    def user_change_password(self, request, id, form_url=""):
        return self._writing(super().user_change_password, request, id, form_url)

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Group)
class RecordedGroupAdmin(RecordedAdmin, GroupAdmin):
    """Its members' rows name a group: when it is renamed or deleted, each of them has a line as well."""

    def _writing(self, view: Any, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **options)
        with all_recorded(request.user, "A group that this person is in was renamed or deleted.", User):
            return super()._writing(view, request, *args, **options)
