"""What the staff pages of decisions have in common."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse

from history.admin import RecordedAdmin


class Kept(admin.ModelAdmin):
    """Rows that only deeds of their own change: nothing is added, changed or deleted by Django's forms."""

    history_view = RecordedAdmin.history_view
    actions = None
    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def page(self, request: HttpRequest, template: str, title: str, **context: Any) -> TemplateResponse:
        """A page in the admin's frame."""
        request.current_app = self.admin_site.name
        frame = self.admin_site.each_context(request) | {"title": title, "opts": self.opts}
        return TemplateResponse(request, f"admin/cases/{template}", frame | context)


def demand(request: HttpRequest, *permissions: str) -> None:
    """Refuse whoever lacks one of these."""
    if not request.user.has_perms(permissions):
        raise PermissionDenied
