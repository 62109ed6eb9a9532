"""Where staff write guidance: the list of pages, the editor, and what is done with a version."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from guidance import editing, standing
from guidance.comparing import changes
from guidance.forms import NewPageForm, SeenForm, TextForm
from guidance.models import Page, Version
from guidance.placeholders import PLACEHOLDERS
from guidance.shipped import Text
from guidance.standing import Standing

SEE, ADD, CHANGE, PUBLISH = (f"guidance.{deed}_page" for deed in ("view", "add", "change", "publish"))

# What is done with a page as it stands: the deed, what it takes, and what is said when it is done.
DEEDS: dict[str, tuple[Callable[..., Any], str, str]] = {
    "publish": (editing.publish, PUBLISH, "Published: everyone sees it now."),
    "take-off": (editing.take_off, PUBLISH, "Taken off the site."),
    "keep-ours": (editing.keep_ours, CHANGE, "Noted: your text stays."),
}


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    """Django's own pages give way to ours, since a page is never changed: it is given another version."""

    def get_urls(self):
        def named(route: str, view, name: str):
            return path(route, self.admin_site.admin_view(view), name=f"guidance_page_{name}")

        return [
            named("<slug:slug>/versions/<int:number>/", self.preview, "preview"),
            named("<slug:slug>/versions/<int:number>/put-back/", require_POST(self.put_back), "put_back"),
            named("<slug:slug>/compare/", require_safe(self.compare), "compare"),
            named("<slug:slug>/do/<slug:deed>/", require_POST(self.do), "do"),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        _demand(request, SEE)
        return super().history_view(request, object_id, extra_context)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def changelist_view(self, request, extra_context=None):
        _demand(request, SEE)
        return self._page(
            request, "list.html", "Guidance", pages=standing.every(), may_add=request.user.has_perm(ADD)
        )

    def add_view(self, request, form_url="", extra_context=None):
        _demand(request, SEE, ADD)
        form = NewPageForm(request.POST or None, initial={"seen": 0})
        if form.is_valid():
            answer = self._save(request, form, form.cleaned_data["slug"])
            if answer:
                return answer
        return self._page(request, "edit.html", "Add a page", form=form, placeholders=PLACEHOLDERS)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        _demand(request, SEE, *([CHANGE] if request.method == "POST" else []))
        page = _find(unquote(object_id))
        text = page.in_hand
        initial = {"seen": page.newest, "title": text.title, "text": text.text}
        form = TextForm(request.POST or None, initial=initial, slug=page.slug)
        if form.is_valid():
            answer = self._save(request, form, page.slug)
            if answer:
                return answer
        return self._page(
            request,
            "edit.html",
            page.title,
            form=form,
            page=page,
            placeholders=PLACEHOLDERS,
            may_change=request.user.has_perm(CHANGE),
            may_publish=request.user.has_perm(PUBLISH),
        )

    def _save(self, request: HttpRequest, form: TextForm, slug: str) -> HttpResponse | None:
        """Where to go once the draft is kept; None if it was refused, with the reason in the form."""
        given = form.cleaned_data
        try:
            draft = editing.save_draft(
                slug,
                given["seen"],
                request.user,
                title=given["title"],
                text=given["text"],
                summary=given["summary"],
            )
        except editing.Refused as refused:
            _explain(form, slug, given["seen"], refused)
            return None
        messages.success(request, "Draft saved. The public does not see it until it is published.")
        if "preview" in request.POST:
            return redirect("admin:guidance_page_preview", slug, draft.number)
        return redirect(_address(slug))

    @staticmethod
    def preview(request: HttpRequest, slug: str, number: int) -> HttpResponse:
        """A version as the public would see it, in the public page's own template."""
        _demand(request, SEE)
        version = _version(_find(slug), number)
        changed = timezone.localdate(version.published_at or version.written_at)
        text = Text(slug, version.title, version.text, changed)
        context = {"text": text, "version": version, "back": _address(slug)}
        return TemplateResponse(request, "admin/guidance/preview.html", context)

    def compare(self, request: HttpRequest, slug: str) -> HttpResponse:
        _demand(request, SEE)
        page = _find(slug)
        old, new = (_named(page, request.GET.get(side, "")) for side in ("from", "to"))
        return self._page(
            request,
            "compare.html",
            f"What changed: {page.title}",
            page=page,
            old=old,
            new=new,
            places=changes(f"{old.title}\n{old.text}", f"{new.title}\n{new.text}"),
        )

    @staticmethod
    def put_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
        _demand(request, SEE, CHANGE)
        version = _version(_find(slug), number)
        said = f"Version {number} is the draft now. Publish it to show it."
        return _done(request, slug, editing.put_back, version, said)

    @staticmethod
    def do(request: HttpRequest, slug: str, deed: str) -> HttpResponse:
        if deed not in DEEDS:
            raise Http404
        act, permission, said = DEEDS[deed]
        _demand(request, SEE, permission)
        _find(slug)
        return _done(request, slug, act, slug, said)

    def _page(self, request: HttpRequest, template: str, title: str, **context: Any) -> TemplateResponse:
        request.current_app = self.admin_site.name
        context = self.admin_site.each_context(request) | {"title": title, "opts": self.opts} | context
        return TemplateResponse(request, f"admin/guidance/{template}", context)


def _demand(request: HttpRequest, *permissions: str) -> None:
    if not request.user.has_perms(permissions):
        raise PermissionDenied


def _address(slug: str) -> str:
    return reverse("admin:guidance_page_change", args=[quote(slug)])


def _find(slug: str) -> Standing:
    page = standing.of(slug)
    if page is None:
        raise Http404
    return page


def _version(page: Standing, number: int) -> Version:
    version = page.version(number)
    if version is None:
        raise Http404
    return version


def _named(page: Standing, name: str) -> Version | Text:
    """A version by its number, or the text that the site comes with today."""
    if name == "shipped" and page.shipped:
        return page.shipped
    return _version(page, int(name) if name.isascii() and name.isdigit() and len(name) < 10 else 0)


def _explain(form: TextForm, slug: str, seen: int, refused: editing.Refused) -> None:
    """Say who was quicker, and let the next attempt go through: whoever sends the form again has been told."""
    newer = refused.newer
    if newer is None:
        form.add_error(None, str(refused))
        return
    compare = reverse("admin:guidance_page_compare", args=[slug])
    form.add_error(
        None,
        format_html(
            "{} saved version {} while you were writing. Nothing of yours is lost: it is still below, and is not saved "
            'yet. <a href="{}?from={}&amp;to={}">See what they changed</a> and take it over; then save again.',
            newer.author or "Somebody",
            newer.number,
            compare,
            seen or newer.number,
            newer.number,
        ),
    )
    form.data = form.data.copy()
    form.data["seen"] = str(newer.number)


def _done(
    request: HttpRequest, slug: str, act: Callable[..., Any], what: Any, said: str
) -> HttpResponseRedirect:
    form = SeenForm(request.POST)
    try:
        if not form.is_valid():
            raise editing.Refused(form.errors["seen"][0])
        act(what, form.cleaned_data["seen"], request.user)
        messages.success(request, said)
    except editing.Refused as refused:
        messages.error(request, str(refused))
    return redirect(_address(slug))
